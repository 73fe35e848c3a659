// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs with LANGUAGE=de in the environment: the system's language is German, as on a person's desktop.
#include "language.h"

#include "client/capabilities.h"
#include "core/foreigntext.h"
#include "core/jsonreader.h"
#include "core/operation.h"
#include "release/review.h"
#include "tables/bundletable.h"
#include "widgets/channels/channelsscreen.h"
#include "widgets/channels/rulesform.h"
#include "widgets/common/format.h"
#include "widgets/common/gallery.h"
#include "widgets/common/support.h"
#include "widgets/monitor/monitorscreen.h"
#include "widgets/overview/overviewscreen.h"
#include "widgets/review/reviewwords.h"
#include "widgets/start/newappscreen.h"

#include <QAbstractButton>
#include <QDialogButtonBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace gatehouse;
using namespace gatehouse::widgets;

namespace {

/// The English texts that say something else in German; those that are German, too ("Name") prove nothing.
QSet<QString> englishOnly()
{
    QFile file(QStringLiteral(GATEHOUSE_TRANSLATIONS "/gatehouse_de.ts"));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QSet<QString> english;
    QSet<QString> german;
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) {
            continue;
        }
        if (xml.name() == QLatin1String("source")) {
            english.insert(xml.readElementText());
        } else if (xml.name() == QLatin1String("translation")) {
            german.insert(xml.readElementText(QXmlStreamReader::IncludeChildElements));
        }
    }
    return english - german;
}

QStringList textsOf(const QWidget &widget)
{
    QStringList texts{widget.windowTitle(), widget.accessibleName(), widget.accessibleDescription()};
    if (const auto *label = qobject_cast<const QLabel *>(&widget)) {
        texts.append(label->text());
    }
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget)) {
        texts.append(button->text());
    }
    if (const auto *field = qobject_cast<const QLineEdit *>(&widget)) {
        texts.append(field->placeholderText());
    }
    return texts;
}

/// How many texts were looked at, and those that stayed English.
std::pair<qsizetype, QStringList> lookedAt(const QWidget &page)
{
    static const QSet<QString> english = englishOnly();
    qsizetype count = 0;
    QStringList left;
    QList<const QWidget *> widgets{&page};
    const QList<QWidget *> children = page.findChildren<QWidget *>();
    for (const QWidget *child : children) {
        widgets.append(child);
    }
    for (const QWidget *widget : std::as_const(widgets)) {
        const QStringList texts = textsOf(*widget);
        for (const QString &text : texts) {
            count += text.isEmpty() ? 0 : 1;
            if (english.contains(text)) {
                left.append(QLatin1String(widget->metaObject()->className()) + QStringLiteral(": ") + text);
            }
        }
    }
    return {count, left};
}

} // namespace

class LanguageTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theSystemsLanguageIsSpoken();
    void textsOfModelsAndFreeFunctionsAreTranslated();
    void qtsOwnTextsAreTranslated();
    void piecesSpeakGerman_data();
    void piecesSpeakGerman();
    void aUnitBehindANumberKnowsOneAndMany();
    void screensSpeakGerman();
    void arabicIsWrittenFromTheRight();
    void aLanguageWeDoNotSpeakIsEnglish();

private:
    QLocale m_spoken = QLocale::c();
};

void LanguageTest::initTestCase()
{
    Q_INIT_RESOURCE(gatehouse_translations);
    QCOMPARE(qEnvironmentVariable("LANGUAGE"), QStringLiteral("de"));
    m_spoken = desktop::speak(*qApp);
}

void LanguageTest::theSystemsLanguageIsSpoken()
{
    QCOMPARE(m_spoken.language(), QLocale::German);
    QCOMPARE(QGuiApplication::layoutDirection(), Qt::LeftToRight);
    // The C locale says nothing about numbers, so they are those of the language.
    QCOMPARE(formatPercent(0.025), QStringLiteral("2,50\u00a0%"));
    QCOMPARE(formatCount(48210), QStringLiteral("48\u202f210"));
}

void LanguageTest::textsOfModelsAndFreeFunctionsAreTranslated()
{
    const UtcTime now = utcFromMs(1773619200000);
    QCOMPARE(formatMoment(now, now), QStringLiteral("gerade eben"));
    QCOMPARE(formatMoment(now - std::chrono::minutes(6), now), QStringLiteral("vor 6\u00a0Min."));
    QCOMPARE(formatDay(QDateTime(QDate(2026, 11, 2), QTime(8, 0))), QStringLiteral("2. Nov."));
    QCOMPARE(words(release::Sentence{QStringLiteral("obstacle.bundle_missing"), {QStringLiteral("1.2.0")}}),
             QStringLiteral("Der Server hat kein Bundle 1.2.0."));
    QCOMPARE(stepWords(QStringLiteral("Decrypt")), QStringLiteral("Entschlüsseln"));
    QCOMPARE(parseJsonObject("{", QStringLiteral("channel")).error().cause,
             QStringLiteral("channel sollte JSON sein."));
    QCOMPARE(client::Capabilities::ofCapgo({}).of(client::Feature::Freeze).reason,
             QStringLiteral("Ein Capgo-Server kann keinen Kanal einfrieren."));
    const QTemporaryDir folder;
    const SystemClock clock;
    workspace::Settings settings(folder.filePath(QStringLiteral("gatehouse.ini")));
    workspace::Jobs jobs;
    workspace::Workspace workspace(jobs, settings, clock);
    const tables::BundleTable table(workspace.bundles(), workspace.channels(), widgets::formatBytes);
    QCOMPARE(table.headerData(tables::BundleTable::State, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("Zustand"));
}

void LanguageTest::qtsOwnTextsAreTranslated()
{
    QDialogButtonBox box(QDialogButtonBox::Cancel);
    QCOMPARE(box.button(QDialogButtonBox::Cancel)->text().remove(QLatin1Char('&')),
             QStringLiteral("Abbrechen"));
}

void LanguageTest::piecesSpeakGerman_data()
{
    QTest::addColumn<int>("index");
    const QVector<GalleryPage> pages = galleryPages();
    for (int index = 0; index < pages.size(); ++index) {
        QTest::newRow(qPrintable(pages.at(index).name)) << index;
    }
}

void LanguageTest::piecesSpeakGerman()
{
    QFETCH(int, index);
    const ThemeFixture look;
    AnsweringPrompts prompts;
    const std::unique_ptr<QWidget> page(galleryPages().at(index).make(look.theme, prompts));
    const auto [count, left] = lookedAt(*page);
    QVERIFY(count > 0);
    QVERIFY2(left.isEmpty(), qPrintable(left.join(QLatin1Char('\n'))));
}

void LanguageTest::aUnitBehindANumberKnowsOneAndMany()
{
    const ThemeFixture look;
    const RulesForm form(look.theme, {});
    auto *days = form.findChild<QSpinBox *>(QStringLiteral("rule-rollout_cache_ttl_seconds"));
    QVERIFY(days != nullptr);
    QCOMPARE(days->text(), QStringLiteral("1\u00a0Tag"));
    days->setValue(30);
    QCOMPARE(days->text(), QStringLiteral("30\u00a0Tage"));
    days->setValue(1);
    QCOMPARE(days->text(), QStringLiteral("1\u00a0Tag"));
}

void LanguageTest::screensSpeakGerman()
{
    const QTemporaryDir folder;
    const SystemClock clock;
    ThemeFixture look;
    AnsweringPrompts prompts;
    workspace::Settings settings(folder.filePath(QStringLiteral("gatehouse.ini")));
    workspace::Jobs jobs;
    workspace::Workspace workspace(jobs, settings, clock);
    QWidget host;
    const QVector<Screen *> screens{new OverviewScreen(look.theme, workspace, &host),
                                    new ChannelsScreen(look.theme, workspace, &host),
                                    new MonitorScreen(look.theme, workspace, prompts, &host),
                                    new NewAppScreen(look.theme, workspace, &host)};
    for (const Screen *screen : screens) {
        const auto [count, left] = lookedAt(*screen);
        QVERIFY(count > 3);
        QVERIFY2(left.isEmpty(), qPrintable(screen->id() + QLatin1Char('\n') + left.join(QLatin1Char('\n'))));
    }
    QCOMPARE(screens.first()->title(), QStringLiteral("Übersicht"));
}

void LanguageTest::arabicIsWrittenFromTheRight()
{
    const QLocale spoken = desktop::speak(*qApp, QStringLiteral("ar_EG"));
    QCOMPARE(spoken.language(), QLocale::Arabic);
    QCOMPARE(QGuiApplication::layoutDirection(), Qt::RightToLeft);
    const auto files = [](int count) {
        return QCoreApplication::translate("gatehouse::widgets::FolderStep", "%n files, %1", nullptr, count);
    };
    QCOMPARE(files(0), QStringLiteral("لا ملفات، %1"));
    QCOMPARE(files(1), QStringLiteral("ملف واحد، %1"));
    QCOMPARE(files(2), QStringLiteral("ملفان، %1"));
    QCOMPARE(files(3), QStringLiteral("٣ ملفات، %1"));
    QCOMPARE(files(11), QStringLiteral("١١ ملفًا، %1"));
    QCOMPARE(files(100), QStringLiteral("١٠٠ ملف، %1"));
    QCOMPARE(displayable(QStringLiteral("1.2.0-beta.1")),
             QStringLiteral("\u2068") + QStringLiteral("1.2.0-beta.1\u2069"));
    QCOMPARE(formatPercent(0.5), QStringLiteral("٥٠٫٠٪"));
}

void LanguageTest::aLanguageWeDoNotSpeakIsEnglish()
{
    const QLocale spoken = desktop::speak(*qApp, QStringLiteral("is_IS"));
    QCOMPARE(spoken.language(), QLocale::English);
    QCOMPARE(QGuiApplication::layoutDirection(), Qt::LeftToRight);
}

QTEST_MAIN(LanguageTest)
#include "languagetest.moc"
