// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/overviewscreen.h"

#include "core/foreigntext.h"
#include "monitor/failurerate.h"
#include "tables/historytable.h"
#include "widgets/common/banner.h"
#include "widgets/common/button.h"
#include "widgets/common/card.h"
#include "widgets/common/format.h"
#include "widgets/common/label.h"
#include "widgets/common/pageheader.h"
#include "widgets/common/statepage.h"
#include "widgets/common/tableview.h"
#include "widgets/overview/channelcard.h"

#include <QGridLayout>
#include <QGuiApplication>
#include <QHeaderView>
#include <QScrollArea>
#include <QVBoxLayout>

namespace gatehouse::widgets {

namespace {

constexpr int kColumns = 3;
constexpr int kActivityLines = 6;
constexpr int kAgeIntervalMs = 1000;
// Worth a banner without a limit of one's own: surely more than one device in twenty fails.
constexpr double kAlarmingShare = 0.05;

Icon iconOf(const QString &what)
{
    const std::optional<wire::ActionVerb> verb = wire::verbFromName(what);
    if (!verb) {
        return Icon::Plus;
    }
    switch (*verb) {
    case wire::ActionVerb::Pause:
        return Icon::Pause;
    case wire::ActionVerb::Resume:
        return Icon::Play;
    case wire::ActionVerb::Freeze:
    case wire::ActionVerb::Unfreeze:
        return Icon::Freeze;
    case wire::ActionVerb::TakeBack:
    case wire::ActionVerb::RollBack:
        return Icon::RollBack;
    case wire::ActionVerb::Promote:
        return Icon::Check;
    default:
        return QGuiApplication::isRightToLeft() ? Icon::ArrowLeft : Icon::ArrowRight;
    }
}

} // namespace

std::optional<ChannelAlert> worstAlert(const QVector<wire::ChannelState> &channels, const QString &held)
{
    std::optional<ChannelAlert> worst;
    double worstLow = 0;
    for (const wire::ChannelState &state : channels) {
        if (!state.channel.rolloutVersionInfo) {
            continue;
        }
        const monitor::FailureRate rate{state.rolloutAttempts, state.rolloutFailures};
        const double low = rate.share() ? rate.band().low : 0;
        const double limit = state.channel.autoPauseEnabled && state.channel.autoPauseFailureRateBps
                                 ? static_cast<double>(*state.channel.autoPauseFailureRateBps) / 10000.0
                                 : kAlarmingShare;
        const QString name = displayable(state.channel.name, 48);
        const QString bundle = displayable(state.channel.rolloutVersionInfo->name, 48);
        if (low > limit && (low > worstLow || state.channel.name == held)) {
            worstLow = low;
            worst = ChannelAlert{
                state.channel.name, OverviewScreen::tr("%1 fails on %2.").arg(bundle, name),
                OverviewScreen::tr("%1 of %2 devices failed by the bundle’s fault; more than %3 is sure.",
                                   nullptr, static_cast<int>(state.rolloutAttempts))
                    .arg(formatCount(state.rolloutFailures), formatCount(state.rolloutAttempts),
                         formatPercent(low))};
            if (state.channel.name == held) {
                break;
            }
        } else if (!worst && state.channel.rolloutPausedAt) {
            worst = ChannelAlert{state.channel.name,
                                 OverviewScreen::tr("The rollout of %1 on %2 is paused.").arg(bundle, name),
                                 displayable(state.channel.rolloutPauseReason.value_or(QString()), 200)};
        }
    }
    return worst;
}

OverviewScreen::OverviewScreen(Theme &theme, workspace::Workspace &workspace, QWidget *parent)
    : Screen(parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_flow(new ReleaseFlow(theme, workspace, this))
    , m_header(new PageHeader(theme, tr("Overview"), this))
    , m_alert(new Banner(theme, Tone::Danger, this))
    , m_states(new StatePage(theme, Skeleton::Shape::Rows, this))
    , m_running(new tables::RunningTable(formatCount, this))
{
    setObjectName(QStringLiteral("overviewScreen"));
    auto *create = filledButton(theme, tr("New bundle"), QStringLiteral("overviewNewBundleButton"), m_header);
    create->setLineIcon(Icon::Plus);
    create->setAccessibleName(tr("Make a new bundle"));
    m_header->setPrimary(create);
    m_states->setContent(makeContent());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kPagePadding, 20, metrics::kPagePadding, metrics::kSpace4);
    layout->setSpacing(metrics::kCardGap);
    layout->addWidget(m_header);
    layout->addWidget(m_alert);
    layout->addWidget(m_states, 1);

    const auto newBundle = [this] { Q_EMIT goTo({QStringLiteral("bundles"), {}, QStringLiteral("new")}); };
    connect(create, &QPushButton::clicked, this, newBundle);
    connect(m_states, &StatePage::emptyActionRequested, this, newBundle);
    connect(m_states, &StatePage::retryRequested, &workspace, &workspace::Workspace::refresh);
    connect(&workspace.channels(), &workspace::Repository::changed, this, &OverviewScreen::showChannels);
    connect(&workspace.channels(), &workspace::Repository::stateChanged, this, &OverviewScreen::follow);
    connect(&workspace.bundles(), &workspace::Repository::stateChanged, this, &OverviewScreen::follow);
    connect(&workspace.channelNumbers(), &workspace::Repository::changed, this,
            &OverviewScreen::showChannels);
    connect(m_flow, &ReleaseFlow::failed, this, [this](const Error &error) {
        m_failure = error;
        showAlert();
    });
    connect(m_flow, &ReleaseFlow::done, this, [this] {
        m_failure.reset();
        showAlert();
    });
    m_age.setInterval(kAgeIntervalMs);
    connect(&m_age, &QTimer::timeout, this, &OverviewScreen::showAge);
    m_age.start();
    makeAlert();
    showChannels();
}

QWidget *OverviewScreen::makeContent()
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kCardGap);
    m_cards = new QGridLayout;
    m_cards->setSpacing(metrics::kCardGap);
    for (int i = 0; i < kColumns; ++i) {
        m_cards->setColumnStretch(i, 1);
    }
    column->addLayout(m_cards);
    auto *activity = new Card(m_theme, tr("Recent activity"), content);
    activity->setObjectName(QStringLiteral("recentActivityCard"));
    m_activity = new QVBoxLayout;
    m_activity->setSpacing(metrics::kSpace3);
    activity->body()->addLayout(m_activity);
    m_whoRunsWhat = new Card(m_theme, tr("Who runs what"), content);
    m_whoRunsWhat->setObjectName(QStringLiteral("whoRunsWhatCard"));
    m_whoRunsWhat->setSubtitle(tr("version from the store × channel → bundle and devices"));
    auto *table = new TableView(m_theme, m_whoRunsWhat);
    m_runningView = table;
    table->setEdgePadding(0);
    table->setObjectName(QStringLiteral("whoRunsWhatTable"));
    table->setAccessibleName(tr("Devices by native version, channel and bundle"));
    table->setModel(m_running);
    table->setFitRows(true);
    table->setSelectionMode(QAbstractItemView::NoSelection);
    table->setColumnLook(0, {FontRole::MonoStrong});
    m_whoRunsWhat->body()->addWidget(table);
    auto *below = new QHBoxLayout;
    below->setSpacing(metrics::kCardGap);
    below->addWidget(m_whoRunsWhat, 3, Qt::AlignTop);
    below->addWidget(activity, 2, Qt::AlignTop);
    column->addLayout(below);
    column->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("overviewScrollArea"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    return scroll;
}

void OverviewScreen::follow()
{
    workspace::ChannelsRepository &channels = m_workspace.channels();
    workspace::BundlesRepository &bundles = m_workspace.bundles();
    if (channels.state() == workspace::LoadState::Failed) {
        m_states->showError(*channels.error());
    } else if (channels.state() != workspace::LoadState::Ready ||
               bundles.state() != workspace::LoadState::Ready) {
        m_states->showLoading();
    } else if (bundles.rows().isEmpty()) {
        m_states->showEmpty(Icon::Bundles,
                            tr("No bundle yet. Build one from your web folder, and devices can get it."),
                            tr("Build the first bundle"));
    } else {
        m_states->showContent();
    }
}

void OverviewScreen::showChannels()
{
    QSet<QString> kept;
    int at = 0;
    for (const wire::ChannelState &state : m_workspace.channels().rows()) {
        const QString &name = state.channel.name;
        kept.insert(name);
        ChannelCard *&card = m_byChannel[name];
        if (card == nullptr) {
            card = new ChannelCard(m_theme, m_workspace, *m_flow);
            connect(card, &ChannelCard::openRequested, this, [this](const QString &channel) {
                Q_EMIT goTo({QStringLiteral("channels"), channel, {}});
            });
        }
        card->show(state);
        m_cards->addWidget(card, at / kColumns, at % kColumns);
        ++at;
    }
    for (auto it = m_byChannel.begin(); it != m_byChannel.end();) {
        if (!kept.contains(it.key())) {
            it.value()->deleteLater();
            it = m_byChannel.erase(it);
        } else {
            ++it;
        }
    }
    showAlert();
    showRunning();
    showActivity();
    follow();
}

// The buttons are made once and stay: a figure that moves under a hand must not take the button away from it.
void OverviewScreen::makeAlert()
{
    m_why = outlineButton(m_theme, tr("Why?"), QStringLiteral("alertWhyButton"), m_alert);
    m_why->setAccessibleName(tr("Show the evidence"));
    connect(m_why, &QPushButton::clicked, this, [this] {
        Q_EMIT goTo({QStringLiteral("monitor"), m_alerting, {}});
    });
    m_alert->addButton(m_why);
    m_takeBack = new Button(m_theme, ButtonKind::DangerFilled, tr("Take back"),
                            QStringLiteral("alertTakeBackButton"), m_alert);
    m_takeBack->setAccessibleName(tr("Take back the failing bundle"));
    connect(m_takeBack, &QPushButton::clicked, this, [this] {
        const Result<ChannelName> channel = ChannelName::parse(m_alerting);
        if (channel && m_workspace.app()) {
            m_flow->runNow(
                release::takeBack(*m_workspace.app(), *channel, tr("Taken back from the overview")));
        }
    });
    m_alert->addButton(m_takeBack);
    m_dismiss = outlineButton(m_theme, tr("Close"), QStringLiteral("alertDismissButton"), m_alert);
    m_dismiss->setAccessibleName(tr("Close the message"));
    connect(m_dismiss, &QPushButton::clicked, this, [this] {
        m_failure.reset();
        showAlert();
    });
    m_alert->addButton(m_dismiss);
    m_alert->hide();
}

void OverviewScreen::showAlert()
{
    // Who reaches for the button of one channel must not hit another's that became worse meanwhile.
    const bool isReachedFor = m_alert->isVisible() && (m_alert->underMouse() || m_takeBack->hasFocus());
    const std::optional<ChannelAlert> alert =
        worstAlert(m_workspace.channels().rows(), isReachedFor ? m_alerting : QString());
    m_alerting = alert ? alert->channel : QString();
    m_alert->setVisible(alert.has_value() || m_failure.has_value());
    m_why->setVisible(alert.has_value());
    m_dismiss->setVisible(m_failure.has_value());
    m_takeBack->setVisible(alert.has_value());
    if (m_failure) {
        m_alert->setMessage(
            displayable(m_failure->what, 300),
            displayable(QString(m_failure->cause + QLatin1Char(' ') + m_failure->remedy), 600));
    } else if (alert) {
        m_alert->setMessage(alert->fact, alert->evidence);
    }
    const wire::ChannelState *state = alert ? m_workspace.channels().find(alert->channel) : nullptr;
    m_takeBack->setText(
        state != nullptr && state->rolloutDevices > 0
            ? tr("Take back from %1 devices", nullptr, static_cast<int>(state->rolloutDevices))
                  .arg(formatCount(state->rolloutDevices))
            : tr("Take back"));
}

void OverviewScreen::showActivity()
{
    struct Line
    {
        wire::ChannelHistoryEntry entry;
        QString channel;
    };
    QVector<Line> lines;
    for (const wire::ChannelState &state : m_workspace.channels().rows()) {
        for (const wire::ChannelHistoryEntry &entry : state.history) {
            lines.append({entry, state.channel.name});
        }
    }
    std::stable_sort(lines.begin(), lines.end(),
                     [](const Line &one, const Line &other) { return one.entry.at > other.entry.at; });
    while (QLayoutItem *item = m_activity->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->deleteLater();
        }
        delete item;
    }
    if (lines.isEmpty()) {
        m_activity->addWidget(
            new Label(m_theme, tr("Nothing was released yet."), FontRole::Body, ColorRole::Muted));
    }
    for (qsizetype i = 0; i < std::min<qsizetype>(lines.size(), kActivityLines); ++i) {
        const Line &line = lines.at(i);
        auto *host = new QWidget;
        auto *row = new QHBoxLayout(host);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(metrics::kSpace3);
        row->addWidget(new IconLabel(m_theme, iconOf(line.entry.what), ColorRole::Text, metrics::kIcon, host),
                       0, Qt::AlignTop);
        auto *words = new QVBoxLayout;
        words->setSpacing(0);
        words->addWidget(new Label(
            m_theme, tr("%1: %2").arg(displayable(line.channel, 48), tables::historySentence(line.entry)),
            FontRole::Body, ColorRole::Text, host));
        QStringList evidence{formatMoment(line.entry.at, m_workspace.clock().now()),
                             displayable(line.entry.actor, 48), displayable(line.entry.reason, 120)};
        evidence.removeAll(QString());
        words->addWidget(new Label(m_theme, evidence.join(QStringLiteral(" · ")), FontRole::Small,
                                   ColorRole::Muted, host));
        row->addLayout(words, 1);
        m_activity->addWidget(host);
    }
}

void OverviewScreen::showRunning()
{
    QStringList channels;
    for (const wire::ChannelState &state : m_workspace.channels().rows()) {
        channels.append(state.channel.name);
    }
    m_running->setGroups(channels, m_workspace.channelNumbers().running());
    QHeaderView *header = m_runningView->horizontalHeader();
    header->setStretchLastSection(false);
    for (int column = 0; column < m_running->columnCount(); ++column) {
        const bool isEdge = column == 0 || column + 1 == m_running->columnCount();
        header->setSectionResizeMode(column, isEdge ? QHeaderView::ResizeToContents : QHeaderView::Stretch);
    }
    m_whoRunsWhat->setVisible(m_running->rowCount() > 0);
}

void OverviewScreen::showAge()
{
    const std::optional<UtcTime> loaded = m_workspace.channels().loadedAt();
    if (loaded && isVisible()) {
        m_header->setAge(tr("Updated %1").arg(formatMoment(*loaded, m_workspace.clock().now())));
    }
}

} // namespace gatehouse::widgets
