// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/icon.h"
#include "widgets/theme/palette.h"

#include <QIconEngine>

#include <memory>

namespace gatehouse::widgets {

/// Paints a line icon in one colour, sharp at the painter's device pixel ratio.
void paintLineIcon(QPainter &painter, const QRectF &where, Icon icon, const QColor &color);

/// Looks its colour up each time it paints, so that icons follow a change of palette by themselves.
class IconEngine : public QIconEngine
{
public:
    IconEngine(std::shared_ptr<const Palette> palette, Icon icon, ColorRole role);

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    [[nodiscard]] QIconEngine *clone() const override;
    bool isNull() override { return false; }

private:
    [[nodiscard]] QColor colorFor(QIcon::Mode mode) const;

    std::shared_ptr<const Palette> m_palette;
    Icon m_icon;
    ColorRole m_role;
};

} // namespace gatehouse::widgets
