// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bundles/shipstep.h"

#include "core/foreigntext.h"
#include "widgets/bundles/progressrows.h"
#include "widgets/common/button.h"
#include "widgets/common/card.h"
#include "widgets/common/choices.h"
#include "widgets/common/format.h"
#include "widgets/common/label.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QRadioButton>
#include <QVBoxLayout>

namespace gatehouse::widgets {

ShipStep::ShipStep(Theme &theme, workspace::Workspace &workspace, workspace::BundleDraft &draft,
                   QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_draft(draft)
    , m_channel(new QComboBox(this))
    , m_way(new QButtonGroup(this))
    , m_share(new QDoubleSpinBox(this))
    , m_explanation(new Label(theme, {}, FontRole::Small, ColorRole::Muted, this))
    , m_progress(new ProgressRows(
          theme, {{QStringLiteral("Upload"), tr("Upload")}, {QStringLiteral("Files"), tr("Each file")}},
          this))
    , m_speed(new Label(theme, {}, FontRole::Small, ColorRole::Muted, this))
    , m_start(filledButton(theme, tr("Upload"), QStringLiteral("uploadButton"), this))
    , m_cancel(outlineButton(theme, tr("Cancel"), QStringLiteral("cancelUploadButton"), this))
    , m_done(new Card(theme, tr("It is on the server"), this))
    , m_doneWords(new Label(theme, {}, FontRole::Body, ColorRole::Text, m_done))
{
    m_cancel->setAccessibleName(tr("Cancel the upload"));
    m_explanation->setWrap(true);
    auto *where = new Card(theme, tr("Where it goes"), this);
    where->body()->addWidget(makeChoices());
    where->body()->addWidget(m_explanation);
    auto *work = new Card(theme, tr("Upload"), this);
    work->setSubtitle(tr("read back and compared afterwards"));
    work->body()->setSpacing(metrics::kSpace3);
    work->body()->addWidget(m_progress);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_speed, 1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_start);
    work->body()->addLayout(buttons);
    auto *open =
        outlineButton(theme, tr("Open the channel"), QStringLiteral("openShippedChannelButton"), m_done);
    m_doneWords->setWrap(true);
    m_done->body()->addWidget(m_doneWords);
    m_done->addAction(static_cast<QWidget *>(open));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kCardGap);
    layout->addWidget(where);
    layout->addWidget(work);
    layout->addWidget(m_done);
    layout->addStretch();

    connect(open, &QPushButton::clicked, this,
            [this] { Q_EMIT channelRequested(m_channel->currentData().toString()); });
    connect(m_start, &QPushButton::clicked, this, &ShipStep::start);
    connect(m_cancel, &QPushButton::clicked, &draft, &workspace::BundleDraft::cancel);
    connect(m_channel, &QComboBox::currentIndexChanged, this, &ShipStep::follow);
    connect(m_way, &QButtonGroup::idToggled, this, &ShipStep::follow);
    connect(&draft, &workspace::BundleDraft::changed, this, &ShipStep::follow);
    connect(&draft, &workspace::BundleDraft::progressChanged, this, [this] {
        const workspace::Job *job = m_draft.job();
        if (job == nullptr || m_draft.state() != workspace::BundleDraft::State::Shipping) {
            return;
        }
        m_progress->show(job->progress());
        m_speed->setText(job->speed() > 0 && job->progress().unit == Progress::Unit::Bytes
                             ? tr("%1/s").arg(formatBytes(static_cast<qint64>(job->speed())))
                             : displayable(stepWords(job->progress().step), 64));
    });
    connect(&workspace.channels(), &workspace::Repository::changed, this, &ShipStep::fillChannels);
    fillChannels();
}

QWidget *ShipStep::makeChoices()
{
    m_channel->setObjectName(QStringLiteral("shipChannelField"));
    m_channel->setAccessibleName(tr("Channel"));
    m_channel->setMinimumWidth(220);
    m_share->setObjectName(QStringLiteral("shipShareField"));
    m_share->setAccessibleName(tr("Share in percent"));
    m_share->setRange(0.01, 100);
    m_share->setDecimals(2);
    m_share->setValue(10);
    m_share->setSuffix(withPercentSign({}));
    m_share->setMinimumWidth(96);
    auto *stable = new QRadioButton(tr("Make it stable for all devices of the channel"), this);
    stable->setObjectName(QStringLiteral("makeStableChoice"));
    auto *rollOut = new QRadioButton(tr("Roll it out to a share of the devices"), this);
    rollOut->setObjectName(QStringLiteral("rollOutChoice"));
    auto *only = new QRadioButton(tr("Upload only"), this);
    only->setObjectName(QStringLiteral("uploadOnlyChoice"));
    m_way->addButton(stable, MakeStable);
    m_way->addButton(rollOut, RollOut);
    m_way->addButton(only, UploadOnly);
    rollOut->setChecked(true);
    auto *host = new QWidget(this);
    auto *column = new QVBoxLayout(host);
    column->setContentsMargins(0, 0, 0, 0);
    auto *first = new QHBoxLayout;
    first->addWidget(new Label(m_theme, tr("Channel"), FontRole::Body, ColorRole::Text, host));
    first->addWidget(m_channel);
    first->addStretch();
    auto *shareRow = new QHBoxLayout;
    shareRow->addWidget(rollOut);
    shareRow->addWidget(m_share);
    shareRow->addStretch();
    column->addLayout(first);
    column->addLayout(shareRow);
    column->addWidget(stable);
    column->addWidget(only);
    return host;
}

void ShipStep::fillChannels()
{
    QVector<Choice> choices;
    for (const wire::ChannelState &state : m_workspace.channels().rows()) {
        choices.append({displayable(state.channel.name, 64), state.channel.name});
    }
    setChoices(*m_channel, choices);
    follow();
}

bool ShipStep::hasStable() const
{
    const wire::ChannelState *state = m_workspace.channels().find(m_channel->currentData().toString());
    return state != nullptr && state->channel.version.has_value();
}

void ShipStep::follow()
{
    using State = workspace::BundleDraft::State;
    const State state = m_draft.state();
    const bool isBusy = state == State::Shipping;
    const bool isDone = state == State::Shipped;
    // A rollout needs something to stand beside.
    if (!hasStable() && m_way->checkedId() == RollOut) {
        m_way->button(MakeStable)->setChecked(true);
    }
    m_way->button(RollOut)->setEnabled(hasStable() && !isBusy && !isDone);
    m_way->button(MakeStable)->setEnabled(m_channel->count() > 0 && !isBusy && !isDone);
    m_way->button(UploadOnly)->setEnabled(!isBusy && !isDone);
    m_share->setEnabled(m_way->checkedId() == RollOut && !isBusy && !isDone);
    m_channel->setEnabled(!isBusy && !isDone);
    const wire::ChannelState *channel = m_workspace.channels().find(m_channel->currentData().toString());
    const bool counts = m_workspace.capabilities().has(client::Feature::ReleaseState);
    const QString devices = channel == nullptr ? QString() : formatCount(channel->activeDevices);
    switch (m_way->checkedId()) {
    case MakeStable:
        m_explanation->setText(counts ? tr("All of its %1 active devices get the bundle at their next check.",
                                           nullptr,
                                           channel == nullptr ? 0 : static_cast<int>(channel->activeDevices))
                                            .arg(devices)
                                      : tr("All of its devices get the bundle at their next check."));
        break;
    case RollOut:
        m_explanation->setText(tr("The share can be raised, paused and taken back under Channels."));
        break;
    default:
        m_explanation->setText(tr("No device gets it until a channel points to it."));
    }
    m_progress->setStepVisible(QStringLiteral("Files"), m_draft.isFileByFile());
    m_start->setVisible(!isDone);
    m_start->setEnabled(state == State::Packaged);
    m_cancel->setVisible(isBusy);
    m_done->setVisible(isDone);
    if (isDone) {
        m_progress->finish();
        m_speed->setText(QString());
        const bool isRead = m_draft.outcome() && m_draft.outcome()->isReadBack;
        m_doneWords->setText(
            isRead ? tr("%1 was uploaded, read back and found equal.").arg(displayable(m_draft.version(), 64))
                   : tr("%1 was uploaded.").arg(displayable(m_draft.version(), 64)));
    } else if (!isBusy) {
        m_progress->reset();
    }
}

void ShipStep::start()
{
    std::optional<release::Staging> staging;
    const Result<ChannelName> channel = ChannelName::parse(m_channel->currentData().toString());
    if (m_way->checkedId() != UploadOnly) {
        if (!channel) {
            return;
        }
        staging = release::Staging{*channel};
        if (m_way->checkedId() == RollOut) {
            const Result<BasisPoints> share = BasisPoints::fromPercent(m_share->value());
            if (!share) {
                return;
            }
            staging->share = *share;
        }
    }
    m_draft.ship(staging);
}

} // namespace gatehouse::widgets
