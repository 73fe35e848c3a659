// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/style.h"

#include "widgets/theme/iconengine.h"
#include "widgets/theme/metrics.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTextEdit>

namespace gatehouse::widgets {

Style::Style(std::shared_ptr<const Palette> palette)
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
    , m_palette(std::move(palette))
{}

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (auto *view = qobject_cast<QAbstractItemView *>(widget)) {
        view->viewport()->setAttribute(Qt::WA_Hover);
    }
    // Their frame paints the rounded ground; a filled viewport would square the corners.
    if (auto *text = qobject_cast<QTextEdit *>(widget)) {
        text->viewport()->setAutoFillBackground(false);
    }
    if (auto *text = qobject_cast<QPlainTextEdit *>(widget)) {
        text->viewport()->setAutoFillBackground(false);
    }
}

void Style::icon(QPainter &painter, const QRect &where, Icon icon, ColorRole role, int size) const
{
    const QRectF square(where.center().x() + 1 - size / 2.0, where.center().y() + 1 - size / 2.0, size, size);
    paintLineIcon(painter, square, icon, color(role));
}

void Style::fillRound(QPainter &painter, const QRectF &rect, qreal radius, const QColor &fill,
                      const QColor &outline, qreal width) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill.alpha() == 0 ? QBrush(Qt::NoBrush) : QBrush(fill));
    painter.setPen(outline.alpha() == 0 ? QPen(Qt::NoPen) : QPen(outline, width));
    const qreal inset = outline.alpha() == 0 ? 0.0 : width / 2.0;
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset);
    painter.restore();
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ButtonIconSize:
    case PM_SmallIconSize:
    case PM_ListViewIconSize:
    case PM_LineEditIconSize:
    case PM_TabBarIconSize:
    case PM_ToolBarIconSize:
        return metrics::kIcon;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return metrics::kIcon;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return metrics::kSpace2;
    case PM_ScrollBarExtent:
        return 10;
    case PM_ScrollBarSliderMin:
        return 28;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
        return 0;
    case PM_TabBarTabHSpace:
        return 24;
    case PM_TabBarTabVSpace:
        return 14;
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
        return 4;
    case PM_ToolTipLabelFrameWidth:
        return 6;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return metrics::kSpace2;
    case PM_HeaderMargin:
        return 10;
    case PM_FocusFrameHMargin:
        return 7; // the room before the text of a list's row
    case PM_SliderThickness:
    case PM_SliderControlThickness:
        return 20;
    case PM_SliderLength:
        return 16;
    case PM_SplitterWidth:
        return 5;
    case PM_DefaultFrameWidth:
        if (qobject_cast<const QTextEdit *>(widget) || qobject_cast<const QPlainTextEdit *>(widget)) {
            return 4;
        }
        return 1;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ComboBox_Popup:
    case SH_ScrollView_FrameOnlyAroundContents:
        return 0;
    case SH_Table_GridLineColor:
        return static_cast<int>(color(ColorRole::Border).rgb());
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_ToolTipLabel_Opacity:
        return 255;
    case SH_ToolTip_WakeUpDelay:
        return 500;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                              const QWidget *widget) const
{
    const bool small = widget && widget->property(kSmallProperty).toBool();
    const int height = small ? metrics::kSmallControlHeight : metrics::kControlHeight;
    switch (type) {
    case CT_PushButton: {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        if (button && button->text.isEmpty()) {
            return {height, height};
        }
        const int padding = small ? 9 : metrics::kSpace3;
        // QPushButton leaves 4 between icon and text; ours is 8 (6 when small).
        const int gap = button && !button->icon.isNull() ? (small ? 2 : 4) : 0;
        return {size.width() + 2 * padding + gap, qMax(size.height(), height)};
    }
    case CT_LineEdit:
        return {size.width() + 14, qMax(size.height(), height)};
    case CT_ComboBox:
        return {size.width() + 40, qMax(size.height(), height)};
    case CT_SpinBox:
        return {size.width() + 14, qMax(size.height(), height)};
    case CT_ToolButton:
        return QProxyStyle::sizeFromContents(type, option, size, widget)
            .expandedTo(QSize(metrics::kSmallControlHeight, metrics::kSmallControlHeight));
    case CT_CheckBox:
    case CT_RadioButton:
        return QProxyStyle::sizeFromContents(type, option, size, widget).expandedTo(QSize(0, 24));
    case CT_HeaderSection:
        return QProxyStyle::sizeFromContents(type, option, size, widget)
            .expandedTo(QSize(0, metrics::kRowHeight));
    case CT_ProgressBar:
        return {size.width(), 6};
    case CT_MenuItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        if (item && item->menuItemType == QStyleOptionMenuItem::Separator) {
            return {size.width(), 9};
        }
        const bool hasShortcut = item && item->text.contains(QLatin1Char('\t'));
        return {size.width() + 60 + (hasShortcut ? 24 : 0), metrics::kControlHeight};
    }
    case CT_ItemViewItem:
        return QProxyStyle::sizeFromContents(type, option, size, widget)
            .expandedTo(QSize(0, metrics::kCompactRowHeight));
    default:
        return QProxyStyle::sizeFromContents(type, option, size, widget);
    }
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    switch (element) {
    case SE_LineEditContents: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame && frame->lineWidth > 0) {
            return option->rect.adjusted(7, 1, -7, -1);
        }
        return option->rect;
    }
    case SE_ProgressBarGroove:
    case SE_ProgressBarContents:
        return option->rect;
    case SE_ProgressBarLabel:
        return {};
    default:
        return QProxyStyle::subElementRect(element, option, widget);
    }
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                            const QWidget *widget) const
{
    const QRect &rect = option->rect;
    const auto visual = [option](const QRect &where) {
        return visualRect(option->direction, option->rect, where);
    };
    if (control == CC_ComboBox) {
        if (part == SC_ComboBoxArrow) {
            return visual(QRect(rect.right() - 28, rect.top(), 28, rect.height()));
        }
        if (part == SC_ComboBoxEditField) {
            return visual(rect.adjusted(8, 2, -30, -2));
        }
        if (part == SC_ComboBoxListBoxPopup) {
            return rect.adjusted(0, 0, 0, 2);
        }
    }
    const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
    if (control == CC_SpinBox && spin) {
        const int width = spin->buttonSymbols == QAbstractSpinBox::NoButtons ? 0 : 22;
        const QRect buttons(rect.right() - width, rect.top() + 2, width, rect.height() - 4);
        if (part == SC_SpinBoxUp) {
            return visual(QRect(buttons.left(), buttons.top(), width, buttons.height() / 2));
        }
        if (part == SC_SpinBoxDown) {
            return visual(QRect(buttons.left(), buttons.center().y() + 1, width, buttons.height() / 2));
        }
        if (part == SC_SpinBoxEditField) {
            return visual(rect.adjusted(7, 2, -width - 7, -2));
        }
    }
    if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
        control == CC_ScrollBar && slider) {
        return visual(scrollBarRect(*slider, part));
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    switch (element) {
    case PE_PanelLineEdit: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame && frame->lineWidth > 0) {
            drawField(*option, *painter, widget);
        }
        return;
    }
    case PE_FrameLineEdit:
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawCheck(*option, *painter);
        return;
    case PE_IndicatorRadioButton:
        drawRadio(*option, *painter);
        return;
    default:
        if (!drawViewPrimitive(element, *option, *painter, widget)) {
            QProxyStyle::drawPrimitive(element, option, painter, widget);
        }
    }
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    if (element == CE_PushButtonBevel && button) {
        drawButtonPanel(*button, *painter, widget);
    } else if (element == CE_PushButtonLabel && button) {
        drawButtonLabel(*button, *painter, widget);
    } else if (const auto *progress = qstyleoption_cast<const QStyleOptionProgressBar *>(option);
               element == CE_ProgressBar && progress) {
        drawProgress(*progress, *painter, widget);
    } else if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
               element == CE_MenuItem && item) {
        drawMenuItem(*item, *painter);
    } else if (element == CE_HeaderSection || element == CE_HeaderEmptyArea) {
        drawHeaderSection(*option, *painter);
    } else if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
               element == CE_TabBarTabShape && tab) {
        drawTab(*tab, *painter);
    } else if (element == CE_Splitter) {
        return; // the gap between panes is enough
    } else {
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                               const QWidget *widget) const
{
    if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
        control == CC_ComboBox && combo) {
        drawCombo(*combo, *painter, widget);
    } else if (const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
               control == CC_SpinBox && spin) {
        drawSpin(*spin, *painter, widget);
    } else if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
               control == CC_ScrollBar && bar) {
        drawScrollBar(*bar, *painter, widget);
    } else if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
               control == CC_Slider && slider) {
        drawSlider(*slider, *painter, widget);
    } else {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

} // namespace gatehouse::widgets
