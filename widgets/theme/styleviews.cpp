// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How Style paints frames, lists, headers, tabs, menus and scroll bars.
#include "widgets/theme/iconengine.h"
#include "widgets/theme/metrics.h"
#include "widgets/theme/style.h"

#include <QAbstractItemView>
#include <QGroupBox>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStyleOption>
#include <QTextEdit>

namespace gatehouse::widgets {

namespace {

const QColor kNone(0, 0, 0, 0);

} // namespace

bool Style::drawViewPrimitive(PrimitiveElement element, const QStyleOption &option, QPainter &painter,
                              const QWidget *widget) const
{
    switch (element) {
    case PE_Frame:
        if (qobject_cast<const QTextEdit *>(widget) || qobject_cast<const QPlainTextEdit *>(widget)) {
            QStyleOption field = option;
            field.state.setFlag(State_HasFocus, widget->hasFocus());
            drawField(field, painter, widget);
        } else {
            // The ground under a list's scroll bar is the list's.
            const QColor ground =
                qobject_cast<const QAbstractItemView *>(widget) ? color(ColorRole::Surface) : kNone;
            fillRound(painter, option.rect, metrics::kControlRadius, ground, color(ColorRole::Border));
        }
        return true;
    case PE_FrameGroupBox: {
        const auto *group = qobject_cast<const QGroupBox *>(widget);
        const bool titled = group && (!group->title().isEmpty() || group->isCheckable());
        const int top = titled ? option.fontMetrics.height() + 5 : 0;
        fillRound(painter, option.rect.adjusted(0, top, 0, 0), metrics::kCardRadius, kNone,
                  color(ColorRole::Border));
        return true;
    }
    case PE_PanelItemViewRow:
        return true;
    case PE_PanelItemViewItem:
        if (option.state.testFlag(State_Selected)) {
            painter.fillRect(option.rect, color(ColorRole::AccentTint));
        } else if (option.state.testFlag(State_MouseOver) && option.state.testFlag(State_Enabled)) {
            painter.fillRect(option.rect, blend(color(ColorRole::Raised), color(ColorRole::Surface), 0.6));
        }
        return true;
    case PE_FrameFocusRect:
        if (option.state.testFlag(State_Selected)) {
            return true; // the selection says it
        }
        if (option.state.testFlag(State_KeyboardFocusChange) ||
            qobject_cast<const QAbstractItemView *>(widget)) {
            fillRound(painter, QRectF(option.rect).adjusted(1, 1, -1, -1), 4, kNone, color(ColorRole::Accent),
                      1.5);
        }
        return true;
    case PE_PanelMenu:
    case PE_PanelTipLabel:
        painter.fillRect(option.rect, color(ColorRole::Surface));
        if (element == PE_PanelTipLabel) {
            painter.setPen(color(ColorRole::Control));
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
        }
        return true;
    case PE_FrameMenu:
        painter.setPen(color(ColorRole::Control));
        painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
        return true;
    case PE_PanelButtonTool: {
        const bool on = option.state.testFlag(State_On);
        const bool over = option.state.testFlag(State_MouseOver) || option.state.testFlag(State_Sunken);
        if (on || over) {
            fillRound(painter, option.rect, metrics::kControlRadius,
                      color(on ? ColorRole::AccentTint : ColorRole::Raised), kNone);
        }
        if (option.state.testFlag(State_HasFocus) && option.state.testFlag(State_KeyboardFocusChange)) {
            fillRound(painter, option.rect, metrics::kControlRadius, kNone, color(ColorRole::Accent), 2.0);
        }
        return true;
    }
    case PE_IndicatorHeaderArrow: {
        const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(&option);
        const bool up = header && header->sortIndicator == QStyleOptionHeader::SortUp;
        icon(painter, option.rect, up ? Icon::ChevronDown : Icon::ChevronUp, ColorRole::Muted, 12);
        return true;
    }
    case PE_IndicatorArrowDown:
        icon(painter, option.rect, Icon::ChevronDown, ColorRole::Muted, 14);
        return true;
    case PE_IndicatorArrowUp:
        icon(painter, option.rect, Icon::ChevronUp, ColorRole::Muted, 14);
        return true;
    case PE_IndicatorArrowRight:
        icon(painter, option.rect, Icon::ChevronRight, ColorRole::Muted, 14);
        return true;
    case PE_IndicatorArrowLeft:
        icon(painter, option.rect, Icon::ChevronLeft, ColorRole::Muted, 14);
        return true;
    case PE_IndicatorBranch:
        if (option.state.testFlag(State_Children)) {
            const Icon closed = option.direction == Qt::RightToLeft ? Icon::ChevronLeft : Icon::ChevronRight;
            icon(painter, option.rect, option.state.testFlag(State_Open) ? Icon::ChevronDown : closed,
                 ColorRole::Muted, 14);
        }
        return true;
    case PE_FrameTabBarBase:
        painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                         color(ColorRole::Border));
        return true;
    case PE_FrameTabWidget:
    case PE_PanelScrollAreaCorner:
        return true;
    default:
        return false;
    }
}

void Style::drawMenuItem(const QStyleOptionMenuItem &option, QPainter &painter) const
{
    const QRect &rect = option.rect;
    const auto visual = [&option, &rect](const QRect &where) {
        return visualRect(option.direction, rect, where);
    };
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        painter.fillRect(QRect(rect.left() + 4, rect.center().y(), rect.width() - 8, 1),
                         color(ColorRole::Border));
        return;
    }
    const bool enabled = option.state.testFlag(State_Enabled);
    if (option.state.testFlag(State_Selected) && enabled) {
        fillRound(painter, rect, 4, color(ColorRole::AccentTint), kNone);
    }
    const QRect mark = visual(QRect(rect.left() + 8, rect.top(), 16, rect.height()));
    if (option.checkType != QStyleOptionMenuItem::NotCheckable && option.checked) {
        icon(painter, mark, Icon::Check, ColorRole::Accent, 16);
    } else if (!option.icon.isNull()) {
        option.icon.paint(&painter, QRect(mark.left(), mark.center().y() - 7, 16, 16), Qt::AlignCenter,
                          enabled ? QIcon::Normal : QIcon::Disabled);
    }
    const QColor faint = blend(color(ColorRole::Muted), color(ColorRole::Surface), 0.6);
    const QStringList parts = option.text.split(QLatin1Char('\t'));
    painter.save();
    painter.setFont(option.font);
    painter.setPen(enabled ? color(ColorRole::Text) : faint);
    painter.drawText(visual(rect.adjusted(32, 0, -28, 0)),
                     static_cast<int>(visualAlignment(option.direction, Qt::AlignLeft)) | Qt::AlignVCenter |
                         Qt::TextShowMnemonic | Qt::TextSingleLine,
                     parts.value(0));
    if (parts.size() > 1) {
        painter.setPen(enabled ? color(ColorRole::Muted) : faint);
        painter.drawText(visual(rect.adjusted(32, 0, -12, 0)),
                         static_cast<int>(visualAlignment(option.direction, Qt::AlignRight)) |
                             Qt::AlignVCenter | Qt::TextSingleLine,
                         parts.value(1));
    }
    painter.restore();
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu) {
        const Icon arrow = option.direction == Qt::RightToLeft ? Icon::ChevronLeft : Icon::ChevronRight;
        icon(painter, visual(QRect(rect.right() - 22, rect.top(), 16, rect.height())), arrow,
             ColorRole::Muted, 14);
    }
}

void Style::drawHeaderSection(const QStyleOption &option, QPainter &painter) const
{
    const bool pressed = option.state.testFlag(State_Sunken) && option.state.testFlag(State_Enabled);
    painter.fillRect(option.rect, color(pressed ? ColorRole::Raised : ColorRole::Surface));
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                     color(ColorRole::Border));
}

void Style::drawTab(const QStyleOptionTab &option, QPainter &painter) const
{
    const bool selected = option.state.testFlag(State_Selected);
    if (option.state.testFlag(State_MouseOver) && !selected) {
        fillRound(painter, QRectF(option.rect).adjusted(2, 2, -2, -4), metrics::kControlRadius,
                  color(ColorRole::Raised), kNone);
    }
    if (selected) {
        painter.fillRect(QRect(option.rect.left() + 8, option.rect.bottom() - 1, option.rect.width() - 16, 2),
                         color(ColorRole::Accent));
    }
}

QRect Style::scrollBarRect(const QStyleOptionSlider &option, SubControl part) const
{
    const bool horizontal = option.orientation == Qt::Horizontal;
    const int length = horizontal ? option.rect.width() : option.rect.height();
    const int extent = horizontal ? option.rect.height() : option.rect.width();
    int sliderLength = length;
    if (option.maximum > option.minimum) {
        const qint64 range = qint64(option.maximum) - option.minimum;
        sliderLength = int(qint64(option.pageStep) * length / (range + option.pageStep));
        sliderLength = qBound(qMin(28, length), sliderLength, length);
    }
    const int start = sliderPositionFromValue(option.minimum, option.maximum, option.sliderPosition,
                                              length - sliderLength, option.upsideDown);
    const auto along = [horizontal, extent, &option](int from, int size) {
        const QRect rect = horizontal ? QRect(from, 0, size, extent) : QRect(0, from, extent, size);
        return rect.translated(option.rect.topLeft());
    };
    switch (part) {
    case SC_ScrollBarSlider:
        return along(start, sliderLength);
    case SC_ScrollBarSubPage:
        return along(0, start);
    case SC_ScrollBarAddPage:
        return along(start + sliderLength, length - start - sliderLength);
    case SC_ScrollBarGroove:
        return along(0, length);
    default:
        return {};
    }
}

void Style::drawScrollBar(const QStyleOptionSlider &option, QPainter &painter, const QWidget *widget) const
{
    if (option.maximum <= option.minimum) {
        return;
    }
    const bool active = option.state.testFlag(State_MouseOver) || option.state.testFlag(State_Sunken);
    const QRect slider = subControlRect(CC_ScrollBar, &option, SC_ScrollBarSlider, widget);
    const QColor fill = blend(color(ColorRole::Control), color(ColorRole::Surface), active ? 0.9 : 0.55);
    fillRound(painter, QRectF(slider).adjusted(2, 2, -2, -2), 3, fill, kNone);
}

} // namespace gatehouse::widgets
