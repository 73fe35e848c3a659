// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/icon.h"
#include "widgets/theme/metrics.h"
#include "widgets/theme/palette.h"

#include <QFont>
#include <QHash>
#include <QIcon>
#include <QObject>

#include <memory>
#include <optional>

class QApplication;
class QPainter;
class QRectF;

namespace gatehouse::widgets {

/// The steps of the type scale. Sizes are in visual.md: text 13, small 11.5, card title 14, page title and
/// figures 20.
enum class FontRole {
    Body,
    BodyStrong,
    Small,
    SmallStrong,
    CardTitle,
    PageTitle,
    Headline, ///< first run only
    Figure,   ///< large numbers; a family whose digits are equally wide
    Mono,     ///< versions, digests, ids
    MonoStrong,
    MonoSmall,
};

/// What a person chose in the settings.
enum class SchemeChoice { System, Light, Dark };

class SystemAppearance;

/// Colours, fonts and icons of the whole program. One object, made before the first window and handed to
/// every widget; it must outlive them. Widgets that paint or hold colours themselves follow changed().
/// @thread GUI
class Theme : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        /// Family for text; empty takes the system's. Pictures and tests name "Noto Sans".
        QString family = {};
        SchemeChoice scheme = SchemeChoice::System;
    };

    explicit Theme(Options options, QObject *parent = nullptr);
    ~Theme() override;

    /// Sets style, palette and font of the application, now and after each change.
    void applyTo(QApplication &application);
    /// Asks the desktop for light or dark, contrast and motion, and follows it. Never blocks: until an answer
    /// comes, the lightness of the palette the application started with decides.
    void followSystem();

    void setChoice(SchemeChoice choice);
    [[nodiscard]] SchemeChoice choice() const { return m_choice; }
    /// Empty follows the system.
    void setHighContrast(std::optional<bool> on);
    void setReducedMotion(std::optional<bool> on);

    [[nodiscard]] Scheme scheme() const { return palette().scheme(); }
    [[nodiscard]] bool isDark() const { return scheme() == Scheme::Dark; }
    [[nodiscard]] bool highContrast() const { return palette().contrast() == Contrast::High; }
    [[nodiscard]] bool reducedMotion() const;
    /// Length of a movement: the wish, or 0 when the system or the person asks for less motion.
    [[nodiscard]] int motionMs(int wish) const { return reducedMotion() ? 0 : wish; }

    [[nodiscard]] const Palette &palette() const { return *m_palette; }
    [[nodiscard]] QColor color(ColorRole role) const { return m_palette->color(role); }
    [[nodiscard]] QFont font(FontRole role) const;
    /// Height of a line of that step, in pixels.
    [[nodiscard]] int lineHeight(FontRole role) const;

    /// An icon that always paints in the palette's present colour, so nothing needs to be set again after a
    /// change.
    [[nodiscard]] QIcon icon(Icon icon, ColorRole role = ColorRole::Text) const;
    /// Paints at any device pixel ratio.
    void paintIcon(QPainter &painter, const QRectF &where, Icon icon, ColorRole role) const;
    void paintIcon(QPainter &painter, const QRectF &where, Icon icon, const QColor &color) const;

    /// The colour of a bundle on every chart of the program. "older" is slate, "builtin" purple; the others
    /// get blue, green, orange, olive in the order in which they are first asked for.
    [[nodiscard]] ColorRole seriesRole(const QString &bundle) const;
    /// The dash that tells lines apart without colour.
    [[nodiscard]] Qt::PenStyle seriesDash(const QString &bundle) const;

Q_SIGNALS:
    /// Colours or motion changed; ask again for everything.
    void changed();

private:
    void update();
    [[nodiscard]] Scheme wantedScheme() const;
    [[nodiscard]] int seriesIndex(const QString &bundle) const;
    void applyToApplication();

    QString m_family;
    QString m_figureFamily;
    QString m_monoFamily;
    SchemeChoice m_choice;
    Scheme m_startScheme;
    std::optional<bool> m_highContrast;
    std::optional<bool> m_reducedMotion;
    std::shared_ptr<Palette> m_palette; ///< shared with the icon engines, which may outlive us in a cache
    std::unique_ptr<SystemAppearance> m_system;
    QApplication *m_application = nullptr;
    mutable QHash<QString, int> m_series;
};

} // namespace gatehouse::widgets
