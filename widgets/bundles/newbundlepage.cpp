// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bundles/newbundlepage.h"

#include "core/foreigntext.h"
#include "widgets/bundles/folderstep.h"
#include "widgets/bundles/packagestep.h"
#include "widgets/bundles/shipstep.h"
#include "widgets/bundles/versionstep.h"
#include "widgets/common/banner.h"
#include "widgets/common/button.h"
#include "widgets/common/card.h"
#include "widgets/common/format.h"
#include "widgets/common/pageheader.h"
#include "widgets/common/stepper.h"

#include <QDir>
#include <QHBoxLayout>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace gatehouse::widgets {

namespace {

constexpr int kStepperWidth = 220;

} // namespace

NewBundlePage::NewBundlePage(Theme &theme, workspace::Workspace &workspace, workspace::BundleDraft &draft,
                             workspace::KeyRing &keyRing, Prompts &prompts, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_draft(draft)
    , m_stepper(new Stepper(theme, Qt::Vertical, this))
    , m_trouble(new Banner(theme, Tone::Danger, this))
    , m_pages(new QStackedWidget(this))
    , m_folder(new FolderStep(theme, draft, workspace.settings(), prompts, this))
    , m_version(new VersionStep(theme, draft, this))
    , m_package(new PackageStep(theme, workspace, draft, keyRing, this))
    , m_ship(new ShipStep(theme, workspace, draft, this))
    , m_back(outlineButton(theme, tr("Back"), QStringLiteral("assistantBackButton"), this))
    , m_next(filledButton(theme, tr("Next"), QStringLiteral("assistantNextButton"), this))
{
    setObjectName(QStringLiteral("newBundlePage"));
    m_back->setAccessibleName(tr("Back"));
    m_next->setAccessibleName(tr("Next"));
    auto *header = new PageHeader(theme, tr("New bundle"), this);
    header->setCrumb(tr("Bundles"));
    connect(header, &PageHeader::crumbActivated, this, &NewBundlePage::left);

    auto *steps = new Card(theme, {}, this);
    steps->setFixedWidth(kStepperWidth);
    steps->body()->addWidget(m_stepper);
    m_stepper->setNavigable(true);
    m_stepper->setAccessibleName(tr("Steps of the assistant"));
    for (QWidget *page : {static_cast<QWidget *>(m_folder), static_cast<QWidget *>(m_version),
                          static_cast<QWidget *>(m_package), static_cast<QWidget *>(m_ship)}) {
        m_pages->addWidget(page);
    }
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_back);
    buttons->addWidget(m_next);
    auto *right = new QVBoxLayout;
    right->setSpacing(metrics::kCardGap);
    right->addWidget(m_trouble);
    right->addWidget(m_pages, 1);
    right->addLayout(buttons);
    auto *row = new QHBoxLayout;
    row->setSpacing(20);
    row->addWidget(steps, 0, Qt::AlignTop);
    row->addLayout(right, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kPagePadding, 20, metrics::kPagePadding, metrics::kSpace4);
    layout->setSpacing(metrics::kSpace3);
    layout->addWidget(header);
    layout->addLayout(row, 1);

    auto *leave = new QShortcut(QKeySequence(Qt::ALT | Qt::Key_Left), this);
    leave->setContext(Qt::WidgetWithChildrenShortcut);
    connect(leave, &QShortcut::activated, this, &NewBundlePage::back);
    connect(m_back, &QPushButton::clicked, this, &NewBundlePage::back);
    connect(m_next, &QPushButton::clicked, this, &NewBundlePage::next);
    connect(m_stepper, &Stepper::stepActivated, this, &NewBundlePage::go);
    connect(&draft, &workspace::BundleDraft::changed, this, &NewBundlePage::follow);
    connect(m_ship, &ShipStep::channelRequested, this, &NewBundlePage::channelRequested);
    follow();
}

void NewBundlePage::begin()
{
    const workspace::BundleDraft::State state = m_draft.state();
    if (state == workspace::BundleDraft::State::Shipped) {
        m_draft.reset();
    }
    if (m_draft.state() == workspace::BundleDraft::State::Empty) {
        go(Folder);
    }
    m_folder->setFocus();
}

bool NewBundlePage::canGoOn() const
{
    using State = workspace::BundleDraft::State;
    switch (m_step) {
    case Folder:
        return m_draft.scan() && m_draft.scan()->canBeBuilt();
    case Version:
        return !m_draft.versionProblem();
    case Package:
        return m_draft.state() == State::Packaged || m_draft.state() == State::Shipping ||
               m_draft.state() == State::Shipped;
    default:
        return m_draft.state() == State::Shipped;
    }
}

void NewBundlePage::next()
{
    if (!canGoOn()) {
        return;
    }
    if (m_step == Ship) {
        m_draft.reset();
        Q_EMIT left();
        return;
    }
    go(m_step + 1);
}

void NewBundlePage::back()
{
    if (m_step == Folder) {
        Q_EMIT left();
    } else {
        go(m_step - 1);
    }
}

void NewBundlePage::go(int step)
{
    m_step = qBound(0, step, StepCount - 1);
    m_pages->setCurrentIndex(m_step);
    follow();
}

void NewBundlePage::follow()
{
    using State = workspace::BundleDraft::State;
    const State state = m_draft.state();
    if (state == State::Empty && m_step != Folder) {
        go(Folder);
        return;
    }
    const bool isBusy = state == State::Packaging || state == State::Shipping;
    m_next->setEnabled(canGoOn());
    m_next->setText(m_step == Ship ? tr("Done") : tr("Next"));
    m_back->setEnabled(!isBusy && state != State::Shipped);
    showSteps();
    showTrouble();
}

void NewBundlePage::showSteps()
{
    using State = workspace::BundleDraft::State;
    const QString folderNote =
        m_draft.scan() ? tr("%1 · %n files, %2", nullptr, static_cast<int>(m_draft.scan()->files.size()))
                             .arg(displayable(QDir(m_draft.folder()).dirName(), 24),
                                  formatBytes(m_draft.scan()->totalBytes))
                       : QString();
    QVector<widgets::Step> steps{
        {tr("Folder and checks"), folderNote},
        {tr("Version and notes"), m_step > Version ? displayable(m_draft.version(), 32) : QString()},
        {tr("Sign and encrypt"),
         m_draft.packaged() ? formatBytes(m_draft.packaged()->built.artifactBytes) : QString()},
        {tr("Upload and stage"), m_draft.state() == State::Shipped ? tr("on the server") : QString()}};
    for (int i = 0; i < steps.size(); ++i) {
        steps[i].state = i < m_step    ? widgets::Step::State::Done
                         : i == m_step ? widgets::Step::State::Current
                                       : widgets::Step::State::Waiting;
    }
    if (m_draft.error()) {
        steps[m_step].state = widgets::Step::State::Failed;
    }
    if (m_draft.state() == State::Shipped) {
        steps[Ship].state = widgets::Step::State::Done;
    }
    m_stepper->setSteps(steps);
}

void NewBundlePage::showTrouble()
{
    const std::optional<Error> &error = m_draft.error();
    m_trouble->setVisible(error && error->kind != ErrorKind::Cancelled);
    if (error) {
        m_trouble->setMessage(
            displayable(error->what, 300),
            displayable(QString(error->cause + QLatin1Char(' ') + error->remedy).trimmed(), 600));
    }
}

} // namespace gatehouse::widgets
