// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"
#include "workspace/jobs.h"

#include <QPointer>
#include <QWidget>

class QProgressBar;

namespace gatehouse::widgets {

class Button;
class Label;

/// One running job: what it does now, how far, how fast, and Cancel. Hidden while there is none.
class JobLine final : public QWidget
{
    Q_OBJECT

public:
    /// @param name  of the button, for assistive tools: "Cancel the comparison"
    JobLine(const Theme &theme, const QString &name, const QString &objectName, QWidget *parent = nullptr);

    void follow(workspace::Job *job);
    /// The work is done or no longer wanted.
    void clear();
    void cancel();

private:
    void refresh();

    QPointer<workspace::Job> m_job;
    Label *m_words;
    QProgressBar *m_bar;
    Button *m_cancel;
};

} // namespace gatehouse::widgets
