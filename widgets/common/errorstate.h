// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "widgets/common/label.h"

#include <QWidget>

class QPlainTextEdit;

namespace gatehouse::widgets {

class Button;

/// What failed, why, what to do; Retry; details on demand that can be copied.
class ErrorState : public QWidget
{
    Q_OBJECT

public:
    explicit ErrorState(const Theme &theme, QWidget *parent = nullptr);

    void setError(const Error &error);
    /// Without a way to try again the button is hidden.
    void setRetryVisible(bool visible);

Q_SIGNALS:
    void retryRequested();

private:
    IconLabel *m_icon;
    Label *m_what;
    Label *m_why;
    Label *m_remedy;
    Button *m_retry;
    Button *m_showDetails;
    Button *m_copy;
    QPlainTextEdit *m_details;
};

/// All of an error as text for a report: id, sentences, details.
[[nodiscard]] QString errorDetails(const Error &error);

} // namespace gatehouse::widgets
