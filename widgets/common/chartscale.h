// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"

#include <QString>
#include <QVector>

namespace gatehouse::widgets {

/// Where the value axis has its lines: 0 to top in equal round steps (1, 2, 2.5 or 5 times a power of ten).
struct ValueTicks
{
    double step = 1;
    double top = 1;
};
/// @param maximum  the largest value to show
/// @param lines    about how many steps
[[nodiscard]] ValueTicks valueTicks(double maximum, int lines);

/// One label of the time axis.
struct TimeTick
{
    UtcTime at;
    QString label;
};
/// Round local times within the range, at most count of them: minutes, hours, midnights.
[[nodiscard]] QVector<TimeTick> timeTicks(UtcTime from, UtcTime to, int count);

} // namespace gatehouse::widgets
