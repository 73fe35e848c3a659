// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/bundles.h"

#include "core/sentences.h"

#include <QHash>

namespace gatehouse::client {

namespace {

QUrlQuery ofApp(const AppId &app)
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("app_id"), QStringLiteral("eq.") + segment(app.text()));
    return query;
}

/// Sizes are in a table of their own on Capgo; a server without it just has no sizes.
Result<QHash<qint64, qint64>> sizesOf(const Session &session, const AppId &app, Operation &operation)
{
    QUrlQuery query = ofApp(app);
    query.addQueryItem(QStringLiteral("select"), QStringLiteral("id,size"));
    query.addQueryItem(QStringLiteral("order"), QStringLiteral("id.desc"));
    const Result<QJsonArray> rows = session.readTable(QStringLiteral("/app_versions_meta"), query, operation);
    if (!rows) {
        const bool isMissing = rows.error().kind == ErrorKind::NotFound ||
                               rows.error().kind == ErrorKind::Invalid ||
                               rows.error().kind == ErrorKind::Denied;
        return isMissing ? Result<QHash<qint64, qint64>>(QHash<qint64, qint64>()) : rows.error();
    }
    QHash<qint64, qint64> sizes;
    for (const QJsonValue &row : *rows) {
        sizes.insert(row[QLatin1String("id")].toInteger(), row[QLatin1String("size")].toInteger());
    }
    return sizes;
}

} // namespace

Result<QVector<wire::BundleRow>> Bundles::list(const AppId &app, Operation &operation) const
{
    QUrlQuery query = ofApp(app);
    query.addQueryItem(QStringLiteral("deleted"), QStringLiteral("is.false"));
    query.addQueryItem(QStringLiteral("select"), QStringLiteral("*"));
    query.addQueryItem(QStringLiteral("order"), QStringLiteral("created_at.desc"));
    GATEHOUSE_ASSIGN(const QJsonArray rows,
                     m_session->readTable(QStringLiteral("/app_versions"), query, operation));
    GATEHOUSE_ASSIGN(QVector<wire::BundleRow> bundles,
                     readEach<wire::BundleRow>(rows, QStringLiteral("bundles"), wire::BundleRow::fromJson));
    bool isComplete = true;
    for (const wire::BundleRow &bundle : bundles) {
        isComplete = isComplete && bundle.size.has_value();
    }
    if (isComplete) {
        return bundles;
    }
    GATEHOUSE_ASSIGN(const auto sizes, sizesOf(*m_session, app, operation));
    for (wire::BundleRow &bundle : bundles) {
        if (!bundle.size && sizes.contains(bundle.id)) {
            bundle.size = sizes.value(bundle.id);
        }
    }
    return bundles;
}

Result<wire::BundleRow> Bundles::one(const AppId &app, const BundleName &name, Operation &operation) const
{
    QUrlQuery query = ofApp(app);
    query.addQueryItem(QStringLiteral("name"), QStringLiteral("eq.") + segment(name.text()));
    query.addQueryItem(QStringLiteral("deleted"), QStringLiteral("is.false"));
    query.addQueryItem(QStringLiteral("select"), QStringLiteral("*"));
    query.addQueryItem(QStringLiteral("limit"), QStringLiteral("1"));
    GATEHOUSE_ASSIGN(
        const QJsonArray rows,
        m_session->readArray(m_session->restRequest(Method::Get, QStringLiteral("/app_versions"), query),
                             operation));
    if (rows.isEmpty()) {
        return makeError(ErrorKind::NotFound, "client.bundle",
                         Sentences::tr("The app %1 has no bundle %2.").arg(app.text(), name.text()));
    }
    return wire::BundleRow::fromJson(rows.first().toObject(), QStringLiteral("bundles[0]"));
}

Result<void> Bundles::remove(const AppId &app, const BundleName &name, Operation &operation) const
{
    const QJsonObject body{{QStringLiteral("app_id"), app.text()}, {QStringLiteral("version"), name.text()}};
    GATEHOUSE_TRY(m_session->change(
        withJson(m_session->apiRequest(Method::Delete, QStringLiteral("/bundle")), body), operation));
    return {};
}

Result<void> Bundles::setMetadata(const AppId &app, qint64 bundleId, const std::optional<QString> &link,
                                  const std::optional<QString> &comment, Operation &operation) const
{
    QJsonObject body{{QStringLiteral("app_id"), app.text()}, {QStringLiteral("version_id"), bundleId}};
    if (link) {
        body.insert(QStringLiteral("link"), *link);
    }
    if (comment) {
        body.insert(QStringLiteral("comment"), *comment);
    }
    GATEHOUSE_TRY(m_session->change(
        withJson(m_session->apiRequest(Method::Post, QStringLiteral("/bundle/metadata")), body), operation));
    return {};
}

Result<void> Bundles::download(const QString &r2Path, const BodySink &sink, qint64 expectedBytes,
                               Operation &operation) const
{
    Request request = m_session->filesRequest(Method::Get, readPath(r2Path));
    // As it is stored: a transfer encoding would be undone on the way and hide what devices get.
    request.headers.append(Header{"Accept-Encoding", "identity"});
    qint64 received = 0;
    request.sink = [&](QByteArrayView chunk) -> Result<void> {
        received += chunk.size();
        operation.report(QStringLiteral("Download"), received, expectedBytes, Progress::Unit::Bytes);
        return sink(chunk);
    };
    GATEHOUSE_TRY(m_session->change(request, operation));
    return {};
}

} // namespace gatehouse::client
