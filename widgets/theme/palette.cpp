// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/palette.h"

#include <cmath>

namespace gatehouse::widgets {

namespace {

struct Row
{
    ColorRole role;
    QRgb light;
    QRgb dark;
};

constexpr Row kRows[] = {
    {ColorRole::Window, 0xFFF4F6F9, 0xFF12161C},       {ColorRole::Surface, 0xFFFFFFFF, 0xFF1A2029},
    {ColorRole::Raised, 0xFFEDF0F5, 0xFF242C37},       {ColorRole::Border, 0xFFD5DBE4, 0xFF343F4D},
    {ColorRole::Control, 0xFF8592A3, 0xFF6B7A8C},      {ColorRole::Text, 0xFF18202B, 0xFFE8EDF3},
    {ColorRole::Muted, 0xFF566273, 0xFFA0ADBB},        {ColorRole::Accent, 0xFF2A5BD7, 0xFF86A9FF},
    {ColorRole::AccentTint, 0xFFE6EDFC, 0xFF1E2C4D},   {ColorRole::Ok, 0xFF18794E, 0xFF56CC91},
    {ColorRole::OkTint, 0xFFE3F4EA, 0xFF14321F},       {ColorRole::Warning, 0xFF8A5A00, 0xFFE6B64C},
    {ColorRole::WarningTint, 0xFFFCF0D9, 0xFF3A2D10},  {ColorRole::Danger, 0xFFB4232A, 0xFFFF8A84},
    {ColorRole::DangerTint, 0xFFFCE8E8, 0xFF411E20},   {ColorRole::OnAccent, 0xFFFFFFFF, 0xFF12161C},
    {ColorRole::OnDanger, 0xFFFFFFFF, 0xFF12161C},     {ColorRole::SeriesBlue, 0xFF2A5BD7, 0xFF86A9FF},
    {ColorRole::SeriesGreen, 0xFF0F8B6D, 0xFF4CC9A6},  {ColorRole::SeriesOrange, 0xFFC46A00, 0xFFF0A04B},
    {ColorRole::SeriesPurple, 0xFFA3388A, 0xFFE58BD0}, {ColorRole::SeriesSlate, 0xFF5B6B7D, 0xFFA9B6C4},
    {ColorRole::SeriesOlive, 0xFF7A7200, 0xFFD2C64A},
};

double linear(double channel)
{
    return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

double contrastRatio(const QColor &one, const QColor &other)
{
    const double first = luminance(one);
    const double second = luminance(other);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

QColor blend(const QColor &upper, const QColor &lower, double share)
{
    const auto mix = [share](float a, float b) {
        return static_cast<float>(static_cast<double>(a) * share + static_cast<double>(b) * (1.0 - share));
    };
    return QColor::fromRgbF(mix(upper.redF(), lower.redF()), mix(upper.greenF(), lower.greenF()),
                            mix(upper.blueF(), lower.blueF()));
}

Palette::Palette(Scheme scheme, Contrast contrast)
    : m_scheme(scheme)
    , m_contrast(contrast)
{
    for (const Row &row : kRows) {
        set(row.role, scheme == Scheme::Light ? row.light : row.dark);
    }
    if (contrast == Contrast::High) {
        raiseContrast();
    }
}

void Palette::raiseContrast()
{
    const bool light = m_scheme == Scheme::Light;
    const QRgb ink = light ? 0xFF000000 : 0xFFFFFFFF;
    const QRgb paper = light ? 0xFFFFFFFF : 0xFF000000;
    for (const ColorRole role : {ColorRole::Window, ColorRole::Surface}) {
        set(role, paper);
    }
    for (const ColorRole role : {ColorRole::Text, ColorRole::Control, ColorRole::Border}) {
        set(role, ink);
    }
    set(ColorRole::Muted, light ? 0xFF2B3440 : 0xFFDCE3EB);
    set(ColorRole::Accent, light ? 0xFF0B3AA8 : 0xFFB5CBFF);
    set(ColorRole::Ok, light ? 0xFF0B5234 : 0xFF8CE6B8);
    set(ColorRole::Warning, light ? 0xFF5E3C00 : 0xFFFFD479);
    set(ColorRole::Danger, light ? 0xFF8E0F16 : 0xFFFFB3AE);
    set(ColorRole::OnAccent, paper);
    set(ColorRole::OnDanger, paper);
}

QPalette Palette::toQt() const
{
    QPalette qt;
    const auto assign = [&qt, this](QPalette::ColorRole to, ColorRole from) { qt.setColor(to, color(from)); };
    assign(QPalette::Window, ColorRole::Window);
    assign(QPalette::WindowText, ColorRole::Text);
    assign(QPalette::Base, ColorRole::Surface);
    assign(QPalette::AlternateBase, ColorRole::Window);
    assign(QPalette::ToolTipBase, ColorRole::Surface);
    assign(QPalette::ToolTipText, ColorRole::Text);
    assign(QPalette::PlaceholderText, ColorRole::Muted);
    assign(QPalette::Text, ColorRole::Text);
    assign(QPalette::Button, ColorRole::Surface);
    assign(QPalette::ButtonText, ColorRole::Text);
    assign(QPalette::BrightText, ColorRole::OnAccent);
    assign(QPalette::Light, ColorRole::Surface);
    assign(QPalette::Midlight, ColorRole::Raised);
    assign(QPalette::Mid, ColorRole::Border);
    assign(QPalette::Dark, ColorRole::Control);
    assign(QPalette::Shadow, ColorRole::Control);
    assign(QPalette::Highlight, ColorRole::AccentTint);
    assign(QPalette::HighlightedText, ColorRole::Text);
    assign(QPalette::Link, ColorRole::Accent);
    assign(QPalette::LinkVisited, ColorRole::Accent);
    const QColor faint = blend(color(ColorRole::Muted), color(ColorRole::Surface), 0.6);
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText}) {
        qt.setColor(QPalette::Disabled, role, faint);
    }
    qt.setColor(QPalette::Disabled, QPalette::Base, color(ColorRole::Window));
    return qt;
}

} // namespace gatehouse::widgets
