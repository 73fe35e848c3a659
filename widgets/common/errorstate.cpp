// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/errorstate.h"

#include "core/foreigntext.h"
#include "widgets/common/button.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QPlainTextEdit>

namespace gatehouse::widgets {

QString errorDetails(const Error &error)
{
    QStringList lines = {error.id + QStringLiteral(" (") + errorKindName(error.kind) + QStringLiteral(")")};
    for (const QString &sentence : {error.what, error.cause, error.remedy}) {
        if (!sentence.isEmpty()) {
            lines.append(displayable(sentence, 2000));
        }
    }
    for (const QString &detail : error.details) {
        lines.append(displayable(detail, 2000));
    }
    return lines.join(QLatin1Char('\n'));
}

ErrorState::ErrorState(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_icon(new IconLabel(theme, Icon::Error, ColorRole::Danger, metrics::kPictureIcon))
    , m_what(new Label(theme, {}, FontRole::CardTitle))
    , m_why(new Label(theme, {}, FontRole::Body, ColorRole::Muted))
    , m_remedy(new Label(theme, {}, FontRole::Body))
    , m_retry(outlineButton(theme, tr("Retry"), QStringLiteral("retryButton")))
    , m_showDetails(quietButton(theme, tr("Details"), QStringLiteral("errorDetailsButton")))
    , m_copy(quietButton(theme, tr("Copy"), QStringLiteral("copyErrorButton")))
    , m_details(new QPlainTextEdit)
{
    m_retry->setLineIcon(Icon::Refresh);
    m_copy->setLineIcon(Icon::Copy);
    m_copy->setAccessibleName(tr("Copy the details of the error"));
    m_showDetails->setCheckable(true);
    m_showDetails->setAccessibleName(tr("Details of the error"));
    m_details->setReadOnly(true);
    m_details->setObjectName(QStringLiteral("errorDetailsText"));
    m_details->setAccessibleName(tr("Text of the error's details"));
    m_details->setFont(theme.font(FontRole::MonoSmall));
    m_details->setFixedHeight(120);
    m_details->hide();
    m_copy->hide();

    auto *column = new QVBoxLayout;
    column->setSpacing(metrics::kSpace2);
    column->addStretch(2);
    column->addWidget(m_icon, 0, Qt::AlignHCenter);
    for (Label *label : {m_what, m_why, m_remedy}) {
        label->setWrap(true);
        label->setAlignment(Qt::AlignCenter);
        column->addWidget(label);
    }
    auto *actions = new QHBoxLayout;
    actions->addStretch(1);
    actions->addWidget(m_retry);
    actions->addWidget(m_showDetails);
    actions->addWidget(m_copy);
    actions->addStretch(1);
    column->addSpacing(metrics::kSpace2);
    column->addLayout(actions);
    column->addWidget(m_details);
    column->addStretch(3);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::kSpace6, metrics::kSpace6, metrics::kSpace6, metrics::kSpace6);
    row->addStretch(1);
    row->addLayout(column, 6);
    row->addStretch(1);

    connect(m_retry, &QPushButton::clicked, this, &ErrorState::retryRequested);
    connect(m_showDetails, &QPushButton::toggled, this, [this](bool on) {
        m_details->setVisible(on);
        m_copy->setVisible(on);
    });
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_details->toPlainText()); });
}

void ErrorState::setError(const Error &error)
{
    m_what->setText(displayable(error.what, 400));
    m_why->setText(displayable(error.cause, 600));
    m_remedy->setText(displayable(error.remedy, 400));
    m_why->setVisible(!error.cause.isEmpty());
    m_remedy->setVisible(!error.remedy.isEmpty());
    m_details->setPlainText(errorDetails(error));
    const bool offline = error.kind == ErrorKind::Offline || error.kind == ErrorKind::Timeout;
    m_icon->setIcon(offline ? Icon::Offline : Icon::Error, offline ? ColorRole::Warning : ColorRole::Danger);
    QAccessibleEvent announcement(m_what, QAccessible::Alert);
    QAccessible::updateAccessibility(&announcement);
}

void ErrorState::setRetryVisible(bool visible)
{
    m_retry->setVisible(visible);
}

} // namespace gatehouse::widgets
