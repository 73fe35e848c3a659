// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/context.h"
#include "server/management/manifestinput.h"
#include "server/management/rest/columncheck.h"
#include "server/management/rest/resterror.h"
#include "server/management/rest/tables.h"

#include <QJsonDocument>

namespace gatehouse::server {

using namespace rest;

namespace {

Answer<Rows> matchingRows(TableAccess &access, const Table &table, const RestQuery &query)
{
    GATEHOUSE_ASSIGN(const Rows rows, table.load(access, query));
    Rows matching;
    for (const QJsonObject &row : rows) {
        if (query.matches(row)) {
            matching.append(row);
        }
    }
    sortRows(matching, query.order);
    return matching;
}

/// Rows whose inner embeds have a match, with only what select names.
Answer<QJsonArray> projected(TableAccess &access, const Table &table, const Rows &rows,
                             const RestQuery &query)
{
    QJsonArray answer;
    for (const QJsonObject &row : rows) {
        GATEHOUSE_ASSIGN(const QJsonObject one, project(access, table, row, query.select));
        const bool isLeftOut =
            std::any_of(query.select.cbegin(), query.select.cend(),
                        [&](const SelectItem &item) { return item.inner && one.value(item.key()).isNull(); });
        if (!isLeftOut) {
            answer.append(one);
        }
    }
    return answer;
}

QByteArray contentRange(qint64 offset, qsizetype shown, std::optional<qint64> total)
{
    const QByteArray end = total ? QByteArray::number(*total) : QByteArrayLiteral("*");
    if (shown == 0) {
        return QByteArray("*/" + end);
    }
    return QByteArray(QByteArray::number(offset) + '-' + QByteArray::number(offset + shown - 1) + '/' + end);
}

/// Who wants an object wants exactly one row. Asked before a write: afterwards it would have been done.
Answer<void> requireOneRow(qsizetype count, const RestQuery &query)
{
    return !query.wantsObject || count == 1
               ? Answer<void>()
               : Answer<void>(restError(
                     406, "PGRST116", QStringLiteral("JSON object requested, multiple (or no) rows returned"),
                     QStringLiteral("The result contains %1 rows").arg(count)));
}

/// The rows as the caller wants them: an array, or exactly one object.
Response rowsResponse(const QJsonArray &rows, const RestQuery &query, int status)
{
    if (!query.wantsObject) {
        return jsonResponse(rows, status);
    }
    GATEHOUSE_TRY(requireOneRow(rows.size(), query));
    Response response = jsonResponse(rows.first().toObject(), status);
    response.setHeader("Content-Type", "application/vnd.pgrst.object+json; charset=utf-8");
    return response;
}

Answer<const Table *> tableOf(const Request &request)
{
    const QString name = request.parameter(QStringLiteral("table"));
    const Table *table = tableNamed(name);
    if (table == nullptr) {
        return restError(404, "PGRST205", QStringLiteral("Could not find the table “%1”.").arg(name));
    }
    return table;
}

Response readRows(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Table *table, tableOf(request));
    GATEHOUSE_ASSIGN(const RestQuery query, parseQuery(request));
    GATEHOUSE_TRY(checkQuery(*table, query));
    TableAccess access{context, caller};
    GATEHOUSE_ASSIGN(const Rows rows, matchingRows(access, *table, query));
    if (query.offset > 0 && query.offset > rows.size() && query.prefer.countExact) {
        return restError(416, "PGRST103", QStringLiteral("Requested range not satisfiable"));
    }
    GATEHOUSE_ASSIGN(
        const QJsonArray page,
        projected(access, *table, rows.mid(std::min<qint64>(query.offset, rows.size()), query.limit), query));
    const std::optional<qint64> total =
        query.prefer.countExact ? std::optional<qint64>(rows.size()) : std::nullopt;
    const bool isPart = total && page.size() < *total;
    Response response = rowsResponse(page, query, isPart ? 206 : 200);
    response.setHeader("Content-Range", contentRange(query.offset, page.size(), total));
    return response;
}

Answer<QJsonValue> bodyOf(const Request &request)
{
    const QJsonDocument document = QJsonDocument::fromJson(request.body);
    if (document.isArray()) {
        return QJsonValue(document.array());
    }
    if (document.isObject()) {
        return QJsonValue(document.object());
    }
    return restError(400, "PGRST102", QStringLiteral("The body is no JSON object or array."));
}

/// The answer to a write.
Response written(TableAccess &access, const Table &table, const Rows &rows, const RestQuery &query,
                 int withRows, int withoutRows)
{
    Response response = emptyResponse(withoutRows);
    if (query.prefer.returns == Preferences::Return::Representation || query.wantsObject) {
        GATEHOUSE_ASSIGN(const QJsonArray shown, projected(access, table, rows, query));
        response = rowsResponse(shown, query, withRows);
    }
    const QByteArray range = query.prefer.countExact ? contentRange(0, rows.size(), rows.size())
                                                     : contentRange(0, rows.size(), std::nullopt);
    response.setHeader("Content-Range", range);
    return response;
}

Response forbidden(const Table &table)
{
    return restError(403, "42501", QStringLiteral("permission denied for table %1").arg(table.name));
}

Response insertRows(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Table *table, tableOf(request));
    GATEHOUSE_ASSIGN(const RestQuery query, parseQuery(request));
    if (!table->insert) {
        return forbidden(*table);
    }
    GATEHOUSE_TRY(checkQuery(*table, query));
    GATEHOUSE_ASSIGN(const QJsonValue body, bodyOf(request));
    TableAccess access{context, caller};
    Rows rows;
    const QJsonArray wanted = body.isArray() ? body.toArray() : QJsonArray{body};
    GATEHOUSE_TRY(requireOneRow(wanted.size(), query));
    for (const QJsonValue &value : wanted) {
        if (!value.isObject()) {
            return restError(400, "PGRST102", QStringLiteral("A row is no JSON object."));
        }
        GATEHOUSE_ASSIGN(const auto row, table->insert(access, value.toObject(), query));
        if (row) {
            rows.append(*row);
        }
    }
    return written(access, *table, rows, query, 201, 201);
}

Response updateRows(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Table *table, tableOf(request));
    GATEHOUSE_ASSIGN(const RestQuery query, parseQuery(request));
    if (!table->update) {
        return forbidden(*table);
    }
    GATEHOUSE_TRY(checkQuery(*table, query));
    GATEHOUSE_ASSIGN(const QJsonValue body, bodyOf(request));
    if (!body.isObject()) {
        return restError(400, "PGRST102", QStringLiteral("The change is no JSON object."));
    }
    if (query.conditions.isEmpty()) {
        return restError(400, "21000", QStringLiteral("UPDATE requires a WHERE clause"));
    }
    TableAccess access{context, caller};
    GATEHOUSE_ASSIGN(const Rows matching, matchingRows(access, *table, query));
    GATEHOUSE_TRY(requireOneRow(matching.size(), query));
    Rows rows;
    for (const QJsonObject &row : matching) {
        GATEHOUSE_ASSIGN(const auto changed, table->update(access, row, body.toObject(), query));
        if (changed) {
            rows.append(*changed);
        }
    }
    return written(access, *table, rows, query, 200, 204);
}

Response deleteRows(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Table *table, tableOf(request));
    GATEHOUSE_ASSIGN(const RestQuery query, parseQuery(request));
    if (!table->remove) {
        return forbidden(*table);
    }
    GATEHOUSE_TRY(checkQuery(*table, query));
    if (query.conditions.isEmpty()) {
        return restError(400, "21000", QStringLiteral("DELETE requires a WHERE clause"));
    }
    TableAccess access{context, caller};
    GATEHOUSE_ASSIGN(const Rows matching, matchingRows(access, *table, query));
    GATEHOUSE_TRY(requireOneRow(matching.size(), query));
    for (const QJsonObject &row : matching) {
        GATEHOUSE_TRY(table->remove(access, row));
    }
    return written(access, *table, matching, query, 200, 204);
}

using TableHandler = Response (*)(ManagementContext &, const Request &, const Caller &);

void addTableRoute(Router &router, ManagementContext &context, Method method, TableHandler handler,
                   RouteOptions options = {})
{
    const Handler keyed =
        withKey(context, KeyClass::Table, [&context, handler](const Request &request, const Caller &caller) {
            return handler(context, request, caller);
        });
    router.add(
        method, QStringLiteral("/rest/v1/:table"),
        [keyed](const Request &request) { return inRestForm(keyed(request)); }, options);
}

} // namespace

/// The part of PostgREST that clients of Capgo use. @source spec: management-api, section 3.9
void addRestRoutes(Router &router, ManagementContext &context)
{
    addTableRoute(router, context, Method::Get, readRows);
    addTableRoute(router, context, Method::Post, insertRows, {kMaxManifestBody, RunOn::Pool});
    addTableRoute(router, context, Method::Patch, updateRows, {kMaxManifestBody, RunOn::Pool});
    addTableRoute(router, context, Method::Delete, deleteRows);
}

} // namespace gatehouse::server
