// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bundles/progressrows.h"

#include "widgets/common/format.h"
#include "widgets/common/label.h"
#include "widgets/theme/style.h"

#include <QGridLayout>
#include <QProgressBar>

namespace gatehouse::widgets {

ProgressRows::ProgressRows(Theme &theme, const QVector<std::pair<QString, QString>> &steps, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::kSpace4);
    grid->setVerticalSpacing(10);
    grid->setColumnMinimumWidth(0, 128);
    grid->setColumnMinimumWidth(2, 130);
    grid->setColumnStretch(1, 1);
    int line = 0;
    for (const auto &[step, name] : steps) {
        auto *bar = new QProgressBar(this);
        bar->setTextVisible(false);
        bar->setFixedHeight(6);
        bar->setAccessibleName(tr("Progress: %1").arg(name));
        auto *words = new Label(theme, {}, FontRole::Small, ColorRole::Muted, this);
        auto *caption = new Label(theme, name, FontRole::Body, ColorRole::Text, this);
        grid->addWidget(caption, line, 0);
        grid->addWidget(bar, line, 1, Qt::AlignVCenter);
        grid->addWidget(words, line, 2);
        m_rows.append({step, caption, bar, words, {}});
        ++line;
    }
    reset();
}

void ProgressRows::reset()
{
    for (Row &row : m_rows) {
        row.isDone = false;
        row.bar->setRange(0, 1000);
        row.bar->setValue(0);
        row.bar->setProperty(kToneProperty, QVariant());
        row.words->setText(tr("waits"));
    }
}

void ProgressRows::complete(Row &row)
{
    row.isDone = true;
    row.bar->setRange(0, 1000);
    row.bar->setValue(1000);
    row.bar->setProperty(kToneProperty, static_cast<int>(ColorRole::Ok));
    row.words->setText(row.result.isEmpty() ? tr("done") : row.result);
    row.bar->update();
}

void ProgressRows::show(const Progress &progress)
{
    for (Row &row : m_rows) {
        if (row.step != progress.step) {
            continue;
        }
        const bool isDone = progress.total > 0 && progress.done >= progress.total;
        if (isDone) {
            complete(row);
        } else if (!row.isDone) {
            row.bar->setRange(0, progress.total > 0 ? 1000 : 0);
            row.bar->setValue(progress.total > 0 ? static_cast<int>(progress.done * 1000 / progress.total)
                                                 : 0);
            row.words->setText(
                progress.unit == Progress::Unit::Bytes && progress.total > 0
                    ? tr("%1 of %2").arg(formatBytes(progress.done), formatBytes(progress.total))
                    : tr("in progress"));
        }
        return;
    }
}

void ProgressRows::setStepVisible(const QString &step, bool isVisible)
{
    for (const Row &row : m_rows) {
        if (row.step == step) {
            row.caption->setVisible(isVisible);
            row.bar->setVisible(isVisible);
            row.words->setVisible(isVisible);
        }
    }
}

void ProgressRows::finish()
{
    for (Row &row : m_rows) {
        complete(row);
    }
}

void ProgressRows::setResult(const QString &step, const QString &words)
{
    for (Row &row : m_rows) {
        if (row.step == step) {
            row.result = words;
            if (row.isDone) {
                row.words->setText(words);
            }
        }
    }
}

} // namespace gatehouse::widgets
