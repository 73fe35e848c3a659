// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/jobpane.h"

#include "core/foreigntext.h"
#include "widgets/common/format.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace gatehouse::widgets {

namespace {

constexpr int kPaneWidth = 380;
constexpr int kPaneHeight = 320;

} // namespace

QString progressWords(const Progress &progress)
{
    const QLocale locale;
    if (progress.unit == Progress::Unit::Bytes && progress.total > 0) {
        return JobPane::tr("%1 of %2").arg(formatBytes(progress.done), formatBytes(progress.total));
    }
    if (progress.total > 0) {
        return JobPane::tr("%1 of %2")
            .arg(locale.toString(static_cast<qlonglong>(progress.done)),
                 locale.toString(static_cast<qlonglong>(progress.total)));
    }
    return {};
}

JobRow::JobRow(Theme &theme, workspace::Job &job, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_title(new QLabel(displayable(job.title(), 96), this))
    , m_state(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(theme.font(FontRole::BodyStrong));
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    m_state->setFont(theme.font(FontRole::Small));
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of %1").arg(displayable(job.title(), 96)));
    m_cancel->setObjectName(QStringLiteral("cancelJobButton"));
    m_cancel->setProperty("gatehouseSmall", true);
    m_cancel->setAccessibleName(tr("Cancel %1").arg(displayable(job.title(), 96)));
    auto *top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(m_cancel);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, metrics::kSpace2, 0, metrics::kSpace2);
    layout->setSpacing(metrics::kSpace1);
    layout->addLayout(top);
    layout->addWidget(m_bar);
    layout->addWidget(m_state);
    connect(m_cancel, &QPushButton::clicked, &job, &workspace::Job::cancel);
    connect(&job, &workspace::Job::progressChanged, this, [this, &job] { show(job); });
    connect(&job, &workspace::Job::finished, this, [this, &job] { show(job); });
    show(job);
}

void JobRow::show(const workspace::Job &job)
{
    m_cancel->setVisible(job.isRunning());
    m_bar->setVisible(job.isRunning());
    const Progress &progress = job.progress();
    m_bar->setRange(0, progress.total > 0 ? 1000 : 0);
    if (progress.total > 0) {
        m_bar->setValue(static_cast<int>(progress.done * 1000 / progress.total));
    }
    switch (job.state()) {
    case workspace::Job::State::Running: {
        QStringList parts{displayable(stepWords(progress.step), 64), progressWords(progress)};
        if (progress.unit == Progress::Unit::Bytes && job.speed() > 0) {
            parts.append(tr("%1/s").arg(formatBytes(static_cast<qint64>(job.speed()))));
        }
        parts.removeAll(QString());
        m_state->setText(parts.isEmpty() ? tr("Running") : parts.join(QStringLiteral(" · ")));
        break;
    }
    case workspace::Job::State::Done:
        m_state->setText(tr("Done"));
        break;
    case workspace::Job::State::Cancelled:
        m_state->setText(tr("Cancelled, nothing was left half done"));
        break;
    case workspace::Job::State::Failed:
        m_state->setText(displayable(job.error() ? job.error()->toText() : QString(), 400));
        break;
    }
}

JobPane::JobPane(Theme &theme, workspace::Jobs &jobs, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_rows(new QVBoxLayout)
    , m_empty(new QLabel(tr("Nothing runs, and nothing ran."), this))
{
    setObjectName(QStringLiteral("jobPane"));
    setAccessibleName(tr("Jobs"));
    setFixedSize(kPaneWidth, kPaneHeight);
    auto *title = new QLabel(tr("Jobs"), this);
    title->setFont(theme.font(FontRole::CardTitle));
    auto *content = new QWidget;
    auto *contentLayout = new QVBoxLayout(content);
    contentLayout->setContentsMargins(0, 0, metrics::kSpace2, 0);
    contentLayout->addWidget(m_empty);
    contentLayout->addLayout(m_rows);
    contentLayout->addStretch();
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kCardPadding, metrics::kSpace3, metrics::kSpace2, metrics::kSpace3);
    layout->addWidget(title);
    layout->addWidget(scroll, 1);
    for (workspace::Job *job : jobs.jobs()) {
        add(job);
    }
    connect(&jobs, &workspace::Jobs::jobAdded, this, &JobPane::add);
    connect(&jobs, &workspace::Jobs::jobRemoved, this, &JobPane::remove);
    updateEmpty();
    hide();
}

void JobPane::add(workspace::Job *job)
{
    if (!job->isShown()) {
        return;
    }
    auto *row = new JobRow(m_theme, *job, this);
    m_rows->insertWidget(0, row);
    m_byJob.insert(job, row);
    updateEmpty();
}

void JobPane::remove(workspace::Job *job)
{
    if (JobRow *row = m_byJob.take(job)) {
        row->deleteLater();
    }
    updateEmpty();
}

void JobPane::updateEmpty()
{
    m_empty->setVisible(m_byJob.isEmpty());
}

void JobPane::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        hide();
        return;
    }
    QFrame::keyPressEvent(event);
}

void JobPane::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.color(ColorRole::Border));
    painter.setBrush(m_theme.color(ColorRole::Surface));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::kCardRadius,
                            metrics::kCardRadius);
}

} // namespace gatehouse::widgets
