// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/monitor/monitorscreen.h"

#include "core/foreigntext.h"
#include "monitor/failurerate.h"
#include "widgets/common/chartpanel.h"
#include "widgets/common/choices.h"
#include "widgets/common/format.h"
#include "widgets/common/pageheader.h"
#include "widgets/common/segmentedcontrol.h"
#include "widgets/common/statepage.h"
#include "widgets/common/tile.h"
#include "widgets/common/tooltip.h"
#include "widgets/monitor/livefeed.h"
#include "widgets/monitor/monitorcharts.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace gatehouse::widgets {

namespace {

constexpr int kFeedWidth = 268;
// Industry reference for over-the-air updates: four of five attempts succeed at the first try.
constexpr double kReferenceSuccess = 0.82;
constexpr double kReferenceAdoption = 0.95;

} // namespace

MonitorScreen::MonitorScreen(Theme &theme, workspace::Workspace &workspace, Prompts &prompts, QWidget *parent)
    : Screen(parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_channel(new QComboBox(this))
    , m_range(new SegmentedControl(theme, tr("Time range"),
                                   {tr("1 h"), tr("24 h"), tr("7 d"), tr("30 d"), tr("90 d")},
                                   QStringLiteral("monitorRange"), this))
    , m_states(new StatePage(theme, Skeleton::Shape::Rows, this))
{
    setObjectName(QStringLiteral("monitorScreen"));
    auto *header = new PageHeader(theme, tr("Monitor"), this);
    m_channel->setObjectName(QStringLiteral("monitorChannelField"));
    m_channel->setAccessibleName(tr("Channel to look at"));
    m_channel->setMinimumWidth(140);
    header->addFilter(m_channel);
    header->addTrailing(m_range);
    m_states->setContent(makeContent(prompts));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kPagePadding, 20, metrics::kPagePadding, metrics::kSpace4);
    layout->setSpacing(metrics::kSpace3);
    layout->addWidget(header);
    layout->addWidget(m_states, 1);

    connect(m_range, &SegmentedControl::currentChanged, this, &MonitorScreen::setView);
    connect(m_channel, &QComboBox::activated, this, &MonitorScreen::setView);
    connect(m_states, &StatePage::retryRequested, &workspace.monitor(),
            &workspace::MonitorRepository::refresh);
    connect(m_states, &StatePage::emptyActionRequested, this,
            [this] { Q_EMIT goTo({QStringLiteral("connect")}); });
    connect(&workspace.monitor(), &workspace::Repository::changed, this, &MonitorScreen::showNumbers);
    connect(&workspace.monitor(), &workspace::Repository::stateChanged, this, &MonitorScreen::follow);
    connect(&workspace.channels(), &workspace::Repository::changed, this, &MonitorScreen::fillChannels);
    connect(&workspace, &workspace::Workspace::linkChanged, this, &MonitorScreen::showAvailability);
    connect(&theme, &Theme::changed, this, &MonitorScreen::showNumbers);
    m_range->setCurrent(static_cast<int>(workspace.monitor().range()));
    fillChannels();
    follow();
    showNumbers();
}

QWidget *MonitorScreen::makeContent(Prompts &prompts)
{
    auto *content = new QWidget;
    m_newest = new Tile(m_theme, tr("On the newest bundle"), Tile::Frame::Card, content);
    m_success = new Tile(m_theme, tr("Update success"), Tile::Frame::Card, content);
    m_installs = new Tile(m_theme, tr("Installs"), Tile::Frame::Card, content);
    m_failures = new Tile(m_theme, tr("Failures, bundle’s fault"), Tile::Frame::Card, content);
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(metrics::kSpace3);
    for (Tile *tile : {m_newest, m_success, m_installs, m_failures}) {
        tiles->addWidget(tile, 1);
    }
    m_adoption = new ChartPanel(m_theme, prompts, tr("Active devices by bundle"),
                                QStringLiteral("adoptionChart"), content);
    m_rate = new ChartPanel(m_theme, prompts, tr("Failure rate"), QStringLiteral("failureChart"), content);
    m_rate->setSubtitle(tr("of first outcomes, bundle’s fault; 95 % band"));
    auto *charts = new QVBoxLayout;
    charts->setSpacing(metrics::kSpace3);
    charts->addWidget(m_adoption, 3);
    charts->addWidget(m_rate, 2);
    m_feed = new LiveFeed(m_theme, m_workspace.activity(), m_workspace.clock(), content);
    m_feed->setFixedWidth(kFeedWidth);
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::kSpace3);
    row->addLayout(charts, 1);
    row->addWidget(m_feed);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kSpace3);
    column->addLayout(tiles);
    column->addLayout(row, 1);
    return content;
}

void MonitorScreen::fillChannels()
{
    QVector<Choice> choices{{tr("All channels"), QString()}};
    for (const wire::ChannelState &state : m_workspace.channels().rows()) {
        choices.append({displayable(state.channel.name, 64), state.channel.name});
    }
    setChoices(*m_channel, choices);
    const QSignalBlocker quiet(m_channel);
    m_channel->setCurrentIndex(qMax(0, m_channel->findData(m_workspace.monitor().channel())));
    showNumbers();
}

void MonitorScreen::setView()
{
    m_workspace.monitor().setView(static_cast<workspace::MonitorRange>(m_range->current()),
                                  m_channel->currentData().toString());
}

void MonitorScreen::enter(const Destination &destination)
{
    if (!destination.object.isEmpty()) {
        m_channel->setCurrentIndex(qMax(0, m_channel->findData(destination.object)));
        setView();
    }
}

void MonitorScreen::follow()
{
    workspace::MonitorRepository &monitor = m_workspace.monitor();
    switch (monitor.state()) {
    case workspace::LoadState::Nothing:
    case workspace::LoadState::Loading:
        m_states->showLoading();
        return;
    case workspace::LoadState::Failed:
        m_states->showError(*monitor.error());
        return;
    case workspace::LoadState::Ready:
        break;
    }
    const MonitorFigures figures =
        figuresOf(monitor.numbers(), m_workspace.channels().rows(), monitor.channel());
    if (figures.activeDevices <= 0 && figures.attempts == 0 && figures.transportFailures == 0) {
        m_states->showEmpty(Icon::Monitor,
                            tr("No device has checked in during this time. Point an app at this server."),
                            tr("Connect a device"));
        return;
    }
    m_states->showContent();
}

void MonitorScreen::showNumbers()
{
    const workspace::MonitorNumbers &numbers = m_workspace.monitor().numbers();
    const QVector<wire::ChannelState> &channels = m_workspace.channels().rows();
    const QString &channel = m_workspace.monitor().channel();
    m_adoption->setData(adoptionChart(m_theme, numbers, channels, channel, m_workspace.clock().now()));
    m_rate->setData(failureChart(m_theme, numbers, channels, channel, m_workspace.clock().now()));
    showTiles();
    showAvailability();
    follow();
}

void MonitorScreen::showTiles()
{
    const MonitorFigures figures = figuresOf(m_workspace.monitor().numbers(), m_workspace.channels().rows(),
                                             m_workspace.monitor().channel());
    if (figures.onNewest) {
        m_newest->setFigure(formatPercent(*figures.onNewest), displayable(figures.newest, 32));
        const bool reached = *figures.onNewest >= kReferenceAdoption;
        m_newest->setContext(tr("reference 95 % after 24 h"), reached ? Tone::Ok : Tone::Neutral, reached);
    } else {
        m_newest->setUnknown(tr("no device runs a bundle yet"));
    }
    const qint64 tries = figures.attempts + figures.transportFailures;
    if (tries > 0) {
        const double success =
            static_cast<double>(figures.attempts - figures.failures) / static_cast<double>(tries);
        m_success->setFigure(formatPercent(success));
        const bool reached = success >= kReferenceSuccess;
        m_success->setContext(tr("reference 82 %"), reached ? Tone::Ok : Tone::Danger, true);
    } else {
        m_success->setUnknown(tr("no device tried an update in this time"));
    }
    m_installs->setFigure(formatCount(figures.installs));
    m_installs->setContext(tr("devices, each bundle once"));
    const monitor::FailureRate rate{figures.attempts, figures.failures};
    if (const std::optional<double> share = rate.share()) {
        const monitor::Band band = rate.band();
        m_failures->setFigure(formatPercent(*share));
        m_failures->setContext(tr("%1, of %2 devices", nullptr, static_cast<int>(figures.attempts))
                                   .arg(formatInterval(formatPercent(band.low), formatPercent(band.high)),
                                        formatCount(figures.attempts)));
    } else {
        m_failures->setUnknown(tr("no device has an outcome yet"));
    }
}

void MonitorScreen::showAvailability()
{
    if (!m_workspace.isOpen()) {
        return;
    }
    const client::Availability live = m_workspace.capabilities().of(client::Feature::LiveEvents);
    m_feed->setUnavailable(live.isAvailable ? QString() : displayable(live.reason, 300));
    const client::Availability series = m_workspace.capabilities().of(client::Feature::Series);
    m_channel->setEnabled(series.isAvailable);
    m_channel->setToolTip(plainToolTip(series.isAvailable ? QString() : displayable(series.reason, 300)));
}

} // namespace gatehouse::widgets
