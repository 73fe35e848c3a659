// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/capabilities.h"

#include "core/sentences.h"

namespace gatehouse::wire {

namespace {

QStringList texts(JsonReader &in, const char *key, const QJsonArray &array)
{
    QStringList list;
    for (const QJsonValue &value : array) {
        if (!value.isString()) {
            in.complain(key, Sentences::tr("%1 should be a list of texts."));
        }
        list.append(value.toString());
    }
    return list;
}

} // namespace

QJsonObject ServerCapabilities::toJson() const
{
    return {{QStringLiteral("server_id"), serverId},
            {QStringLiteral("version"), version},
            {QStringLiteral("features"), QJsonArray::fromStringList(features)},
            {QStringLiteral("permissions"), QJsonArray::fromStringList(permissions)},
            {QStringLiteral("max_upload_bytes"), maxUploadBytes}};
}

Result<ServerCapabilities> ServerCapabilities::fromJson(const QJsonObject &object, const QString &path)
{
    JsonReader in(object, path);
    ServerCapabilities capabilities;
    capabilities.serverId = in.text("server_id");
    capabilities.version = in.text("version");
    capabilities.features = texts(in, "features", in.array("features"));
    capabilities.permissions = texts(in, "permissions", in.optArray("permissions"));
    capabilities.maxUploadBytes = in.optInteger("max_upload_bytes").value_or(0);
    GATEHOUSE_TRY(in.finish());
    return capabilities;
}

QJsonObject Hello::toJson() const
{
    return {{QStringLiteral("server_id"), serverId},
            {QStringLiteral("version"), version},
            {QStringLiteral("proof"), proof}};
}

Result<Hello> Hello::fromJson(const QJsonObject &object, const QString &path)
{
    JsonReader in(object, path);
    Hello hello;
    hello.serverId = in.text("server_id");
    hello.version = in.text("version");
    hello.proof = in.text("proof");
    GATEHOUSE_TRY(in.finish());
    return hello;
}

} // namespace gatehouse::wire
