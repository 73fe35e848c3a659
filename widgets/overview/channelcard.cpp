// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/channelcard.h"

#include "core/foreigntext.h"
#include "monitor/channelfigures.h"
#include "widgets/common/button.h"
#include "widgets/common/format.h"
#include "widgets/common/label.h"
#include "widgets/common/pill.h"
#include "widgets/common/sparkline.h"
#include "widgets/common/tile.h"
#include "widgets/review/reviewwords.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QVBoxLayout>

namespace gatehouse::widgets {

namespace {

// The label of the built-in bundle in series.
const QString kBuiltIn = QStringLiteral("builtin");

std::optional<UtcTime> stableSince(const wire::ChannelState &state)
{
    for (const wire::ChannelHistoryEntry &entry : state.history) {
        if (entry.what == QLatin1String("promote") || entry.what == QLatin1String("roll_back")) {
            return entry.at;
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<QString> previousStable(const wire::ChannelState &state)
{
    const QString now = state.channel.versionInfo ? state.channel.versionInfo->name : QString();
    for (const wire::ChannelHistoryEntry &entry : state.history) {
        const bool setsStable =
            entry.what == QLatin1String("promote") || entry.what == QLatin1String("roll_back");
        if (setsStable && entry.bundle != now) {
            return entry.bundle;
        }
    }
    return now.isEmpty() ? std::nullopt : std::optional(QString());
}

ChannelCard::ChannelCard(Theme &theme, workspace::Workspace &workspace, ReleaseFlow &flow, QWidget *parent)
    : Card(theme, {}, parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_flow(flow)
    , m_mood(new Pill(theme, Tone::Neutral, {}, std::nullopt, this))
    , m_stable(new Label(theme, {}, FontRole::MonoStrong, ColorRole::Text, this))
    , m_since(new Label(theme, {}, FontRole::Small, ColorRole::Muted, this))
    , m_rolloutCaption(new Label(theme, tr("Rolling out"), FontRole::Body, ColorRole::Muted, this))
    , m_rollout(new Label(theme, {}, FontRole::Body, ColorRole::Muted, this))
    , m_share(new Label(theme, {}, FontRole::BodyStrong, ColorRole::Text, this))
    , m_bar(new QProgressBar(this))
    , m_newest(new Tile(theme, tr("On newest"), Tile::Frame::None, this))
    , m_failures(new Tile(theme, tr("Failures"), Tile::Frame::None, this))
    , m_trend(new Sparkline(theme, tr("Failures over the last 24 hours"), this))
    , m_devices(new Label(theme, {}, FontRole::Small, ColorRole::Muted, this))
    , m_rollBack(outlineButton(theme, tr("Roll back…"), QStringLiteral("rollBackChannelButton"), this))
    , m_pause(outlineButton(theme, tr("Pause"), QStringLiteral("pauseChannelButton"), this))
    , m_open(quietButton(theme, tr("Open"), QStringLiteral("openChannelButton"), this))
{
    build();
    connect(m_rollBack, &QPushButton::clicked, this, &ChannelCard::rollBack);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (const std::optional<ChannelName> channel = name(); channel && m_workspace.app()) {
            m_flow.runNow(release::pause(*m_workspace.app(), *channel, tr("Paused by hand")));
        }
    });
    connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT openRequested(m_state.channel.name); });
}

void ChannelCard::build()
{
    addAction(static_cast<QWidget *>(m_mood));
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(6);
    m_bar->setRange(0, BasisPoints::kAll);
    m_rollBack->setLineIcon(Icon::RollBack);
    m_pause->setLineIcon(Icon::Pause);
    for (Button *button : {m_rollBack, m_pause, m_open}) {
        button->setSmall(true);
    }
    auto *stable = new Label(m_theme, tr("Stable"), FontRole::Body, ColorRole::Muted, this);
    const QFontMetrics metrics(m_theme.font(FontRole::Body));
    const int captionWidth = metrics::kSpace2 + qMax(metrics.horizontalAdvance(stable->text()),
                                                     metrics.horizontalAdvance(m_rolloutCaption->text()));
    const auto line = [this, captionWidth](Label *caption, QWidget *value, QWidget *end) {
        auto *row = new QHBoxLayout;
        row->setSpacing(metrics::kSpace2);
        caption->setFixedTextWidth(captionWidth);
        row->addWidget(caption);
        row->addWidget(value);
        row->addStretch();
        row->addWidget(end);
        body()->addLayout(row);
    };
    body()->setSpacing(metrics::kSpace2);
    line(stable, m_stable, m_since);
    line(m_rolloutCaption, m_rollout, m_share);
    body()->addWidget(m_bar);
    auto *figures = new QHBoxLayout;
    figures->setSpacing(metrics::kSpace3);
    figures->addWidget(m_newest);
    figures->addWidget(m_failures);
    figures->addStretch();
    figures->addWidget(m_trend, 0, Qt::AlignBottom);
    body()->addSpacing(metrics::kSpace1);
    body()->addLayout(figures);
    body()->addWidget(m_devices);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::kSpace2);
    buttons->addWidget(m_rollBack);
    buttons->addWidget(m_pause);
    buttons->addStretch();
    buttons->addWidget(m_open);
    body()->addSpacing(metrics::kSpace1);
    body()->addLayout(buttons);
}

std::optional<ChannelName> ChannelCard::name() const
{
    const Result<ChannelName> parsed = ChannelName::parse(m_state.channel.name);
    return parsed ? std::optional(*parsed) : std::nullopt;
}

void ChannelCard::show(const wire::ChannelState &state)
{
    m_state = state;
    const QString channel = displayable(state.channel.name, 48);
    setTitle(channel);
    setObjectName(QStringLiteral("channelCard-") + state.channel.name);
    m_rollBack->setAccessibleName(tr("Roll back %1").arg(channel));
    m_pause->setAccessibleName(tr("Pause the rollout on %1").arg(channel));
    m_open->setAccessibleName(tr("Open the channel %1").arg(channel));
    m_bar->setAccessibleName(tr("Rollout share of %1").arg(channel));
    m_stable->setText(bundleWords(state.channel.versionInfo ? state.channel.versionInfo->name : QString()));
    const std::optional<UtcTime> since = stableSince(state);
    m_since->setText(since ? tr("since %1").arg(formatMoment(*since, m_workspace.clock().now())) : QString());
    showRollout();
    showFigures();
    const bool canGoBack = state.channel.rolloutVersion.has_value() || previousStable(state).has_value();
    m_rollBack->setEnabled(canGoBack);
    m_rollBack->setToolTip(canGoBack ? QString() : tr("There is nothing to go back to."));
}

void ChannelCard::showRollout()
{
    const wire::ChannelRow &channel = m_state.channel;
    const bool isRunning = channel.rolloutVersionInfo.has_value();
    m_rolloutCaption->setVisible(isRunning);
    if (isRunning) {
        m_rollout->setSpans(
            {{displayable(channel.rolloutVersionInfo->name, 40), FontRole::MonoStrong, ColorRole::Text}});
        m_share->setText(formatShare(channel.rolloutEnabled ? channel.rolloutPercentage.value() : 0));
    } else {
        m_rollout->setSpans({{tr("No rollout running"), FontRole::Body, ColorRole::Muted}});
        m_share->setText(QString());
    }
    m_bar->setValue(isRunning && channel.rolloutEnabled ? channel.rolloutPercentage.value() : 0);
    QSizePolicy keep = m_bar->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    m_bar->setSizePolicy(keep);
    m_bar->setVisible(isRunning);
    const bool isPaused = channel.rolloutPausedAt.has_value();
    m_pause->setVisible(isRunning && !isPaused && channel.rolloutEnabled);
    if (m_state.frozen) {
        m_mood->setState(Tone::Neutral, tr("Frozen"), Icon::Freeze);
    } else if (isPaused) {
        m_mood->setState(Tone::Danger, tr("Paused"), Icon::Pause);
    } else if (isRunning) {
        m_mood->setState(Tone::Accent, tr("Rolling out"), Icon::Play);
    } else {
        m_mood->setState(Tone::Ok, tr("Quiet"), Icon::Eye);
    }
}

void ChannelCard::showFigures()
{
    const wire::ChannelRow &channel = m_state.channel;
    const QString newest = channel.rolloutVersionInfo ? channel.rolloutVersionInfo->name
                           : channel.versionInfo      ? channel.versionInfo->name
                                                      : kBuiltIn;
    const workspace::MonitorNumbers *numbers = m_workspace.channelNumbers().find(channel.name);
    const monitor::ChannelFigures figures =
        numbers == nullptr
            ? monitor::ChannelFigures()
            : monitor::channelFigures(numbers->active, numbers->attempts, numbers->failures, newest);
    if (figures.adoption) {
        m_newest->setFigure(formatPercent(*figures.adoption));
        m_newest->setContext(bundleWords(newest == kBuiltIn ? QString() : newest));
    } else {
        m_newest->setUnknown(unknownWords(tr("no active device")));
    }
    // Of a rollout every device since its start counts, not only those of the last day.
    const monitor::FailureRate rate =
        channel.rolloutVersionInfo ? monitor::FailureRate{m_state.rolloutAttempts, m_state.rolloutFailures}
                                   : figures.rate;
    if (const std::optional<double> share = rate.share()) {
        m_failures->setFigure(formatPercent(*share));
        m_failures->setContext(tr("%1 of %2").arg(formatCount(rate.failures), formatCount(rate.attempts)),
                               *share > 0.05 ? Tone::Danger : Tone::Neutral);
    } else {
        m_failures->setUnknown(unknownWords(tr("no outcome yet")));
    }
    m_trend->setValues(figures.trend);
    const bool counts = m_workspace.capabilities().has(client::Feature::ReleaseState);
    m_devices->setText(counts ? tr("%1 active devices", nullptr, static_cast<int>(m_state.activeDevices))
                                    .arg(formatCount(m_state.activeDevices))
                              : tr("active devices are not counted here"));
}

QString ChannelCard::unknownWords(const QString &nothing) const
{
    const bool isKept = !m_workspace.isOpen() || m_workspace.capabilities().has(client::Feature::Series);
    return isKept ? nothing : tr("not kept by channel here");
}

void ChannelCard::rollBack()
{
    const std::optional<ChannelName> channel = name();
    if (!channel || !m_workspace.app()) {
        return;
    }
    if (m_state.channel.rolloutVersion) {
        m_flow.review(release::takeBack(*m_workspace.app(), *channel, QString()));
    } else if (const std::optional<QString> before = previousStable(m_state)) {
        m_flow.review(release::rollBack(*m_workspace.app(), *channel, *before, QString()));
    }
}

} // namespace gatehouse::widgets
