// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/icon.h"
#include "widgets/theme/palette.h"

#include <QProxyStyle>

#include <memory>
#include <optional>

class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionHeader;
class QStyleOptionMenuItem;
class QStyleOptionProgressBar;
class QStyleOptionSlider;
class QStyleOptionSpinBox;
class QStyleOptionTab;

namespace gatehouse::widgets {

/// What a push button is. Widgets say it by the property kButtonKindProperty.
enum class ButtonKind {
    Outline,
    Filled,       ///< at most one a page: the thing one came for
    Danger,       ///< outlined in the danger colour
    DangerFilled, ///< inside a banner or a review sheet only
    Quiet,        ///< no outline until hovered
    Choice,       ///< one of a row of alternatives: filled while checked
};

inline constexpr char kButtonKindProperty[] = "gatehouseButtonKind";
inline constexpr char kSmallProperty[] = "gatehouseSmall";
/// On a QProgressBar: the ColorRole of the finished part, accent without it.
inline constexpr char kToneProperty[] = "gatehouseTone";
/// On a field: its value breaks a rule; the outline turns to the danger colour (a sentence stands beside it).
inline constexpr char kInvalidProperty[] = "gatehouseInvalid";

/// The look of all standard controls: Fusion with our sizes, radii and colour roles. Colours are looked up at
/// each painting, so a change of the palette needs a repaint and nothing else.
class Style : public QProxyStyle
{
    Q_OBJECT

public:
    explicit Style(std::shared_ptr<const Palette> palette);

    void polish(QWidget *widget) override;
    using QProxyStyle::polish;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returnData) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option,
                         const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                         const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;

private:
    struct ButtonColors;

    [[nodiscard]] QColor color(ColorRole role) const { return m_palette->color(role); }
    [[nodiscard]] ButtonColors buttonColors(const QStyleOptionButton &option, const QWidget *widget) const;
    void icon(QPainter &painter, const QRect &where, Icon icon, ColorRole role, int size) const;
    void fillRound(QPainter &painter, const QRectF &rect, qreal radius, const QColor &fill,
                   const QColor &outline, qreal width = 1.0) const;

    // Controls: stylecontrols.cpp
    void drawButtonPanel(const QStyleOptionButton &option, QPainter &painter, const QWidget *widget) const;
    void drawButtonLabel(const QStyleOptionButton &option, QPainter &painter, const QWidget *widget) const;
    void drawField(const QStyleOption &option, QPainter &painter, const QWidget *widget) const;
    void drawCheck(const QStyleOption &option, QPainter &painter) const;
    void drawRadio(const QStyleOption &option, QPainter &painter) const;
    void drawCombo(const QStyleOptionComboBox &option, QPainter &painter, const QWidget *widget) const;
    void drawSpin(const QStyleOptionSpinBox &option, QPainter &painter, const QWidget *widget) const;
    void drawSlider(const QStyleOptionSlider &option, QPainter &painter, const QWidget *widget) const;
    void drawProgress(const QStyleOptionProgressBar &option, QPainter &painter, const QWidget *widget) const;

    // Views: styleviews.cpp
    bool drawViewPrimitive(PrimitiveElement element, const QStyleOption &option, QPainter &painter,
                           const QWidget *widget) const;
    void drawMenuItem(const QStyleOptionMenuItem &option, QPainter &painter) const;
    void drawHeaderSection(const QStyleOption &option, QPainter &painter) const;
    void drawTab(const QStyleOptionTab &option, QPainter &painter) const;
    void drawScrollBar(const QStyleOptionSlider &option, QPainter &painter, const QWidget *widget) const;
    [[nodiscard]] QRect scrollBarRect(const QStyleOptionSlider &option, SubControl part) const;

    std::shared_ptr<const Palette> m_palette;
};

} // namespace gatehouse::widgets
