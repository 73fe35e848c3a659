// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jsonreader.h"

#include <QTest>

using namespace gatehouse;

class JsonReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatIsAgreed();
    void optionalFieldsMayBeMissingOrNull();
    void namesWhatIsNotAsAgreed_data();
    void namesWhatIsNotAsAgreed();
    void optionalFieldsMustStillHaveTheirType();
    void theFirstComplaintWins();
    void unknownKeysAreIgnored();
    void bytesMustBeTheRightKindOfJson_data();
    void bytesMustBeTheRightKindOfJson();
    void eachElementHasItsPath();
};

namespace {

QJsonObject parsed(const char *json)
{
    return parseJsonObject(QByteArray(json), QStringLiteral("test")).value();
}

/// Reads the field "x" of an object as the type.
Result<void> readAs(const QString &type, JsonReader &in)
{
    if (type == QLatin1String("text")) {
        static_cast<void>(in.text("x"));
    } else if (type == QLatin1String("integer")) {
        static_cast<void>(in.integer("x"));
    } else if (type == QLatin1String("number")) {
        static_cast<void>(in.number("x"));
    } else if (type == QLatin1String("boolean")) {
        static_cast<void>(in.boolean("x"));
    } else if (type == QLatin1String("time")) {
        static_cast<void>(in.time("x"));
    } else if (type == QLatin1String("object")) {
        static_cast<void>(in.object("x"));
    } else {
        static_cast<void>(in.array("x"));
    }
    return in.finish();
}

} // namespace

void JsonReaderTest::readsWhatIsAgreed()
{
    JsonReader in(
        parsed(
            R"({"t":"ü","i":-9007199254740991,"n":0.5,"b":true,"w":"2026-07-20T10:00:00Z","o":{"k":1},"a":[1]})"),
        QStringLiteral("thing"));
    QCOMPARE(in.text("t"), QStringLiteral("ü"));
    QCOMPARE(in.integer("i"), qint64(-9007199254740991));
    QCOMPARE(in.number("n"), 0.5);
    QCOMPARE(in.boolean("b"), true);
    QCOMPARE(toMs(in.time("w")), qint64(1784541600000));
    QCOMPARE(in.object("o").value(QStringLiteral("k")).toInt(), 1);
    QCOMPARE(in.array("a").size(), qsizetype(1));
    QCOMPARE(in.optText("t").value_or(QString()), QStringLiteral("ü"));
    QCOMPARE(in.optBoolean("b").value_or(false), true);
    QVERIFY(in.finish().has_value());
}

void JsonReaderTest::optionalFieldsMayBeMissingOrNull()
{
    JsonReader in(parsed(R"({"null":null})"), QStringLiteral("thing"));
    for (const char *key : {"null", "missing"}) {
        QVERIFY(!in.optText(key).has_value());
        QVERIFY(!in.optInteger(key).has_value());
        QVERIFY(!in.optNumber(key).has_value());
        QVERIFY(!in.optBoolean(key).has_value());
        QVERIFY(!in.optTime(key).has_value());
        QVERIFY(!in.optObject(key).has_value());
        QVERIFY(in.optArray(key).isEmpty());
    }
    QVERIFY(in.finish().has_value());
}

void JsonReaderTest::namesWhatIsNotAsAgreed_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char *name, const char *type, const char *json) {
        QTest::newRow(name) << QString::fromLatin1(type) << QByteArray(json);
    };
    row("text missing", "text", R"({})");
    row("text is null", "text", R"({"x":null})");
    row("text is a number", "text", R"({"x":5})");
    row("whole number is a text", "integer", R"({"x":"5"})");
    row("whole number has a fraction", "integer", R"({"x":5.5})");
    row("whole number is too large to be exact", "integer", R"({"x":9007199254740992})");
    row("whole number is huge", "integer", R"({"x":1e300})");
    row("number is a text", "number", R"({"x":"1"})");
    row("number is true", "number", R"({"x":true})");
    row("boolean is 1", "boolean", R"({"x":1})");
    row("boolean is a text", "boolean", R"({"x":"true"})");
    row("time is a number", "time", R"({"x":1784541600})");
    row("time is nonsense", "time", R"({"x":"soon"})");
    row("object is an array", "object", R"({"x":[]})");
    row("array is an object", "array", R"({"x":{}})");
    row("array missing", "array", R"({})");
}

void JsonReaderTest::namesWhatIsNotAsAgreed()
{
    QFETCH(QString, type);
    QFETCH(QByteArray, json);
    JsonReader in(parseJsonObject(json, QStringLiteral("t")).value(), QStringLiteral("channel[3]"));
    const auto result = readAs(type, in);
    QVERIFY(!result.has_value());
    QCOMPARE(result.error().id, QStringLiteral("wire.json"));
    QCOMPARE(result.error().kind, ErrorKind::Protocol);
    QVERIFY2(result.error().cause.startsWith(QStringLiteral("channel[3].x should be ")),
             qPrintable(result.error().cause));
}

void JsonReaderTest::optionalFieldsMustStillHaveTheirType()
{
    JsonReader in(parsed(R"({"x":"5"})"), QStringLiteral("thing"));
    static_cast<void>(in.optInteger("x"));
    QCOMPARE(in.finish().error().cause, QStringLiteral("thing.x should be a whole number."));
}

void JsonReaderTest::theFirstComplaintWins()
{
    JsonReader in(parsed(R"({})"), QStringLiteral("thing"));
    static_cast<void>(in.text("first"));
    static_cast<void>(in.integer("second"));
    in.complain("third", QStringLiteral("%1 should be something else."));
    QCOMPARE(in.finish().error().cause, QStringLiteral("thing.first should be a text."));
}

void JsonReaderTest::unknownKeysAreIgnored()
{
    JsonReader in(parsed(R"({"known":"a","new in a later version":[{}]})"), QStringLiteral("thing"));
    QCOMPARE(in.text("known"), QStringLiteral("a"));
    QVERIFY(in.finish().has_value());
}

void JsonReaderTest::bytesMustBeTheRightKindOfJson_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isObject");
    QTest::addColumn<bool>("isArray");
    QTest::newRow("object") << QByteArray("{}") << true << false;
    QTest::newRow("array") << QByteArray("[]") << false << true;
    QTest::newRow("nothing") << QByteArray() << false << false;
    QTest::newRow("number") << QByteArray("5") << false << false;
    QTest::newRow("null") << QByteArray("null") << false << false;
    QTest::newRow("web page") << QByteArray("<html></html>") << false << false;
    QTest::newRow("cut off") << QByteArray(R"({"a":)") << false << false;
    QTest::newRow("something behind") << QByteArray("{}{}") << false << false;
    QTest::newRow("nested too deep") << QByteArray(5000, '[') + QByteArray(5000, ']') << false << false;
}

void JsonReaderTest::bytesMustBeTheRightKindOfJson()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isObject);
    QFETCH(bool, isArray);
    const auto object = parseJsonObject(bytes, QStringLiteral("answer"));
    const auto array = parseJsonArray(bytes, QStringLiteral("answer"));
    QCOMPARE(object.has_value(), isObject);
    QCOMPARE(array.has_value(), isArray);
    if (!isObject) {
        QCOMPARE(object.error().id, QStringLiteral("wire.json"));
        QVERIFY(object.error().cause.startsWith(QStringLiteral("answer should be ")));
    }
    if (!isArray) {
        QCOMPARE(array.error().kind, ErrorKind::Protocol);
    }
}

void JsonReaderTest::eachElementHasItsPath()
{
    const auto read = [](const QJsonObject &object, const QString &path) -> Result<QString> {
        JsonReader in(object, path);
        QString name = in.text("name");
        GATEHOUSE_TRY(in.finish());
        return name;
    };
    const auto good =
        readEach<QString>(parseJsonArray(R"([{"name":"a"},{"name":"b"}])", QStringLiteral("t")).value(),
                          QStringLiteral("list"), read);
    QCOMPARE(good.value(), QVector<QString>({QStringLiteral("a"), QStringLiteral("b")}));
    for (const char *json : {R"([{"name":"a"},{}])", R"([{"name":"a"},"b"])", R"([{"name":"a"},null])"}) {
        const auto bad = readEach<QString>(parseJsonArray(json, QStringLiteral("t")).value(),
                                           QStringLiteral("list"), read);
        QVERIFY2(!bad.has_value(), json);
        QCOMPARE(bad.error().cause, QStringLiteral("list[1].name should be a text."));
    }
}

QTEST_APPLESS_MAIN(JsonReaderTest)
#include "test_jsonreader.moc"
