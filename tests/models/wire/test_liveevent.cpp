// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/liveevent.h"

#include <QTest>

#include <random>

using namespace gatehouse::wire;

class LiveEventTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsBackWhateverThePieces();
    void takesWhatTheStandardAllows_data();
    void takesWhatTheStandardAllows();
    void anEndlessEventDoesNotFillTheMemory();
    void nonsenseNeverEndsTheProgram();
};

namespace {

QVector<LiveEvent> examples()
{
    return {{1, QStringLiteral("channel"), {{QStringLiteral("name"), QStringLiteral("production")}}},
            {2, QStringLiteral("stats"), {{QStringLiteral("text"), QStringLiteral("ü\n\n\"\r\n: x")}}},
            {9007199254740991, QStringLiteral("reset"), {}}};
}

} // namespace

void LiveEventTest::readsBackWhateverThePieces()
{
    QByteArray stream;
    for (const LiveEvent &event : examples()) {
        stream += event.toStream() + ": heartbeat\n\n";
    }
    for (const QByteArray &form : {stream, QByteArray(stream).replace("\n", "\r\n")}) {
        for (qsizetype piece = 1; piece <= form.size(); ++piece) {
            LiveEventParser parser;
            QVector<LiveEvent> events;
            for (qsizetype start = 0; start < form.size(); start += piece) {
                events += parser.feed(form.mid(start, piece));
            }
            QCOMPARE(events.size(), examples().size());
            for (qsizetype i = 0; i < events.size(); ++i) {
                QCOMPARE(events.at(i).id, examples().at(i).id);
                QCOMPARE(events.at(i).type, examples().at(i).type);
                QCOMPARE(events.at(i).data, examples().at(i).data);
            }
        }
    }
}

void LiveEventTest::takesWhatTheStandardAllows_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<int>("count");
    QTest::newRow("without blanks after the colons") << QByteArray("id:5\nevent:x\ndata:{}\n\n") << 1;
    QTest::newRow("without type") << QByteArray("data: {}\n\n") << 1;
    QTest::newRow("data over two lines") << QByteArray("data: {\ndata: }\n\n") << 1;
    QTest::newRow("unknown field") << QByteArray("retry: 5\ndata: {}\n\n") << 1;
    QTest::newRow("comment only") << QByteArray(": still there\n\n") << 0;
    QTest::newRow("no data") << QByteArray("id: 5\nevent: x\n\n") << 0;
    QTest::newRow("data is no JSON") << QByteArray("data: hello\n\ndata: {}\n\n") << 1;
    QTest::newRow("data is no object") << QByteArray("data: [1]\n\n") << 0;
    QTest::newRow("not complete") << QByteArray("data: {}\n") << 0;
    QTest::newRow("nothing") << QByteArray() << 0;
}

void LiveEventTest::takesWhatTheStandardAllows()
{
    QFETCH(QByteArray, stream);
    QFETCH(int, count);
    QCOMPARE(LiveEventParser().feed(stream).size(), qsizetype(count));
}

void LiveEventTest::anEndlessEventDoesNotFillTheMemory()
{
    LiveEventParser parser;
    for (int i = 0; i < 64; ++i) {
        QVERIFY(parser.feed(QByteArray(65536, 'x')).isEmpty());
    }
    // It comes to itself with the next whole event.
    QVERIFY(parser.feed("\n\n").isEmpty());
    QCOMPARE(parser.feed("id: 3\ndata: {}\n\n").size(), qsizetype(1));
}

void LiveEventTest::nonsenseNeverEndsTheProgram()
{
    std::mt19937 random(20261123);
    const QByteArray alphabet("id:event\n\r data{}\"\\:,[]0x\xC3\xFF");
    for (int round = 0; round < 2000; ++round) {
        QByteArray bytes;
        for (auto i = random() % 200; i > 0; --i) {
            bytes += alphabet.at(static_cast<qsizetype>(random()) % alphabet.size());
        }
        LiveEventParser parser;
        const auto count = parser.feed(bytes).size();
        QVERIFY(count <= bytes.count('\n'));
    }
}

QTEST_APPLESS_MAIN(LiveEventTest)
#include "test_liveevent.moc"
