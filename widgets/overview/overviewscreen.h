// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tables/runningtable.h"
#include "widgets/common/screen.h"
#include "widgets/review/releaseflow.h"
#include "widgets/theme/theme.h"
#include "workspace/workspace.h"

#include <QHash>
#include <QTimer>

class QGridLayout;

namespace gatehouse::widgets {

class ActivityCard;
class AlertBanner;
class Card;
class ChannelCard;
class PageHeader;
class StatePage;
class TableView;

/// Is anything wrong? Alerts first, then each channel, then what was done.
class OverviewScreen final : public Screen
{
    Q_OBJECT

public:
    OverviewScreen(Theme &theme, workspace::Workspace &workspace, QWidget *parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("overview"); }
    [[nodiscard]] QString title() const override { return tr("Overview"); }
    [[nodiscard]] Icon icon() const override { return Icon::Overview; }

private:
    QWidget *makeContent();
    void arrange(qsizetype channels);
    void follow();
    void showChannels();
    void showRunning();
    void showAge();

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    ReleaseFlow *m_flow;
    PageHeader *m_header;
    AlertBanner *m_alert;
    StatePage *m_states;
    QGridLayout *m_grid = nullptr;
    QWidget *m_cardsHost = nullptr;
    QGridLayout *m_cards = nullptr;
    qsizetype m_arrangedFor = -1;
    ActivityCard *m_activity = nullptr;
    QHash<QString, ChannelCard *> m_byChannel;
    tables::RunningTable *m_running;
    Card *m_whoRunsWhat = nullptr;
    TableView *m_runningView = nullptr;
    QTimer m_age;
};

} // namespace gatehouse::widgets
