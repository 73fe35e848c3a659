// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/iconengine.h"
#include "widgets/theme/systemappearance.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QDBusVariant>
#include <QFile>
#include <QLineEdit>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>

namespace gatehouse::widgets {

namespace {

Theme::Options lightOptions()
{
    Theme::Options options;
    options.family = QStringLiteral("Noto Sans");
    options.scheme = SchemeChoice::Light;
    return options;
}

int paintedPixels(const QImage &image)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            count += qAlpha(image.pixel(x, y)) > 0 ? 1 : 0;
        }
    }
    return count;
}

} // namespace

class ThemeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contrastIsEnough_data();
    void contrastIsEnough();
    void everyIconIsThereAndPaints();
    void iconsFollowThePalette();
    void iconsAreSharpAtTwiceTheDensity();
    void changeOfSchemeReachesWidgets();
    void systemAnswersAreRead();
    void choiceWinsOverTheSystem();
    void bundlesKeepTheirColor();
    void seriesTellApartWithoutColor();
    void motionStopsWhenAsked();
};

void ThemeTest::contrastIsEnough_data()
{
    QTest::addColumn<int>("scheme");
    QTest::addColumn<int>("contrast");
    QTest::newRow("light") << 0 << 0;
    QTest::newRow("dark") << 1 << 0;
    QTest::newRow("light, high contrast") << 0 << 1;
    QTest::newRow("dark, high contrast") << 1 << 1;
}

void ThemeTest::contrastIsEnough()
{
    QFETCH(int, scheme);
    QFETCH(int, contrast);
    const Palette palette(static_cast<Scheme>(scheme), static_cast<Contrast>(contrast));
    const auto check = [&palette](ColorRole ink, ColorRole ground, double least) {
        const double ratio = contrastRatio(palette.color(ink), palette.color(ground));
        QVERIFY2(ratio >= least, qPrintable(QStringLiteral("%1 on %2: %3, least %4")
                                                .arg(palette.color(ink).name(), palette.color(ground).name())
                                                .arg(ratio)
                                                .arg(least)));
    };
    const ColorRole inks[] = {ColorRole::Text,    ColorRole::Muted, ColorRole::Accent,
                              ColorRole::Warning, ColorRole::Ok,    ColorRole::Danger};
    for (const ColorRole ink : inks) {
        for (const ColorRole ground : {ColorRole::Window, ColorRole::Surface, ColorRole::Raised}) {
            check(ink, ground, 4.5);
        }
    }
    check(ColorRole::Accent, ColorRole::AccentTint, 4.5);
    check(ColorRole::Ok, ColorRole::OkTint, 4.5);
    check(ColorRole::Warning, ColorRole::WarningTint, 4.5);
    check(ColorRole::Danger, ColorRole::DangerTint, 4.5);
    check(ColorRole::OnAccent, ColorRole::Accent, 4.5);
    check(ColorRole::OnDanger, ColorRole::Danger, 4.5);
    check(ColorRole::Control, ColorRole::Surface, 3.0);
}

void ThemeTest::everyIconIsThereAndPaints()
{
    const Theme theme(lightOptions());
    for (int i = 0; i < kIconCount; ++i) {
        const auto icon = static_cast<Icon>(i);
        QVERIFY2(QFile::exists(iconResource(icon)), qPrintable(iconResource(icon)));
        QImage image(16, 16, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        theme.paintIcon(painter, QRectF(0, 0, 16, 16), icon, ColorRole::Text);
        painter.end();
        QVERIFY2(paintedPixels(image) >= 4, qPrintable(iconResource(icon)));
    }
}

void ThemeTest::iconsFollowThePalette()
{
    Theme theme(lightOptions());
    const QIcon icon = theme.icon(Icon::Stop, ColorRole::Danger);
    const auto strongest = [&icon] {
        const QImage image = icon.pixmap(16, 16).toImage();
        QColor found;
        int alpha = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, y).alpha() > alpha) {
                    found = image.pixelColor(x, y);
                    alpha = found.alpha();
                }
            }
        }
        return found;
    };
    const QColor light = strongest();
    theme.setChoice(SchemeChoice::Dark);
    const QColor dark = strongest();
    QVERIFY(contrastRatio(dark, QColor(Qt::black)) > contrastRatio(light, QColor(Qt::black)) + 2.0);
}

void ThemeTest::iconsAreSharpAtTwiceTheDensity()
{
    const Theme theme(lightOptions());
    QImage image(32, 32, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(2.0);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    theme.paintIcon(painter, QRectF(0, 0, 16, 16), Icon::Stop, ColorRole::Text);
    painter.end();
    // The square of "stop" spans most of the 32 device pixels; a scaled-up 16-pixel picture would not be
    // crisp there.
    int solid = 0;
    for (int x = 0; x < 32; ++x) {
        for (int y = 0; y < 32; ++y) {
            solid += qAlpha(image.pixel(x, y)) > 240 ? 1 : 0;
        }
    }
    QVERIFY2(solid > 60, qPrintable(QString::number(solid)));
}

void ThemeTest::changeOfSchemeReachesWidgets()
{
    Theme theme(lightOptions());
    theme.applyTo(*qApp);
    QLineEdit field;
    field.resize(90, 30);
    field.show();
    QVERIFY(QTest::qWaitForWindowExposed(&field));
    const QColor light = field.grab().toImage().pixelColor(10, 6);
    QSignalSpy changed(&theme, &Theme::changed);
    QVERIFY(changed.isValid());
    theme.setChoice(SchemeChoice::Dark);
    QCOMPARE(changed.count(), 1);
    const QColor dark = field.grab().toImage().pixelColor(10, 6);
    QCOMPARE(light, Palette(Scheme::Light, Contrast::Normal).color(ColorRole::Surface));
    QCOMPARE(dark, Palette(Scheme::Dark, Contrast::Normal).color(ColorRole::Surface));
    QCOMPARE(qApp->palette().color(QPalette::Window), theme.color(ColorRole::Window));
}

void ThemeTest::systemAnswersAreRead()
{
    const QString space = QStringLiteral("org.freedesktop.appearance");
    const QString scheme = QStringLiteral("color-scheme");
    SystemAppearance system;
    QSignalSpy changed(&system, &SystemAppearance::changed);
    QVERIFY(changed.isValid());
    // The portal's Read wraps the value in a variant within a variant.
    system.take(space, scheme, QVariant::fromValue(QDBusVariant(QVariant(1U))));
    QCOMPARE(system.scheme(), std::optional(Scheme::Dark));
    system.take(space, scheme, QVariant(2U));
    QCOMPARE(system.scheme(), std::optional(Scheme::Light));
    system.take(space, scheme, QVariant(7U));
    QVERIFY(!system.scheme().has_value());
    system.take(space, scheme, QVariant(QStringLiteral("dark")));
    QVERIFY(!system.scheme().has_value());
    system.take(space, QStringLiteral("contrast"), QVariant(1U));
    QCOMPARE(system.highContrast(), std::optional(true));
    system.take(QStringLiteral("org.gnome.desktop.interface"), QStringLiteral("enable-animations"),
                QVariant(false));
    QCOMPARE(system.reducedMotion(), std::optional(true));
    system.take(QStringLiteral("com.example"), scheme, QVariant(1U));
    QVERIFY(!system.scheme().has_value());
    QCOMPARE(changed.count(), 5);
}

void ThemeTest::choiceWinsOverTheSystem()
{
    Theme theme(lightOptions());
    QVERIFY(!theme.isDark());
    theme.setChoice(SchemeChoice::Dark);
    QVERIFY(theme.isDark());
    theme.setHighContrast(true);
    QVERIFY(theme.highContrast());
    QCOMPARE(theme.color(ColorRole::Border), QColor(Qt::white));
    theme.setHighContrast(std::nullopt);
    QVERIFY(!theme.highContrast());
}

void ThemeTest::bundlesKeepTheirColor()
{
    const Theme theme(lightOptions());
    const ColorRole first = theme.seriesRole(QStringLiteral("2.4.1"));
    const ColorRole second = theme.seriesRole(QStringLiteral("2.4.0"));
    QVERIFY(first != second);
    QCOMPARE(theme.seriesRole(QStringLiteral("2.4.1")), first);
    QCOMPARE(theme.seriesRole(QStringLiteral("older")), ColorRole::SeriesSlate);
    QCOMPARE(theme.seriesRole(QStringLiteral("builtin")), ColorRole::SeriesPurple);
    for (int i = 0; i < 20; ++i) {
        const ColorRole role = theme.seriesRole(QStringLiteral("3.0.%1").arg(i));
        QVERIFY(role != ColorRole::SeriesSlate && role != ColorRole::SeriesPurple);
    }
}

void ThemeTest::seriesTellApartWithoutColor()
{
    const Theme theme(lightOptions());
    QSet<QPair<int, int>> looks;
    for (int i = 0; i < 16; ++i) {
        const QString bundle = QStringLiteral("1.0.%1").arg(i);
        looks.insert(
            {static_cast<int>(theme.seriesRole(bundle)), static_cast<int>(theme.seriesDash(bundle))});
    }
    QCOMPARE(looks.size(), 16);
    QCOMPARE(theme.seriesDash(QStringLiteral("1.0.0")), Qt::SolidLine);
    QVERIFY(theme.seriesDash(QStringLiteral("1.0.1")) != Qt::SolidLine);
}

void ThemeTest::motionStopsWhenAsked()
{
    Theme theme(lightOptions());
    QCOMPARE(theme.motionMs(140), 140);
    theme.setReducedMotion(true);
    QCOMPARE(theme.motionMs(140), 0);
}

} // namespace gatehouse::widgets

QTEST_MAIN(gatehouse::widgets::ThemeTest)
#include "theme_test.moc"
