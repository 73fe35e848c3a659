// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bundles/jobline.h"

#include "widgets/common/button.h"
#include "widgets/common/format.h"
#include "widgets/common/label.h"

#include <QHBoxLayout>
#include <QProgressBar>

namespace gatehouse::widgets {

namespace {

QString stepWords(const QString &step)
{
    if (step == QLatin1String("Download")) {
        return JobLine::tr("Downloading");
    }
    return step == QLatin1String("Decrypt") ? JobLine::tr("Checking the content") : JobLine::tr("Working");
}

} // namespace

JobLine::JobLine(const Theme &theme, const QString &name, const QString &objectName, QWidget *parent)
    : QWidget(parent)
    , m_words(new Label(theme, {}, FontRole::Body, ColorRole::Muted, this))
    , m_bar(new QProgressBar(this))
    , m_cancel(outlineButton(theme, tr("Cancel"), objectName, this))
{
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(6);
    m_bar->setAccessibleName(tr("Progress"));
    m_cancel->setSmall(true);
    m_cancel->setAccessibleName(name);
    m_words->setMinimumWidth(230);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kSpace4);
    row->addWidget(m_words);
    row->addWidget(m_bar, 1, Qt::AlignVCenter);
    row->addWidget(m_cancel);
    connect(m_cancel, &QPushButton::clicked, this, &JobLine::cancel);
    hide();
}

void JobLine::follow(workspace::Job *job)
{
    clear();
    if (job == nullptr) {
        return;
    }
    m_job = job;
    connect(job, &workspace::Job::progressChanged, this, &JobLine::refresh);
    refresh();
    show();
}

void JobLine::clear()
{
    if (m_job) {
        m_job->disconnect(this);
    }
    m_job.clear();
    hide();
}

void JobLine::cancel()
{
    if (m_job && m_job->isRunning()) {
        m_job->cancel();
    }
}

void JobLine::refresh()
{
    if (!m_job) {
        return;
    }
    const Progress &progress = m_job->progress();
    const bool isMeasured = progress.total > 0;
    m_bar->setRange(0, isMeasured ? 1000 : 0);
    m_bar->setValue(isMeasured ? static_cast<int>(progress.done * 1000 / progress.total) : 0);
    QString words = stepWords(progress.step);
    if (isMeasured && progress.unit == Progress::Unit::Bytes) {
        words = tr("%1 %2 of %3").arg(words, formatBytes(progress.done), formatBytes(progress.total));
        if (m_job->speed() > 0) {
            words = tr("%1 · %2 a second").arg(words, formatBytes(static_cast<qint64>(m_job->speed())));
        }
    }
    m_words->setText(words);
}

} // namespace gatehouse::widgets
