// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/channels/channelpage.h"

#include "core/foreigntext.h"
#include "widgets/channels/rolloutcard.h"
#include "widgets/channels/rulescard.h"
#include "widgets/channels/rulewords.h"
#include "widgets/common/banner.h"
#include "widgets/common/button.h"
#include "widgets/common/card.h"
#include "widgets/common/label.h"
#include "widgets/common/pageheader.h"
#include "widgets/common/pill.h"
#include "widgets/common/tableview.h"
#include "widgets/common/tooltip.h"
#include "widgets/review/reviewwords.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QScrollArea>
#include <QVBoxLayout>

namespace gatehouse::widgets {

ChannelPage::ChannelPage(Theme &theme, workspace::Workspace &workspace, ReleaseFlow &flow, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_flow(flow)
    , m_header(new PageHeader(theme, {}, this))
    , m_default(new Pill(theme, Tone::Neutral, {}, std::nullopt, this))
    , m_pause(outlineButton(theme, tr("Pause"), QStringLiteral("pauseRolloutButton"), this))
    , m_freeze(outlineButton(theme, tr("Freeze"), QStringLiteral("freezeChannelButton"), this))
    , m_rollBack(dangerButton(theme, tr("Roll back to…"), QStringLiteral("rollBackButton"), this))
    , m_rollBackMenu(new QMenu(this))
    , m_trouble(new Banner(theme, Tone::Danger, this))
    , m_rollout(new RolloutCard(theme, workspace, this))
    , m_rules(new RulesCard(theme, this))
    , m_historyView(new TableView(theme, this))
    , m_noHistory(new Label(theme, tr("Nothing happened on this channel yet."), FontRole::Body,
                            ColorRole::Muted, this))
    , m_rollBackToThis(
          outlineButton(theme, tr("Roll back to this"), QStringLiteral("rollBackToThisButton"), this))
{
    buildHeader();
    auto *historyCard = new Card(theme, tr("History"), this);
    historyCard->setFlush(true);
    m_rollBackToThis->setSmall(true);
    historyCard->addAction(static_cast<QWidget *>(m_rollBackToThis));
    m_historyView->setObjectName(QStringLiteral("historyTable"));
    m_historyView->setAccessibleName(tr("History of the channel"));
    m_historyView->setModel(&m_history);
    m_historyView->setFitRows(true);
    QHeaderView *columns = m_historyView->horizontalHeader();
    columns->setSectionResizeMode(tables::HistoryTable::When, QHeaderView::ResizeToContents);
    columns->setSectionResizeMode(tables::HistoryTable::What, QHeaderView::ResizeToContents);
    columns->setSectionResizeMode(tables::HistoryTable::Who, QHeaderView::ResizeToContents);
    columns->setSectionResizeMode(tables::HistoryTable::Reason, QHeaderView::Stretch);
    m_noHistory->setContentsMargins(metrics::kCardPadding, 0, metrics::kCardPadding, metrics::kCardPadding);
    historyCard->body()->addWidget(m_historyView);
    historyCard->body()->addWidget(m_noHistory);
    historyCard->body()->addStretch();

    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kCardGap);
    column->addWidget(m_trouble);
    column->addWidget(m_rollout);
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::kCardGap);
    row->addWidget(historyCard, 5);
    row->addWidget(m_rules, 2);
    column->addLayout(row);
    column->addStretch();
    auto *scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("channelScrollArea"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpace3);
    layout->addWidget(m_header);
    layout->addWidget(scroll, 1);
    m_trouble->hide();

    connect(m_rules, &RulesCard::editRequested, this, [this] {
        if (m_state) {
            Q_EMIT editRulesRequested(*m_state);
        }
    });
    connect(&workspace.channelFacts(), &workspace::Repository::changed, this, &ChannelPage::showRules);
    connect(m_rollout, &RolloutCard::reviewRequested, &m_flow, &ReleaseFlow::review);
    connect(&m_flow, &ReleaseFlow::failed, this, [this](const Error &error) {
        m_trouble->setMessage(displayable(error.what, 300),
                              displayable(error.cause + QLatin1Char(' ') + error.remedy, 600));
        m_trouble->show();
    });
    connect(&m_flow, &ReleaseFlow::done, m_trouble, &QWidget::hide);
    connect(m_historyView->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ChannelPage::followHistory);
    connect(&workspace.bundles(), &workspace::Repository::changed, this, &ChannelPage::followHistory);
    followHistory();
    connect(m_rollBackToThis, &QPushButton::clicked, this, [this] {
        rollBackTo(m_historyView->currentIndex().data(tables::HistoryTable::BundleRole).toString());
    });
}

void ChannelPage::buildHeader()
{
    m_header->addFilter(m_default);
    m_header->addTrailing(m_pause);
    m_header->addTrailing(m_freeze);
    m_header->addTrailing(m_rollBack);
    m_rollBack->setLineIcon(Icon::RollBack);
    connect(m_rollBack, &QPushButton::clicked, this, [this] {
        fillRollBackMenu();
        m_rollBackMenu->popup(m_rollBack->mapToGlobal(QPoint(0, m_rollBack->height() + 2)));
    });
    m_rollBackMenu->setObjectName(QStringLiteral("rollBackMenu"));
    connect(m_pause, &QPushButton::clicked, this, [this] {
        const std::optional<ChannelName> channel = name();
        if (!channel || !m_workspace.app()) {
            return;
        }
        if (m_state->channel.rolloutPausedAt) {
            m_flow.review(release::resume(*m_workspace.app(), *channel));
        } else {
            m_flow.runNow(release::pause(*m_workspace.app(), *channel, tr("Paused by hand")));
        }
    });
    connect(m_freeze, &QPushButton::clicked, this, [this] {
        const std::optional<ChannelName> channel = name();
        if (!channel || !m_workspace.app()) {
            return;
        }
        if (m_state->frozen) {
            m_flow.review(release::unfreeze(*m_workspace.app(), *channel));
        } else {
            m_flow.runNow(release::freeze(*m_workspace.app(), *channel, tr("Frozen by hand")));
        }
    });
}

std::optional<ChannelName> ChannelPage::name() const
{
    if (!m_state) {
        return std::nullopt;
    }
    const Result<ChannelName> parsed = ChannelName::parse(m_state->channel.name);
    return parsed ? std::optional(*parsed) : std::nullopt;
}

void ChannelPage::show(const wire::ChannelState &state)
{
    m_state = state;
    showHeader();
    m_rollout->show(state);
    showRules();
    m_history.setState(state);
    m_historyView->setVisible(!state.history.isEmpty());
    m_noHistory->setVisible(state.history.isEmpty());
    m_historyView->updateGeometry();
    followHistory();
}

void ChannelPage::followHistory()
{
    const QModelIndex index = m_historyView->currentIndex();
    const QString verb = index.data(tables::HistoryTable::VerbRole).toString();
    const QString bundle = index.data(tables::HistoryTable::BundleRole).toString();
    const QString stable =
        m_state && m_state->channel.versionInfo ? m_state->channel.versionInfo->name : QString();
    const bool setsStable = verb == QLatin1String("promote") || verb == QLatin1String("roll_back");
    const bool isGone = !bundle.isEmpty() && m_workspace.bundles().find(bundle) == nullptr;
    m_rollBackToThis->setEnabled(index.isValid() && setsStable && bundle != stable && !isGone);
    QString why;
    if (!index.isValid() || !setsStable) {
        why = tr("Select an entry in which a bundle became stable");
    } else if (bundle == stable) {
        why = tr("This bundle is the stable one now");
    } else if (isGone) {
        why = tr("This bundle was deleted");
    }
    m_rollBackToThis->setToolTip(plainToolTip(why));
}

void ChannelPage::offer(const QString &bundle)
{
    m_rollout->offer(bundle);
}

void ChannelPage::showHeader()
{
    m_header->setTitle(displayable(m_state->channel.name, 64));
    m_default->setVisible(m_state->channel.isPublic);
    m_default->setState(Tone::Neutral, tr("default for %1").arg(platformNames(m_state->channel)));
    const bool hasRollout = m_state->channel.rolloutVersion.has_value();
    const bool isPaused = m_state->channel.rolloutPausedAt.has_value();
    m_pause->setVisible(hasRollout);
    m_pause->setText(isPaused ? tr("Resume…") : tr("Pause"));
    m_pause->setLineIcon(isPaused ? Icon::Play : Icon::Pause);
    m_pause->setAccessibleName(isPaused ? tr("Resume the rollout") : tr("Pause the rollout"));
    m_freeze->setText(m_state->frozen ? tr("Unfreeze…") : tr("Freeze"));
    m_freeze->setLineIcon(Icon::Freeze);
    m_freeze->setAccessibleName(m_state->frozen ? tr("Unfreeze the channel") : tr("Freeze the channel"));
    const client::Availability freezing = m_workspace.capabilities().of(client::Feature::Freeze);
    m_freeze->setEnabled(freezing.isAvailable);
    m_freeze->setToolTip(plainToolTip(freezing.isAvailable ? QString() : freezing.reason));
}

void ChannelPage::showRules()
{
    if (m_state) {
        m_rules->show(m_state->channel, m_workspace.channelFacts().pinned(m_state->channel.id));
    }
}

void ChannelPage::fillRollBackMenu()
{
    m_rollBackMenu->clear();
    if (!m_state) {
        return;
    }
    if (m_state->channel.rolloutVersionInfo) {
        QAction *back = m_rollBackMenu->addAction(
            tr("Take back %1").arg(displayable(m_state->channel.rolloutVersionInfo->name, 64)));
        connect(back, &QAction::triggered, this, [this] {
            if (const std::optional<ChannelName> channel = name(); channel && m_workspace.app()) {
                m_flow.review(release::takeBack(*m_workspace.app(), *channel, QString()));
            }
        });
        m_rollBackMenu->addSeparator();
    }
    // Bundles that were stable here before come first: they are proven on this channel.
    QStringList offered;
    const QString stable = m_state->channel.versionInfo ? m_state->channel.versionInfo->name : QString();
    const auto offerBundle = [&](const QString &bundle) {
        if (!bundle.isEmpty() && bundle != stable && !offered.contains(bundle)) {
            offered.append(bundle);
            QAction *action = m_rollBackMenu->addAction(displayable(bundle, 64));
            connect(action, &QAction::triggered, this, [this, bundle] { rollBackTo(bundle); });
        }
    };
    for (const wire::ChannelHistoryEntry &entry : m_state->history) {
        if (entry.what == QLatin1String("promote") || entry.what == QLatin1String("roll_back")) {
            offerBundle(entry.bundle);
        }
    }
    for (const wire::BundleRow &row : m_workspace.bundles().rows()) {
        if (row.isReady() && row.id < m_state->channel.version.value_or(0)) {
            offerBundle(row.name);
        }
    }
    QAction *builtin = m_rollBackMenu->addAction(tr("The built-in bundle"));
    builtin->setEnabled(!stable.isEmpty());
    connect(builtin, &QAction::triggered, this, [this] { rollBackTo(QString()); });
}

void ChannelPage::rollBackTo(const QString &bundle)
{
    if (const std::optional<ChannelName> channel = name(); channel && m_workspace.app()) {
        m_flow.review(release::rollBack(*m_workspace.app(), *channel, bundle, QString()));
    }
}

} // namespace gatehouse::widgets
