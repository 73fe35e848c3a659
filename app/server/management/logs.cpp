// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/context.h"
#include "server/management/rowjson.h"

#include "core/ids.h"

#include <QDateTime>
#include <QJsonDocument>

namespace gatehouse::server {
namespace {

constexpr qint64 kUsualRows = 1000;
constexpr qint64 kMostRows = 50'000;
constexpr qsizetype kMaxSearch = 512;

/// ISO text, or milliseconds since the epoch.
std::optional<UtcTime> timeOf(const QJsonValue &value)
{
    if (value.isDouble()) {
        return utcFromMs(static_cast<qint64>(value.toDouble()));
    }
    const Result<UtcTime> time = parseIso(value.toString());
    return time ? std::optional(*time) : std::nullopt;
}

Answer<EventQuery> eventQuery(const Input &input)
{
    EventQuery query;
    query.appId = input.text("appId");
    query.search = input.text("search");
    const std::optional<qint64> limit = input.has("limit") ? input.integer("limit") : kUsualRows;
    if (!AppId::parse(query.appId) || !limit || *limit < 1 || *limit > kMostRows ||
        query.search.size() > kMaxSearch) {
        return badRequest("invalid_body",
                          QStringLiteral("The body names no app, or a field is out of range."));
    }
    query.page = {0, *limit};
    query.deviceIds = deviceIdsOf(input);
    query.actions = input.texts("actions");
    for (const auto &[key, target] :
         {std::pair{"rangeStart", &query.from}, std::pair{"rangeEnd", &query.to}}) {
        const QJsonValue value = input.value(key);
        if (value.isUndefined() || value.isNull()) {
            continue;
        }
        *target = timeOf(value);
        if (!*target) {
            return badRequest("invalid_body", QStringLiteral("A time of the range cannot be read."));
        }
    }
    for (const QJsonValue &order : input.value("order").toArray()) {
        if (order[QLatin1String("key")].toString() == QLatin1String("created_at")) {
            query.byTime = order[QLatin1String("sortable")].toString() == QLatin1String("asc")
                               ? SortOrder::Ascending
                               : SortOrder::Descending;
        }
    }
    return query;
}

Answer<QJsonArray> readLog(ManagementContext &context, const Input &input, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const EventQuery query, eventQuery(input));
    GATEHOUSE_TRY(requireApp(context, caller, query.appId, "app.read_logs", 401, "app_access_denied"));
    context.store.flush();
    GATEHOUSE_ASSIGN(const QVector<EventRecord> events, orFailure(context.store.eventLog(query)));
    QJsonArray rows;
    for (const EventRecord &event : events) {
        rows.append(eventJson(event));
    }
    return rows;
}

/// @source spec: management-api, section 3.1
Response privateStats(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const QJsonArray rows, readLog(context, input, caller));
    return jsonResponse(rows);
}

/// One field of a CSV file. What a spreadsheet would take for a formula gets an apostrophe in front.
QString csvField(QString text)
{
    static const QString risky = QStringLiteral("=+-@\t\r");
    if (!text.isEmpty() && risky.contains(text.front())) {
        text.prepend(QLatin1Char('\''));
    }
    text.replace(QLatin1Char('"'), QLatin1String("\"\""));
    return QString(QLatin1Char('"') + text + QLatin1Char('"'));
}

QString csvOf(const QJsonArray &rows)
{
    static const QStringList columns{QStringLiteral("created_at"),   QStringLiteral("app_id"),
                                     QStringLiteral("device_id"),    QStringLiteral("action"),
                                     QStringLiteral("version_name"), QStringLiteral("metadata")};
    QString csv = columns.join(QLatin1Char(',')) + QLatin1String("\r\n");
    for (const QJsonValue &row : rows) {
        QStringList fields;
        for (const QString &column : columns) {
            const QJsonValue value = row[column];
            fields.append(csvField(
                value.isObject()
                    ? QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact))
                    : value.toString()));
        }
        csv += fields.join(QLatin1Char(',')) + QLatin1String("\r\n");
    }
    return csv;
}

Response exportStats(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    const QString format = input.text("format");
    if (format != QLatin1String("csv") && format != QLatin1String("json")) {
        return badRequest("invalid_body", QStringLiteral("The format must be csv or json."));
    }
    GATEHOUSE_ASSIGN(const QJsonArray rows, readLog(context, input, caller));
    QJsonObject answer{{QStringLiteral("format"), format},
                       {QStringLiteral("limit"), input.integer("limit").value_or(kUsualRows)},
                       {QStringLiteral("rowCount"), rows.size()}};
    if (format == QLatin1String("json")) {
        answer.insert(QStringLiteral("data"), rows);
        return jsonResponse(answer);
    }
    const QString fallback = QStringLiteral("gatehouse-log.csv");
    answer.insert(QStringLiteral("filename"), input.optText("filename").value_or(fallback));
    answer.insert(QStringLiteral("contentType"), QStringLiteral("text/csv; charset=utf-8"));
    answer.insert(QStringLiteral("csv"), csvOf(rows));
    return jsonResponse(answer);
}

} // namespace

void addLogRoutes(Router &router, ManagementContext &context)
{
    addKeyed(router, context, Method::Post, "/private/stats", KeyClass::Auth, privateStats);
    addKeyed(router, context, Method::Post, "/private/stats/export", KeyClass::Auth, exportStats);
}

} // namespace gatehouse::server
