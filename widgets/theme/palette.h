// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

#include <array>

namespace gatehouse::widgets {

/// What a colour is for. Screens name roles, never colours.
enum class ColorRole {
    Window,  ///< behind cards
    Surface, ///< cards, tables, fields, navigation
    Raised,  ///< tracks, hover, quiet pills
    Border,  ///< card outlines, table lines
    Control, ///< outlines of what can be operated
    Text,
    Muted,
    Accent, ///< selection, focus, the one filled button
    AccentTint,
    Ok,
    OkTint,
    Warning,
    WarningTint,
    Danger,
    DangerTint,
    OnAccent, ///< text on a button filled with the accent
    OnDanger, ///< text on a button filled with the danger colour
    SeriesBlue,
    SeriesGreen,
    SeriesOrange,
    SeriesPurple, ///< the built-in bundle
    SeriesSlate,  ///< older bundles
    SeriesOlive,
};
inline constexpr int kColorRoleCount = static_cast<int>(ColorRole::SeriesOlive) + 1;

enum class Scheme { Light, Dark };
enum class Contrast { Normal, High };

/// One value for each role. Contrast of text and state colours on window, surface, raised and their tints is
/// at least 4.5 : 1, of control outlines on surface at least 3 : 1 (a test computes it).
class Palette
{
public:
    Palette(Scheme scheme, Contrast contrast);

    [[nodiscard]] QColor color(ColorRole role) const { return m_colors.at(static_cast<std::size_t>(role)); }
    [[nodiscard]] Scheme scheme() const { return m_scheme; }
    [[nodiscard]] Contrast contrast() const { return m_contrast; }
    /// The same colours in Qt's roles, for every widget that knows no others.
    [[nodiscard]] QPalette toQt() const;

    bool operator==(const Palette &) const = default;

private:
    void set(ColorRole role, QRgb rgb) { m_colors.at(static_cast<std::size_t>(role)) = QColor(rgb); }
    void raiseContrast();

    Scheme m_scheme;
    Contrast m_contrast;
    std::array<QColor, kColorRoleCount> m_colors;
};

/// Contrast by WCAG 2, from 1 to 21.
[[nodiscard]] double contrastRatio(const QColor &one, const QColor &other);
/// upper over lower, with upper at the given share (0 to 1).
[[nodiscard]] QColor blend(const QColor &upper, const QColor &lower, double share);

} // namespace gatehouse::widgets
