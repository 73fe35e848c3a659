// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"
#include "workspace/jobs.h"

#include <QFrame>
#include <QHash>

class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace gatehouse::widgets {

/// "12.4 of 96 MB", "412 of 1 284", in the person's language; empty when nothing is known.
[[nodiscard]] QString progressWords(const Progress &progress);

/// One job: title, step, progress, speed, cancel.
class JobRow final : public QWidget
{
    Q_OBJECT

public:
    JobRow(Theme &theme, workspace::Job &job, QWidget *parent);

private:
    void show(const workspace::Job &job);
    Theme &m_theme;
    QLabel *m_title;
    QLabel *m_state;
    QProgressBar *m_bar;
    QPushButton *m_cancel;
};

/// Running and finished jobs, over the status bar.
class JobPane final : public QFrame
{
    Q_OBJECT

public:
    JobPane(Theme &theme, workspace::Jobs &jobs, QWidget *parent);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void add(workspace::Job *job);
    void remove(workspace::Job *job);
    void updateEmpty();

    Theme &m_theme;
    QVBoxLayout *m_rows;
    QLabel *m_empty;
    QHash<workspace::Job *, JobRow *> m_byJob;
};

} // namespace gatehouse::widgets
