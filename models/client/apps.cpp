// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/apps.h"

#include <QMap>

namespace gatehouse::client {

Result<QVector<wire::AppRow>> Apps::list(Operation &operation) const
{
    constexpr int kPage = 50;
    QMap<QString, wire::AppRow> apps;
    // Some servers answer a later page with rows of an earlier one; a page without a new row is the end.
    for (int page = 0; page < 1000; ++page) {
        QUrlQuery query;
        query.addQueryItem(QStringLiteral("page"), QString::number(page));
        query.addQueryItem(QStringLiteral("limit"), QString::number(kPage));
        const Request request = m_session->apiRequest(Method::Get, QStringLiteral("/app"), query);
        GATEHOUSE_ASSIGN(const QJsonArray rows, m_session->readArray(request, operation));
        GATEHOUSE_ASSIGN(const QVector<wire::AppRow> found,
                         readEach<wire::AppRow>(rows, QStringLiteral("apps"), wire::AppRow::fromJson));
        const qsizetype before = apps.size();
        for (const wire::AppRow &app : found) {
            apps.insert(app.appId, app);
        }
        if (found.size() < kPage || apps.size() == before) {
            break;
        }
    }
    return apps.values();
}

Result<wire::AppRow> Apps::one(const AppId &app, Operation &operation) const
{
    GATEHOUSE_ASSIGN(
        const QJsonObject object,
        m_session->readObject(
            m_session->apiRequest(Method::Get, QStringLiteral("/app/") + segment(app.text())), operation));
    return wire::AppRow::fromJson(object, QStringLiteral("app"));
}

Result<wire::AppRow> Apps::create(const AppId &app, const QString &name, const QString &organization,
                                  Operation &operation) const
{
    const QJsonObject body{{QStringLiteral("app_id"), app.text()},
                           {QStringLiteral("name"), name},
                           {QStringLiteral("owner_org"), organization}};
    GATEHOUSE_ASSIGN(
        const Response response,
        m_session->change(withJson(m_session->apiRequest(Method::Post, QStringLiteral("/app")), body),
                          operation));
    GATEHOUSE_ASSIGN(const QJsonObject object, parseJsonObject(response.body, QStringLiteral("app")));
    return wire::AppRow::fromJson(object, QStringLiteral("app"));
}

Result<void> Apps::remove(const AppId &app, Operation &operation) const
{
    GATEHOUSE_TRY(m_session->change(
        m_session->apiRequest(Method::Delete, QStringLiteral("/app/") + segment(app.text())), operation));
    return {};
}

Result<QVector<Organization>> Apps::organizations(Operation &operation) const
{
    GATEHOUSE_ASSIGN(
        const QJsonArray rows,
        m_session->readArray(m_session->apiRequest(Method::Get, QStringLiteral("/organization")), operation));
    return readEach<Organization>(rows, QStringLiteral("organizations"),
                                  [](const QJsonObject &object, const QString &path) -> Result<Organization> {
                                      JsonReader in(object, path);
                                      Organization organization;
                                      organization.id = in.text("id");
                                      organization.name = in.text("name");
                                      GATEHOUSE_TRY(in.finish());
                                      return organization;
                                  });
}

} // namespace gatehouse::client
