// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/iconengine.h"

#include <QFile>
#include <QGuiApplication>
#include <QHash>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <cmath>

namespace gatehouse::widgets {

namespace {

/// Lines of pictures are thinner in proportion, or a large icon shouts.
QByteArray strokeFor(qreal size)
{
    return size >= 40 ? "1.1" : size >= 24 ? "1.7" : "2";
}

QPixmap rendered(Icon icon, const QColor &color, QSize pixels, qreal ratio)
{
    const QString key = QStringLiteral("gatehouse-icon/%1/%2/%3x%4/%5")
                            .arg(static_cast<int>(icon))
                            .arg(color.rgba(), 0, 16)
                            .arg(pixels.width())
                            .arg(pixels.height())
                            .arg(ratio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) {
        return pixmap;
    }
    QFile file(iconResource(icon));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("The icon \"%s\" is not among the resources.", qPrintable(file.fileName()));
        return {};
    }
    QByteArray svg = file.readAll();
    svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
    const QByteArray stroke = "stroke-width=\"" + strokeFor(pixels.width() / ratio) + "\"";
    svg.replace(QByteArrayLiteral("stroke-width=\"2\""), stroke);
    QSvgRenderer renderer(svg);
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(color.alphaF());
    renderer.render(&painter, QRectF(QPointF(), QSizeF(pixels)));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace

void paintLineIcon(QPainter &painter, const QRectF &where, Icon icon, const QColor &color)
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    QPixmap pixmap = rendered(icon, color, (where.size() * ratio).toSize(), ratio);
    pixmap.setDevicePixelRatio(ratio);
    // On whole device pixels, or the lines blur.
    const QPointF at(std::round(where.x() * ratio) / ratio, std::round(where.y() * ratio) / ratio);
    painter.drawPixmap(at, pixmap);
}

IconEngine::IconEngine(std::shared_ptr<const Palette> palette, Icon icon, ColorRole role)
    : m_palette(std::move(palette))
    , m_icon(icon)
    , m_role(role)
{}

QColor IconEngine::colorFor(QIcon::Mode mode) const
{
    const QColor color = m_palette->color(m_role);
    if (mode == QIcon::Disabled) {
        return blend(color, m_palette->color(ColorRole::Surface), 0.45);
    }
    return color;
}

void IconEngine::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State /*state*/)
{
    paintLineIcon(*painter, rect, m_icon, colorFor(mode));
}

QPixmap IconEngine::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state)
{
    return scaledPixmap(size, mode, state, 1.0);
}

QPixmap IconEngine::scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State /*state*/, qreal scale)
{
    QPixmap pixmap = rendered(m_icon, colorFor(mode), size, scale);
    pixmap.setDevicePixelRatio(scale);
    return pixmap;
}

QIconEngine *IconEngine::clone() const
{
    return new IconEngine(*this);
}

} // namespace gatehouse::widgets
