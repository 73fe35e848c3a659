// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/storefixture.h"

#include "server/device/deviceapi.h"

#include <QJsonArray>
#include <QJsonDocument>

/// The device endpoints on a store of their own, asked through the router.
class DeviceFixture : public StoreFixture
{
public:
    DeviceFixture()
    {
        api.addRoutes(router);
        makeApp();
    }

    gatehouse::server::Response send(gatehouse::server::Method method, const QByteArray &target,
                                     const QByteArray &body = {}, const QString &address = {},
                                     const QVector<std::pair<QByteArray, QByteArray>> &headers = {})
    {
        gatehouse::server::Request request;
        request.method = method;
        const qsizetype question = target.indexOf('?');
        request.rawPath = question < 0 ? target : target.left(question);
        request.query =
            gatehouse::server::QueryParameters::parse(question < 0 ? QByteArray() : target.mid(question + 1));
        request.body = body;
        request.clientAddress = address;
        request.headers = headers;
        request.publicUrl = QStringLiteral("https://updates.example.org");
        return router.dispatch(request);
    }
    gatehouse::server::Response post(const QByteArray &path, const QJsonObject &body,
                                     const QString &address = {})
    {
        return send(gatehouse::server::Method::Post, path, QJsonDocument(body).toJson(), address);
    }
    static QJsonObject json(const gatehouse::server::Response &response)
    {
        return QJsonDocument::fromJson(response.bytes()).object();
    }
    static QString error(const gatehouse::server::Response &response)
    {
        return json(response).value(QLatin1String("error")).toString();
    }
    /// A device as the current plugin describes it; more overrides fields, undefined removes one.
    static QJsonObject device(const QJsonObject &more = {})
    {
        QJsonObject object{
            {QStringLiteral("app_id"), QStringLiteral("com.acme.app")},
            {QStringLiteral("device_id"), QStringLiteral("44f128a5-ac7a-4c9a-be4c-224b6bf81b20")},
            {QStringLiteral("version_name"), QStringLiteral("1.0.0")},
            {QStringLiteral("version_build"), QStringLiteral("1.0.0")},
            {QStringLiteral("version_os"), QStringLiteral("17.4")},
            {QStringLiteral("platform"), QStringLiteral("ios")},
            {QStringLiteral("plugin_version"), QStringLiteral("8.51.14")},
            {QStringLiteral("is_emulator"), false},
            {QStringLiteral("is_prod"), true},
            {QStringLiteral("custom_id"), QString()},
            {QStringLiteral("defaultChannel"), QString()}};
        for (auto field = more.begin(); field != more.end(); ++field) {
            object.insert(field.key(), field.value());
        }
        return object;
    }
    static QJsonObject without(QJsonObject object, const QString &field)
    {
        object.remove(field);
        return object;
    }

    gatehouse::server::DownloadLinks links{gatehouse::Secret::copyOf("01234567890123456789012345678901"),
                                           clock};
    /// Keys that may read files, and of which app. Who may what is the management's.
    QHash<QByteArray, QString> readers;
    gatehouse::server::DeviceApi api{
        *store, links, clock,
        [this](const gatehouse::server::Request &request, const QString &appId) -> gatehouse::Result<bool> {
            return readers.value(request.header("capgkey")) == appId;
        }};
    gatehouse::server::Router router;
};
