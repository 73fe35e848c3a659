// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/theme.h"

#include "widgets/theme/iconengine.h"
#include "widgets/theme/style.h"
#include "widgets/theme/systemappearance.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontMetricsF>
#include <QScreen>
#include <QToolTip>

#include <array>

// A macro of Qt's that must stand outside every namespace. It keeps the icons' object file in static links.
static void registerIcons()
{
    Q_INIT_RESOURCE(gatehouse_icons);
}

namespace gatehouse::widgets {

namespace {

struct Step
{
    FontRole role;
    double size;
    int line;
    QFont::Weight weight;
};

constexpr std::array<Step, 11> kScale = {{
    {FontRole::Body, 13, 20, QFont::Normal},
    {FontRole::BodyStrong, 13, 20, QFont::DemiBold},
    {FontRole::Small, 11.5, 16, QFont::Normal},
    {FontRole::SmallStrong, 11.5, 16, QFont::DemiBold},
    {FontRole::CardTitle, 14, 20, QFont::DemiBold},
    {FontRole::PageTitle, 20, 28, QFont::DemiBold},
    {FontRole::Headline, 26, 34, QFont::DemiBold},
    {FontRole::Figure, 20, 26, QFont::DemiBold},
    {FontRole::Mono, 12.5, 20, QFont::Normal},
    {FontRole::MonoStrong, 12.5, 20, QFont::DemiBold},
    {FontRole::MonoSmall, 11, 16, QFont::Normal},
}};

const Step &stepOf(FontRole role)
{
    return kScale.at(static_cast<std::size_t>(role));
}

bool hasEvenDigits(const QString &family)
{
    const QFontMetricsF metrics{QFont(family, 20)};
    const qreal zero = metrics.horizontalAdvance(QLatin1Char('0'));
    for (char digit = '1'; digit <= '9'; ++digit) {
        if (qAbs(metrics.horizontalAdvance(QLatin1Char(digit)) - zero) > 0.01) {
            return false;
        }
    }
    return true;
}

// Points, so that 11.5 pixels are possible; the logical density of the screen turns them back.
double pointsFor(double pixels)
{
    const QScreen *screen = QGuiApplication::primaryScreen();
    const double density = screen ? screen->logicalDotsPerInch() : 96.0;
    return pixels * 72.0 / density;
}

constexpr std::array<ColorRole, 4> kBundleColors = {ColorRole::SeriesBlue, ColorRole::SeriesGreen,
                                                    ColorRole::SeriesOrange, ColorRole::SeriesOlive};
constexpr std::array<Qt::PenStyle, 4> kDashes = {Qt::SolidLine, Qt::DashLine, Qt::DashDotLine, Qt::DotLine};

} // namespace

Theme::Theme(Options options, QObject *parent)
    : QObject(parent)
    , m_family(options.family)
    , m_choice(options.scheme)
    , m_startScheme(Scheme::Light)
    , m_system(std::make_unique<SystemAppearance>())
{
    registerIcons();
    if (m_family.isEmpty()) {
        m_family = QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    }
    m_figureFamily = hasEvenDigits(m_family) ? m_family : QStringLiteral("Noto Sans");
    m_monoFamily = QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
    const QPalette start = QGuiApplication::palette();
    if (start.color(QPalette::Window).lightness() < start.color(QPalette::WindowText).lightness()) {
        m_startScheme = Scheme::Dark;
    }
    m_palette = std::make_shared<Palette>(wantedScheme(), Contrast::Normal);
    connect(m_system.get(), &SystemAppearance::changed, this, &Theme::update);
}

Theme::~Theme() = default;

void Theme::applyTo(QApplication &application)
{
    m_application = &application;
    application.setStyle(new Style(m_palette));
    applyToApplication();
}

void Theme::applyToApplication()
{
    if (!m_application) {
        return;
    }
    m_application->setPalette(m_palette->toQt());
    m_application->setFont(font(FontRole::Body));
    QToolTip::setPalette(m_palette->toQt());
    QToolTip::setFont(font(FontRole::Small));
}

void Theme::followSystem()
{
    m_system->start();
}

void Theme::setChoice(SchemeChoice choice)
{
    m_choice = choice;
    update();
}

void Theme::setHighContrast(std::optional<bool> on)
{
    m_highContrast = on;
    update();
}

void Theme::setReducedMotion(std::optional<bool> on)
{
    m_reducedMotion = on;
    update();
}

bool Theme::reducedMotion() const
{
    return m_reducedMotion.value_or(m_system->reducedMotion().value_or(false));
}

Scheme Theme::wantedScheme() const
{
    switch (m_choice) {
    case SchemeChoice::Light:
        return Scheme::Light;
    case SchemeChoice::Dark:
        return Scheme::Dark;
    case SchemeChoice::System:
        break;
    }
    return m_system->scheme().value_or(m_startScheme);
}

void Theme::update()
{
    const bool high = m_highContrast.value_or(m_system->highContrast().value_or(false));
    // In place: the style and all icons look into the same palette.
    *m_palette = Palette(wantedScheme(), high ? Contrast::High : Contrast::Normal);
    applyToApplication();
    Q_EMIT changed();
}

QFont Theme::font(FontRole role) const
{
    const Step &step = stepOf(role);
    QFont font;
    switch (role) {
    case FontRole::Mono:
    case FontRole::MonoStrong:
    case FontRole::MonoSmall:
        font.setFamilies({m_monoFamily, QStringLiteral("DejaVu Sans Mono")});
        font.setStyleHint(QFont::Monospace);
        font.setFixedPitch(true);
        break;
    case FontRole::Figure:
        font.setFamilies({m_figureFamily, m_family});
        break;
    default:
        font.setFamilies({m_family, QStringLiteral("Noto Sans")});
        break;
    }
    font.setPointSizeF(pointsFor(step.size));
    font.setWeight(step.weight);
    return font;
}

int Theme::lineHeight(FontRole role) const
{
    return stepOf(role).line;
}

QIcon Theme::icon(Icon icon, ColorRole role) const
{
    return QIcon(new IconEngine(m_palette, icon, role));
}

void Theme::paintIcon(QPainter &painter, const QRectF &where, Icon icon, ColorRole role) const
{
    paintLineIcon(painter, where, icon, color(role));
}

void Theme::paintIcon(QPainter &painter, const QRectF &where, Icon icon, const QColor &color) const
{
    paintLineIcon(painter, where, icon, color);
}

int Theme::seriesIndex(const QString &bundle) const
{
    const auto known = m_series.constFind(bundle);
    if (known != m_series.constEnd()) {
        return *known;
    }
    const int next = static_cast<int>(m_series.size());
    m_series.insert(bundle, next);
    return next;
}

ColorRole Theme::seriesRole(const QString &bundle) const
{
    if (bundle == QLatin1String("older")) {
        return ColorRole::SeriesSlate;
    }
    if (bundle == QLatin1String("builtin")) {
        return ColorRole::SeriesPurple;
    }
    return kBundleColors.at(static_cast<std::size_t>(seriesIndex(bundle)) % kBundleColors.size());
}

Qt::PenStyle Theme::seriesDash(const QString &bundle) const
{
    if (bundle == QLatin1String("older")) {
        return Qt::DotLine;
    }
    if (bundle == QLatin1String("builtin")) {
        return Qt::DashDotDotLine;
    }
    // The first bundle is solid; after four the colours repeat, and the dashes are shifted so that no pair
    // repeats.
    const int index = seriesIndex(bundle);
    return kDashes.at(static_cast<std::size_t>(index + index / 4) % kDashes.size());
}

} // namespace gatehouse::widgets
