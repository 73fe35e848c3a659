// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/pageheader.h"

#include "widgets/common/button.h"

#include <QBoxLayout>

namespace gatehouse::widgets {

PageHeader::PageHeader(const Theme &theme, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_leading(new QHBoxLayout)
    , m_filters(new QHBoxLayout)
    , m_trailing(new QHBoxLayout)
    , m_title(new Label(theme, title, FontRole::PageTitle))
    , m_age(new Label(theme, {}, FontRole::Small, ColorRole::Muted))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kSpace2);
    m_leading->setSpacing(metrics::kSpace2);
    m_filters->setSpacing(metrics::kSpace2);
    m_trailing->setSpacing(metrics::kSpace2);
    row->addLayout(m_leading);
    row->addWidget(m_title);
    row->addSpacing(metrics::kSpace2);
    row->addLayout(m_filters);
    row->addStretch(1);
    row->addWidget(m_age);
    row->addLayout(m_trailing);
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_age->hide();
    setMinimumHeight(metrics::kControlHeight);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void PageHeader::setTitle(const QString &title)
{
    m_title->setText(title);
}

void PageHeader::setTitleIcon(Icon icon, ColorRole role)
{
    if (!m_icon) {
        m_icon = new IconLabel(m_theme, icon, role, 22);
        m_leading->addWidget(m_icon);
    }
    m_icon->setIcon(icon, role);
}

void PageHeader::setCrumb(const QString &crumb)
{
    if (!m_crumb) {
        m_crumb = quietButton(m_theme, crumb, QStringLiteral("crumbButton"));
        m_crumb->setSmall(true);
        connect(m_crumb, &QPushButton::clicked, this, &PageHeader::crumbActivated);
        m_leading->addWidget(m_crumb);
        m_leading->addWidget(new Label(m_theme, QStringLiteral("/"), FontRole::Small, ColorRole::Muted));
    }
    m_crumb->setText(crumb);
    m_crumb->setAccessibleName(tr("Back to %1").arg(crumb));
}

void PageHeader::addFilter(QWidget *widget)
{
    m_filters->addWidget(widget);
}

void PageHeader::addTrailing(QWidget *widget)
{
    m_trailing->addWidget(widget);
}

void PageHeader::setPrimary(Button *button)
{
    // A layout of its own behind the others, so that later additions stay in front of it.
    auto *row = static_cast<QHBoxLayout *>(layout());
    row->addWidget(button);
}

void PageHeader::setAge(const QString &age, bool stale)
{
    m_age->setText(age);
    m_age->setColorRole(stale ? ColorRole::Warning : ColorRole::Muted);
    m_age->setVisible(!age.isEmpty());
}

} // namespace gatehouse::widgets
