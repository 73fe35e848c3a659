// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "managementfixture.h"

using namespace gatehouse;
using namespace gatehouse::server;

namespace {

const QByteArray kRows = "Prefer: return=representation\r\n";
const QByteArray kObject = "Accept: application/vnd.pgrst.object+json\r\n";

QString code(const RawAnswer &answer)
{
    return answer.json().value(QLatin1String("code")).toString();
}

QString message(const RawAnswer &answer)
{
    return answer.json().value(QLatin1String("message")).toString();
}

} // namespace

/// Requests to tables that are wrong do nothing and say so. @source spec: management-api, section 3.9;
/// PostgREST
class TestTableRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wrongQueriesChangeNothing_data();
    void wrongQueriesChangeNothing();
    void emptyTablesCheckTheQueryToo();
    void anObjectIsOneRow();
    void errorsHaveOneForm();
    void channelKeysDoNotReadBundles();
    void manifestOfNamedBundles();
    void externalAddressesAreSafe();
    void bundlesKeepTheirNames();
    void conditionsHoldWhenItIsWritten();
    void takenNamesAreNotTold();
    void permissionsOnWhatIsNotThere_data();
    void permissionsOnWhatIsNotThere();
};

void TestTableRules::wrongQueriesChangeNothing_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *query, const char *code) {
        QTest::newRow(query) << QByteArray(query) << text(code);
    };
    row("id=gte.1&select=nocolumn", "42703");
    row("id=gte.1&select=id,nothing(id)", "PGRST200");
    row("id=gte.1&select=id,version(nocolumn)", "42703");
    row("id=gte.1&select=id,app_versions(id)", "PGRST201");
    row("id=gte.1&order=nocolumn", "42703");
    row("id=neq.abc", "22P02");
    row("id=not.eq.abc", "22P02");
    row("rollout_percentage_bps=gte.nan", "22P02");
    row("rollout_percentage_bps=eq.nan", "22P02");
    row("id=in.(1,nan)", "22P02");
    row("id=lt.inf", "22P02");
    row("id=eq.", "22P02");
    row("public=neq.perhaps", "22P02");
    row("or=(id.eq.1,public.neq.perhaps)", "22P02");
    row("version=neq.x", "22P02");
}

void TestTableRules::wrongQueriesChangeNothing()
{
    QFETCH(QByteArray, query);
    QFETCH(QString, code);
    ManagementFixture server;
    server.makeApp();
    server.makeBundle("1.0.0");
    const qint64 id = server.makeChannel("production", {{text("version"), text("1.0.0")}});
    const QByteArray target = "/rest/v1/channels?" + query;
    for (const char *method : {"GET", "PATCH", "DELETE"}) {
        const RawAnswer answer = server.call(method, target, QJsonObject{{text("allow_dev"), false}}, kRows);
        QCOMPARE(answer.status, code == QLatin1String("PGRST201") ? 300 : 400);
        QCOMPARE(::code(answer), code);
    }
    const auto channel = server.store().channel(id);
    QVERIFY(channel->has_value());
    QVERIFY(channel->value().row.allowDev);
    const RawAnswer made = server.call(
        "POST", "/rest/v1/channels?select=nocolumn",
        QJsonObject{{text("app_id"), text("com.example.app")}, {text("name"), text("beta")}}, kRows);
    QCOMPARE(::code(made), text("42703"));
    QVERIFY(!server.store().channelByName(text("com.example.app"), text("beta"))->has_value());
}

void TestTableRules::emptyTablesCheckTheQueryToo()
{
    ManagementFixture server;
    QCOMPARE(code(server.call("GET", "/rest/v1/apps?select=nocolumn")), text("42703"));
    QCOMPARE(code(server.call("GET", "/rest/v1/channel_devices?select=apps(id)")), text("PGRST200"));
    QCOMPARE(code(server.call("GET", "/rest/v1/deploy_history?select=apps(id)")), text("PGRST200"));
    QCOMPARE(server.call("GET", "/rest/v1/channel_devices?select=channels(name)").status, 200);
}

void TestTableRules::anObjectIsOneRow()
{
    ManagementFixture server;
    server.makeApp();
    server.makeChannel("beta");
    server.makeChannel("dev");
    const QByteArray all = "/rest/v1/channels?app_id=eq.com.example.app";
    const QJsonObject change{{text("allow_dev"), false}};
    QCOMPARE(code(server.call("PATCH", all, change, kObject + kRows)), text("PGRST116"));
    QCOMPARE(code(server.call("DELETE", all, QByteArray(), kObject)), text("PGRST116"));
    for (const char *name : {"beta", "dev"}) {
        const auto channel = server.store().channelByName(text("com.example.app"), text(name));
        QVERIFY(channel->has_value() && channel->value().row.allowDev);
    }
    const RawAnswer one = server.call("PATCH", all + "&name=eq.beta", change, kObject + kRows);
    QCOMPARE(one.status, 200);
    QCOMPARE(one.json().value(QLatin1String("name")).toString(), text("beta"));
    const QJsonObject row{{text("app_id"), text("com.example.app")}, {text("name"), text("new")}};
    const QByteArray two = QJsonDocument(QJsonArray{row, row}).toJson();
    QCOMPARE(code(server.call("POST", "/rest/v1/channels", two, kObject + kRows)), text("PGRST116"));
    QVERIFY(!server.store().channelByName(text("com.example.app"), text("new"))->has_value());
}

void TestTableRules::errorsHaveOneForm()
{
    ManagementFixture server;
    const QStringList keys{text("code"), text("details"), text("hint"), text("message")};
    for (const char *target : {"/rest/v1/apps", "/rest/v1/rpc/get_orgs_v7"}) {
        const QByteArray method = QByteArray(target).contains("rpc") ? "POST" : "GET";
        const RawAnswer none = server.call(method, target, QByteArray(), "X-No-Key: 1\r\n");
        QCOMPARE(none.status, 401);
        QCOMPARE(none.json().keys(), keys);
        QCOMPARE(code(none), text("no_key_provided"));
        const RawAnswer wrong = server.call(method, target, QByteArray(), "capgkey: wrong\r\n");
        QCOMPARE(wrong.status, 401);
        QCOMPARE(wrong.json().keys(), keys);
        QCOMPARE(code(wrong), text("invalid_apikey"));
        QVERIFY(!message(wrong).isEmpty());
    }
}

/// A bundle's checksum, session key and comment are for who may read bundles.
void TestTableRules::channelKeysDoNotReadBundles()
{
    ManagementFixture server;
    const QString app = server.makeApp().value(QLatin1String("id")).toString();
    server.makeBundle("1.0.0");
    const qint64 id = server.makeChannel("production", {{text("version"), text("1.0.0")}});
    const QByteArray target = "/rest/v1/channels?select=name,version(*)";
    const QByteArray narrow = server.makeKey("channel_admin", "channel", app, id);
    const QJsonArray seen = ManagementFixture::rows(server.call("GET", target, QByteArray(), narrow));
    QCOMPARE(seen.size(), 1);
    QVERIFY(seen.first()[QLatin1String("version")].isNull());
    const QByteArray reader = server.makeKey("app_reader", "app", app);
    const QJsonArray whole = ManagementFixture::rows(server.call("GET", target, QByteArray(), reader));
    QCOMPARE(whole.first()[QLatin1String("version")][QLatin1String("name")].toString(), text("1.0.0"));
}

void TestTableRules::manifestOfNamedBundles()
{
    ManagementFixture server;
    server.makeApp();
    QVector<qint64> ids;
    for (const char *name : {"1.0.0", "1.1.0"}) {
        const QString key = QStringLiteral("orgs/%1/apps/com.example.app/delta/%2_index.html")
                                .arg(server.organization(), text(name));
        QVERIFY(server.store().putBlob(key, name).has_value());
        const QJsonObject file{{text("file_name"), text("index.html")},
                               {text("s3_path"), key},
                               {text("file_hash"), QString(64, QLatin1Char('a'))}};
        const RawAnswer made = server.call(
            "POST", "/rest/v1/app_versions",
            QJsonObject{{text("app_id"), text("com.example.app")}, {text("name"), text(name)}}, kRows);
        ids.append(ManagementFixture::rows(made).first()[QLatin1String("id")].toInteger());
        QCOMPARE(server
                     .call("PATCH", "/rest/v1/app_versions?id=eq." + QByteArray::number(ids.last()),
                           QJsonObject{{text("manifest"), QJsonArray{file}}})
                     .status,
                 204);
    }
    const auto rows = [&](const QByteArray &query) {
        return ManagementFixture::rows(server.call("GET", "/rest/v1/manifest?" + query)).size();
    };
    const QByteArray both = QByteArray::number(ids.first()) + ',' + QByteArray::number(ids.last());
    QCOMPARE(rows("app_version_id=eq." + QByteArray::number(ids.first())), 1);
    QCOMPARE(rows("app_version_id=in.(" + both + ")"), 2);
    QCOMPARE(rows("app_version_id=in.(" + both + ")&file_name=eq.none"), 0);
    // Not "there are none": that would be a lie.
    QCOMPARE(code(server.call("GET", "/rest/v1/manifest?file_name=eq.index.html")), text("PGRST100"));
}

/// What POST /bundle refuses does not come in by the table.
void TestTableRules::externalAddressesAreSafe()
{
    ManagementFixture server;
    server.makeApp();
    const auto insert = [&](const char *name, const QJsonObject &more) {
        QJsonObject row{{text("app_id"), text("com.example.app")}, {text("name"), text(name)}};
        for (auto field = more.begin(); field != more.end(); ++field) {
            row.insert(field.key(), field.value());
        }
        return server.call("POST", "/rest/v1/app_versions", row, kRows);
    };
    const QJsonObject external{{text("storage_provider"), text("external")}};
    QCOMPARE(message(insert("1.0.0", external)), text("invalid_protocol"));
    QJsonObject plain = external;
    plain.insert(text("external_url"), text("http://cdn.example.com/b.zip"));
    QCOMPARE(message(insert("1.0.0", plain)), text("invalid_protocol"));
    // It would win over what was uploaded.
    QCOMPARE(message(insert("1.0.0", {{text("external_url"), text("file:///etc/passwd")}})),
             text("invalid_protocol"));
    QVERIFY(!server.store().bundleByName(text("com.example.app"), text("1.0.0"))->has_value());
    plain.insert(text("external_url"), text("https://cdn.example.com/b.zip"));
    QCOMPARE(insert("1.0.0", plain).status, 201);
    QCOMPARE(insert("1.1.0", {{text("external_url"), QJsonValue::Null}}).status, 201);
}

void TestTableRules::bundlesKeepTheirNames()
{
    ManagementFixture server;
    server.makeApp();
    const QByteArray target = "/rest/v1/app_versions?id=eq." + QByteArray::number(server.makeBundle("1.0.0"));
    QCOMPARE(server.call("PATCH", target, QJsonObject{{text("name"), text("2.0.0")}}).status, 400);
    QCOMPARE(server.call("PATCH", target, QJsonObject{{text("app_id"), text("com.example.b")}}).status, 400);
    QCOMPARE(
        server
            .call("PATCH", target, QJsonObject{{text("name"), text("1.0.0")}, {text("comment"), text("Fix")}})
            .status,
        204);
}

/// "updated_at=eq.T" is a lock for bundles as it is for channels.
void TestTableRules::conditionsHoldWhenItIsWritten()
{
    ManagementFixture server;
    server.makeApp();
    const QByteArray id = QByteArray::number(server.makeBundle("1.0.0"));
    const QJsonArray seen =
        ManagementFixture::rows(server.call("GET", "/rest/v1/app_versions?select=updated_at&id=eq." + id));
    const QByteArray target = "/rest/v1/app_versions?id=eq." + id + "&updated_at=eq." +
                              seen.first()[QLatin1String("updated_at")].toString().toLatin1();
    const auto comment = [&](const char *words) {
        return ManagementFixture::rows(
                   server.call("PATCH", target, QJsonObject{{text("comment"), text(words)}}, kRows))
            .size();
    };
    QCOMPARE(comment("first"), 1);
    QCOMPARE(comment("second"), 0);
    QCOMPARE(server.store().bundle(id.toLongLong())->value().comment, std::optional(text("first")));
}

void TestTableRules::takenNamesAreNotTold()
{
    ManagementFixture server;
    server.makeApp();
    server.makeChannel("secret");
    const QByteArray member = server.makeKey("org_member", "org");
    const auto insert = [&](const char *name) {
        return server.call("POST", "/rest/v1/channels",
                           QJsonObject{{text("app_id"), text("com.example.app")}, {text("name"), text(name)}},
                           member + "Prefer: resolution=ignore-duplicates\r\n");
    };
    QCOMPARE(code(insert("secret")), text("42501"));
    QCOMPARE(code(insert("free")), text("42501"));
}

void TestTableRules::permissionsOnWhatIsNotThere_data()
{
    QTest::addColumn<QJsonObject>("arguments");
    QTest::addColumn<QByteArray>("answer");
    const QString key = text("permission_key");
    const auto row = [](const char *name, const QJsonObject &arguments, const char *answer) {
        QTest::newRow(name) << arguments << QByteArray(answer);
    };
    row("app", {{key, text("app.read")}, {text("app_id"), text("com.example.app")}}, "true");
    row("no such app", {{key, text("app.read")}, {text("app_id"), text("com.example.none")}}, "false");
    row("no such channel",
        {{key, text("channel.read")}, {text("app_id"), text("com.example.app")}, {text("channel_id"), 99}},
        "false");
    row("channel of another app",
        {{key, text("channel.read")}, {text("app_id"), text("com.example.other")}, {text("channel_id"), 1}},
        "false");
    row("channel", {{key, text("channel.read")}, {text("channel_id"), 1}}, "true");
    row("another organization",
        {{key, text("org.create_app")}, {text("org_id"), text("00000000-0000-4000-8000-000000000000")}},
        "false");
    row("organization", {{key, text("org.create_app")}}, "true");
}

void TestTableRules::permissionsOnWhatIsNotThere()
{
    QFETCH(QJsonObject, arguments);
    QFETCH(QByteArray, answer);
    ManagementFixture server;
    server.makeApp();
    server.makeApp("com.example.other");
    QCOMPARE(server.makeChannel("production"), 1);
    QCOMPARE(server.call("POST", "/rest/v1/rpc/cli_check_permission", arguments).body, answer);
}

QTEST_GUILESS_MAIN(TestTableRules)
#include "test_tablerules.moc"
