// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/navigation.h"

#include "widgets/common/tooltip.h"

#include <QButtonGroup>
#include <QPainter>
#include <QScopedValueRollback>
#include <QStyle>
#include <QVBoxLayout>

namespace gatehouse::widgets {

NavigationButton::NavigationButton(Theme &theme, Icon icon, const QString &text, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_icon(icon)
{
    setText(text);
    setAccessibleName(text);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void NavigationButton::setNarrow(bool narrow)
{
    m_narrow = narrow;
    setToolTip(narrow ? plainToolTip(text()) : QString());
    updateGeometry();
    update();
}

QSize NavigationButton::sizeHint() const
{
    return {m_narrow ? 40 : metrics::kNavigationWidth - 2 * metrics::kSpace2, 32};
}

void NavigationButton::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool hovered = underMouse() && isEnabled();
    if (isChecked() || hovered) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(isChecked() ? ColorRole::AccentTint : ColorRole::Raised));
        painter.drawRoundedRect(rect(), metrics::kControlRadius, metrics::kControlRadius);
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_theme.color(ColorRole::Accent), 1.5));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), metrics::kControlRadius,
                                metrics::kControlRadius);
    }
    const ColorRole role = isChecked() ? ColorRole::Accent : ColorRole::Muted;
    painter.setOpacity(isEnabled() ? 1.0 : 0.55);
    const int inset = m_narrow ? (width() - metrics::kIcon) / 2 : 10;
    const QRect iconRect(inset, (height() - metrics::kIcon) / 2, metrics::kIcon, metrics::kIcon);
    m_theme.paintIcon(painter, QStyle::visualRect(layoutDirection(), rect(), iconRect), m_icon, role);
    if (m_narrow) {
        return;
    }
    painter.setFont(m_theme.font(isChecked() ? FontRole::BodyStrong : FontRole::Body));
    painter.setPen(m_theme.color(isChecked() ? ColorRole::Accent : ColorRole::Muted));
    const QRect textRect(36, 0, width() - 44, height());
    painter.drawText(
        QStyle::visualRect(layoutDirection(), rect(), textRect),
        static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter),
        text());
}

void NavigationButton::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void NavigationButton::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

Navigation::Navigation(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_group(new QButtonGroup(this))
    , m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("navigation"));
    setAccessibleName(tr("Screens"));
    m_layout->setContentsMargins(metrics::kSpace2, metrics::kSpace2, metrics::kSpace2, metrics::kSpace2);
    m_layout->setSpacing(2);
    m_layout->addStretch();
    setFixedWidth(metrics::kNavigationWidth);
    connect(m_group, &QButtonGroup::idClicked, this, [this](int index) { Q_EMIT chosen(m_ids.at(index)); });
    // Assistive tools do not click what can be checked, they toggle it.
    connect(m_group, &QButtonGroup::idToggled, this, [this](int index, bool isOn) {
        if (isOn && !m_isFollowing) {
            Q_EMIT chosen(m_ids.at(index));
        }
    });
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Navigation::addScreen(const Screen &screen)
{
    auto *button = new NavigationButton(m_theme, screen.icon(), screen.title(), this);
    button->setObjectName(screen.id() + QStringLiteral("NavigationButton"));
    m_group->addButton(button, static_cast<int>(m_ids.size()));
    m_ids.append(screen.id());
    m_layout->insertWidget(m_layout->count() - 1, button);
}

void Navigation::setCurrent(const QString &screenId)
{
    const QScopedValueRollback<bool> following(m_isFollowing, true);
    const auto index = static_cast<int>(m_ids.indexOf(screenId));
    if (QAbstractButton *button = m_group->button(index)) {
        button->setChecked(true);
        return;
    }
    // No screen is current: the group must let go of the old one.
    if (QAbstractButton *button = m_group->checkedButton()) {
        m_group->setExclusive(false);
        button->setChecked(false);
        m_group->setExclusive(true);
    }
}

void Navigation::setNarrow(bool narrow)
{
    setFixedWidth(narrow ? metrics::kNavigationNarrow : metrics::kNavigationWidth);
    const QList<QAbstractButton *> buttons = m_group->buttons();
    for (QAbstractButton *button : buttons) {
        static_cast<NavigationButton *>(button)->setNarrow(narrow);
    }
}

void Navigation::setUsable(bool usable)
{
    const QList<QAbstractButton *> buttons = m_group->buttons();
    for (QAbstractButton *button : buttons) {
        button->setEnabled(usable);
    }
}

void Navigation::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(ColorRole::Surface));
    painter.setPen(m_theme.color(ColorRole::Border));
    const int edge = layoutDirection() == Qt::RightToLeft ? 0 : width() - 1;
    painter.drawLine(edge, 0, edge, height());
}

} // namespace gatehouse::widgets
