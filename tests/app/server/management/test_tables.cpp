// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "managementfixture.h"

#include "wire/bundlerow.h"
#include "wire/channelrow.h"

using namespace gatehouse;
using namespace gatehouse::server;

namespace {

const QByteArray kRows = "Prefer: return=representation\r\n";
const QByteArray kUpsert = "Prefer: resolution=merge-duplicates,return=representation\r\n";

QString code(const RawAnswer &answer)
{
    return answer.json().value(QLatin1String("code")).toString();
}

} // namespace

class TestTables : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads();
    void readErrors_data();
    void readErrors();
    void pagesAndCounts();
    void embeds();
    void singleObjects();
    void bundleUpsert();
    void bundleBecomesReadyWithContentOnly();
    void manifestsNameOwnContentOnly();
    void channelPatch();
    void conditionalWrite();
    void channelInsertAndDelete();
    void overrides();
    void deployHistory();
    void appSettings();
    void denied();
    void rpc_data();
    void rpc();
    void rpcErrors();
    void userIdOfKeys();
};

void TestTables::reads()
{
    ManagementFixture server;
    server.makeApp();
    const qint64 first = server.makeBundle("1.0.0");
    server.makeBundle("1.1.0");
    const QJsonArray apps = ManagementFixture::rows(server.call(
        "GET", "/rest/v1/apps?app_id=eq.com.example.app&select=owner_org,default_upload_channel"));
    QCOMPARE(apps.size(), 1);
    QCOMPARE(apps.first().toObject().keys(),
             (QStringList{text("default_upload_channel"), text("owner_org")}));
    const QJsonArray all = ManagementFixture::rows(
        server.call("GET", "/rest/v1/app_versions?app_id=eq.com.example.app&order=name.desc"));
    QCOMPARE(all.size(), 2);
    QCOMPARE(all.first()[QLatin1String("name")].toString(), text("1.1.0"));
    QVERIFY(wire::BundleRow::fromJson(all.first().toObject(), text("row")).has_value());
    server.call("DELETE", "/bundle",
                QJsonObject{{text("app_id"), text("com.example.app")}, {text("version"), text("1.0.0")}});
    QCOMPARE(ManagementFixture::rows(
                 server.call("GET", "/rest/v1/app_versions?app_id=eq.com.example.app&deleted=is.false"))
                 .size(),
             1);
    QCOMPARE(
        ManagementFixture::rows(server.call("GET", "/rest/v1/app_versions?app_id=eq.com.example.app")).size(),
        2);
    QCOMPARE(ManagementFixture::rows(
                 server.call("GET", "/rest/v1/app_versions?select=name&id=eq." + QByteArray::number(first)))
                 .first()[QLatin1String("name")]
                 .toString(),
             text("1.0.0"));
    QCOMPARE(ManagementFixture::rows(server.call("GET", "/rest/v1/app_versions?app_id=eq.com.example.other"))
                 .size(),
             0);
    QCOMPARE(ManagementFixture::rows(
                 server.call("GET", "/rest/v1/app_versions?app_id=eq.com.example.app&name=in.(1.1.0,9.9.9)"))
                 .size(),
             1);
    QCOMPARE(ManagementFixture::rows(
                 server.call("GET", "/rest/v1/app_versions_meta?app_id=eq.com.example.app&select=id,size"))
                 .size(),
             2);
    QCOMPARE(server.call("GET", "/rest/v1/orgs?select=id,name").status, 200);
}

void TestTables::readErrors_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *target, int status, const char *code) {
        QTest::newRow(target) << QByteArray(target) << status << text(code);
    };
    row("/rest/v1/nothing", 404, "PGRST205");
    row("/rest/v1/apps?app_id=com.example.app", 400, "PGRST100");
    row("/rest/v1/apps?nocolumn=eq.1", 400, "42703");
    row("/rest/v1/apps?order=nocolumn", 400, "42703");
    row("/rest/v1/apps?select=nocolumn", 400, "42703");
    row("/rest/v1/apps?select=app_id,versions(id)", 400, "PGRST200");
    row("/rest/v1/channels?select=app_versions(id)", 300, "PGRST201");
    row("/rest/v1/channels?select=version(nocolumn)", 400, "42703");
    row("/rest/v1/apps?select=a(", 400, "PGRST100");
}

void TestTables::readErrors()
{
    QFETCH(QByteArray, target);
    QFETCH(int, status);
    QFETCH(QString, code);
    ManagementFixture server;
    server.makeApp();
    server.makeBundle("1.0.0");
    server.makeChannel("production", {{text("version"), text("1.0.0")}});
    const RawAnswer answer = server.call("GET", target);
    QCOMPARE(answer.status, status);
    QCOMPARE(::code(answer), code);
    const QStringList keys{text("code"), text("details"), text("hint"), text("message")};
    QCOMPARE(answer.json().keys(), keys);
}

void TestTables::pagesAndCounts()
{
    ManagementFixture server;
    server.makeApp();
    for (const char *name : {"1.0.0", "1.0.1", "1.0.2", "1.0.3", "1.0.4"}) {
        server.makeBundle(name);
    }
    const QByteArray all = "/rest/v1/app_versions?app_id=eq.com.example.app&select=name&order=id";
    RawAnswer page = server.call("GET", all + "&limit=2&offset=2", QByteArray(), "Prefer: count=exact\r\n");
    QCOMPARE(page.status, 206);
    QCOMPARE(page.headers.value("content-range"), QByteArray("2-3/5"));
    QCOMPARE(ManagementFixture::rows(page).first()[QLatin1String("name")].toString(), text("1.0.2"));
    page = server.call("GET", all, QByteArray(), "Range: 0-1\r\n");
    QCOMPARE(page.headers.value("content-range"), QByteArray("0-1/*"));
    QCOMPARE(ManagementFixture::rows(page).size(), 2);
    page = server.call("GET", all, QByteArray(), "Prefer: count=exact\r\n");
    QCOMPARE(page.status, 200);
    QCOMPARE(page.headers.value("content-range"), QByteArray("0-4/5"));
    page = server.call("GET", all + "&offset=99", QByteArray(), "Prefer: count=exact\r\n");
    QCOMPARE(page.status, 416);
    page = server.call("GET", all + "&offset=99");
    QCOMPARE(page.status, 200);
    QCOMPARE(page.body, QByteArray("[]"));
    const RawAnswer head = server.call("HEAD", all, QByteArray(), "Prefer: count=exact\r\n");
    QCOMPARE(head.status, 200);
    QCOMPARE(head.headers.value("content-range"), QByteArray("0-4/5"));
    QVERIFY(head.body.isEmpty());
}

void TestTables::embeds()
{
    ManagementFixture server;
    server.makeApp();
    const qint64 stable = server.makeBundle("1.0.0");
    const qint64 next = server.makeBundle("1.1.0");
    server.makeChannel("production", {{text("version"), text("1.0.0")}, {text("public"), true}});
    server.makeChannel("empty");
    server.makeChannel("production", {{text("rolloutVersion"), text("1.1.0")},
                                      {text("rolloutPercentageBps"), 500},
                                      {text("rolloutEnabled"), true}});
    const QByteArray query =
        "/rest/v1/channels?app_id=eq.com.example.app&order=name&select=*,version(id,name),"
        "rollout_version_info:app_versions!channels_rollout_version_fkey(id,name)";
    const QJsonArray rows = ManagementFixture::rows(server.call("GET", query));
    QCOMPARE(rows.size(), 2);
    const auto empty = wire::ChannelRow::fromJson(rows.at(0).toObject(), text("row"));
    const auto production = wire::ChannelRow::fromJson(rows.at(1).toObject(), text("row"));
    QVERIFY(empty.has_value() && production.has_value());
    QVERIFY(!empty->version && !empty->versionInfo);
    QCOMPARE(production->versionInfo, std::optional(wire::BundleReference{stable, text("1.0.0")}));
    QCOMPARE(production->rolloutVersionInfo, std::optional(wire::BundleReference{next, text("1.1.0")}));
    QVERIFY(production->ios && production->isPublic);
    QCOMPARE(production->rolloutPercentage.value(), 500);
    // As the command line writes it, and with rows left out that have none.
    const QByteArray inner =
        "/rest/v1/channels?app_id=eq.com.example.app&"
        "select=name,version:app_versions!channels_version_fkey!inner(%20id,%20name,deleted)";
    const QJsonArray linked = ManagementFixture::rows(server.call("GET", inner));
    QCOMPARE(linked.size(), 1);
    QCOMPARE(linked.first()[QLatin1String("version")][QLatin1String("deleted")].toBool(true), false);
    const QJsonArray either = ManagementFixture::rows(server.call(
        "GET",
        "/rest/v1/channels?app_id=eq.com.example.app&select=id&or=(version.eq.999,rollout_version.eq." +
            QByteArray::number(next) + ")"));
    QCOMPARE(either.size(), 1);
}

void TestTables::singleObjects()
{
    ManagementFixture server;
    server.makeApp();
    const QByteArray wantsObject = "Accept: application/vnd.pgrst.object+json\r\n";
    const RawAnswer one =
        server.call("GET", "/rest/v1/apps?app_id=eq.com.example.app", QByteArray(), wantsObject);
    QCOMPARE(one.status, 200);
    QCOMPARE(one.json().value(QLatin1String("app_id")).toString(), text("com.example.app"));
    const RawAnswer none =
        server.call("GET", "/rest/v1/apps?app_id=eq.com.example.none", QByteArray(), wantsObject);
    QCOMPARE(none.status, 406);
    QCOMPARE(code(none), text("PGRST116"));
}

void TestTables::bundleUpsert()
{
    ManagementFixture server;
    server.makeApp();
    QJsonObject row{{text("app_id"), text("com.example.app")},
                    {text("name"), text("1.5.0")},
                    {text("owner_org"), server.organization()},
                    {text("storage_provider"), text("r2-direct")},
                    {text("checksum"), text("abc")},
                    {text("session_key"), QJsonValue::Null},
                    {text("native_packages"), QJsonArray{QJsonObject{{text("name"), text("@capacitor/core")},
                                                                     {text("version"), text("8.0.0")}}}},
                    {text("comment"), text("one")}};
    const QByteArray target = "/rest/v1/app_versions?on_conflict=name,app_id";
    const RawAnswer made = server.call("POST", target, row, kUpsert);
    QCOMPARE(made.status, 201);
    const auto bundle =
        wire::BundleRow::fromJson(ManagementFixture::rows(made).first().toObject(), text("row"));
    QVERIFY(bundle.has_value());
    QVERIFY(!bundle->isReady());
    QCOMPARE(bundle->nativePackages.size(), 1);
    row.insert(text("comment"), text("two"));
    const RawAnswer merged = server.call("POST", target, row, kUpsert);
    QCOMPARE(merged.status, 201);
    QCOMPARE(ManagementFixture::rows(merged).first()[QLatin1String("id")].toInteger(), bundle->id);
    QCOMPARE(ManagementFixture::rows(merged).first()[QLatin1String("comment")].toString(), text("two"));
    const RawAnswer twice = server.call("POST", "/rest/v1/app_versions", row, kRows);
    QCOMPARE(twice.status, 409);
    QCOMPARE(code(twice), text("23505"));
    QCOMPARE(
        server.call("POST", target, row, "Prefer: resolution=ignore-duplicates,return=representation\r\n")
            .body,
        QByteArray("[]"));
    // Without asking for rows nothing comes back.
    row.insert(text("name"), text("1.6.0"));
    const RawAnswer silent = server.call("POST", target, row, "Prefer: resolution=merge-duplicates\r\n");
    QCOMPARE(silent.status, 201);
    QVERIFY(silent.body.isEmpty());
    row.insert(text("nonsense"), 1);
    QCOMPARE(code(server.call("POST", target, row, kUpsert)), text("PGRST204"));
    row.remove(text("nonsense"));
    row.insert(text("name"), text("not a version"));
    QCOMPARE(server.call("POST", target, row, kUpsert).status, 400);
    row.insert(text("name"), text("1.7.0"));
    row.insert(text("owner_org"), text("00000000-0000-4000-8000-000000000000"));
    QCOMPARE(code(server.call("POST", target, row, kUpsert)), text("42501"));
    QCOMPARE(code(server.call("POST", target, QByteArray("nonsense"), kUpsert)), text("PGRST102"));
}

void TestTables::bundleBecomesReadyWithContentOnly()
{
    ManagementFixture server;
    server.makeApp();
    const QJsonObject row{{text("app_id"), text("com.example.app")},
                          {text("name"), text("1.5.0")},
                          {text("checksum"), text("abc")}};
    const QByteArray target = "/rest/v1/app_versions?app_id=eq.com.example.app&name=eq.1.5.0";
    server.call("POST", "/rest/v1/app_versions", row, kRows);
    const QString path = QStringLiteral("orgs/%1/apps/com.example.app/1.5.0.zip").arg(server.organization());
    const QJsonObject ready{{text("storage_provider"), text("r2")}};
    QCOMPARE(server.call("PATCH", target, ready).json().value(QLatin1String("message")).toString(),
             text("bundle_content_missing"));
    QCOMPARE(server
                 .call("PATCH", target,
                       QJsonObject{{text("storage_provider"), text("r2")},
                                   {text("r2_path"), text("orgs/x/apps/y/z.zip")}})
                 .status,
             400);
    QVERIFY(server.store().putBlob(path, "content").has_value());
    QCOMPARE(server.call("PATCH", target, ready).status, 204);
    const auto bundle = server.store().bundleByName(text("com.example.app"), text("1.5.0"))->value();
    QVERIFY(bundle.isReady());
    QCOMPARE(bundle.r2Path, std::optional(path));
    // From now on the content is locked, what is said about it is not.
    const RawAnswer locked = server.call("PATCH", target, QJsonObject{{text("checksum"), text("other")}});
    QCOMPARE(locked.status, 400);
    QCOMPARE(locked.json().value(QLatin1String("message")).toString(), text("bundle_already_ready"));
    QCOMPARE(server.call("PATCH", target, QJsonObject{{text("link"), text("https://example.com")}}).status,
             204);
    QCOMPARE(server.call("PATCH", target, QJsonObject{{text("deleted"), true}}, kRows).status, 200);
    QVERIFY(server.store().bundle(bundle.id)->value().deleted);
    QCOMPARE(server.call("PATCH", target, QJsonObject{{text("deleted"), false}}).status, 400);
}

void TestTables::manifestsNameOwnContentOnly()
{
    ManagementFixture server;
    server.makeApp();
    server.makeApp("com.example.other");
    server.call("POST", "/rest/v1/app_versions",
                QJsonObject{{text("app_id"), text("com.example.app")}, {text("name"), text("1.5.0")}});
    const QString folder = QStringLiteral("orgs/%1/apps/com.example.app/delta/").arg(server.organization());
    const QString foreign =
        QStringLiteral("orgs/%1/apps/com.example.other/delta/x_a.js").arg(server.organization());
    QVERIFY(server.store().putBlob(QString(folder + text("h_index.html")), "<html>").has_value());
    QVERIFY(server.store().putBlob(foreign, "secret").has_value());
    const auto set = [&](const QString &path, const char *name = "index.html") {
        const QJsonObject entry{
            {text("file_name"), text(name)}, {text("s3_path"), path}, {text("file_hash"), text("h")}};
        return server.call("POST", "/private/set_manifest",
                           QJsonObject{{text("app_id"), text("com.example.app")},
                                       {text("name"), text("1.5.0")},
                                       {text("manifest"), QJsonArray{entry}}});
    };
    QCOMPARE(set(foreign).error(), text("invalid_manifest"));
    QCOMPARE(set(QString(folder + text("missing"))).error(), text("invalid_manifest"));
    QCOMPARE(set(QString(folder + text("h_index.html")), "").error(), text("invalid_manifest"));
    for (const char *name : {"../index.html", "/index.html", "a//b", "a\\b", "./a", "a/..", "a\x01"}) {
        QVERIFY2(set(QString(folder + text("h_index.html")), name).error() == text("invalid_manifest"), name);
    }
    QCOMPARE(set(QString(folder + text("h_index.html"))).status, 200);
    const QByteArray target = "/rest/v1/app_versions?app_id=eq.com.example.app&name=eq.1.5.0";
    const QJsonObject foreignEntry{
        {text("file_name"), text("a.js")}, {text("s3_path"), foreign}, {text("file_hash"), text("h")}};
    QCOMPARE(server.call("PATCH", target, QJsonObject{{text("manifest"), QJsonArray{foreignEntry}}})
                 .json()
                 .value(QLatin1String("message"))
                 .toString(),
             text("invalid_manifest"));
    // The files alone are content enough.
    QCOMPARE(server.call("PATCH", target, QJsonObject{{text("storage_provider"), text("r2")}}).status, 204);
    const auto bundle = server.store().bundleByName(text("com.example.app"), text("1.5.0"))->value();
    QVERIFY(bundle.isReady());
    QCOMPARE(bundle.manifestCount, 1);
    const QJsonArray files = ManagementFixture::rows(
        server.call("GET", "/rest/v1/manifest?select=file_name,file_size&app_version_id=eq." +
                               QByteArray::number(bundle.id)));
    QCOMPARE(files.size(), 1);
    QCOMPARE(files.first()[QLatin1String("file_size")].toInt(), 6);
    QCOMPARE(set(QString(folder + text("h_index.html"))).error(), text("bundle_already_ready"));
}

void TestTables::channelPatch()
{
    ManagementFixture server;
    server.makeApp();
    const qint64 bundle = server.makeBundle("1.0.0");
    const qint64 id = server.makeChannel("production");
    const QByteArray target = "/rest/v1/channels?id=eq." + QByteArray::number(id);
    const RawAnswer changed = server.call("PATCH", target + "&select=id,version(name)",
                                          QJsonObject{{text("version"), bundle}}, kRows);
    QCOMPARE(changed.status, 200);
    QCOMPARE(
        ManagementFixture::rows(changed).first()[QLatin1String("version")][QLatin1String("name")].toString(),
        text("1.0.0"));
    QCOMPARE(server.call("PATCH", target, QJsonObject{{text("version"), QJsonValue::Null}}).status, 204);
    QVERIFY(!server.store().channel(id)->value().row.version);
    QCOMPARE(code(server.call("PATCH", target, QJsonObject{{text("nonsense"), 1}})), text("PGRST204"));
    QCOMPARE(code(server.call("PATCH", target, QJsonObject{{text("public"), text("yes")}})), text("22023"));
    QCOMPARE(code(server.call("PATCH", target, QJsonObject{{text("rollout_percentage_bps"), 10'001}})),
             text("22023"));
    QCOMPARE(code(server.call("PATCH", target, QJsonObject{{text("version"), 999}})), text("23503"));
    QCOMPARE(code(server.call("PATCH", "/rest/v1/channels", QJsonObject{{text("public"), true}})),
             text("21000"));
    QCOMPARE(
        server.call("PATCH", "/rest/v1/channels?id=eq.999", QJsonObject{{text("public"), true}}, kRows).body,
        QByteArray("[]"));
}

void TestTables::conditionalWrite()
{
    ManagementFixture server;
    server.makeApp();
    const qint64 id = server.makeChannel("production");
    const QByteArray one = "/rest/v1/channels?id=eq." + QByteArray::number(id);
    const QString mark =
        ManagementFixture::rows(server.call("GET", one)).first()[QLatin1String("updated_at")].toString();
    const QByteArray conditional = one + "&updated_at=eq." + QUrl::toPercentEncoding(mark);
    const RawAnswer first = server.call("PATCH", conditional, QJsonObject{{text("ios"), false}}, kRows);
    QCOMPARE(ManagementFixture::rows(first).size(), 1);
    QVERIFY(ManagementFixture::rows(first).first()[QLatin1String("updated_at")].toString() != mark);
    // Whoever comes second with the same mark changes nothing.
    const RawAnswer second = server.call("PATCH", conditional, QJsonObject{{text("android"), false}}, kRows);
    QCOMPARE(second.status, 200);
    QCOMPARE(second.body, QByteArray("[]"));
    QVERIFY(server.store().channel(id)->value().row.android);
}

void TestTables::channelInsertAndDelete()
{
    ManagementFixture server;
    server.makeApp();
    const qint64 bundle = server.makeBundle("1.0.0");
    const QJsonObject row{
        {text("app_id"), text("com.example.app")}, {text("name"), text("beta")}, {text("version"), bundle}};
    const RawAnswer made = server.call("POST", "/rest/v1/channels?on_conflict=app_id,name", row, kUpsert);
    QCOMPARE(made.status, 201);
    const qint64 id = ManagementFixture::rows(made).first()[QLatin1String("id")].toInteger();
    QCOMPARE(server.store().channel(id)->value().row.version, std::optional(bundle));
    QJsonObject again = row;
    again.insert(text("public"), true);
    QCOMPARE(ManagementFixture::rows(
                 server.call("POST", "/rest/v1/channels?on_conflict=app_id,name", again, kUpsert))
                 .first()[QLatin1String("id")]
                 .toInteger(),
             id);
    QVERIFY(server.store().channel(id)->value().row.isPublic);
    QCOMPARE(code(server.call("POST", "/rest/v1/channels", row, kRows)), text("23505"));
    QCOMPARE(code(server.call("DELETE", "/rest/v1/channels")), text("21000"));
    QCOMPARE(server.call("DELETE", "/rest/v1/channels?id=eq." + QByteArray::number(id)).status, 204);
    QVERIFY(!server.store().channel(id)->has_value());
}

void TestTables::overrides()
{
    ManagementFixture server;
    server.makeApp();
    const qint64 id = server.makeChannel("beta");
    const QJsonObject row{{text("app_id"), text("com.example.app")},
                          {text("device_id"), text("44f128a5-ac7a-4c9a-be4c-224b6bf81b20")},
                          {text("channel_id"), id}};
    QCOMPARE(server.call("POST", "/rest/v1/channel_devices", row, kUpsert).status, 201);
    const QJsonArray rows = ManagementFixture::rows(server.call(
        "GET", "/rest/v1/channel_devices?app_id=eq.com.example.app&select=device_id,channel_id(name)"));
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.first()[QLatin1String("channel_id")][QLatin1String("name")].toString(), text("beta"));
    QCOMPARE(
        server
            .call(
                "DELETE",
                "/rest/v1/"
                "channel_devices?app_id=eq.com.example.app&device_id=eq.44f128a5-ac7a-4c9a-be4c-224b6bf81b20")
            .status,
        204);
    QCOMPARE(ManagementFixture::rows(server.call("GET", "/rest/v1/channel_devices?app_id=eq.com.example.app"))
                 .size(),
             0);
    const qint64 open = server.makeChannel("open", {{text("public"), true}});
    QJsonObject toPublic = row;
    toPublic.insert(text("channel_id"), open);
    QCOMPARE(server.call("POST", "/rest/v1/channel_devices", toPublic, kRows)
                 .json()
                 .value(QLatin1String("message"))
                 .toString(),
             text("public_channel_override"));
}

void TestTables::deployHistory()
{
    ManagementFixture server;
    server.makeApp();
    server.makeBundle("1.0.0");
    server.makeBundle("1.1.0");
    const qint64 id = server.makeChannel("production", {{text("version"), text("1.0.0")}});
    server.makeChannel("production", {{text("version"), text("1.1.0")}});
    const QJsonArray rows = ManagementFixture::rows(server.call(
        "GET", "/rest/v1/deploy_history?order=id.desc&select=*,version:version_id(id,name)&channel_id=eq." +
                   QByteArray::number(id)));
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows.first()[QLatin1String("version")][QLatin1String("name")].toString(), text("1.1.0"));
    QCOMPARE(code(server.call("POST", "/rest/v1/deploy_history", QJsonObject(), kRows)), text("42501"));
}

void TestTables::appSettings()
{
    ManagementFixture server;
    server.makeApp();
    const QByteArray target = "/rest/v1/apps?app_id=eq.com.example.app";
    QCOMPARE(
        server.call("PATCH", target, QJsonObject{{text("default_upload_channel"), text("staging")}}).status,
        204);
    QCOMPARE(server.store().app(text("com.example.app"))->value().row.defaultUploadChannel, text("staging"));
    QCOMPARE(code(server.call("PATCH", target, QJsonObject{{text("owner_org"), text("x")}})),
             text("PGRST204"));
    QCOMPARE(code(server.call("PATCH", target, QJsonObject{{text("build_timeout_seconds"), 5}})),
             text("22023"));
}

void TestTables::denied()
{
    ManagementFixture server;
    const QString app = server.makeApp().value(QLatin1String("id")).toString();
    server.makeBundle("1.0.0");
    const qint64 id = server.makeChannel("production");
    const QByteArray uploader = server.makeKey("app_uploader", "app", app);
    QCOMPARE(code(server.call("PATCH", "/rest/v1/channels?id=eq." + QByteArray::number(id),
                              QJsonObject{{text("public"), true}}, uploader)),
             text("42501"));
    const QByteArray onChannel = server.makeKey("channel_reader", "channel", app, id);
    QCOMPARE(ManagementFixture::rows(server.call("GET", "/rest/v1/channels", QByteArray(), onChannel)).size(),
             1);
    QCOMPARE(
        ManagementFixture::rows(server.call("GET", "/rest/v1/app_versions", QByteArray(), onChannel)).size(),
        0);
    QCOMPARE(code(server.call(
                 "POST", "/rest/v1/app_versions",
                 QJsonObject{{text("app_id"), text("com.example.app")}, {text("name"), text("2.0.0")}},
                 onChannel)),
             text("42501"));
}

void TestTables::rpc_data()
{
    QTest::addColumn<QByteArray>("function");
    QTest::addColumn<QByteArray>("arguments");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *function, const char *arguments, const char *body) {
        QTest::addRow("%s %s", function, arguments)
            << QByteArray(function) << QByteArray(arguments) << QByteArray(body);
    };
    row("reject_access_due_to_2fa_for_app", R"({"app_id":"com.example.app"})", "false");
    row("reject_access_due_to_2fa_for_org", R"({"org_id":"x"})", "false");
    row("get_organization_cli_warnings", R"({"orgid":"x","cli_version":"8"})", "[]");
    row("is_allowed_action_org_action", R"({"orgid":"x","actions":["storage"]})", "true");
    row("is_paying_org", R"({"orgid":"x"})", "true");
    row("is_trial_org", R"({"orgid":"x"})", "0");
    row("exist_app_v2", R"({"appid":"com.example.app"})", "true");
    row("exist_app_v2", R"({"appid":"com.example.none"})", "false");
    row("exist_app_versions", R"({"appid":"com.example.app","name_version":"1.0.0"})", "true");
    row("exist_app_versions", R"({"appid":"com.example.app","name_version":"9.0.0"})", "false");
    row("get_app_versions", R"({"appid":"com.example.app","name_version":"9.0.0"})", "null");
    row("cli_check_permission", R"({"permission_key":"app.upload_bundle","app_id":"com.example.app"})",
        "true");
    row("cli_check_permission", R"({"permission_key":"no.such"})", "false");
    row("is_allowed_capgkey", R"({"keymode":["upload"],"appid":"com.example.app"})", "true");
    row("is_allowed_capgkey", R"({"keymode":[]})", "false");
    row("get_org_perm_for_apikey", R"({"app_id":"com.example.app"})", "\"perm_owner\"");
    row("get_org_perm_for_apikey", R"({"app_id":"com.example.none"})", "\"NO_APP\"");
    row("has_2fa_enabled", "", "false");
}

void TestTables::rpc()
{
    QFETCH(QByteArray, function);
    QFETCH(QByteArray, arguments);
    QFETCH(QByteArray, body);
    ManagementFixture server;
    server.makeApp();
    server.makeBundle("1.0.0");
    const RawAnswer answer = server.call("POST", "/rest/v1/rpc/" + function, arguments);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, body);
}

void TestTables::rpcErrors()
{
    ManagementFixture server;
    const RawAnswer unknown = server.call("POST", "/rest/v1/rpc/drop_everything", QByteArray("{}"));
    QCOMPARE(unknown.status, 404);
    QCOMPARE(code(unknown), text("PGRST202"));
    QCOMPARE(code(server.call("POST", "/rest/v1/rpc/exist_app_v2", QByteArray("[1]"))), text("PGRST102"));
    server.makeApp();
    server.makeBundle("1.0.0");
    const qint64 id = server.makeChannel("production", {{text("version"), text("1.0.0")}});
    QCOMPARE(server
                 .call("POST", "/rest/v1/rpc/get_channel_current_bundle_rbac",
                       QJsonObject{{text("p_app_id"), text("com.example.app")}, {text("p_channel_id"), id}})
                 .body,
             QByteArray(R"([{"bundle_name":"1.0.0"}])"));
    const QJsonArray organizations =
        ManagementFixture::rows(server.call("POST", "/rest/v1/rpc/get_orgs_v7", QByteArray("{}")));
    QCOMPARE(organizations.first()[QLatin1String("gid")].toString(), server.organization());
    QCOMPARE(organizations.first()[QLatin1String("role")].toString(), text("org_super_admin"));
    QCOMPARE(organizations.first()[QLatin1String("app_count")].toInt(), 1);
}

void TestTables::userIdOfKeys()
{
    ManagementFixture server;
    const auto ask = [&](const QByteArray &key) {
        return server
            .call("POST", "/rest/v1/rpc/get_user_id", QByteArray("{\"apikey\":\"" + key + "\"}"),
                  "X-No-Key: 1\r\n")
            .body;
    };
    QCOMPARE(ask(server.ownerKey),
             QByteArray("\"" + server.store().organization()->ownerUserId.toLatin1() + "\""));
    QCOMPARE(ask("wrong"), QByteArray("null"));
}

QTEST_GUILESS_MAIN(TestTables)
#include "test_tables.moc"
