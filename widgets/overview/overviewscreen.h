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
class QVBoxLayout;

namespace gatehouse::widgets {

class Banner;
class Button;
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
    void follow();
    void showChannels();
    void makeAlert();
    void showAlert();
    void showRunning();
    void showActivity();
    void showAge();

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    ReleaseFlow *m_flow;
    PageHeader *m_header;
    Banner *m_alert;
    Button *m_why = nullptr;
    Button *m_takeBack = nullptr;
    Button *m_dismiss = nullptr;
    QString m_alerting;             ///< the channel that the alert is about; empty without one
    std::optional<Error> m_failure; ///< what an action met, until it is closed or another one succeeds
    StatePage *m_states;
    QGridLayout *m_cards = nullptr;
    QVBoxLayout *m_activity = nullptr;
    QHash<QString, ChannelCard *> m_byChannel;
    tables::RunningTable *m_running;
    Card *m_whoRunsWhat = nullptr;
    TableView *m_runningView = nullptr;
    QTimer m_age;
};

/// The worst thing a channel has to say, if there is anything.
struct ChannelAlert
{
    QString channel;
    QString fact;
    QString evidence;
};
/// @param held  a channel that is preferred as long as it has something to say; may be empty
[[nodiscard]] std::optional<ChannelAlert> worstAlert(const QVector<wire::ChannelState> &channels,
                                                     const QString &held = {});

} // namespace gatehouse::widgets
