// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/card.h"
#include "widgets/review/releaseflow.h"
#include "widgets/theme/theme.h"
#include "workspace/workspace.h"

class QProgressBar;

namespace gatehouse::widgets {

class Button;
class Label;
class Pill;
class Sparkline;
class Tile;

/// What one channel serves and how that goes, with the button that takes it back.
class ChannelCard final : public Card
{
    Q_OBJECT

public:
    ChannelCard(Theme &theme, workspace::Workspace &workspace, ReleaseFlow &flow, QWidget *parent = nullptr);
    void show(const wire::ChannelState &state);

Q_SIGNALS:
    void openRequested(const QString &channel);

private:
    void build();
    void showRollout();
    void showFigures();
    [[nodiscard]] QString unknownWords(const QString &nothing) const;
    void rollBack();
    [[nodiscard]] std::optional<ChannelName> name() const;

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    ReleaseFlow &m_flow;
    wire::ChannelState m_state;
    Pill *m_mood;
    Label *m_stable;
    Label *m_since;
    Label *m_rolloutCaption;
    Label *m_rollout;
    Label *m_share;
    QProgressBar *m_bar;
    Tile *m_newest;
    Tile *m_failures;
    Sparkline *m_trend;
    Label *m_devices;
    Button *m_rollBack;
    Button *m_pause;
    Button *m_open;
};

/// The bundle that was stable before the present one, by the channel's history; nothing when there was none.
/// Empty: the built-in bundle.
[[nodiscard]] std::optional<QString> previousStable(const wire::ChannelState &state);

} // namespace gatehouse::widgets
