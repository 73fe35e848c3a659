// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tables/historytable.h"
#include "widgets/review/releaseflow.h"
#include "widgets/theme/theme.h"
#include "workspace/workspace.h"

#include <QWidget>

class QMenu;

namespace gatehouse::widgets {

class Banner;
class Button;
class Label;
class PageHeader;
class Pill;
class RolloutCard;
class RulesCard;
class TableView;

/// One channel: its rollout, rules and history, and what can be done now.
class ChannelPage final : public QWidget
{
    Q_OBJECT

public:
    ChannelPage(Theme &theme, workspace::Workspace &workspace, ReleaseFlow &flow, QWidget *parent = nullptr);
    void show(const wire::ChannelState &state);
    void offer(const QString &bundle);

Q_SIGNALS:
    void editRulesRequested(const gatehouse::wire::ChannelState &state);

private:
    void buildHeader();
    void showHeader();
    void showRules();
    void followHistory();
    void fillRollBackMenu();
    void rollBackTo(const QString &bundle);
    [[nodiscard]] std::optional<ChannelName> name() const;

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    ReleaseFlow &m_flow;
    std::optional<wire::ChannelState> m_state;
    PageHeader *m_header;
    Pill *m_default;
    Button *m_pause;
    Button *m_freeze;
    Button *m_rollBack;
    QMenu *m_rollBackMenu;
    Banner *m_trouble;
    RolloutCard *m_rollout;
    RulesCard *m_rules;
    tables::HistoryTable m_history;
    TableView *m_historyView;
    Label *m_noHistory;
    Button *m_rollBackToThis;
};

} // namespace gatehouse::widgets
