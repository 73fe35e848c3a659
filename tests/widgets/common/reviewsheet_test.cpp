// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/reviewsheet.h"

#include "support.h"
#include "widgets/common/toast.h"

#include <QAccessible>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

namespace gatehouse::widgets {

class ReviewSheetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void escapeDismissesAndDeletes();
    void verbHandsOverTheComment();
    void controlEnterConfirms();
    void requiredCommentKeepsTheVerbBack();
    void typedNameMustBeExact();
    void tabStaysInside();
    void aPressOnTheScrimDismisses();
    void aFailureIsShownInside();
    void busyCannotBeLeft();
    void followsItsHost();
    void toastOffersUndoAndGoes();
    void toastStaysWhileFocused();

private:
    QPushButton *button(const char *name) const
    {
        return m_sheet->findChild<QPushButton *>(QLatin1String(name));
    }
    void open();

    ThemeFixture m_fixture;
    std::unique_ptr<QWidget> m_page;
    QPushButton *m_below = nullptr;
    QPointer<ReviewSheet> m_sheet;
};

void ReviewSheetTest::init()
{
    m_page = std::make_unique<QWidget>();
    m_page->resize(1000, 700);
    m_below = new QPushButton(QStringLiteral("below"), m_page.get());
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_below->setFocus();
    m_sheet = new ReviewSheet(m_fixture.theme, QStringLiteral("Review 2.4.1"), m_page.get());
    m_sheet->setChanges({{QStringLiteral("beta"), QStringLiteral("10 %"), QStringLiteral("25 %")}});
    m_sheet->setVerb(QStringLiteral("Move to 25 %"));
}

void ReviewSheetTest::cleanup()
{
    m_page.reset();
}

void ReviewSheetTest::open()
{
    m_sheet->openSheet();
    QTRY_VERIFY(m_sheet->isVisible());
}

void ReviewSheetTest::escapeDismissesAndDeletes()
{
    open();
    QSignalSpy dismissed(m_sheet, &ReviewSheet::dismissed);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QCOMPARE(dismissed.count(), 1);
    QTRY_VERIFY(m_sheet.isNull());
    QCOMPARE(QApplication::focusWidget(), m_below);
}

void ReviewSheetTest::verbHandsOverTheComment()
{
    open();
    QSignalSpy confirmed(m_sheet, &ReviewSheet::confirmed);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("  agreed in 412 "));
    QTest::mouseClick(button("reviewVerbButton"), Qt::LeftButton);
    QCOMPARE(confirmed.count(), 1);
    QCOMPARE(confirmed.first().first().toString(), QStringLiteral("agreed in 412"));
    QVERIFY(m_sheet->isVisible());
}

void ReviewSheetTest::controlEnterConfirms()
{
    open();
    QSignalSpy confirmed(m_sheet, &ReviewSheet::confirmed);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(confirmed.count(), 1);
}

void ReviewSheetTest::requiredCommentKeepsTheVerbBack()
{
    m_sheet->setCommentRequired(true);
    open();
    QVERIFY(!button("reviewVerbButton")->isEnabled());
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("  "));
    QVERIFY(!button("reviewVerbButton")->isEnabled());
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("why"));
    QVERIFY(button("reviewVerbButton")->isEnabled());
}

void ReviewSheetTest::typedNameMustBeExact()
{
    m_sheet->setTypedConfirmation(QStringLiteral("Field Notes"));
    open();
    auto *field = m_sheet->findChild<QLineEdit *>(QStringLiteral("typedConfirmationField"));
    QVERIFY(!button("reviewVerbButton")->isEnabled());
    QTest::keyClicks(field, QStringLiteral("field notes"));
    QVERIFY(!button("reviewVerbButton")->isEnabled());
    field->setText(QStringLiteral("Field Notes"));
    QVERIFY(button("reviewVerbButton")->isEnabled());
}

void ReviewSheetTest::tabStaysInside()
{
    m_sheet->addButton(new QPushButton(QStringLiteral("Decline")));
    open();
    QSet<QWidget *> visited;
    for (int i = 0; i < 12; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY2(m_sheet->isAncestorOf(QApplication::focusWidget()), "The focus left the sheet.");
        visited.insert(QApplication::focusWidget());
    }
    QCOMPARE(visited.size(), 4); // close, comment, decline, verb
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
    QVERIFY(m_sheet->isAncestorOf(QApplication::focusWidget()));
}

void ReviewSheetTest::aPressOnTheScrimDismisses()
{
    open();
    QSignalSpy dismissed(m_sheet, &ReviewSheet::dismissed);
    QTest::mouseClick(m_sheet, Qt::LeftButton, Qt::NoModifier, QPoint(900, 400));
    QCOMPARE(dismissed.count(), 0);
    QTest::mouseClick(m_sheet, Qt::LeftButton, Qt::NoModifier, QPoint(100, 400));
    QCOMPARE(dismissed.count(), 1);
}

void ReviewSheetTest::aFailureIsShownInside()
{
    open();
    m_sheet->setBusy(true);
    m_sheet->showError(
        makeError(ErrorKind::Conflict, "test.conflict", QStringLiteral("Somebody moved it meanwhile.")));
    QVERIFY(m_sheet->isVisible());
    QVERIFY(button("reviewVerbButton")->isEnabled());
    bool said = false;
    for (const QLabel *label : m_sheet->findChildren<QLabel *>()) {
        said = said || (label->isVisible() && label->text().contains(QStringLiteral("Somebody moved it")));
    }
    QVERIFY(said);
}

void ReviewSheetTest::busyCannotBeLeft()
{
    open();
    m_sheet->setBusy(true);
    QSignalSpy dismissed(m_sheet, &ReviewSheet::dismissed);
    QSignalSpy confirmed(m_sheet, &ReviewSheet::confirmed);
    QTest::keyClick(m_sheet, Qt::Key_Escape);
    QTest::keyClick(m_sheet, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(dismissed.count(), 0);
    QCOMPARE(confirmed.count(), 0);
}

void ReviewSheetTest::followsItsHost()
{
    open();
    m_page->resize(1200, 640);
    QTRY_COMPARE(m_sheet->size(), QSize(1200, 640));
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(m_sheet);
    QCOMPARE(interface->role(), QAccessible::Dialog);
    QCOMPARE(interface->text(QAccessible::Name), QStringLiteral("Review 2.4.1"));
}

void ReviewSheetTest::toastOffersUndoAndGoes()
{
    Toast toast(m_fixture.theme, m_page.get());
    QSignalSpy undone(&toast, &Toast::undoRequested);
    QSignalSpy expired(&toast, &Toast::expired);
    toast.showMessage(QStringLiteral("beta serves 2.4.0."), QStringLiteral("Undo"));
    QTest::mouseClick(toast.findChild<QPushButton *>(QStringLiteral("undoButton")), Qt::LeftButton);
    QCOMPARE(undone.count(), 1);
    QCOMPARE(expired.count(), 0);
    QVERIFY(!toast.isVisible());
    toast.setLifetime(120);
    m_below->setFocus();
    toast.showMessage(QStringLiteral("beta serves 2.4.0."), QStringLiteral("Undo"));
    QVERIFY(expired.wait(2000));
    QVERIFY(!toast.isVisible());
    QCOMPARE(undone.count(), 1);
}

void ReviewSheetTest::toastStaysWhileFocused()
{
    Toast toast(m_fixture.theme, m_page.get());
    toast.setLifetime(100);
    QSignalSpy expired(&toast, &Toast::expired);
    toast.showMessage(QStringLiteral("beta serves 2.4.0."), QStringLiteral("Undo"));
    toast.findChild<QPushButton *>(QStringLiteral("undoButton"))->setFocus();
    QVERIFY(!expired.wait(400));
    QVERIFY(toast.isVisible());
    m_below->setFocus();
    QVERIFY(expired.wait(2000));
}

} // namespace gatehouse::widgets

QTEST_MAIN(gatehouse::widgets::ReviewSheetTest)
#include "reviewsheet_test.moc"
