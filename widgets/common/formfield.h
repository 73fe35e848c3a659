// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/label.h"

#include <QWidget>

namespace gatehouse::widgets {

/// Label, field, hint, and the sentence that says what is wrong. What a person sees, assistive tools hear:
/// the label is the field's name, hint and error are its description.
class FormField : public QWidget
{
    Q_OBJECT

public:
    /// @param field  any input; the form field becomes its parent
    FormField(const Theme &theme, const QString &label, QWidget *field, QWidget *parent = nullptr);

    void setHint(const QString &hint);
    /// Empty: all is well.
    void setError(const QString &error);
    [[nodiscard]] QString error() const { return m_errorText; }
    [[nodiscard]] QWidget *field() const { return m_field; }

private:
    void describe();

    Label *m_label;
    QWidget *m_field;
    Label *m_hint;
    QWidget *m_errorRow;
    Label *m_error;
    QString m_hintText;
    QString m_errorText;
};

} // namespace gatehouse::widgets
