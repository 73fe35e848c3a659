// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/channels/rolloutcard.h"

#include "core/foreigntext.h"
#include "release/candidates.h"
#include "widgets/common/button.h"
#include "widgets/common/choices.h"
#include "widgets/common/format.h"
#include "widgets/common/impactstrip.h"
#include "widgets/common/label.h"
#include "widgets/common/pill.h"
#include "widgets/common/shareslider.h"
#include "widgets/review/reviewwords.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QScopedValueRollback>
#include <QVBoxLayout>

namespace gatehouse::widgets {

namespace {

constexpr int kFirstShare = 100; // 1 %

} // namespace

RolloutCard::RolloutCard(Theme &theme, workspace::Workspace &workspace, QWidget *parent)
    : Card(theme, tr("Rollout"), parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_headline(new Label(theme, {}, FontRole::Body, ColorRole::Muted, this))
    , m_statePill(new Pill(theme, Tone::Neutral, {}, std::nullopt, this))
    , m_startRow(new QWidget(this))
    , m_bundle(new QComboBox(m_startRow))
    , m_slider(new ShareSlider(theme, this))
    , m_impact(new ImpactStrip(theme, this))
    , m_obstacle(new Label(theme, {}, FontRole::Body, ColorRole::Warning, this))
    , m_discard(outlineButton(theme, tr("Discard"), QStringLiteral("discardShareButton"), this))
    , m_promote(outlineButton(theme, tr("Make stable…"), QStringLiteral("promoteButton"), this))
    , m_review(filledButton(theme, tr("Review"), QStringLiteral("reviewShareButton"), this))
{
    setObjectName(QStringLiteral("rolloutCard"));
    addBesideTitle(m_headline);
    addBesideTitle(m_statePill);
    m_bundle->setObjectName(QStringLiteral("rolloutBundleField"));
    m_bundle->setAccessibleName(tr("Bundle to roll out"));
    m_bundle->setMinimumWidth(180);
    auto *startLayout = new QHBoxLayout(m_startRow);
    startLayout->setContentsMargins(0, 0, 0, 0);
    startLayout->addWidget(new Label(theme, tr("Bundle"), FontRole::Body, ColorRole::Text, m_startRow));
    startLayout->addWidget(m_bundle);
    startLayout->addStretch();
    m_obstacle->setWrap(true);
    m_obstacle->hide();
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_promote);
    buttons->addWidget(m_discard);
    buttons->addWidget(m_review);
    body()->setSpacing(metrics::kSpace3);
    body()->addWidget(m_startRow);
    body()->addWidget(m_slider);
    body()->addWidget(m_impact);
    body()->addWidget(m_obstacle);
    body()->addLayout(buttons);

    connect(m_slider, &ShareSlider::shareChanged, this, &RolloutCard::showImpact);
    connect(m_bundle, &QComboBox::currentIndexChanged, this, [this] {
        // By hand, key or screen reader alike.
        if (!m_isFilling) {
            m_isBundleChosen = true;
            showImpact();
        }
    });
    connect(m_slider, &ShareSlider::takeBackRequested, this, [this] {
        if (const Result<ChannelName> name = ChannelName::parse(m_state->channel.name);
            name && m_workspace.app()) {
            Q_EMIT reviewRequested(release::takeBack(*m_workspace.app(), *name, QString()));
        }
    });
    connect(m_discard, &QPushButton::clicked, this, [this] { m_slider->setShare(m_slider->serverShare()); });
    connect(m_review, &QPushButton::clicked, this, [this] {
        if (const std::optional<release::ReleaseAction> action = wish()) {
            Q_EMIT reviewRequested(*action);
        }
    });
    connect(m_promote, &QPushButton::clicked, this, [this] {
        const Result<ChannelName> name = ChannelName::parse(m_state->channel.name);
        const QString bundle = m_state->channel.rolloutVersionInfo ? m_state->channel.rolloutVersionInfo->name
                                                                   : m_bundle->currentData().toString();
        if (name && m_workspace.app() && !bundle.isEmpty()) {
            Q_EMIT reviewRequested(release::promote(*m_workspace.app(), *name, bundle));
        }
    });
    connect(&workspace.bundles(), &workspace::Repository::changed, this, [this] {
        fillBundles();
        showImpact();
    });
    connect(&workspace.channelFacts(), &workspace::Repository::changed, this, &RolloutCard::showImpact);
}

void RolloutCard::show(const wire::ChannelState &state)
{
    const bool isOther = !m_state || m_state->channel.name != state.channel.name;
    m_state = state;
    const QString rollout =
        state.channel.rolloutVersionInfo ? state.channel.rolloutVersionInfo->name : QString();
    const bool isOtherRollout = isOther || rollout != m_rolloutShown;
    m_rolloutShown = rollout;
    if (isOtherRollout) {
        m_isBundleChosen = false;
    }
    fillBundles();
    const bool isRunning = !rollout.isEmpty();
    const int before = m_slider->serverShare();
    const bool untouched = !m_slider->isChanged();
    const int now = isRunning && state.channel.rolloutEnabled ? state.channel.rolloutPercentage.value() : 0;
    m_slider->setServerShare(now);
    m_slider->setTakeBackVisible(isRunning);
    if (isOtherRollout) {
        m_slider->setShare(isRunning ? std::max(now, 1) : kFirstShare);
    } else if (untouched && now != before) {
        m_slider->setShare(std::max(now, 1));
    }
    m_startRow->setVisible(!isRunning);
    m_discard->setVisible(isRunning);
    if (isRunning) {
        showRunning();
    } else {
        showNone();
    }
    showImpact();
}

void RolloutCard::showRunning()
{
    const QString stable =
        bundleWords(m_state->channel.versionInfo ? m_state->channel.versionInfo->name : QString());
    // The arrow points the way one reads.
    const QString arrow =
        layoutDirection() == Qt::RightToLeft ? QStringLiteral(" ← ") : QStringLiteral(" → ");
    m_headline->setSpans({{tr("stable"), FontRole::Small, ColorRole::Muted},
                          {QLatin1Char(' ') + stable + arrow, FontRole::Mono, ColorRole::Text},
                          {bundleWords(m_rolloutShown), FontRole::MonoStrong, ColorRole::Text}});
    switch (m_state->channel.rolloutState()) {
    case wire::RolloutState::Paused:
        m_statePill->setState(Tone::Danger, tr("Paused"), Icon::Pause);
        break;
    case wire::RolloutState::Prepared:
        m_statePill->setState(Tone::Neutral, tr("Not started"), Icon::Clock);
        break;
    default:
        m_statePill->setState(Tone::Accent, tr("Running"), Icon::Play);
    }
    m_statePill->show();
}

void RolloutCard::showNone()
{
    const QString stable =
        bundleWords(m_state->channel.versionInfo ? m_state->channel.versionInfo->name : QString());
    m_headline->setSpans({{tr("none running, stable is"), FontRole::Small, ColorRole::Muted},
                          {QStringLiteral(" ") + stable, FontRole::MonoStrong, ColorRole::Text}});
    m_statePill->hide();
}

void RolloutCard::fillBundles()
{
    if (!m_state) {
        return;
    }
    const QVector<release::Candidate> candidates =
        release::candidatesFor(*m_state, m_workspace.bundles().rows());
    QVector<Choice> choices;
    for (const release::Candidate &candidate : candidates) {
        const QString name = displayable(candidate.bundle, 64);
        choices.append({candidate.wasTakenBack ? tr("%1, taken back").arg(name) : name, candidate.bundle});
    }
    const QScopedValueRollback<bool> filling(m_isFilling, true);
    const QString chosen = m_bundle->currentData().toString();
    setChoices(*m_bundle, choices);
    m_isBundleChosen = m_isBundleChosen && m_bundle->currentData().toString() == chosen;
    if (!m_isBundleChosen) {
        const QString stable = m_state->channel.versionInfo ? m_state->channel.versionInfo->name : QString();
        m_bundle->setCurrentIndex(m_bundle->findData(release::likelyCandidate(candidates, stable)));
    }
}

void RolloutCard::offer(const QString &bundle)
{
    const int at = m_bundle->findData(bundle);
    if (at >= 0) {
        m_bundle->setCurrentIndex(at);
        m_isBundleChosen = true;
    }
}

std::optional<release::ReleaseAction> RolloutCard::wish() const
{
    if (!m_state || !m_workspace.app()) {
        return std::nullopt;
    }
    const Result<ChannelName> name = ChannelName::parse(m_state->channel.name);
    const Result<BasisPoints> share = BasisPoints::parse(m_slider->share());
    if (!name || !share) {
        return std::nullopt;
    }
    if (m_state->channel.rolloutVersion) {
        if (!m_slider->isChanged()) {
            return std::nullopt;
        }
        return release::setShare(*m_workspace.app(), *name, *share);
    }
    const QString bundle = m_bundle->currentData().toString();
    if (bundle.isEmpty()) {
        return std::nullopt;
    }
    // Without a stable bundle there is nothing to go back to: the first one becomes it.
    return m_state->channel.version ? release::startRollout(*m_workspace.app(), *name, bundle, *share)
                                    : release::promote(*m_workspace.app(), *name, bundle);
}

void RolloutCard::showImpact()
{
    const std::optional<release::ReleaseAction> action = wish();
    const bool isRunning = m_state && m_state->channel.rolloutVersion;
    const bool isFirst = m_state && !isRunning && !m_state->channel.version;
    m_slider->setVisible(!isFirst);
    m_discard->setEnabled(m_slider->isChanged());
    m_promote->setVisible(!isFirst);
    m_promote->setEnabled(isRunning || m_bundle->count() > 0);
    m_impact->setVisible(action.has_value());
    m_review->setEnabled(action.has_value());
    m_obstacle->hide();
    if (!action) {
        m_review->setText(isRunning ? tr("Review") : tr("Review the rollout"));
        return;
    }
    release::ReviewContext context;
    context.capabilities = m_workspace.capabilities();
    if (const wire::BundleRow *row = m_workspace.bundles().find(action->bundle)) {
        context.bundle = *row;
    }
    const release::Review review = release::review(*action, *m_state, context);
    m_impact->setFigures(impactFigures(review, *m_state, m_workspace.channelFacts()));
    for (const release::Obstacle &obstacle : review.obstacles) {
        if (obstacle.weight == release::Obstacle::Weight::Blocker) {
            m_obstacle->setText(words(obstacle.sentence));
            m_obstacle->show();
            m_review->setEnabled(false);
        }
    }
    m_review->setText(
        isRunning
            ? tr("Review: %1 → %2").arg(formatShare(m_slider->serverShare()), formatShare(m_slider->share()))
        : isFirst
            ? tr("Review: make %1 stable").arg(displayable(action->bundle, 32))
            : tr("Review: %1 to %2").arg(displayable(action->bundle, 32), formatShare(m_slider->share())));
}

} // namespace gatehouse::widgets
