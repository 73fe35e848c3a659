// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/canonicaljson.h"
#include "crypto/digest.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::crypto;

class CanonicalJsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(QStringLiteral(GATEHOUSE_FIXTURES "/gatehouse-v1/vectors.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_vectors = QJsonDocument::fromJson(file.readAll()).object();
    }

    void theVectorOfAnApproval()
    {
        const QJsonObject expected = m_vectors.value(QLatin1String("canonical")).toObject();
        const auto bytes = canonicalJson(expected.value(QLatin1String("value")));
        QVERIFY(bytes);
        QCOMPARE(bytes->size(), qsizetype(expected.value(QLatin1String("bytes")).toInteger()));
        QCOMPARE(sha256Hex(*bytes), expected.value(QLatin1String("sha256")).toString());
        const auto again = parseStrictJson(*bytes);
        QVERIFY(again);
        QCOMPARE(*again, expected.value(QLatin1String("value")));
    }

    void theVectorsOfAJournal()
    {
        const QJsonArray journal = m_vectors.value(QLatin1String("journal")).toArray();
        QCOMPARE(journal.size(), 3);
        for (const QJsonValue &line : journal) {
            const auto bytes = canonicalJson(line.toObject().value(QLatin1String("record")));
            QVERIFY(bytes);
            QCOMPARE(sha256Hex(*bytes), line.toObject().value(QLatin1String("digest")).toString());
        }
    }

    void keysAreSortedByTheirUtf8Bytes()
    {
        // U+1D306 is before U+FF5E in UTF-16 units and behind it in UTF-8.
        const char32_t tetragram = 0x1D306;
        QJsonObject object;
        object.insert(QString::fromUcs4(&tetragram, 1), 1);
        object.insert(QString(QChar(0xFF5E)), 2);
        object.insert(QStringLiteral("b"), 3);
        object.insert(QStringLiteral("B"), 4);
        object.insert(QString(), 5);
        QCOMPARE(canonicalJson(object).value(),
                 QByteArray("{\"\":5,\"B\":4,\"b\":3,\"\xef\xbd\x9e\":2,\"\xf0\x9d\x8c\x86\":1}"));
    }

    void onlyWhatMustBeIsEscaped()
    {
        QString text;
        for (char16_t c = 0; c < 0x21; ++c) {
            text.append(QChar(c));
        }
        text.append(QStringLiteral("\"\\/\x7f"));
        QCOMPARE(
            canonicalJson(QJsonValue(text)).value(),
            QByteArray(
                "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u00"
                "0f"
                "\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c"
                "\\u001d\\u001e\\u001f \\\"\\\\/\x7f\""));
    }

    void numbersAreIntegers()
    {
        QCOMPARE(canonicalJson(QJsonValue(qint64(9007199254740991))).value(), QByteArray("9007199254740991"));
        QCOMPARE(canonicalJson(QJsonValue(-3.0)).value(), QByteArray("-3"));
        QCOMPARE(canonicalJson(QJsonValue(-0.0)).value(), QByteArray("0"));
        for (const double number : {0.5, 1e300, -1e17}) {
            const auto bytes = canonicalJson(QJsonValue(number));
            QVERIFY(!bytes);
            QCOMPARE(bytes.error().id, QStringLiteral("crypto.json.canonical"));
        }
    }

    void halfACharacterIsRefused()
    {
        QVERIFY(!canonicalJson(QJsonValue(QString(QChar(0xD800)))));
        QVERIFY(!canonicalJson(QJsonObject{{QString(QChar(0xDC00)), 1}}));
    }

    void readsJson_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("canonical");
        QTest::newRow("white space") << QByteArray(" \t\r\n{ \"b\" : [ 1 , -2 ] , \"a\" : null } ")
                                     << QByteArray("{\"a\":null,\"b\":[1,-2]}");
        QTest::newRow("escapes") << QByteArray("\"\\u00e4\\/\\uD834\\udf06\\n\"")
                                 << QByteArray("\"ä/\xf0\x9d\x8c\x86\\n\"");
        QTest::newRow("a zero inside") << QByteArray("\"\\u0000\"") << QByteArray("\"\\u0000\"");
        QTest::newRow("words") << QByteArray("[true,false,null]") << QByteArray("[true,false,null]");
        QTest::newRow("nothing") << QByteArray("{}") << QByteArray("{}");
        QTest::newRow("a mark of byte order inside a text")
            << QByteArray("\"\xef\xbb\xbf\"") << QByteArray("\"\xef\xbb\xbf\"");
        QTest::newRow("64 levels") << QByteArray("[").repeated(64) + QByteArray("]").repeated(64)
                                   << QByteArray("[").repeated(64) + QByteArray("]").repeated(64);
    }

    void readsJson()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, canonical);
        const auto value = parseStrictJson(json);
        QVERIFY2(value, value ? "" : qPrintable(value.error().toText()));
        QCOMPARE(canonicalJson(*value).value(), canonical);
    }

    void refusesWhatHasTwoMeanings_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("doubled key") << QByteArray("{\"a\":1,\"a\":1}");
        QTest::newRow("doubled key by escape") << QByteArray("{\"a\":1,\"\\u0061\":2}");
        QTest::newRow("doubled key deep inside") << QByteArray("[{\"x\":{\"a\":1,\"b\":2,\"a\":3}}]");
        QTest::newRow("something behind") << QByteArray("{} {}");
        QTest::newRow("a zero behind") << QByteArray("{}\0", 3);
        QTest::newRow("fraction") << QByteArray("1.0");
        QTest::newRow("exponent") << QByteArray("1e2");
        QTest::newRow("leading zero") << QByteArray("01");
        QTest::newRow("minus zero") << QByteArray("-0");
        QTest::newRow("plus") << QByteArray("+1");
        QTest::newRow("only minus") << QByteArray("-");
        QTest::newRow("54 bits") << QByteArray("9007199254740992");
        QTest::newRow("very many digits") << QByteArray("9").repeated(400);
        QTest::newRow("trailing comma in a list") << QByteArray("[1,]");
        QTest::newRow("trailing comma in an object") << QByteArray("{\"a\":1,}");
        QTest::newRow("key without quotes") << QByteArray("{a:1}");
        QTest::newRow("no colon") << QByteArray("{\"a\" 1}");
        QTest::newRow("no value") << QByteArray("{\"a\":}");
        QTest::newRow("single quotes") << QByteArray("'a'");
        QTest::newRow("comment") << QByteArray("/* */ 1");
        QTest::newRow("mark of byte order in front") << QByteArray("\xef\xbb\xbf{}");
        QTest::newRow("control character in a text") << QByteArray("\"a\nb\"");
        QTest::newRow("unknown escape") << QByteArray("\"\\x41\"");
        QTest::newRow("short escape") << QByteArray("\"\\u12\"");
        QTest::newRow("first half of a character") << QByteArray("\"\\ud834\"");
        QTest::newRow("second half of a character") << QByteArray("\"\\udf06\"");
        QTest::newRow("two first halves") << QByteArray("\"\\ud834\\ud834\"");
        QTest::newRow("text without end") << QByteArray("\"abc");
        QTest::newRow("escape at the end") << QByteArray("\"abc\\");
        QTest::newRow("broken UTF-8") << QByteArray("\"\xc3\"");
        QTest::newRow("overlong UTF-8") << QByteArray("\"\xc0\xaf\"");
        QTest::newRow("half a character in UTF-8") << QByteArray("\"\xed\xa0\x80\"");
        QTest::newRow("a wrong word") << QByteArray("True");
        QTest::newRow("not a number") << QByteArray("NaN");
        QTest::newRow("list without end") << QByteArray("[1");
        QTest::newRow("object without end") << QByteArray("{\"a\":1");
        QTest::newRow("a hundred thousand levels") << QByteArray("[").repeated(100000);
    }

    void refusesWhatHasTwoMeanings()
    {
        QFETCH(QByteArray, json);
        const auto value = parseStrictJson(json);
        QVERIFY(!value);
        QCOMPARE(value.error().id, QStringLiteral("crypto.json"));
        QVERIFY(value.error().details.constFirst().startsWith(QStringLiteral("byte ")));
    }

    void everyCutOfAValueIsRefused()
    {
        const QByteArray whole =
            canonicalJson(
                m_vectors.value(QLatin1String("canonical")).toObject().value(QLatin1String("value")))
                .value();
        for (qsizetype length = 0; length < whole.size(); ++length) {
            QVERIFY(!parseStrictObject(whole.first(length)));
        }
    }

    void unknownKeysAreNamed()
    {
        const QJsonObject object{{QStringLiteral("a"), 1}, {QStringLiteral("z"), 1}};
        QVERIFY(requireOnlyKeys(object, {"a", "z", "q"}, QStringLiteral("envelope")));
        const auto known = requireOnlyKeys(object, {"a"}, QStringLiteral("envelope"));
        QVERIFY(!known);
        QCOMPARE(known.error().cause, QStringLiteral("“envelope” has the key “z”."));
    }

private:
    QJsonObject m_vectors;
};

QTEST_GUILESS_MAIN(CanonicalJsonTest)
#include "test_canonicaljson.moc"
