// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
class ChannelCard;
class PageHeader;
class StatePage;

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
    void showAlert();
    void showActivity();
    void showAge();

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    ReleaseFlow *m_flow;
    PageHeader *m_header;
    Banner *m_alert;
    StatePage *m_states;
    QGridLayout *m_cards = nullptr;
    QVBoxLayout *m_activity = nullptr;
    QHash<QString, ChannelCard *> m_byChannel;
    QTimer m_age;
};

/// The worst thing a channel has to say, if there is anything.
struct ChannelAlert
{
    QString channel;
    QString fact;
    QString evidence;
    bool canTakeBack = false;
};
[[nodiscard]] std::optional<ChannelAlert> worstAlert(const QVector<wire::ChannelState> &channels);

} // namespace gatehouse::widgets
