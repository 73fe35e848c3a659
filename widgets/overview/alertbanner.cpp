// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/alertbanner.h"

#include "core/foreigntext.h"
#include "release/releaseaction.h"
#include "widgets/common/button.h"
#include "widgets/common/format.h"
#include "widgets/overview/channelalert.h"

namespace gatehouse::widgets {

// The buttons are made once and stay: a figure that moves under a hand must not take the button away from it.
AlertBanner::AlertBanner(const Theme &theme, workspace::Workspace &workspace, ReleaseFlow &flow,
                         QWidget *parent)
    : Banner(theme, Tone::Danger, parent)
    , m_workspace(workspace)
    , m_flow(flow)
    , m_why(outlineButton(theme, tr("Why?"), QStringLiteral("alertWhyButton"), this))
    , m_takeBack(new Button(theme, ButtonKind::DangerFilled, tr("Take back"),
                            QStringLiteral("alertTakeBackButton"), this))
    , m_dismiss(outlineButton(theme, tr("Close"), QStringLiteral("alertDismissButton"), this))
{
    m_why->setAccessibleName(tr("Show the evidence"));
    m_takeBack->setAccessibleName(tr("Take back the failing bundle"));
    m_dismiss->setAccessibleName(tr("Close the message"));
    for (Button *button : {m_why, m_takeBack, m_dismiss}) {
        addButton(button);
    }
    connect(m_why, &QPushButton::clicked, this, [this] { Q_EMIT whyRequested(m_alerting); });
    connect(m_takeBack, &QPushButton::clicked, this, &AlertBanner::takeBack);
    connect(m_dismiss, &QPushButton::clicked, this, [this] {
        m_failure.reset();
        follow();
    });
    connect(&flow, &ReleaseFlow::failed, this, [this](const Error &error) {
        m_failure = error;
        follow();
    });
    connect(&flow, &ReleaseFlow::done, this, [this] {
        m_failure.reset();
        follow();
    });
    hide();
}

void AlertBanner::takeBack()
{
    const Result<ChannelName> channel = ChannelName::parse(m_alerting);
    if (channel && m_workspace.app()) {
        m_flow.runNow(release::takeBack(*m_workspace.app(), *channel, tr("Taken back from the overview")));
    }
}

void AlertBanner::follow()
{
    // Who reaches for the button of one channel must not hit another's that became worse meanwhile.
    const bool isReachedFor = isVisible() && (underMouse() || m_takeBack->hasFocus());
    const std::optional<ChannelAlert> alert =
        worstAlert(m_workspace.channels().rows(), isReachedFor ? m_alerting : QString());
    m_alerting = alert ? alert->channel : QString();
    setVisible(alert.has_value() || m_failure.has_value());
    m_why->setVisible(alert.has_value());
    m_dismiss->setVisible(m_failure.has_value());
    m_takeBack->setVisible(alert.has_value());
    if (m_failure) {
        setMessage(displayable(m_failure->what, 300),
                   displayable(QString(m_failure->cause + QLatin1Char(' ') + m_failure->remedy), 600));
    } else if (alert) {
        setMessage(alert->fact, alert->evidence);
    }
    const wire::ChannelState *state = alert ? m_workspace.channels().find(alert->channel) : nullptr;
    m_takeBack->setText(
        state != nullptr && state->rolloutDevices > 0
            ? tr("Take back from %1 devices", nullptr, static_cast<int>(state->rolloutDevices))
                  .arg(formatCount(state->rolloutDevices))
            : tr("Take back"));
}

} // namespace gatehouse::widgets
