// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/button.h"

#include "widgets/common/tooltip.h"

#include <QPainter>
#include <QStyle>

namespace gatehouse::widgets {

namespace {

ColorRole labelRole(ButtonKind kind)
{
    switch (kind) {
    case ButtonKind::Filled:
        return ColorRole::OnAccent;
    case ButtonKind::DangerFilled:
        return ColorRole::OnDanger;
    case ButtonKind::Danger:
        return ColorRole::Danger;
    case ButtonKind::Quiet:
        return ColorRole::Muted;
    case ButtonKind::Outline:
    case ButtonKind::Choice:
        break;
    }
    return ColorRole::Text;
}

/// Underlined text that is pressed like a button.
class LinkButton : public QPushButton
{
public:
    LinkButton(const Theme &theme, const QString &text, QWidget *parent)
        : QPushButton(text, parent)
        , m_theme(theme)
    {
        setCursor(Qt::PointingHandCursor);
        QFont font = theme.font(FontRole::Small);
        font.setUnderline(true);
        setFont(font);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        return {fontMetrics().horizontalAdvance(text()) + 4, m_theme.lineHeight(FontRole::Body)};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        const bool lit = underMouse() || isDown();
        painter.setPen(m_theme.color(lit ? ColorRole::Accent : ColorRole::Text));
        painter.drawText(rect(), Qt::AlignCenter, text());
        if (hasFocus()) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(m_theme.color(ColorRole::Accent), 1.5));
            painter.drawRoundedRect(QRectF(rect()).adjusted(0.75, 0.75, -0.75, -0.75), 3, 3);
        }
    }

private:
    const Theme &m_theme;
};

} // namespace

Button::Button(const Theme &theme, ButtonKind kind, const QString &text, const QString &objectName,
               QWidget *parent)
    : QPushButton(text, parent)
    , m_theme(theme)
    , m_kind(kind)
{
    setObjectName(objectName);
    setAutoDefault(false);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    refreshLook();
}

void Button::setKind(ButtonKind kind)
{
    m_kind = kind;
    refreshLook();
}

void Button::setSmall(bool small)
{
    m_small = small;
    refreshLook();
}

void Button::setLineIcon(Icon icon)
{
    m_hasIcon = true;
    m_icon = icon;
    refreshLook();
}

void Button::refreshLook()
{
    setProperty(kButtonKindProperty, static_cast<int>(m_kind));
    setProperty(kSmallProperty, m_small);
    const bool strong = m_kind == ButtonKind::Filled || m_kind == ButtonKind::DangerFilled;
    QFont font = m_theme.font(strong ? FontRole::BodyStrong : FontRole::Body);
    if (m_small) {
        font.setPointSizeF(font.pointSizeF() * 12.0 / 13.0);
    }
    if (!strong && m_kind != ButtonKind::Quiet) {
        font.setWeight(QFont::Medium);
    }
    setFont(font);
    setCheckable(m_kind == ButtonKind::Choice || isCheckable());
    const int side = m_small ? 14 : metrics::kIcon;
    setIconSize(QSize(side, side));
    if (m_hasIcon) {
        setIcon(m_theme.icon(m_icon, labelRole(m_kind)));
    }
    updateGeometry();
    update();
}

Button *filledButton(const Theme &theme, const QString &text, const QString &objectName, QWidget *parent)
{
    return new Button(theme, ButtonKind::Filled, text, objectName, parent);
}

Button *outlineButton(const Theme &theme, const QString &text, const QString &objectName, QWidget *parent)
{
    return new Button(theme, ButtonKind::Outline, text, objectName, parent);
}

Button *dangerButton(const Theme &theme, const QString &text, const QString &objectName, QWidget *parent)
{
    return new Button(theme, ButtonKind::Danger, text, objectName, parent);
}

Button *quietButton(const Theme &theme, const QString &text, const QString &objectName, QWidget *parent)
{
    return new Button(theme, ButtonKind::Quiet, text, objectName, parent);
}

Button *iconButton(const Theme &theme, Icon icon, const QString &name, const QString &objectName,
                   QWidget *parent)
{
    auto *button = new Button(theme, ButtonKind::Quiet, QString(), objectName, parent);
    button->setLineIcon(icon);
    button->setAccessibleName(name);
    button->setToolTip(plainToolTip(name));
    button->setSmall(true);
    button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    return button;
}

QPushButton *linkButton(const Theme &theme, const QString &text, const QString &objectName, QWidget *parent)
{
    auto *button = new LinkButton(theme, text, parent);
    button->setObjectName(objectName);
    button->setAutoDefault(false);
    return button;
}

} // namespace gatehouse::widgets
