// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/audit.h"

#include "server/storage/rows.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace gatehouse::server {

namespace {

QStringList changedFields(const AuditNote &note)
{
    QStringList fields;
    if (note.before && note.after) {
        for (auto field = note.after->begin(); field != note.after->end(); ++field) {
            if (note.before->value(field.key()) != field.value()) {
                fields.append(field.key());
            }
        }
    }
    return fields;
}

std::optional<QString> textOf(const std::optional<QJsonObject> &object)
{
    return object ? std::optional(QString::fromUtf8(rows::compact(*object))) : std::nullopt;
}

} // namespace

Result<void> writeAudit(Database &database, UtcTime now, const Actor &actor, const AuditNote &note)
{
    Query query(
        database,
        "INSERT INTO audit_log (created_at, table_name, record_id, operation, user_id, api_key_id, via, "
        "reason, old_record, new_record, changed_fields) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    query.bind(now).bind(note.tableName).bind(note.recordId).bind(note.operation).bind(actor.userId);
    query.bind(actor.apiKeyId)
        .bind(actor.via)
        .bind(note.reason)
        .bind(textOf(note.before))
        .bind(textOf(note.after));
    query.bind(QString::fromUtf8(rows::compact(QJsonArray::fromStringList(changedFields(note)))));
    return query.finish();
}

std::string selectAudit()
{
    return "SELECT id, created_at, table_name, record_id, operation, user_id, api_key_id, via, reason, "
           "old_record, "
           "new_record, changed_fields FROM audit_log ";
}

AuditRecord readAudit(Query &query)
{
    AuditRecord record;
    record.id = query.integer();
    record.createdAt = query.time();
    record.tableName = query.text();
    record.recordId = query.text();
    record.operation = query.text();
    record.userId = query.text();
    record.apiKeyId = query.integer();
    record.via = query.text();
    record.reason = query.text();
    if (const auto before = query.optText()) {
        record.oldRecord = rows::objectFrom(before->toUtf8());
    }
    if (const auto after = query.optText()) {
        record.newRecord = rows::objectFrom(after->toUtf8());
    }
    for (const QJsonValue &field : QJsonDocument::fromJson(query.blob()).array()) {
        record.changedFields.append(field.toString());
    }
    return record;
}

} // namespace gatehouse::server
