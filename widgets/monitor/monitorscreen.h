// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/prompts.h"
#include "widgets/common/screen.h"
#include "widgets/theme/theme.h"
#include "workspace/workspace.h"

class QComboBox;

namespace gatehouse::widgets {

class ChartPanel;
class LiveFeed;
class SegmentedControl;
class StatePage;
class Tile;

/// Adoption, failures and what happens right now.
class MonitorScreen final : public Screen
{
    Q_OBJECT

public:
    MonitorScreen(Theme &theme, workspace::Workspace &workspace, Prompts &prompts, QWidget *parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("monitor"); }
    [[nodiscard]] QString title() const override { return tr("Monitor"); }
    [[nodiscard]] Icon icon() const override { return Icon::Monitor; }
    /// object: the channel to look at.
    void enter(const Destination &destination) override;

private:
    QWidget *makeContent(Prompts &prompts);
    void fillChannels();
    void setView();
    void follow();
    void showNumbers();
    void showTiles();
    void showAvailability();

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    QComboBox *m_channel;
    SegmentedControl *m_range;
    StatePage *m_states;
    Tile *m_newest = nullptr;
    Tile *m_success = nullptr;
    Tile *m_installs = nullptr;
    Tile *m_failures = nullptr;
    ChartPanel *m_adoption = nullptr;
    ChartPanel *m_rate = nullptr;
    LiveFeed *m_feed = nullptr;
};

} // namespace gatehouse::widgets
