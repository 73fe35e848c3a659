// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/scriptedcapgo.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace gatehouse::test {

namespace {

QByteArray path(const Seen &seen)
{
    const qsizetype query = seen.target.indexOf('?');
    return query < 0 ? seen.target : seen.target.left(query);
}

QJsonObject object(const QByteArray &body)
{
    return QJsonDocument::fromJson(body).object();
}

QByteArray text(const QJsonArray &array)
{
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

Reply empty(int status, const QByteArray &headers)
{
    Reply reply;
    reply.bytes = "HTTP/1.1 " + QByteArray::number(status) + " Scripted\r\n" + headers;
    reply.bytes += status == 204 ? "\r\n" : "Content-Length: 0\r\n\r\n";
    return reply;
}

} // namespace

ScriptedCapgo::ScriptedCapgo(StepIn stepIn, ScriptedServer::Cut cut)
    : m_stepIn(std::move(stepIn))
    , m_server(
          std::make_unique<ScriptedServer>([this](const Seen &seen) { return answer(seen); }, std::move(cut)))
{}

QStringList ScriptedCapgo::calls() const
{
    QStringList calls;
    const QVector<Seen> all = m_server->seen();
    for (const Seen &seen : all) {
        calls.append(QString::fromLatin1(seen.method + ' ' + path(seen)));
    }
    return calls;
}

Reply ScriptedCapgo::answer(const Seen &seen)
{
    if (!seen.isCut && m_stepIn) {
        if (const std::optional<Reply> instead = m_stepIn(seen)) {
            return *instead;
        }
    }
    const QByteArray where = path(seen);
    if (where == "/private/config") {
        return json(200, R"({"supaHost":"http://127.0.0.1:)" + QByteArray::number(m_server->port()) +
                             R"(","supbaseId":"x","supaKey":"anon","stripeEnabled":false})");
    }
    if (where == "/files/config") {
        return json(
            200,
            R"({"partialUpload":false,"maxUploadLength":1000000,"maxChunkSize":100000,"TUSUpload":true})");
    }
    if (where.startsWith("/rest/v1/rpc/")) {
        return rpc(where.mid(13));
    }
    if (where == "/rest/v1/apps") {
        return json(
            200, R"([{"owner_org":"0e1b0000-0000-4000-8000-000000000001","default_upload_channel":"dev"}])");
    }
    if (where == "/rest/v1/app_versions") {
        return versions(seen);
    }
    if (where.startsWith("/files/upload/attachments")) {
        return tus(seen);
    }
    if (where == "/rest/v1/channels") {
        return json(200, "[]");
    }
    if (where == "/channel" && seen.method == "POST") {
        m_memory.channelVersion = object(seen.body).value(QLatin1String("version")).toString().toUtf8();
        return json(200, R"({"status":"ok"})");
    }
    if (where == "/private/delete_failed_version") {
        ++m_memory.deletions;
        m_memory.row.reset();
        return json(200, R"({"status":"ok"})");
    }
    return json(404, R"({"error":"not_found","message":"Not found"})");
}

Reply ScriptedCapgo::rpc(const QByteArray &name) const
{
    if (name == "get_user_id") {
        return json(200, R"("6f0c0000-0000-4000-8000-000000000002")");
    }
    if (name == "exist_app_versions") {
        return json(200, m_memory.row ? "true" : "false");
    }
    if (name == "is_allowed_action_org_action") {
        return json(200, "true");
    }
    return json(200, "false");
}

Reply ScriptedCapgo::versions(const Seen &seen)
{
    if (seen.method == "GET") {
        return json(200, m_memory.row ? text({*m_memory.row}) : QByteArray("[]"));
    }
    QJsonObject row = m_memory.row.value_or(QJsonObject{
        {QStringLiteral("id"), 4711},
        {QStringLiteral("created_at"), QStringLiteral("2026-07-20T10:00:00Z")},
        {QStringLiteral("updated_at"), QStringLiteral("2026-07-20T10:00:00Z")},
        {QStringLiteral("deleted"), false},
    });
    const QJsonObject sent = object(seen.body);
    for (auto field = sent.begin(); field != sent.end(); ++field) {
        row.insert(field.key(), field.value());
    }
    m_memory.row = row;
    return json(201, text({row}));
}

Reply ScriptedCapgo::tus(const Seen &seen)
{
    const auto offset = [this]() -> QByteArray {
        return "Upload-Offset: " + QByteArray::number(m_memory.content.size()) + "\r\n";
    };
    if (seen.method == "POST") {
        m_memory.length = seen.headers.value("upload-length").toLongLong();
        m_memory.content.clear();
        return empty(201, "Location: /files/upload/attachments/one\r\n" + offset());
    }
    if (m_memory.length < 0) {
        return json(404, R"({"error":"not_found"})");
    }
    if (seen.method == "HEAD") {
        return empty(200, "Upload-Length: " + QByteArray::number(m_memory.length) + "\r\n" + offset());
    }
    if (seen.headers.value("upload-offset").toLongLong() != m_memory.content.size()) {
        return json(409, R"({"error":"offset_conflict"})");
    }
    m_memory.content += seen.body;
    return empty(204, offset());
}

} // namespace gatehouse::test
