// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/rawclient.h"

#include "crypto/digest.h"
#include "server/http/server.h"
#include "server/management/management.h"
#include "server/storage/store.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

/// The management routes on a real port over a real data folder.
class ManagementFixture
{
public:
    explicit ManagementFixture(bool strictCapgo = false)
        : m_strictCapgo(strictCapgo)
    {
        start();
    }
    ~ManagementFixture() { stop(); }

    /// Ends server and store; the folder stays.
    void stop()
    {
        if (m_server) {
            m_server->stop();
        }
        m_server.reset();
        m_management.reset();
        m_router.reset();
        m_store.reset();
    }

    void start()
    {
        auto opened = gatehouse::server::openSqliteStore(m_folder.path(), clock);
        QVERIFY2(opened.has_value(), opened ? "" : qPrintable(opened.error().toText()));
        m_store = std::move(*opened);
        gatehouse::server::ManagementSettings settings;
        settings.publicUrl = [this] { return url(); };
        settings.ownerKeySha256 = gatehouse::crypto::sha256(ownerKey);
        settings.strictCapgo = m_strictCapgo;
        settings.version = QStringLiteral("0.1.0");
        settings.maxUploadBytes = 1'000'000;
        settings.keyLimits = keyLimits;
        m_management = std::make_unique<gatehouse::server::Management>(*m_store, clock, settings);
        m_router = std::make_unique<gatehouse::server::Router>();
        m_management->addRoutes(*m_router);
        m_server =
            std::make_unique<gatehouse::server::HttpServer>(*m_router, gatehouse::server::ServerSettings{});
        const auto bound = m_server->bind();
        QVERIFY(bound.has_value());
        const auto started = m_server->start();
        QVERIFY(started.has_value());
    }

    [[nodiscard]] gatehouse::server::Store &store() { return *m_store; }
    [[nodiscard]] gatehouse::server::Router &router() { return *m_router; }
    [[nodiscard]] gatehouse::server::Management &management() { return *m_management; }
    [[nodiscard]] quint16 port() const { return m_server->port(); }
    [[nodiscard]] QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_server->port()); }

    /// One request on a connection of its own, with the owner's key unless headers name another.
    RawAnswer call(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
                   const QByteArray &headers = {})
    {
        RawClient client(port());
        const bool hasKey = headers.toLower().contains("capgkey:") ||
                            headers.toLower().contains("authorization:") ||
                            headers.toLower().contains("x-api-key:") || headers.contains("X-No-Key:");
        const QByteArray key = hasKey ? QByteArray() : QByteArray("capgkey: " + ownerKey + "\r\n");
        return client.exchange(rawRequest(method, target, port(), body, key + headers));
    }
    RawAnswer call(const QByteArray &method, const QByteArray &target, const QJsonObject &body,
                   const QByteArray &headers = {})
    {
        return call(method, target, QJsonDocument(body).toJson(QJsonDocument::Compact), headers);
    }

    static QJsonArray rows(const RawAnswer &answer) { return QJsonDocument::fromJson(answer.body).array(); }

    /// The one organization's uuid.
    QString organization() { return m_store->organization()->id; }

    /// An app by the API; its row.
    QJsonObject makeApp(const char *appId = "com.example.app")
    {
        const RawAnswer made = call("POST", "/app",
                                    QJsonObject{{QStringLiteral("app_id"), QString::fromLatin1(appId)},
                                                {QStringLiteral("name"), QStringLiteral("Example")},
                                                {QStringLiteral("owner_org"), organization()}});
        return made.status == 200 ? made.json() : QJsonObject();
    }

    /// An external bundle, ready at once; its id.
    qint64 makeBundle(const char *name, const char *appId = "com.example.app")
    {
        const RawAnswer made = call(
            "POST", "/bundle",
            QJsonObject{{QStringLiteral("app_id"), QString::fromLatin1(appId)},
                        {QStringLiteral("version"), QString::fromLatin1(name)},
                        {QStringLiteral("external_url"), QStringLiteral("https://cdn.example.com/b.zip")},
                        {QStringLiteral("checksum"), QString(64, QLatin1Char('a'))}});
        return made.json().value(QLatin1String("bundle"))[QLatin1String("id")].toInteger();
    }

    /// A channel; its id.
    qint64 makeChannel(const char *name, const QJsonObject &fields = {},
                       const char *appId = "com.example.app")
    {
        QJsonObject body = fields;
        body.insert(QStringLiteral("app_id"), QString::fromLatin1(appId));
        body.insert(QStringLiteral("channel"), QString::fromLatin1(name));
        if (call("POST", "/channel", body).status != 200) {
            return 0;
        }
        const auto made = m_store->channelByName(QString::fromLatin1(appId), QString::fromLatin1(name));
        return made && *made ? (*made)->row.id : 0;
    }

    /// A key with one role; the text to send as a header.
    QByteArray makeKey(const char *role, const char *scope, const QString &appUuid = {},
                       const QJsonValue &channel = QJsonValue::Null)
    {
        const QJsonObject binding{
            {QStringLiteral("role_name"), QString::fromLatin1(role)},
            {QStringLiteral("scope_type"), QString::fromLatin1(scope)},
            {QStringLiteral("org_id"), organization()},
            {QStringLiteral("app_id"), appUuid.isEmpty() ? QJsonValue() : QJsonValue(appUuid)},
            {QStringLiteral("channel_id"), channel}};
        const RawAnswer made = call("POST", "/apikey",
                                    QJsonObject{{QStringLiteral("name"), QString::fromLatin1(role)},
                                                {QStringLiteral("bindings"), QJsonArray{binding}}});
        return QByteArray("capgkey: " + made.json().value(QLatin1String("key")).toString().toLatin1() +
                          "\r\n");
    }

    gatehouse::ManualClock clock{gatehouse::utcFromMs(1'785'542'400'000)};
    const QByteArray ownerKey = QByteArrayLiteral("11111111-2222-4333-8444-555555555555");
    /// Of the next start().
    gatehouse::server::KeyLimits keyLimits;

private:
    QTemporaryDir m_folder;
    bool m_strictCapgo = false;
    std::unique_ptr<gatehouse::server::Store> m_store;
    std::unique_ptr<gatehouse::server::Management> m_management;
    std::unique_ptr<gatehouse::server::Router> m_router;
    std::unique_ptr<gatehouse::server::HttpServer> m_server;
};

inline QString text(const char *value)
{
    return QString::fromLatin1(value);
}
