// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/tooltip.h"

#include <QTest>
#include <QTextDocument>

using namespace gatehouse::widgets;

class ToolTipTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isShownLetterByLetter_data();
    void isShownLetterByLetter();
};

void ToolTipTest::isShownLetterByLetter_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"2.4.1", "A & B", "<b>bold</b>", "<img src=x>", "&lt;b&gt;", "a < b > c",
                             "<b>A & B</b>", "<!DOCTYPE html><p>x", "=cmd()", ""}) {
        QTest::newRow(text) << QString::fromLatin1(text);
    }
}

void ToolTipTest::isShownLetterByLetter()
{
    QFETCH(QString, text);
    const QString tip = plainToolTip(text);
    // What QLabel, which draws a tool tip, does with it.
    QString seen = tip;
    if (Qt::mightBeRichText(tip)) {
        QTextDocument document;
        document.setHtml(tip);
        seen = document.toPlainText();
    }
    QCOMPARE(seen, text);
}

QTEST_MAIN(ToolTipTest)
#include "tooltip_test.moc"
