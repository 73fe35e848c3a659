// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/byterange.h"

#include <QTest>

using gatehouse::server::ByteRange;
using gatehouse::server::parseByteRange;

class ByteRangeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ranges_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("kind");
        QTest::addColumn<qint64>("first");
        QTest::addColumn<qint64>("length");
        const int whole = static_cast<int>(ByteRange::Kind::Whole);
        const int part = static_cast<int>(ByteRange::Kind::Part);
        const int none = static_cast<int>(ByteRange::Kind::Unsatisfiable);
        QTest::newRow("absent") << QByteArray() << whole << qint64{0} << qint64{100};
        QTest::newRow("first byte") << QByteArray("bytes=0-0") << part << qint64{0} << qint64{1};
        QTest::newRow("from the middle") << QByteArray("bytes=40-") << part << qint64{40} << qint64{60};
        QTest::newRow("beyond the end is cut")
            << QByteArray("bytes=90-500") << part << qint64{90} << qint64{10};
        QTest::newRow("last bytes") << QByteArray("bytes=-7") << part << qint64{93} << qint64{7};
        QTest::newRow("more last bytes than there are")
            << QByteArray("bytes=-700") << part << qint64{0} << qint64{100};
        QTest::newRow("starts at the end") << QByteArray("bytes=100-") << none << qint64{0} << qint64{0};
        QTest::newRow("no last bytes") << QByteArray("bytes=-0") << none << qint64{0} << qint64{0};
        QTest::newRow("backwards") << QByteArray("bytes=9-3") << whole << qint64{0} << qint64{100};
        QTest::newRow("several") << QByteArray("bytes=0-1,5-6") << whole << qint64{0} << qint64{100};
        QTest::newRow("other unit") << QByteArray("rows=0-1") << whole << qint64{0} << qint64{100};
        QTest::newRow("sign") << QByteArray("bytes=+1-5") << whole << qint64{0} << qint64{100};
        QTest::newRow("too many digits")
            << QByteArray("bytes=99999999999999999999-") << whole << qint64{0} << qint64{100};
    }
    void ranges()
    {
        QFETCH(QByteArray, header);
        QFETCH(int, kind);
        QFETCH(qint64, first);
        QFETCH(qint64, length);
        const ByteRange range = parseByteRange(header, 100);
        QCOMPARE(static_cast<int>(range.kind), kind);
        QCOMPARE(range.first, first);
        QCOMPARE(range.length, length);
    }

    void ifRangeDecides()
    {
        QCOMPARE(parseByteRange("bytes=1-2", 100, "\"a\"", "\"a\"").kind, ByteRange::Kind::Part);
        QCOMPARE(parseByteRange("bytes=1-2", 100, "\"b\"", "\"a\"").kind, ByteRange::Kind::Whole);
    }

    void emptyFileHasNoPart()
    {
        QCOMPARE(parseByteRange("bytes=0-", 0).kind, ByteRange::Kind::Unsatisfiable);
        QCOMPARE(parseByteRange("bytes=-5", 0).kind, ByteRange::Kind::Unsatisfiable);
    }
};

QTEST_GUILESS_MAIN(ByteRangeTest)
#include "test_byterange.moc"
