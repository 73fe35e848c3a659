// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Renders every page of the widget gallery, light and dark, and checks what a picture can tell: nothing is
// blank, nothing that takes the focus is nameless, names are unique in a page. GATEHOUSE_GALLERY names a
// folder for the pictures; without it they go to a temporary one.
#include "widgets/common/gallery.h"
#include "widgets/common/prompts.h"
#include "widgets/common/skeleton.h"

#include <QAbstractScrollArea>
#include <QAccessible>
#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>

namespace gatehouse::widgets {

namespace {

class SilentPrompts final : public Prompts
{
public:
    void saveFile(QWidget *, const QString &, const QString &, const QString &, Chosen) override {}
    void openFile(QWidget *, const QString &, const QString &, Chosen) override {}
    void openFolder(QWidget *, const QString &, Chosen) override {}
};

/// How many different colours a picture shows, up to a limit.
int colorsIn(const QImage &image, int limit)
{
    QSet<QRgb> colors;
    for (int y = 0; y < image.height() && colors.size() < limit; y += 2) {
        for (int x = 0; x < image.width(); x += 2) {
            colors.insert(image.pixel(x, y));
        }
    }
    return static_cast<int>(colors.size());
}

bool isPartOfAnother(const QWidget *widget)
{
    // The line edit within a spin box, the viewport of a view.
    for (const QWidget *parent = widget->parentWidget(); parent; parent = parent->parentWidget()) {
        if (parent->focusProxy() == widget || parent->inherits("QAbstractSpinBox") ||
            parent->inherits("QComboBox")) {
            return true;
        }
    }
    return widget->objectName().startsWith(QLatin1String("qt_"));
}

} // namespace

class GalleryRender : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void page_data();
    void page();

private:
    void checkNames(QWidget *page);

    std::unique_ptr<Theme> m_theme;
    SilentPrompts m_prompts;
    QTemporaryDir m_temporary;
    QString m_folder;
};

void GalleryRender::initTestCase()
{
    Theme::Options options;
    options.family = QStringLiteral("Noto Sans");
    options.scheme = SchemeChoice::Light;
    m_theme = std::make_unique<Theme>(options);
    m_theme->setReducedMotion(true);
    m_theme->applyTo(*qApp);
    m_folder = qEnvironmentVariable("GATEHOUSE_GALLERY", m_temporary.path());
    QVERIFY(QDir().mkpath(m_folder));
}

void GalleryRender::page_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<bool>("dark");
    const QVector<GalleryPage> pages = galleryPages();
    for (int i = 0; i < pages.size(); ++i) {
        for (const bool dark : {false, true}) {
            const QString name =
                pages.at(i).name + (dark ? QStringLiteral("-dark") : QStringLiteral("-light"));
            QTest::newRow(qPrintable(name)) << i << dark;
        }
    }
}

void GalleryRender::page()
{
    QFETCH(int, index);
    QFETCH(bool, dark);
    m_theme->setChoice(dark ? SchemeChoice::Dark : SchemeChoice::Light);
    const std::unique_ptr<QWidget> page(galleryPages().at(index).make(*m_theme, m_prompts));
    page->resize(1280, 800);
    page->show();
    QVERIFY(QTest::qWaitForWindowExposed(page.get()));
    for (const Skeleton *skeleton : page->findChildren<Skeleton *>()) {
        QTRY_VERIFY(skeleton->shapesVisible());
    }
    QCoreApplication::processEvents();
    const QImage image = page->grab().toImage();
    QVERIFY2(colorsIn(image, 24) >= 8, "The page is blank.");
    const QString path =
        QDir(m_folder).filePath(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png"));
    QVERIFY(image.save(path));
    checkNames(page.get());
}

void GalleryRender::checkNames(QWidget *page)
{
    QSet<QString> names;
    for (QWidget *widget : page->findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisibleTo(page) || widget->focusProxy() ||
            isPartOfAnother(widget)) {
            continue;
        }
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
        QVERIFY(interface);
        const QString name = interface->text(QAccessible::Name);
        const QString about =
            QStringLiteral("%1 \"%2\"")
                .arg(QLatin1String(widget->metaObject()->className()), widget->objectName());
        QVERIFY2(!name.isEmpty(), qPrintable(QStringLiteral("Nameless: ") + about));
        QVERIFY2(!names.contains(name), qPrintable(QStringLiteral("Name used twice: ") + name));
        names.insert(name);
    }
}

} // namespace gatehouse::widgets

QTEST_MAIN(gatehouse::widgets::GalleryRender)
#include "gallery_render.moc"
