// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How Style paints what is operated: buttons, fields, marks, progress.
#include "widgets/theme/iconengine.h"
#include "widgets/theme/metrics.h"
#include "widgets/theme/style.h"

#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QStyleOption>

namespace gatehouse::widgets {

struct Style::ButtonColors
{
    QColor fill;
    QColor outline;
    QColor text;
    QColor focus;
    bool strong = false;
};

Style::ButtonColors Style::buttonColors(const QStyleOptionButton &option, const QWidget *widget) const
{
    const QVariant named = widget ? widget->property(kButtonKindProperty) : QVariant();
    ButtonKind kind = option.features.testFlag(QStyleOptionButton::DefaultButton) ? ButtonKind::Filled
                                                                                  : ButtonKind::Outline;
    if (named.isValid()) {
        kind = static_cast<ButtonKind>(named.toInt());
    }
    if (kind == ButtonKind::Choice) {
        kind = option.state.testFlag(State_On) ? ButtonKind::Filled : ButtonKind::Outline;
    } else if (option.state.testFlag(State_On) && kind != ButtonKind::Filled) {
        return {color(ColorRole::AccentTint), color(ColorRole::Accent), color(ColorRole::Accent),
                color(ColorRole::Accent), false};
    }
    const QColor surface = color(ColorRole::Surface);
    const QColor none(0, 0, 0, 0);
    switch (kind) {
    case ButtonKind::Filled:
        return {color(ColorRole::Accent), none, color(ColorRole::OnAccent), color(ColorRole::OnAccent), true};
    case ButtonKind::DangerFilled:
        return {color(ColorRole::Danger), none, color(ColorRole::OnDanger), color(ColorRole::OnDanger), true};
    case ButtonKind::Danger:
        return {surface, color(ColorRole::Danger), color(ColorRole::Danger), color(ColorRole::Accent), false};
    case ButtonKind::Quiet:
        return {none, none, color(ColorRole::Muted), color(ColorRole::Accent), false};
    case ButtonKind::Outline:
    case ButtonKind::Choice:
        break;
    }
    return {surface, color(ColorRole::Control), color(ColorRole::Text), color(ColorRole::Accent), false};
}

void Style::drawButtonPanel(const QStyleOptionButton &option, QPainter &painter, const QWidget *widget) const
{
    ButtonColors colors = buttonColors(option, widget);
    const bool enabled = option.state.testFlag(State_Enabled);
    if (enabled && option.state.testFlag(State_Sunken)) {
        colors.fill = colors.strong ? blend(color(ColorRole::Text), colors.fill, 0.22)
                                    : blend(color(ColorRole::Muted), color(ColorRole::Surface), 0.20);
    } else if (enabled && option.state.testFlag(State_MouseOver)) {
        colors.fill =
            colors.strong ? blend(color(ColorRole::Text), colors.fill, 0.12) : color(ColorRole::Raised);
    }
    if (!enabled) {
        colors.fill = colors.strong ? color(ColorRole::Raised) : colors.fill;
        colors.outline = colors.outline.alpha() == 0 ? colors.outline : color(ColorRole::Border);
    }
    fillRound(painter, option.rect, metrics::kControlRadius, colors.fill, colors.outline);
    if (option.state.testFlag(State_HasFocus) && option.state.testFlag(State_KeyboardFocusChange)) {
        const QRectF ring = colors.strong ? QRectF(option.rect).adjusted(2, 2, -2, -2) : QRectF(option.rect);
        const qreal radius = colors.strong ? metrics::kControlRadius - 2 : metrics::kControlRadius;
        fillRound(painter, ring, radius, QColor(0, 0, 0, 0), colors.focus, 2.0);
    }
}

void Style::drawButtonLabel(const QStyleOptionButton &option, QPainter &painter, const QWidget *widget) const
{
    const bool small = widget && widget->property(kSmallProperty).toBool();
    const bool enabled = option.state.testFlag(State_Enabled);
    const bool hasMenu = option.features.testFlag(QStyleOptionButton::HasMenu);
    const ButtonColors colors = buttonColors(option, widget);
    const int iconSize = option.icon.isNull() ? 0 : (small ? 14 : metrics::kIcon);
    const int menuWidth = hasMenu ? 20 : 0;
    const int gap = option.icon.isNull() || option.text.isEmpty() ? 0 : (small ? 6 : 8);
    const int flags = Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic |
                      (styleHint(SH_UnderlineShortcut, &option, widget, nullptr) ? 0 : Qt::TextHideMnemonic);
    const QFontMetrics metricsOfFont = option.fontMetrics;
    const int padding = option.text.isEmpty() ? 0 : (small ? 8 : 10);
    const int room = option.rect.width() - 2 * padding - iconSize - gap - menuWidth;
    const QString text =
        metricsOfFont.elidedText(option.text, Qt::ElideRight, room + 4, Qt::TextShowMnemonic);
    const int textWidth = text.isEmpty() ? 0 : metricsOfFont.size(Qt::TextShowMnemonic, text).width();
    const int total = iconSize + gap + textWidth + menuWidth;
    const bool leading = widget && widget->property("gatehouseLeading").toBool();
    const int left =
        leading ? option.rect.left() + padding : option.rect.left() + (option.rect.width() - total) / 2;

    if (iconSize > 0) {
        const QRect where(left, option.rect.top() + (option.rect.height() - iconSize + 1) / 2, iconSize,
                          iconSize);
        const QIcon::Mode mode = enabled ? QIcon::Normal : QIcon::Disabled;
        const QRect visual = visualRect(option.direction, option.rect, where);
        option.icon.paint(&painter, visual, Qt::AlignCenter, mode,
                          option.state.testFlag(State_On) ? QIcon::On : QIcon::Off);
    }
    painter.save();
    painter.setPen(enabled ? colors.text : blend(color(ColorRole::Muted), color(ColorRole::Surface), 0.65));
    const QRect textRect(left + iconSize + gap, option.rect.top(), textWidth + 2, option.rect.height());
    painter.drawText(visualRect(option.direction, option.rect, textRect), flags, text);
    painter.restore();
    if (hasMenu) {
        const QRect arrow(left + total - 16, option.rect.top(), 16, option.rect.height());
        paintLineIcon(
            painter,
            QRectF(visualRect(option.direction, option.rect, arrow).center() - QPoint(6, 6), QSizeF(14, 14)),
            Icon::ChevronDown, colors.text);
    }
}

void Style::drawField(const QStyleOption &option, QPainter &painter, const QWidget *widget) const
{
    const bool enabled = option.state.testFlag(State_Enabled);
    const bool focused = enabled && option.state.testFlag(State_HasFocus);
    const bool readOnly = option.state.testFlag(State_ReadOnly);
    const bool invalid = widget && widget->property(kInvalidProperty).toBool();
    QColor outline = color(enabled && !readOnly ? ColorRole::Control : ColorRole::Border);
    if (invalid) {
        outline = color(ColorRole::Danger);
    } else if (focused) {
        outline = color(ColorRole::Accent);
    }
    const QColor fill = color(enabled && !readOnly ? ColorRole::Surface : ColorRole::Window);
    fillRound(painter, option.rect, metrics::kControlRadius, fill, outline, focused ? 2.0 : 1.0);
}

void Style::drawCheck(const QStyleOption &option, QPainter &painter) const
{
    const bool enabled = option.state.testFlag(State_Enabled);
    const bool on = option.state.testFlag(State_On);
    const bool partly = option.state.testFlag(State_NoChange);
    const QRect box(option.rect.center().x() - 7, option.rect.center().y() - 7, 16, 16);
    if (on || partly) {
        fillRound(painter, box, 4, color(enabled ? ColorRole::Accent : ColorRole::Muted), QColor(0, 0, 0, 0));
        icon(painter, box, partly ? Icon::Minus : Icon::Check, ColorRole::OnAccent, 12);
    } else {
        fillRound(painter, box, 4, color(enabled ? ColorRole::Surface : ColorRole::Raised),
                  color(enabled ? ColorRole::Control : ColorRole::Border));
    }
    if (option.state.testFlag(State_HasFocus) && option.state.testFlag(State_KeyboardFocusChange)) {
        fillRound(painter, box, 4, QColor(0, 0, 0, 0), color(on ? ColorRole::Text : ColorRole::Accent), 2.0);
    }
}

void Style::drawRadio(const QStyleOption &option, QPainter &painter) const
{
    const bool enabled = option.state.testFlag(State_Enabled);
    const bool on = option.state.testFlag(State_On);
    const QRectF box(option.rect.center().x() - 7, option.rect.center().y() - 7, 16, 16);
    const QColor outline = color(!enabled ? ColorRole::Border : on ? ColorRole::Accent : ColorRole::Control);
    fillRound(painter, box, 8, color(ColorRole::Surface), outline, on ? 5.0 : 1.0);
    if (option.state.testFlag(State_HasFocus) && option.state.testFlag(State_KeyboardFocusChange)) {
        fillRound(painter, box, 8, QColor(0, 0, 0, 0), color(on ? ColorRole::Text : ColorRole::Accent), 2.0);
    }
}

void Style::drawCombo(const QStyleOptionComboBox &option, QPainter &painter, const QWidget *widget) const
{
    QStyleOption field = option;
    const bool hovered = option.state.testFlag(State_MouseOver) && option.state.testFlag(State_Enabled);
    field.state.setFlag(State_HasFocus,
                        option.state.testFlag(State_HasFocus) &&
                            (option.editable || option.state.testFlag(State_KeyboardFocusChange) ||
                             option.state.testFlag(State_On)));
    if (option.frame) {
        drawField(field, painter, widget);
    }
    if (hovered && !option.editable && option.frame) {
        fillRound(painter, QRectF(option.rect).adjusted(2, 2, -2, -2), 4, color(ColorRole::Raised),
                  QColor(0, 0, 0, 0));
    }
    const QRect arrow = subControlRect(CC_ComboBox, &option, SC_ComboBoxArrow, widget);
    icon(painter, arrow, Icon::ChevronDown, ColorRole::Muted, 15);
}

void Style::drawSpin(const QStyleOptionSpinBox &option, QPainter &painter, const QWidget *widget) const
{
    if (option.frame) {
        drawField(option, painter, widget);
    }
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons) {
        return;
    }
    const auto step = [&](SubControl part, Icon arrow, bool possible) {
        const QRect where = subControlRect(CC_SpinBox, &option, part, widget);
        const bool active = option.activeSubControls.testFlag(part) && option.state.testFlag(State_MouseOver);
        if (active && possible) {
            fillRound(painter, QRectF(where).adjusted(1, 1, -1, 0), 3, color(ColorRole::Raised),
                      QColor(0, 0, 0, 0));
        }
        icon(painter, where, arrow, possible ? ColorRole::Muted : ColorRole::Border, 12);
    };
    step(SC_SpinBoxUp, Icon::ChevronUp, option.stepEnabled.testFlag(QAbstractSpinBox::StepUpEnabled));
    step(SC_SpinBoxDown, Icon::ChevronDown, option.stepEnabled.testFlag(QAbstractSpinBox::StepDownEnabled));
}

void Style::drawSlider(const QStyleOptionSlider &option, QPainter &painter, const QWidget *widget) const
{
    const bool across = option.orientation == Qt::Horizontal;
    const bool enabled = option.state.testFlag(State_Enabled);
    const QRectF room = option.rect;
    const QRectF handle = subControlRect(CC_Slider, &option, SC_SliderHandle, widget);
    const QPointF middle = handle.center();
    const QColor none(0, 0, 0, 0);
    const QRectF track = across ? QRectF(room.left() + 4, room.center().y() - 2, room.width() - 8, 4)
                                : QRectF(room.center().x() - 2, room.top() + 4, 4, room.height() - 8);
    fillRound(painter, track, 2, color(ColorRole::Raised),
              m_palette->contrast() == Contrast::High ? color(ColorRole::Control) : none);
    QRectF done = track;
    if (across) {
        option.upsideDown ? done.setLeft(middle.x()) : done.setRight(middle.x());
    } else {
        option.upsideDown ? done.setTop(middle.y()) : done.setBottom(middle.y());
    }
    const QColor accent = color(enabled ? ColorRole::Accent : ColorRole::Control);
    fillRound(painter, done, 2, accent, none);
    const bool focused = option.state.testFlag(State_HasFocus) && enabled;
    const qreal radius = focused ? 9 : 7.5;
    fillRound(painter, QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius), radius,
              color(ColorRole::Surface), accent, focused ? 3.0 : 2.0);
}

void Style::drawProgress(const QStyleOptionProgressBar &option, QPainter &painter,
                         const QWidget *widget) const
{
    const QVariant tone = widget ? widget->property(kToneProperty) : QVariant();
    const ColorRole role = tone.isValid() ? static_cast<ColorRole>(tone.toInt()) : ColorRole::Accent;
    const qreal height = qMin(6, option.rect.height());
    const QRectF groove(option.rect.left(), option.rect.top() + (option.rect.height() - height) / 2.0,
                        option.rect.width(), height);
    const QColor none(0, 0, 0, 0);
    fillRound(painter, groove, height / 2, color(ColorRole::Raised), none);
    QRectF done = groove;
    if (option.maximum > option.minimum) {
        const double share =
            double(option.progress - option.minimum) / double(option.maximum - option.minimum);
        done.setWidth(groove.width() * qBound(0.0, share, 1.0));
    } else {
        // How much there is to do is not known: a third, in the middle.
        done = groove.adjusted(groove.width() / 3, 0, -groove.width() / 3, 0);
    }
    if (done.width() < 1.0) {
        return;
    }
    if (option.direction == Qt::RightToLeft) {
        done.moveRight(groove.right() - (done.left() - groove.left()));
    }
    painter.save();
    QPainterPath clip;
    clip.addRoundedRect(groove, height / 2, height / 2);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipPath(clip);
    painter.fillRect(done, color(role));
    painter.restore();
}

} // namespace gatehouse::widgets
