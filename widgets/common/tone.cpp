// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/tone.h"

namespace gatehouse::widgets {

ColorRole toneColor(Tone tone)
{
    switch (tone) {
    case Tone::Accent:
        return ColorRole::Accent;
    case Tone::Ok:
        return ColorRole::Ok;
    case Tone::Warning:
        return ColorRole::Warning;
    case Tone::Danger:
        return ColorRole::Danger;
    case Tone::Neutral:
        break;
    }
    return ColorRole::Muted;
}

ColorRole toneTint(Tone tone)
{
    switch (tone) {
    case Tone::Accent:
        return ColorRole::AccentTint;
    case Tone::Ok:
        return ColorRole::OkTint;
    case Tone::Warning:
        return ColorRole::WarningTint;
    case Tone::Danger:
        return ColorRole::DangerTint;
    case Tone::Neutral:
        break;
    }
    return ColorRole::Raised;
}

Icon toneIcon(Tone tone)
{
    switch (tone) {
    case Tone::Ok:
        return Icon::Check;
    case Tone::Warning:
        return Icon::Alert;
    case Tone::Danger:
        return Icon::Error;
    case Tone::Accent:
    case Tone::Neutral:
        break;
    }
    return Icon::Info;
}

} // namespace gatehouse::widgets
