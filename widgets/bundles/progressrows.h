// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operation.h"
#include "widgets/theme/theme.h"

#include <QHash>
#include <QWidget>

class QProgressBar;

namespace gatehouse::widgets {

class Label;

/// One line for each step of a job: name, bar, how far.
class ProgressRows final : public QWidget
{
    Q_OBJECT

public:
    /// @param steps  the words of Progress::step, and how they are called here
    ProgressRows(Theme &theme, const QVector<std::pair<QString, QString>> &steps, QWidget *parent);

    /// Nothing has begun.
    void reset();
    /// Steps before this one are done.
    void show(const Progress &progress);
    /// Steps that this run does not have.
    void setStepVisible(const QString &step, bool isVisible);
    void finish();
    /// What stands at the right end of a finished step: a size, a digest.
    void setResult(const QString &step, const QString &words);

private:
    struct Row
    {
        QString step;
        Label *caption;
        QProgressBar *bar;
        Label *words;
        QString result;
        bool isDone = false;
    };
    void complete(Row &row);
    Theme &m_theme;
    QVector<Row> m_rows;
};

} // namespace gatehouse::widgets
