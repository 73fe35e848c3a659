// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/formfield.h"

#include "widgets/theme/style.h"

#include <QAccessible>
#include <QBoxLayout>

namespace gatehouse::widgets {

FormField::FormField(const Theme &theme, const QString &label, QWidget *field, QWidget *parent)
    : QWidget(parent)
    , m_label(new Label(theme, label, FontRole::Small, ColorRole::Muted))
    , m_field(field)
    , m_hint(new Label(theme, {}, FontRole::Small, ColorRole::Muted))
    , m_errorRow(new QWidget)
    , m_error(new Label(theme, {}, FontRole::Small, ColorRole::Danger))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3);
    auto *errorLine = new QHBoxLayout(m_errorRow);
    errorLine->setContentsMargins(0, 0, 0, 0);
    errorLine->setSpacing(5);
    errorLine->addWidget(new IconLabel(theme, Icon::Error, ColorRole::Danger, 13), 0, Qt::AlignTop);
    errorLine->addWidget(m_error, 1);
    column->addWidget(m_label);
    column->addWidget(field);
    column->addWidget(m_errorRow);
    column->addWidget(m_hint);
    m_label->setBuddy(field);
    m_hint->setWrap(true);
    m_error->setWrap(true);
    m_hint->hide();
    m_errorRow->hide();
    if (field->accessibleName().isEmpty()) {
        field->setAccessibleName(label);
    }
}

void FormField::setHint(const QString &hint)
{
    m_hintText = hint;
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty() && m_errorText.isEmpty());
    describe();
}

void FormField::setError(const QString &error)
{
    if (error == m_errorText) {
        return;
    }
    m_errorText = error;
    m_error->setText(error);
    m_errorRow->setVisible(!error.isEmpty());
    // One line of explanation at a time, so that the form does not jump by two.
    m_hint->setVisible(!m_hintText.isEmpty() && error.isEmpty());
    m_field->setProperty(kInvalidProperty, !error.isEmpty());
    m_field->update();
    describe();
    if (!error.isEmpty()) {
        QAccessibleEvent announcement(m_error, QAccessible::Alert);
        QAccessible::updateAccessibility(&announcement);
    }
}

void FormField::describe()
{
    m_field->setAccessibleDescription(m_errorText.isEmpty() ? m_hintText : m_errorText);
}

} // namespace gatehouse::widgets
