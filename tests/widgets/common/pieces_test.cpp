// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"
#include "widgets/common/accessibility.h"
#include "widgets/common/button.h"
#include "widgets/common/card.h"
#include "widgets/common/choices.h"
#include "widgets/common/codeblock.h"
#include "widgets/common/errorstate.h"
#include "widgets/common/fingerprintview.h"
#include "widgets/common/format.h"
#include "widgets/common/formfield.h"
#include "widgets/common/label.h"
#include "widgets/common/searchfield.h"
#include "widgets/common/segmentedcontrol.h"
#include "widgets/common/statepage.h"
#include "widgets/common/stepper.h"
#include "widgets/common/tableview.h"
#include "widgets/common/tile.h"
#include "widgets/common/timeline.h"
#include "widgets/theme/style.h"

#include <QAccessible>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>

#include <cmath>

namespace gatehouse::widgets {

class PiecesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void foreignTextIsPlainAndTame();
    void labelKeepsUpWithPlainSetText();
    void labelWrapsByItsWidth();
    void tileSaysWhyThereIsNoNumber();
    void statePageGoesThroughItsStates();
    void errorDetailsAreCopyable();
    void formFieldSpeaksItsError();
    void searchWaitsForRest();
    void segmentsMoveByArrows();
    void fingerprintComparison_data();
    void fingerprintComparison();
    void codeIsCopied();
    void stepperGoesBackOnlyToWhatIsDone();
    void timelineKeepsItsRows();
    void tableMovesByLetters();
    void tableFitsItsRows();
    void tableChoosesRowsFromRightToLeft();
    void cardIsPressedByKey();
    void choicesStayWhileNothingChanges();
    void aReaderMayAskForAChildThatIsGone();
    void sharesAndCounts_data();
    void sharesAndCounts();
    void momentsGetCoarser();

private:
    ThemeFixture m_fixture;
    const Theme &m_theme = m_fixture.theme;
};

void PiecesTest::foreignTextIsPlainAndTame()
{
    const std::unique_ptr<Label> label(plainLabel(m_theme, QStringLiteral("<b>a</b>\u202Eevil")));
    QCOMPARE(label->textFormat(), Qt::PlainText);
    QVERIFY(label->text().startsWith(QStringLiteral("<b>a</b>")));
    QVERIFY(!label->text().contains(QChar(0x202E)));
}

void PiecesTest::labelKeepsUpWithPlainSetText()
{
    Label label(m_theme);
    label.setSpans({{QStringLiteral("on ")}, {QStringLiteral("2.4.1"), FontRole::Mono}});
    QCOMPARE(label.text(), QStringLiteral("on 2.4.1"));
    const int before = label.sizeHint().width();
    static_cast<QLabel &>(label).setText(QStringLiteral("something much longer than that"));
    QVERIFY(label.sizeHint().width() > before);
}

void PiecesTest::labelWrapsByItsWidth()
{
    Label label(m_theme, QStringLiteral("nine of forty-one devices failed to install since yesterday"));
    label.setWrap(true);
    QCOMPARE(label.heightForWidth(2000), 20);
    QVERIFY(label.heightForWidth(120) >= 60);
    QCOMPARE(label.heightForWidth(120) % 20, 0);
}

void PiecesTest::tileSaysWhyThereIsNoNumber()
{
    Tile tile(m_theme, QStringLiteral("Update success"));
    tile.setUnknown(QStringLiteral("No device has reported."));
    QVERIFY(tile.accessibleDescription().contains(QStringLiteral("No device has reported.")));
    QVERIFY(tile.accessibleDescription().contains(QStringLiteral("–")));
}

void PiecesTest::statePageGoesThroughItsStates()
{
    StatePage page(m_theme);
    QCOMPARE(page.state(), StatePage::State::Loading);
    page.showContent();
    QCOMPARE(page.state(), StatePage::State::Loading);
    auto *content = new QLabel(QStringLiteral("content"));
    page.setContent(content);
    page.showError(makeError(ErrorKind::Offline, "test.offline", QStringLiteral("It could not be read.")));
    QCOMPARE(page.state(), StatePage::State::Error);
    QSignalSpy retried(&page, &StatePage::retryRequested);
    page.findChild<QPushButton *>(QStringLiteral("retryButton"))->click();
    QCOMPARE(retried.count(), 1);
    page.showEmpty(Icon::Inbox, QStringLiteral("Nothing yet."), QStringLiteral("Create one"));
    QSignalSpy asked(&page, &StatePage::emptyActionRequested);
    page.findChild<QPushButton *>(QStringLiteral("emptyActionButton"))->click();
    QCOMPARE(asked.count(), 1);
    page.showContent();
    QCOMPARE(page.currentWidget(), content);
}

void PiecesTest::errorDetailsAreCopyable()
{
    ErrorState state(m_theme);
    state.setError(
        makeError(ErrorKind::Protocol, "client.json", QStringLiteral("The answer was not as agreed."))
            .withDetail(QStringLiteral("at $.channels[2]")));
    state.show();
    auto *toggle = state.findChild<QPushButton *>(QStringLiteral("errorDetailsButton"));
    auto *text = state.findChild<QPlainTextEdit *>();
    QVERIFY(!text->isVisible());
    toggle->click();
    QVERIFY(text->isVisible());
    state.findChild<QPushButton *>(QStringLiteral("copyErrorButton"))->click();
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY(copied.contains(QStringLiteral("client.json (protocol)")));
    QVERIFY(copied.contains(QStringLiteral("$.channels[2]")));
}

void PiecesTest::formFieldSpeaksItsError()
{
    auto *edit = new QLineEdit;
    FormField field(m_theme, QStringLiteral("Version"), edit);
    field.setHint(QStringLiteral("Semantic version."));
    QCOMPARE(edit->accessibleName(), QStringLiteral("Version"));
    QCOMPARE(edit->accessibleDescription(), QStringLiteral("Semantic version."));
    field.setError(QStringLiteral("It is in use."));
    QCOMPARE(edit->accessibleDescription(), QStringLiteral("It is in use."));
    QVERIFY(edit->property(kInvalidProperty).toBool());
    field.setError({});
    QVERIFY(!edit->property(kInvalidProperty).toBool());
    QCOMPARE(edit->accessibleDescription(), QStringLiteral("Semantic version."));
}

void PiecesTest::searchWaitsForRest()
{
    SearchField field(m_theme, QStringLiteral("Filter"), QStringLiteral("filterField"));
    QSignalSpy searched(&field, &SearchField::searchChanged);
    QTest::keyClicks(&field, QStringLiteral("beta"));
    QCOMPARE(searched.count(), 0);
    QVERIFY(searched.wait(2000));
    QCOMPARE(searched.count(), 1);
    QCOMPARE(searched.first().first().toString(), QStringLiteral("beta"));
    QTest::keyClick(&field, Qt::Key_Escape);
    QCOMPARE(searched.count(), 2);
    QVERIFY(field.text().isEmpty());
}

void PiecesTest::segmentsMoveByArrows()
{
    SegmentedControl control(m_theme, QStringLiteral("Range"),
                             {QStringLiteral("1 h"), QStringLiteral("24 h"), QStringLiteral("7 d")},
                             QStringLiteral("rangeControl"));
    control.show();
    QVERIFY(QTest::qWaitForWindowExposed(&control));
    QSignalSpy changed(&control, &SegmentedControl::currentChanged);
    const auto buttons = control.findChildren<QPushButton *>();
    QTest::keyClick(buttons.at(0), Qt::Key_Right);
    QCOMPARE(control.current(), 1);
    QTest::keyClick(buttons.at(1), Qt::Key_Left);
    QTest::keyClick(buttons.at(0), Qt::Key_Left);
    QCOMPARE(control.current(), 0);
    QCOMPARE(changed.count(), 2);
    QTest::mouseClick(buttons.at(2), Qt::LeftButton);
    QCOMPARE(control.current(), 2);
    control.setCurrent(9);
    QCOMPARE(control.current(), 2);
}

void PiecesTest::fingerprintComparison_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("expected");
    QTest::newRow("nothing") << QString() << int(FingerprintView::Match::Nothing);
    QTest::newRow("words, other case and commas")
        << QStringLiteral("Amber, Canyon  FERRY") << int(FingerprintView::Match::Same);
    QTest::newRow("hex with colons") << QStringLiteral("AB:cd:01:23") << int(FingerprintView::Match::Same);
    QTest::newRow("half of the words")
        << QStringLiteral("amber canyon") << int(FingerprintView::Match::Different);
    QTest::newRow("other order") << QStringLiteral("canyon amber ferry")
                                 << int(FingerprintView::Match::Different);
}

void PiecesTest::fingerprintComparison()
{
    QFETCH(QString, typed);
    QFETCH(int, expected);
    FingerprintView view(m_theme, QStringLiteral("key"));
    auto *field = view.findChild<QLineEdit *>();
    field->setText(typed);
    QVERIFY(view.match() != FingerprintView::Match::Same);
    view.setFingerprint({QStringLiteral("amber"), QStringLiteral("canyon"), QStringLiteral("ferry")},
                        QStringLiteral("abcd0123"));
    QCOMPARE(int(view.match()), expected);
}

void PiecesTest::codeIsCopied()
{
    CodeBlock block(m_theme, QStringLiteral("Command"), QStringLiteral("command"));
    block.setCode(QStringLiteral("gatehouse-cli status"));
    block.findChild<QPushButton *>(QStringLiteral("commandCopyButton"))->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("gatehouse-cli status"));
}

void PiecesTest::stepperGoesBackOnlyToWhatIsDone()
{
    Stepper stepper(m_theme, Qt::Vertical);
    stepper.setNavigable(true);
    stepper.setSteps({{QStringLiteral("Folder"), {}, Step::State::Done},
                      {QStringLiteral("Checks"), {}, Step::State::Current},
                      {QStringLiteral("Upload")}});
    stepper.resize(stepper.sizeHint());
    stepper.show();
    QSignalSpy activated(&stepper, &Stepper::stepActivated);
    QTest::mouseClick(&stepper, Qt::LeftButton, Qt::NoModifier, QPoint(20, 50));
    QCOMPARE(activated.count(), 0);
    QTest::mouseClick(&stepper, Qt::LeftButton, Qt::NoModifier, QPoint(20, 10));
    QCOMPARE(activated.count(), 1);
    QVERIFY(stepper.accessibleDescription().contains(QStringLiteral("2. Checks")));
}

void PiecesTest::timelineKeepsItsRows()
{
    Timeline timeline(m_theme);
    timeline.setEntries({{Icon::Pause, ColorRole::Text, {{QStringLiteral("one")}}, QStringLiteral("19:58")},
                         {Icon::Play, ColorRole::Text, {{QStringLiteral("two")}}}});
    const auto labels = timeline.findChildren<Label *>();
    QCOMPARE(labels.size(), 4);
    timeline.setEntries(
        {{Icon::Pause, ColorRole::Text, {{QStringLiteral("three")}}, QStringLiteral("20:00")}});
    QCOMPARE(timeline.findChildren<Label *>().size(), 2);
    QCOMPARE(timeline.findChildren<Label *>().first(), labels.first());
    QCOMPARE(labels.first()->text(), QStringLiteral("three"));
}

void PiecesTest::tableMovesByLetters()
{
    TableView table(m_theme);
    QStandardItemModel model(3, 2);
    table.setModel(&model);
    table.setCurrentIndex(model.index(0, 0));
    QSignalSpy inspected(&table, &TableView::inspectRequested);
    QSignalSpy opened(&table, &TableView::openRequested);
    table.show();
    QTest::keyClick(&table, Qt::Key_J);
    QCOMPARE(table.currentIndex().row(), 1);
    QTest::keyClick(&table, Qt::Key_K);
    QCOMPARE(table.currentIndex().row(), 0);
    QTest::keyClick(&table, Qt::Key_Space);
    QTest::keyClick(&table, Qt::Key_Return);
    QCOMPARE(inspected.count(), 1);
    QCOMPARE(opened.count(), 1);
}

void PiecesTest::tableFitsItsRows()
{
    TableView table(m_theme);
    QStandardItemModel model(3, 2);
    table.setFitRows(true);
    table.setModel(&model);
    QCOMPARE(table.sizeHint().height(), 4 * metrics::kRowHeight);
    model.appendRow(new QStandardItem(QStringLiteral("more")));
    QCOMPARE(table.sizeHint().height(), 5 * metrics::kRowHeight);
    table.setModel(nullptr);
}

void PiecesTest::tableChoosesRowsFromRightToLeft()
{
    TableView table(m_theme);
    QStandardItemModel model(3, 2);
    table.setModel(&model);
    table.setLayoutDirection(Qt::RightToLeft);
    table.resize(300, 200);
    table.show();
    QVERIFY(QTest::qWaitForWindowExposed(&table));
    table.setCurrentRow(1);
    QCOMPARE(table.currentIndex().row(), 1);
    QVERIFY(table.selectionModel()->isRowSelected(1, {}));
    QVERIFY(!table.selectionModel()->isRowSelected(0, {}));
}

void PiecesTest::cardIsPressedByKey()
{
    Card card(m_theme, QStringLiteral("2.4.1"));
    QSignalSpy activated(&card, &Card::activated);
    QTest::keyClick(&card, Qt::Key_Return);
    QCOMPARE(activated.count(), 0);
    card.setActivatable(true);
    QTest::keyClick(&card, Qt::Key_Space);
    QTest::mouseClick(&card, Qt::LeftButton);
    QCOMPARE(activated.count(), 2);
}

void PiecesTest::choicesStayWhileNothingChanges()
{
    QComboBox box;
    const QVector<Choice> two{{QStringLiteral("beta"), 1}, {QStringLiteral("production"), 2}};
    setChoices(box, two);
    QCOMPARE(box.count(), 2);
    QCOMPARE(box.currentIndex(), 0);
    box.setCurrentIndex(1);
    const QSignalSpy removed(box.model(), &QAbstractItemModel::rowsRemoved);
    const QSignalSpy chosen(&box, &QComboBox::currentIndexChanged);
    setChoices(box, two);
    QVERIFY(removed.isEmpty());
    setChoices(box, QVector<Choice>{{QStringLiteral("alpha"), 3}} + two);
    QCOMPARE(box.currentData().toInt(), 2);
    QVERIFY(chosen.isEmpty());
    setChoices(box, {{QStringLiteral("alpha"), 3}});
    QCOMPARE(box.currentData().toInt(), 3);
    setChoices(box, {});
    QCOMPARE(box.currentIndex(), -1);
}

void PiecesTest::aReaderMayAskForAChildThatIsGone()
{
    installAccessibility();
    QScrollArea area;
    auto *content = new QLineEdit;
    area.setWidget(content);
    QAccessibleInterface *seen = QAccessible::queryAccessibleInterface(&area);
    QVERIFY(seen != nullptr);
    QVERIFY(seen->childCount() > 0);
    QVERIFY(seen->child(0) != nullptr);
    QVERIFY(seen->child(seen->childCount() + 40) == nullptr);
    QVERIFY(seen->child(-1) == nullptr);
    QVERIFY(seen->indexOfChild(QAccessible::queryAccessibleInterface(area.viewport())) >= 0);
}

void PiecesTest::sharesAndCounts_data()
{
    QTest::addColumn<QString>("shown");
    QTest::addColumn<QString>("expected");
    QTest::newRow("three digits") << formatCount(438) << QStringLiteral("438");
    QTest::newRow("thousands") << formatCount(48210) << QStringLiteral("48\u202F210");
    QTest::newRow("millions below zero") << formatCount(-1234567) << QStringLiteral("-1\u202F234\u202F567");
    QTest::newRow("whole share") << formatShare(1000) << QStringLiteral("10\u00A0%");
    QTest::newRow("least share") << formatShare(1) << QStringLiteral("0.01\u00A0%");
    QTest::newRow("half share") << formatShare(250) << QStringLiteral("2.5\u00A0%");
    QTest::newRow("ratio") << formatPercent(0.961) << QStringLiteral("96.1\u00A0%");
    QTest::newRow("small ratio") << formatPercent(0.0031) << QStringLiteral("0.31\u00A0%");
    QTest::newRow("all") << formatPercent(1.0) << QStringLiteral("100\u00A0%");
    QTest::newRow("nearly all is not all") << formatPercent(0.99999) << QStringLiteral(">99.9\u00A0%");
    QTest::newRow("nearly none is not none") << formatPercent(0.000001) << QStringLiteral("<0.001\u00A0%");
    QTest::newRow("no ratio") << formatPercent(std::nan("")) << QStringLiteral("–");
    QTest::newRow("bytes") << formatBytes(999) << QStringLiteral("999\u00A0B");
    QTest::newRow("megabytes") << formatBytes(4200000) << QStringLiteral("4.2\u00A0MB");
    QTest::newRow("long") << formatDuration(Milliseconds(9600000)) << QStringLiteral("2\u00A0h 40\u00A0min");
    QTest::newRow("short") << formatDuration(Milliseconds(400)) << QStringLiteral("400\u00A0ms");
    QTest::newRow("axis") << formatShortCount(50000) << QStringLiteral("50\u00A0k");
}

void PiecesTest::sharesAndCounts()
{
    QFETCH(QString, shown);
    QFETCH(QString, expected);
    QCOMPARE(shown, expected);
}

void PiecesTest::momentsGetCoarser()
{
    const UtcTime now = *parseIso(QStringLiteral("2026-07-20T20:14:00Z"));
    QCOMPARE(formatMoment(now - Milliseconds(2000), now), QStringLiteral("2\u00A0s ago"));
    QCOMPARE(formatMoment(now - Milliseconds(40 * 60000), now), QStringLiteral("40\u00A0min ago"));
    QCOMPARE(formatMoment(*parseIso(QStringLiteral("2026-07-20T18:20:00Z")), now), QStringLiteral("18:20"));
    QCOMPARE(formatMoment(*parseIso(QStringLiteral("2026-07-19T22:07:00Z")), now),
             QStringLiteral("yesterday 22:07"));
    QCOMPARE(formatMoment(*parseIso(QStringLiteral("2026-07-12T09:12:00Z")), now),
             QStringLiteral("12 Jul 09:12"));
    QCOMPARE(formatMoment(*parseIso(QStringLiteral("2025-07-12T09:12:00Z")), now),
             QStringLiteral("12 Jul 2025"));
    QCOMPARE(formatMoment(*parseIso(QStringLiteral("2026-07-21T08:00:00Z")), now),
             QStringLiteral("tomorrow 08:00"));
}

} // namespace gatehouse::widgets

QTEST_MAIN(gatehouse::widgets::PiecesTest)
#include "pieces_test.moc"
