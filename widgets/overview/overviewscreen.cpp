// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/overviewscreen.h"

#include "widgets/common/button.h"
#include "widgets/common/card.h"
#include "widgets/common/format.h"
#include "widgets/common/pageheader.h"
#include "widgets/common/statepage.h"
#include "widgets/common/tableview.h"
#include "widgets/overview/activitycard.h"
#include "widgets/overview/alertbanner.h"
#include "widgets/overview/channelcard.h"

#include <QGridLayout>
#include <QHeaderView>
#include <QScrollArea>
#include <QVBoxLayout>

namespace gatehouse::widgets {

namespace {

constexpr int kColumns = 3;
constexpr int kAgeIntervalMs = 1000;

} // namespace

OverviewScreen::OverviewScreen(Theme &theme, workspace::Workspace &workspace, QWidget *parent)
    : Screen(parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_flow(new ReleaseFlow(theme, workspace, this))
    , m_header(new PageHeader(theme, tr("Overview"), this))
    , m_alert(new AlertBanner(theme, workspace, *m_flow, this))
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
    connect(m_alert, &AlertBanner::whyRequested, this, [this](const QString &channel) {
        Q_EMIT goTo({QStringLiteral("monitor"), channel, {}});
    });
    m_age.setInterval(kAgeIntervalMs);
    connect(&m_age, &QTimer::timeout, this, &OverviewScreen::showAge);
    m_age.start();
    showChannels();
}

QWidget *OverviewScreen::makeContent()
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kCardGap);
    m_grid = new QGridLayout;
    m_grid->setSpacing(metrics::kCardGap);
    m_grid->setColumnStretch(0, 3);
    m_grid->setColumnStretch(1, 2);
    column->addLayout(m_grid);
    m_cardsHost = new QWidget(content);
    m_cards = new QGridLayout(m_cardsHost);
    m_cards->setContentsMargins(0, 0, 0, 0);
    m_cards->setSpacing(metrics::kCardGap);
    m_activity = new ActivityCard(m_theme, content);
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
    m_grid->addWidget(m_whoRunsWhat, 1, 0, Qt::AlignTop);
    arrange(0);
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

// Three channels and more go from edge to edge; beside fewer there is room for what was done last.
void OverviewScreen::arrange(qsizetype channels)
{
    const bool isWide = channels >= kColumns;
    for (int i = 0; i < kColumns; ++i) {
        m_cards->setColumnStretch(i, i < std::max<qsizetype>(channels, 1) ? 1 : 0);
    }
    m_grid->removeWidget(m_cardsHost);
    m_grid->removeWidget(m_activity);
    m_grid->addWidget(m_cardsHost, 0, 0, 1, isWide ? 2 : 1, Qt::AlignTop);
    m_grid->addWidget(m_activity, isWide ? 1 : 0, 1, isWide ? 1 : 2, 1, Qt::AlignTop);
    m_arrangedFor = channels;
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
    if (m_arrangedFor != at) {
        arrange(at);
    }
    m_alert->follow();
    m_activity->setChannels(m_workspace.channels().rows(), m_workspace.clock().now());
    showRunning();
    follow();
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
