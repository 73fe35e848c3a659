// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/sandboxdesk.h"
#include "tables/bundletable.h"
#include "tables/differencetable.h"
#include "widgets/bundles/bundlesscreen.h"
#include "widgets/common/support.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QDirIterator>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QTableView>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::widgets;

namespace {

constexpr int kLongMs = 30000;

template<typename Widget>
Widget *find(QWidget &in, const char *name)
{
    auto *found = in.findChild<Widget *>(QLatin1String(name));
    if (found == nullptr) {
        qFatal("there is no %s", name);
    }
    return found;
}

QString textsOf(const QWidget &widget)
{
    QStringList texts;
    const QList<QLabel *> labels = widget.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->isVisibleTo(&widget)) {
            texts.append(label->text());
        }
    }
    return texts.join(QLatin1Char('\n'));
}

QStringList columnOf(const QAbstractItemView &view, int column)
{
    QStringList cells;
    for (int row = 0; row < view.model()->rowCount(); ++row) {
        cells.append(view.model()->index(row, column).data().toString());
    }
    return cells;
}

int filesBelow(const QString &folder)
{
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    int count = 0;
    while (files.hasNext()) {
        files.next();
        ++count;
    }
    return count;
}

} // namespace

/// The Bundles screen with three real bundles on a real server.
class BundlesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void versionsSortByPrecedence();
    void searchAndFilterNarrow();
    void selectionAndScrollSurviveARefresh();
    void twoBundlesAreCompared();
    void aBundleIsVerifiedAndItsFilesSaved();
    void aBundleWithoutItsKeyIsNotGood();
    void whatAChannelServesIsNotDeleted();
    void anUnusedBundleIsDeleted();

private:
    void select(const QString &bundle);

    std::unique_ptr<ThemeFixture> m_look;
    std::unique_ptr<test::SandboxDesk> m_desk;
    AnsweringPrompts m_prompts;
    std::unique_ptr<BundlesScreen> m_screen;
};

void BundlesTest::initTestCase()
{
    m_look = std::make_unique<ThemeFixture>();
    m_desk = std::make_unique<test::SandboxDesk>();
    m_desk->open();
    m_desk->ship(QStringLiteral("1.0.0-beta.2"),
                 {{QStringLiteral("old.js"), "gone soon"}, {QStringLiteral("style.css"), "a{}"}});
    m_desk->ship(QStringLiteral("1.0.0-beta.11"),
                 {{QStringLiteral("new.js"), "brand new"}, {QStringLiteral("style.css"), "a{color:red}"}},
                 true, BasisPoints::clamp(1000));
    m_desk->ship(QStringLiteral("1.0.0"), {}, false);
}

void BundlesTest::init()
{
    m_screen = std::make_unique<BundlesScreen>(m_look->theme, m_desk->workspace, m_desk->draft, m_desk->shelf,
                                               m_desk->keyRing, m_prompts);
    m_screen->resize(1080, 700);
    m_screen->show();
    QTRY_VERIFY_WITH_TIMEOUT(find<QTableView>(*m_screen, "bundleTable")->model()->rowCount() >= 2, kLongMs);
}

void BundlesTest::cleanup()
{
    m_screen.reset();
}

void BundlesTest::select(const QString &bundle)
{
    m_screen->enter({QStringLiteral("bundles"), bundle, {}});
    QVERIFY(textsOf(*find<QWidget>(*m_screen, "bundleDetails")).startsWith(bundle));
}

void BundlesTest::versionsSortByPrecedence()
{
    auto *table = find<QTableView>(*m_screen, "bundleTable");
    table->sortByColumn(tables::BundleTable::Version, Qt::AscendingOrder);
    QCOMPARE(columnOf(*table, tables::BundleTable::Version),
             (QStringList{QStringLiteral("1.0.0-beta.2"), QStringLiteral("1.0.0-beta.11"),
                          QStringLiteral("1.0.0")}));
}

void BundlesTest::searchAndFilterNarrow()
{
    auto *table = find<QTableView>(*m_screen, "bundleTable");
    auto *search = find<QLineEdit>(*m_screen, "bundleSearchField");
    search->setText(QStringLiteral("beta production"));
    QTRY_COMPARE(table->model()->rowCount(), 2);
    search->setText(QStringLiteral("nothing like it"));
    QTRY_COMPARE(table->model()->rowCount(), 0);
    QVERIFY(!table->isVisible());
    QVERIFY(textsOf(*m_screen).contains(QStringLiteral("No bundle matches.")));
    const QList<QAbstractButton *> buttons = m_screen->findChildren<QAbstractButton *>();
    const auto all = std::find_if(buttons.begin(), buttons.end(), [](const QAbstractButton *button) {
        return button->text() == QStringLiteral("Show all bundles");
    });
    QVERIFY(all != buttons.end());
    (*all)->click();
    QCOMPARE(table->model()->rowCount(), 3);
    QVERIFY(search->text().isEmpty());
    const QList<QAbstractButton *> choices =
        find<QWidget>(*m_screen, "bundleFilter")->findChildren<QAbstractButton *>();
    QCOMPARE(choices.size(), 3);
    const int counts[] = {3, 2, 1};
    for (const int at : {1, 2, 0}) {
        choices.at(at)->click();
        QCOMPARE(table->model()->rowCount(), counts[at]);
    }
}

void BundlesTest::selectionAndScrollSurviveARefresh()
{
    m_screen->resize(1080, 260);
    auto *table = find<QTableView>(*m_screen, "bundleTable");
    select(QStringLiteral("1.0.0-beta.2"));
    table->verticalScrollBar()->setValue(table->verticalScrollBar()->maximum());
    const int scrolled = table->verticalScrollBar()->value();
    const QString before = table->currentIndex().data(tables::KeyRole).toString();
    const QAbstractButton *remove = find<QAbstractButton>(*m_screen, "deleteBundleButton");
    // A change of the channel changes the rows.
    m_desk->changeBehind({{QStringLiteral("rolloutVersion"), QStringLiteral("1.0.0")}});
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->production()->channel.rolloutVersionInfo->name == QLatin1String("1.0.0"),
                             kLongMs);
    m_desk->changeBehind({{QStringLiteral("rolloutVersion"), QStringLiteral("1.0.0-beta.11")}});
    QTRY_VERIFY_WITH_TIMEOUT(
        m_desk->production()->channel.rolloutVersionInfo->name == QLatin1String("1.0.0-beta.11"), kLongMs);
    QCOMPARE(table->currentIndex().data(tables::KeyRole).toString(), before);
    QCOMPARE(table->verticalScrollBar()->value(), scrolled);
    QCOMPARE(find<QAbstractButton>(*m_screen, "deleteBundleButton"), remove);
}

void BundlesTest::twoBundlesAreCompared()
{
    select(QStringLiteral("1.0.0-beta.11"));
    find<QAbstractButton>(*m_screen, "compareBundleButton")->click();
    auto *page = find<QWidget>(*m_screen, "comparePage");
    // What devices outside the share have is what one wants to know the difference to.
    QCOMPARE(find<QComboBox>(*page, "compareBeforeField")->currentText(), QStringLiteral("1.0.0-beta.2"));
    auto *table = find<QTableView>(*page, "differenceTable");
    QTRY_VERIFY_WITH_TIMEOUT(table->isVisible(), kLongMs);
    QCOMPARE(columnOf(*table, tables::DifferenceTable::Path),
             (QStringList{QStringLiteral("new.js"), QStringLiteral("old.js"), QStringLiteral("style.css")}));
    QCOMPARE(columnOf(*table, tables::DifferenceTable::Change),
             (QStringList{QStringLiteral("added"), QStringLiteral("removed"), QStringLiteral("changed")}));
    const QString texts = textsOf(*page);
    QVERIFY2(texts.contains(QStringLiteral("downloaded from the server, decrypted with the key")),
             qPrintable(texts));
    QVERIFY(texts.contains(QStringLiteral("2 files are the same")));

    auto *after = find<QComboBox>(*page, "compareAfterField");
    after->setCurrentIndex(after->findText(QStringLiteral("1.0.0-beta.2")));
    Q_EMIT after->activated(after->currentIndex());
    QTRY_VERIFY(!table->isVisible());
    QVERIFY(textsOf(*page).contains(QStringLiteral("Both are the same bundle.")));
}

void BundlesTest::aBundleIsVerifiedAndItsFilesSaved()
{
    select(QStringLiteral("1.0.0-beta.2"));
    find<QAbstractButton>(*m_screen, "verifyBundleButton")->click();
    auto *sheet = find<QWidget>(*m_screen, "inspectSheet");
    QTRY_VERIFY_WITH_TIMEOUT(textsOf(*sheet).contains(QStringLiteral("A device would accept this bundle.")),
                             kLongMs);
    // Lines that are added to a layout are shown in the next turn of the event loop.
    for (const char *sentence :
         {"Downloaded as devices get it", "Decrypts with the app’s key", "Content is what the checksum says",
          "All 4 files unpack", "No statement of its author is on this computer"}) {
        QTRY_VERIFY2(textsOf(*sheet).contains(QString::fromUtf8(sentence)), sentence);
    }
    const QTemporaryDir target;
    m_prompts.answer = target.path();
    find<QAbstractButton>(*sheet, "saveFilesButton")->click();
    const QString saved = target.filePath(QStringLiteral("com.example.app-1.0.0-beta.2"));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(saved + QStringLiteral("/old.js")), kLongMs);
    QTRY_VERIFY_WITH_TIMEOUT(textsOf(*sheet).contains(QStringLiteral("The files are in")), kLongMs);
    QCOMPARE(filesBelow(target.path()), 4);
    find<QAbstractButton>(*sheet, "reviewVerbButton")->click();
    QTRY_VERIFY(m_screen->findChild<QWidget *>(QStringLiteral("inspectSheet")) == nullptr);
    // Neither the download nor its plain copy stays behind.
    QTRY_COMPARE_WITH_TIMEOUT(filesBelow(m_desk->folder.filePath(QStringLiteral("artifacts"))), 0, kLongMs);
}

void BundlesTest::aBundleWithoutItsKeyIsNotGood()
{
    const auto own = m_desk->keyRing.store();
    m_desk->keyRing.setStore(nullptr, {});
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->keyRing.bundleKeys().isEmpty(), kLongMs);
    select(QStringLiteral("1.0.0-beta.2"));
    find<QAbstractButton>(*m_screen, "verifyBundleButton")->click();
    auto *sheet = find<QWidget>(*m_screen, "inspectSheet");
    QTRY_VERIFY_WITH_TIMEOUT(textsOf(*sheet).contains(QStringLiteral("It cannot be decrypted")), kLongMs);
    QVERIFY(textsOf(*sheet).contains(QStringLiteral("The files were not looked at")));
    QVERIFY(!find<QAbstractButton>(*sheet, "saveFilesButton")->isEnabled());
    m_desk->keyRing.setStore(own, QStringLiteral("Memory"));
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->keyRing.bundleKeys().size(), 1, kLongMs);
}

void BundlesTest::whatAChannelServesIsNotDeleted()
{
    select(QStringLiteral("1.0.0-beta.2"));
    QVERIFY(!find<QAbstractButton>(*m_screen, "deleteBundleButton")->isEnabled());
    QVERIFY(textsOf(*m_screen).contains(QStringLiteral("It cannot be deleted: production serves it.")));
}

void BundlesTest::anUnusedBundleIsDeleted()
{
    select(QStringLiteral("1.0.0"));
    find<QAbstractButton>(*m_screen, "deleteBundleButton")->click();
    auto *sheet = find<QWidget>(*m_screen, "deleteSheet");
    auto *verb = find<QAbstractButton>(*sheet, "reviewVerbButton");
    QTRY_VERIFY_WITH_TIMEOUT(verb->isEnabled(), kLongMs);
    QVERIFY(textsOf(*sheet).contains(QStringLiteral("never used again")));
    verb->click();
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->workspace.bundles().find(QStringLiteral("1.0.0")) == nullptr, kLongMs);
    QTRY_COMPARE(find<QTableView>(*m_screen, "bundleTable")->model()->rowCount(), 2);
}

QTEST_MAIN(BundlesTest)
#include "bundles_test.moc"
