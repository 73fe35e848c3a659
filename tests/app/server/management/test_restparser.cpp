// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/rest/likematch.h"
#include "server/management/rest/restquery.h"

#include <QElapsedTimer>
#include <QTest>

using namespace gatehouse::server;
using namespace gatehouse::server::rest;

namespace {

const QJsonObject kRow{{QStringLiteral("id"), 12},
                       {QStringLiteral("name"), QStringLiteral("production")},
                       {QStringLiteral("public"), true},
                       {QStringLiteral("version"), QJsonValue::Null},
                       {QStringLiteral("share"), 2500.5},
                       {QStringLiteral("comment"), QStringLiteral("a,b (c) \"d\" 100%")},
                       {QStringLiteral("updated_at"), QStringLiteral("2026-07-20T10:00:00.123Z")}};

Request requestFor(const QByteArray &query, const QVector<std::pair<QByteArray, QByteArray>> &headers = {})
{
    Request request;
    request.query = QueryParameters::parse(query);
    request.headers = headers;
    return request;
}

/// "a,b:c(d,e:f(g))" of a parsed select, to compare with.
QString written(const QVector<SelectItem> &items)
{
    QStringList parts;
    for (const SelectItem &item : items) {
        QString part = item.alias.isEmpty() ? item.name : QString(item.alias + QLatin1Char(':') + item.name);
        if (!item.hint.isEmpty()) {
            part += QLatin1Char('!') + item.hint;
        }
        if (item.inner) {
            part += QLatin1String("!inner");
        }
        if (item.isEmbed) {
            part += QLatin1Char('(') + written(item.parts) + QLatin1Char(')');
        }
        parts.append(part);
    }
    return parts.join(QLatin1Char(','));
}

} // namespace

class TestRestParser : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void conditions_data();
    void conditions();
    void brokenConditions_data();
    void brokenConditions();
    void selects_data();
    void selects();
    void brokenSelects_data();
    void brokenSelects();
    void deepNestingIsRefused();
    void orders();
    void nullsOrder();
    void limits();
    void ranges_data();
    void ranges();
    void preferences();
    void equalTo();
    void likePatterns();
    void likeIsQuick();
    void comparesTimes();
};

void TestRestParser::conditions_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char *query, bool matches) {
        QTest::newRow(query) << QByteArray(query) << matches;
    };
    row("id=eq.12", true);
    row("id=eq.13", false);
    row("id=neq.13", true);
    row("id=gt.11", true);
    row("id=gt.12", false);
    row("id=gte.12", true);
    row("id=lt.100", true);
    row("id=lte.11", false);
    row("share=eq.2500.5", true);
    row("name=eq.production", true);
    row("name=eq.Production", false);
    row("name=like.prod*", true);
    row("name=like.prod%25", true);
    row("name=like.p_oduction", true);
    row("name=like.rod", false);
    row("name=ilike.PROD*", true);
    row("public=is.true", true);
    row("public=is.false", false);
    row("public=eq.true", true);
    row("version=is.null", true);
    row("version=not.is.null", false);
    row("version=eq.4", false);
    row("version=neq.4", false); // unknown, as in SQL
    row("version=not.eq.4", false);
    row("version=in.(1,2)", false);
    row("id=in.(1,12,3)", true);
    row("id=in.()", false);
    row("id=not.in.(1,2)", true);
    row("name=in.(\"production\",beta)", true);
    row("comment=in.(\"a,b (c) \\\"d\\\" 100%25\")", true);
    row("comment=eq.a,b (c) \"d\" 100%25", true);
    row("updated_at=eq.2026-07-20T10:00:00.123Z", true);
    row("updated_at=eq.2026-07-20T10:00:00.123%2B00:00", true);
    row("updated_at=eq.2026-07-20T10:00:00.123+00:00", true);
    row("updated_at=eq.2026-07-20T12:00:00.123%2B02:00", true);
    row("updated_at=gt.2026-07-20T10:00:00Z", true);
    row("id=eq.12&name=eq.beta", false);
    row("or=(id.eq.1,name.eq.production)", true);
    row("or=(id.eq.1,name.eq.beta)", false);
    row("and=(id.eq.12,public.is.true)", true);
    row("and=(id.eq.12,or(name.eq.x,version.is.null))", true);
    row("not.and=(id.eq.12,public.is.true)", false);
    row("or=(id.eq.1,not.and(public.is.true,id.eq.3))", true);
    row("or=(name.in.(a,b),id.in.(12))", true);
    row("or=(version.eq.4,id.eq.12)", true);
    row("or=(version.eq.4,id.eq.1)", false);
    row("", true);
}

void TestRestParser::conditions()
{
    QFETCH(QByteArray, query);
    QFETCH(bool, matches);
    const auto parsed = parseQuery(requestFor(query));
    QVERIFY2(parsed.has_value(), query.constData());
    QCOMPARE(parsed->matches(kRow), matches);
}

void TestRestParser::brokenConditions_data()
{
    QTest::addColumn<QByteArray>("query");
    for (const char *query : {"id=12",       "id=eq",       "id=foo.12",     "id=.12",
                              "i d=eq.1",    "id->x=eq.1",  "id=in.1,2",     "id=in.(1",
                              "id=in.1)",    "id=is.maybe", "or=id.eq.1",    "or=()",
                              "or=(id.eq.1", "or=(id)",     "or=(id.eq.1))", "or=(name.eq.\"x)",
                              "limit=x",     "limit=-1",    "offset=1.5",    "order=id.sideways",
                              "order=",      "select=a(",   "a;b=eq.1"}) {
        QTest::newRow(query) << QByteArray(query);
    }
}

void TestRestParser::brokenConditions()
{
    QFETCH(QByteArray, query);
    const auto parsed = parseQuery(requestFor(query));
    QVERIFY(!parsed.has_value());
    QCOMPARE(parsed.error().status, 400);
    QVERIFY(parsed.error().bytes().contains("PGRST100"));
}

void TestRestParser::selects_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("read");
    const auto row = [](const char *text, const char *read) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(read);
    };
    row("", "*");
    row("*", "*");
    row("id,name", "id,name");
    row(" id , name ", "id,name");
    row("n:name", "n:name");
    row("id::text,n:name::text", "id,n:name");
    row("*,version(id,name)", "*,version(id,name)");
    row("version ( id, name )", "version(id,name)");
    row("rollout_version_info:app_versions!channels_rollout_version_fkey(id,name)",
        "rollout_version_info:app_versions!channels_rollout_version_fkey(id,name)");
    row("a!inner(b)", "a!inner(b)");
    row("a!fk!inner(b)", "a!fk!inner(b)");
    row("a!left(b)", "a(b)");
    row("a(b(c),d)", "a(b(c),d)");
    row("a()", "a()");
}

void TestRestParser::selects()
{
    QFETCH(QString, text);
    QFETCH(QString, read);
    const auto items = parseSelect(text);
    QVERIFY(items.has_value());
    QCOMPARE(written(*items), read);
}

void TestRestParser::brokenSelects_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"a,", ",a", "a(b", "a)b", "a(b))", "a!fk", "a!", "a:", ":b", "a->b", "a b", "(a)"}) {
        QTest::newRow(text) << QString::fromLatin1(text);
    }
}

void TestRestParser::brokenSelects()
{
    QFETCH(QString, text);
    QVERIFY(!parseSelect(text).has_value());
}

void TestRestParser::deepNestingIsRefused()
{
    const QString deep =
        QStringLiteral("a(").repeated(5000) + QStringLiteral("b") + QStringLiteral(")").repeated(5000);
    QVERIFY(!parseSelect(deep).has_value());
    const QByteArray groups =
        "or=" + QByteArray("(or").repeated(5000) + "(a.eq.1)" + QByteArray(")").repeated(5000);
    QVERIFY(!parseQuery(requestFor(groups)).has_value());
}

void TestRestParser::orders()
{
    const auto query = parseQuery(requestFor("order=name.desc,id.asc.nullsfirst,share"));
    QVERIFY(query.has_value());
    QCOMPARE(query->order.size(), 3);
    QCOMPARE(query->order.at(0), (OrderItem{QStringLiteral("name"), true, true}));
    QCOMPARE(query->order.at(1), (OrderItem{QStringLiteral("id"), false, true}));
    QCOMPARE(query->order.at(2), (OrderItem{QStringLiteral("share"), false, false}));
}

void TestRestParser::nullsOrder()
{
    const QString key = QStringLiteral("v");
    const QVector<QJsonObject> start{{{key, 2}}, {{key, QJsonValue::Null}}, {{key, 10}}, {{key, 1}}};
    const auto sorted = [&](const QByteArray &order) {
        QVector<QJsonObject> rows = start;
        sortRows(rows, parseQuery(requestFor("order=" + order))->order);
        QStringList values;
        for (const QJsonObject &row : rows) {
            values.append(row.value(key).toVariant().toString());
        }
        return values.join(QLatin1Char(' '));
    };
    QCOMPARE(sorted("v"), QStringLiteral("1 2 10 "));
    QCOMPARE(sorted("v.desc"), QStringLiteral(" 10 2 1"));
    QCOMPARE(sorted("v.desc.nullslast"), QStringLiteral("10 2 1 "));
    QCOMPARE(sorted("v.nullsfirst"), QStringLiteral(" 1 2 10"));
}

void TestRestParser::limits()
{
    QCOMPARE(parseQuery(requestFor({}))->limit, RestQuery::kMostRows);
    QCOMPARE(parseQuery(requestFor("limit=5&offset=10"))->limit, 5);
    QCOMPARE(parseQuery(requestFor("limit=5&offset=10"))->offset, 10);
    QCOMPARE(parseQuery(requestFor("limit=999999"))->limit, RestQuery::kMostRows);
    QCOMPARE(parseQuery(requestFor("limit=0"))->limit, 0);
}

void TestRestParser::ranges_data()
{
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<bool>("isFine");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("limit");
    QTest::newRow("0-24") << QByteArray("0-24") << true << qint64{0} << qint64{25};
    QTest::newRow("items=5-5") << QByteArray("items=5-5") << true << qint64{5} << qint64{1};
    QTest::newRow("25-") << QByteArray("25-") << true << qint64{25} << RestQuery::kMostRows;
    QTest::newRow("backwards") << QByteArray("9-3") << false << qint64{0} << qint64{0};
    QTest::newRow("text") << QByteArray("a-b") << false << qint64{0} << qint64{0};
    QTest::newRow("huge") << QByteArray("0-99999999999999999999") << false << qint64{0} << qint64{0};
}

void TestRestParser::ranges()
{
    QFETCH(QByteArray, range);
    QFETCH(bool, isFine);
    QFETCH(qint64, offset);
    QFETCH(qint64, limit);
    const auto query = parseQuery(requestFor({}, {{"range", range}}));
    QCOMPARE(query.has_value(), isFine);
    if (isFine) {
        QCOMPARE(query->offset, offset);
        QCOMPARE(query->limit, limit);
    } else {
        QCOMPARE(query.error().status, 416);
    }
}

void TestRestParser::preferences()
{
    const auto read = [](const QByteArray &header) {
        return parsePreferences(requestFor({}, {{"prefer", header}}));
    };
    QVERIFY(read("return=representation").returns == Preferences::Return::Representation);
    QVERIFY(read("return=minimal").returns == Preferences::Return::Minimal);
    const Preferences both = read("resolution=merge-duplicates, return=representation,count=exact");
    QVERIFY(both.resolution == Preferences::Resolution::MergeDuplicates);
    QVERIFY(both.returns == Preferences::Return::Representation);
    QVERIFY(both.countExact);
    QVERIFY(read("nonsense").resolution == Preferences::Resolution::None);
    const auto twice = parsePreferences(
        requestFor({}, {{"prefer", "return=representation"}, {"prefer", "resolution=ignore-duplicates"}}));
    QVERIFY(twice.returns == Preferences::Return::Representation);
    QVERIFY(twice.resolution == Preferences::Resolution::IgnoreDuplicates);
}

void TestRestParser::equalTo()
{
    const auto query =
        parseQuery(requestFor("app_id=eq.com.example.app&id=not.eq.4&name=like.x&or=(a.eq.1)"));
    QCOMPARE(query->equalTo("app_id"), std::optional(QStringLiteral("com.example.app")));
    QVERIFY(!query->equalTo("id"));
    QVERIFY(!query->equalTo("name"));
    QVERIFY(!query->equalTo("a"));
    const auto several = parseQuery(requestFor("id=in.(4,5)&name=eq.x&public=not.in.(true)"));
    QCOMPARE(several->oneOf("id"), std::optional(QStringList{QStringLiteral("4"), QStringLiteral("5")}));
    QCOMPARE(several->oneOf("name"), std::optional(QStringList{QStringLiteral("x")}));
    QVERIFY(!several->oneOf("public"));
}

void TestRestParser::likePatterns()
{
    const auto like = [](const char *pattern, const char *text) {
        return likeMatches(QString::fromLatin1(pattern), QString::fromLatin1(text), Qt::CaseSensitive);
    };
    QVERIFY(like("1.0.*", "1.0.7"));
    QVERIFY(!like("1.0.*", "1x0.7"));
    QVERIFY(like("100\\%", "100%"));
    QVERIFY(!like("100\\%", "1000"));
    QVERIFY(like("*", ""));
    QVERIFY(like("%a%", "line\na"));
    QVERIFY(!like("(a|b)", "a"));
    QVERIFY(like("a%b%c", "aXbYbZc"));
    QVERIFY(!like("a%b%c", "aXbYbZ"));
    QVERIFY(like("", ""));
    QVERIFY(!like("", "a"));
    QVERIFY(!like("_", ""));
    QVERIFY(likeMatches(QStringLiteral("_"), QStringLiteral("👋"), Qt::CaseSensitive));
    QVERIFY(likeMatches(QStringLiteral("%GRÜ%"), QStringLiteral("viele grüße"), Qt::CaseInsensitive));
}

/// A pattern that would keep a searcher with a stack busy for years.
void TestRestParser::likeIsQuick()
{
    QElapsedTimer timer;
    timer.start();
    const QString pattern = QStringLiteral("%a").repeated(60) + QStringLiteral("%b");
    QVERIFY(!likeMatches(pattern, QString(20'000, QLatin1Char('a')), Qt::CaseSensitive));
    QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
}

void TestRestParser::comparesTimes()
{
    const QJsonValue time = QStringLiteral("2026-07-20T10:00:00.123Z");
    QCOMPARE(compareValues(time, QStringLiteral("2026-07-20T10:00:00Z")), std::optional(1));
    QCOMPARE(compareValues(time, QStringLiteral("2026-07-20T10:00:00.124Z")), std::optional(-1));
    QVERIFY(!compareValues(time, QJsonValue()).has_value());
    QCOMPARE(compareValues(9, 10), std::optional(-1));
    QCOMPARE(compareValues(9, QStringLiteral("10")), std::optional(-1));
    QCOMPARE(compareValues(QStringLiteral("9"), QStringLiteral("10")), std::optional(1));
    QVERIFY(compareValues(9, QStringLiteral("nan")) != std::optional(0));
}

QTEST_APPLESS_MAIN(TestRestParser)
#include "test_restparser.moc"
