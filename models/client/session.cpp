// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session.h"

#include "client/exchange.h"
#include "core/sentences.h"

#include <QJsonDocument>

namespace gatehouse::client {

namespace {

constexpr int kRowsPerPage = 1000; // PostgREST's own limit on Capgo

QUrl withoutTrailingSlash(QUrl url)
{
    QString path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(QLatin1Char('/'))) {
        path.chop(1);
    }
    url.setPath(path, QUrl::StrictMode);
    url.setQuery(QString());
    url.setFragment(QString());
    return url;
}

QUrl joined(const QUrl &base, const QString &path, const QUrlQuery &query)
{
    QUrl url = base;
    url.setPath(base.path(QUrl::FullyEncoded) + path, QUrl::StrictMode);
    if (!query.isEmpty()) {
        url.setQuery(query);
    }
    return url;
}

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == QLatin1String("https") ? 443 : 80);
}

bool isSameOrigin(const QUrl &a, const QUrl &b)
{
    return a.scheme() == b.scheme() && a.host() == b.host() && portOf(a) == portOf(b);
}

Result<FilesConfig> discoverFiles(const Session &session, Operation &operation)
{
    const Result<Response> answer =
        session.read(session.filesRequest(Method::Get, QStringLiteral("/files/config")), operation);
    if (answer) {
        return parseFilesConfig(answer->body);
    }
    if (answer.error().kind == ErrorKind::NotFound) {
        return FilesConfig{};
    }
    return answer.error();
}

Result<Capabilities> discoverCapabilities(const Session &session, const FilesConfig &files,
                                          Operation &operation)
{
    const Result<Response> answer = session.read(
        session.apiRequest(Method::Get, QStringLiteral("/gatehouse/v1/capabilities")), operation);
    if (answer) {
        const QString path = QStringLiteral("capabilities");
        GATEHOUSE_ASSIGN(const QJsonObject object, parseJsonObject(answer->body, path));
        GATEHOUSE_ASSIGN(const wire::ServerCapabilities found,
                         wire::ServerCapabilities::fromJson(object, path));
        return Capabilities::ofGatehouse(found, files);
    }
    if (answer.error().kind == ErrorKind::NotFound) {
        return Capabilities::ofCapgo(files);
    }
    return answer.error();
}

} // namespace

Result<std::shared_ptr<const Session>> Session::open(std::shared_ptr<Transport> transport,
                                                     const ServerAddress &address,
                                                     std::shared_ptr<const Secret> apiKey,
                                                     Operation &operation)
{
    GATEHOUSE_TRY(checkUrl(address.api));
    std::shared_ptr<Session> session(new Session);
    session->m_transport = std::move(transport);
    session->m_api = withoutTrailingSlash(address.api);
    session->m_files = address.files ? withoutTrailingSlash(*address.files) : session->m_api;
    session->m_supa = session->m_api;

    // The first question goes without the key: a mistyped address must not learn it.
    const Result<Response> config =
        session->read(session->apiRequest(Method::Get, QStringLiteral("/private/config")), operation);
    if (!config) {
        const bool isForeign =
            config.error().kind == ErrorKind::NotFound || config.error().kind == ErrorKind::Invalid;
        return isForeign
                   ? makeError(
                         ErrorKind::Protocol, "client.discovery",
                         Sentences::tr("At %1 is no server for updates.").arg(address.api.toDisplayString()),
                         config.error().what,
                         Sentences::tr("Enter the address of the management API, for instance "
                                       "https://api.capgo.app."))
                   : config.error();
    }
    GATEHOUSE_ASSIGN(const Discovery discovery, parseDiscovery(config->body));
    session->m_supa = withoutTrailingSlash(discovery.supa);
    session->m_anonKey = discovery.anonKey;
    session->m_apiKey = std::move(apiKey);
    GATEHOUSE_ASSIGN(const FilesConfig files, discoverFiles(*session, operation));
    GATEHOUSE_ASSIGN(session->m_capabilities, discoverCapabilities(*session, files, operation));
    return std::shared_ptr<const Session>(std::move(session));
}

QString Session::identity() const
{
    return m_capabilities.serverId().isEmpty() ? m_api.toString() : m_capabilities.serverId();
}

Request Session::apiRequest(Method method, const QString &path, const QUrlQuery &query) const
{
    Request request;
    request.method = method;
    request.url = joined(m_api, path, query);
    request.apiKey = m_apiKey;
    request.headers.append(Header{"Accept", "application/json"});
    return request;
}

Request Session::filesRequest(Method method, const QString &path) const
{
    Request request = apiRequest(method, path);
    request.url = joined(m_files, path, {});
    return request;
}

Request Session::restRequest(Method method, const QString &path, const QUrlQuery &query) const
{
    Request request = apiRequest(method, path);
    request.url = joined(m_supa, QStringLiteral("/rest/v1") + path, query);
    if (!m_anonKey.isEmpty()) {
        request.headers.append(Header{"apikey", m_anonKey});
    }
    return request;
}

Request Session::rpcRequest(const QString &name, const QJsonObject &arguments) const
{
    return withJson(restRequest(Method::Post, QStringLiteral("/rpc/") + name), arguments);
}

bool Session::isOwnOrigin(const QUrl &url) const
{
    return isSameOrigin(url, m_api) || isSameOrigin(url, m_files) || isSameOrigin(url, m_supa);
}

Result<Request> Session::followRequest(Method method, const QUrl &url) const
{
    if (!isOwnOrigin(url)) {
        return makeError(
            ErrorKind::Protocol, "client.foreign_url",
            Sentences::tr("The server sends us to %1, which is not its own address.").arg(url.host()),
            Sentences::tr("The API key must not go there."));
    }
    Request request = apiRequest(method, {});
    request.url = url;
    return request;
}

Result<Response> Session::change(const Request &request, Operation &operation) const
{
    return m_transport->send(request, operation).then(requireSuccess);
}

Result<Response> Session::read(const Request &request, Operation &operation) const
{
    return sendRepeatable(*m_transport, request, operation).then(requireSuccess);
}

Result<QJsonObject> Session::readObject(const Request &request, Operation &operation) const
{
    GATEHOUSE_ASSIGN(const Response response, read(request, operation));
    return parseJsonObject(response.body, request.url.path());
}

Result<QJsonArray> Session::readArray(const Request &request, Operation &operation) const
{
    GATEHOUSE_ASSIGN(const Response response, read(request, operation));
    return parseJsonArray(response.body, request.url.path());
}

Result<QJsonArray> Session::readTable(const QString &path, QUrlQuery query, Operation &operation,
                                      qsizetype maxRows) const
{
    QJsonArray rows;
    query.addQueryItem(QStringLiteral("limit"), QString::number(kRowsPerPage));
    for (qsizetype offset = 0; offset < maxRows; offset = rows.size()) {
        QUrlQuery page = query;
        page.addQueryItem(QStringLiteral("offset"), QString::number(offset));
        GATEHOUSE_ASSIGN(const QJsonArray found, readArray(restRequest(Method::Get, path, page), operation));
        for (const QJsonValue &row : found) {
            rows.append(row);
        }
        if (found.size() < kRowsPerPage) {
            break;
        }
    }
    return rows;
}

QByteArray Session::keyInBody() const
{
    QByteArray body = R"({"apikey":")";
    if (m_apiKey) {
        body += m_apiKey->view().toByteArray();
    }
    body += R"("})";
    return body;
}

Result<Discovery> parseDiscovery(const QByteArray &body)
{
    const QString path = QStringLiteral("private config");
    GATEHOUSE_ASSIGN(const QJsonObject object, parseJsonObject(body, path));
    JsonReader in(object, path);
    Discovery discovery;
    discovery.supa = QUrl(in.text("supaHost"), QUrl::StrictMode);
    discovery.anonKey = in.optText("supaKey").value_or(QString()).toLatin1();
    if (!checkUrl(discovery.supa)) {
        in.complain("supaHost", Sentences::tr("%1 should be the address of a server."));
    }
    GATEHOUSE_TRY(in.finish());
    return discovery;
}

QString segment(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

QString readPath(const QString &storageKey)
{
    QStringList encoded;
    const QStringList segments = storageKey.split(QLatin1Char('/'));
    for (const QString &part : segments) {
        encoded.append(segment(part));
    }
    return QStringLiteral("/files/read/attachments/") + encoded.join(QLatin1Char('/'));
}

Request withJson(Request request, const QJsonObject &json)
{
    request.body = QJsonDocument(json).toJson(QJsonDocument::Compact);
    request.headers.append(Header{"Content-Type", "application/json"});
    return request;
}

Request withHeader(Request request, const QByteArray &name, const QByteArray &value)
{
    request.headers.append(Header{name, value});
    return request;
}

} // namespace gatehouse::client
