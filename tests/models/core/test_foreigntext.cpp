// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foreigntext.h"

#include <QTest>

using namespace gatehouse;

class ForeignTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void invisibleCharactersGo_data();
    void invisibleCharactersGo();
    void longTextIsCutWithAnEllipsis();
    void aCutNeverHalvesACharacter();
    void csvFields_data();
    void csvFields();
    void csvRowsReadBack();
};

void ForeignTextTest::invisibleCharactersGo_data()
{
    QTest::addColumn<QString>("foreign");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << QStringLiteral("2.4.1") << QStringLiteral("2.4.1");
    QTest::newRow("markup stays as it was typed")
        << QStringLiteral("<b>x</b>&amp;") << QStringLiteral("<b>x</b>&amp;");
    QTest::newRow("other scripts") << QStringLiteral("שלום 生産 é") << QStringLiteral("שלום 生産 é");
    QTest::newRow("emoji") << QString::fromUtf8("a\xF0\x9F\x98\x80z")
                           << QString::fromUtf8("a\xF0\x9F\x98\x80z");
    for (const char16_t control :
         {u'\u202A', u'\u202B', u'\u202C', u'\u202D', u'\u202E', u'\u2066', u'\u2067', u'\u2068', u'\u2069',
          u'\u200E', u'\u200F', u'\u061C', u'\u200B', u'\u200D', u'\uFEFF', u'\u2028', u'\u2029'}) {
        QTest::newRow(qPrintable(QStringLiteral("U+%1 goes").arg(ushort(control), 4, 16, QLatin1Char('0'))))
            << QStringLiteral("a") + QChar(control) + QStringLiteral("b") << QStringLiteral("ab");
    }
    QTest::newRow("line breaks, tabs, zeros, escapes become blanks")
        << QStringLiteral("a\nb\tc") + QChar(0) + QStringLiteral("d\x1b[31m")
        << QStringLiteral("a b c d [31m");
    QTest::newRow("tag characters beyond the first plane go")
        << QString::fromUtf8("a\xF3\xA0\x81\x81z") << QStringLiteral("az");
    QTest::newRow("half a character is shown as broken")
        << QStringLiteral("a") + QChar(0xD83D) + QStringLiteral("b") << QStringLiteral("a\uFFFDb");
    QTest::newRow("empty") << QString() << QString();
}

void ForeignTextTest::invisibleCharactersGo()
{
    QFETCH(QString, foreign);
    QFETCH(QString, shown);
    QCOMPARE(displayable(foreign), shown);
}

void ForeignTextTest::longTextIsCutWithAnEllipsis()
{
    const QString exact(256, QLatin1Char('x'));
    QCOMPARE(displayable(exact), exact);
    QCOMPARE(displayable(exact + QLatin1Char('y')), QString(exact + QChar(0x2026)));
    QCOMPARE(displayable(QStringLiteral("abcdef"), 3), QStringLiteral("abc…"));
    // What goes anyway does not count.
    QCOMPARE(displayable(QStringLiteral("abc") + QString(50, QChar(0x202E)), 3), QStringLiteral("abc"));
}

void ForeignTextTest::aCutNeverHalvesACharacter()
{
    const QString smile = QString::fromUtf8("\xF0\x9F\x98\x80");
    QCOMPARE(displayable(smile + smile, 3), QString(smile + QChar(0x2026)));
    QVERIFY(displayable(smile + smile, 3).isValidUtf16());
}

void ForeignTextTest::csvFields_data()
{
    QTest::addColumn<QString>("foreign");
    QTest::addColumn<QString>("field");
    QTest::newRow("plain") << QStringLiteral("2.4.1") << QStringLiteral("2.4.1");
    QTest::newRow("comma") << QStringLiteral("a,b") << QStringLiteral("\"a,b\"");
    QTest::newRow("quote") << QStringLiteral("a\"b") << QStringLiteral("\"a\"\"b\"");
    QTest::newRow("line break") << QStringLiteral("a\nb") << QStringLiteral("\"a\nb\"");
    QTest::newRow("formula") << QStringLiteral("=cmd()") << QStringLiteral("'=cmd()");
    QTest::newRow("formula with a comma") << QStringLiteral("=cmd(1,2)") << QStringLiteral("\"'=cmd(1,2)\"");
    QTest::newRow("plus") << QStringLiteral("+1") << QStringLiteral("'+1");
    QTest::newRow("minus") << QStringLiteral("-1") << QStringLiteral("'-1");
    QTest::newRow("at sign") << QStringLiteral("@SUM(A1)") << QStringLiteral("'@SUM(A1)");
    QTest::newRow("tab") << QStringLiteral("\t=1") << QStringLiteral("'\t=1");
    QTest::newRow("carriage return") << QStringLiteral("\r=1") << QStringLiteral("\"'\r=1\"");
    QTest::newRow("equals sign inside") << QStringLiteral("a=b") << QStringLiteral("a=b");
    QTest::newRow("empty") << QString() << QString();
}

void ForeignTextTest::csvFields()
{
    QFETCH(QString, foreign);
    QFETCH(QString, field);
    QCOMPARE(csvField(foreign), field);
}

namespace {

/// The fields of one CSV row, read as RFC 4180 has it.
QStringList readRow(const QString &row)
{
    QStringList fields(QString{});
    bool quoted = false;
    for (qsizetype i = 0; i < row.size(); ++i) {
        const QChar c = row.at(i);
        if (quoted && c == QLatin1Char('"') && row.mid(i + 1, 1) == QLatin1String("\"")) {
            fields.last() += c;
            ++i;
        } else if (c == QLatin1Char('"')) {
            quoted = !quoted;
        } else if (c == QLatin1Char(',') && !quoted) {
            fields.append(QString());
        } else {
            fields.last() += c;
        }
    }
    return fields;
}

} // namespace

void ForeignTextTest::csvRowsReadBack()
{
    const QStringList foreign{QStringLiteral("a,\"b\"\n"), QString(), QStringLiteral("\",\""),
                              QStringLiteral("<b>")};
    QStringList fields;
    for (const QString &text : foreign) {
        fields.append(csvField(text));
    }
    QCOMPARE(readRow(fields.join(QLatin1Char(','))), foreign);
}

QTEST_APPLESS_MAIN(ForeignTextTest)
#include "test_foreigntext.moc"
