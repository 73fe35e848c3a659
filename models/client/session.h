// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/capabilities.h"
#include "client/transport.h"

#include <QJsonArray>
#include <QUrlQuery>

namespace gatehouse::client {

/// Where a server is. @source spec: management-api, section 0.1
struct ServerAddress
{
    QUrl api;                  ///< the management base: https://api.example.org or https://host/functions/v1
    std::optional<QUrl> files; ///< when uploads go elsewhere; else the same base
};

/// One server, asked with one API key: its bases, what it can do, and the way to ask. Made by open(), then
/// constant; resources (Apps, Channels, …) share it.
/// @thread any but the GUI thread for everything that takes an Operation
class Session
{
public:
    /// Asks /private/config, /files/config and /gatehouse/v1/capabilities.
    /// @error those of Transport::send, Denied "server.invalid_apikey", Protocol "client.discovery" when the
    /// address
    ///        is no such server
    static Result<std::shared_ptr<const Session>> open(std::shared_ptr<Transport> transport,
                                                       const ServerAddress &address,
                                                       std::shared_ptr<const Secret> apiKey,
                                                       Operation &operation);

    [[nodiscard]] const QUrl &api() const { return m_api; }
    [[nodiscard]] const QUrl &files() const { return m_files; }
    [[nodiscard]] const QUrl &supa() const { return m_supa; }
    [[nodiscard]] const Capabilities &capabilities() const { return m_capabilities; }
    /// What journal, keychain and remembered state are kept under: the server's own id, else its API base.
    [[nodiscard]] QString identity() const;
    [[nodiscard]] const std::shared_ptr<Transport> &transport() const { return m_transport; }

    /// API + path, with the key. path starts with a slash; ids in it must be percent-encoded (segment()).
    [[nodiscard]] Request apiRequest(Method method, const QString &path, const QUrlQuery &query = {}) const;
    [[nodiscard]] Request filesRequest(Method method, const QString &path) const;
    /// SUPA/rest/v1 + path, with the key and the anonymous key.
    [[nodiscard]] Request restRequest(Method method, const QString &path, const QUrlQuery &query = {}) const;
    /// POST SUPA/rest/v1/rpc/name.
    [[nodiscard]] Request rpcRequest(const QString &name, const QJsonObject &arguments) const;
    /// An address that the server gave us (a TUS Location). @error Protocol "client.foreign_url" when it is
    /// on none of this server's origins: the key must not go there
    Result<Request> followRequest(Method method, const QUrl &url) const;

    /// Sends once; a refusal is an error.
    Result<Response> change(const Request &request, Operation &operation) const;
    /// Sends, and again when that may help; a refusal is an error.
    Result<Response> read(const Request &request, Operation &operation) const;
    Result<QJsonObject> readObject(const Request &request, Operation &operation) const;
    Result<QJsonArray> readArray(const Request &request, Operation &operation) const;
    /// One page after the other of a PostgREST table, until a short page. At most maxRows.
    Result<QJsonArray> readTable(const QString &path, QUrlQuery query, Operation &operation,
                                 qsizetype maxRows = 100000) const;

    /// The key as an argument of the RPC get_user_id, which wants it in the body. The caller wipes it.
    [[nodiscard]] QByteArray keyInBody() const;

private:
    Session() = default;
    [[nodiscard]] bool isOwnOrigin(const QUrl &url) const;

    std::shared_ptr<Transport> m_transport;
    QUrl m_api;
    QUrl m_files;
    QUrl m_supa;
    QByteArray m_anonKey;
    std::shared_ptr<const Secret> m_apiKey;
    Capabilities m_capabilities;
};

using SessionPtr = std::shared_ptr<const Session>;

/// What /private/config answers. @source spec: management-api, section 0.2
struct Discovery
{
    QUrl supa;
    QByteArray anonKey;
};
/// @error Protocol "wire.json"
Result<Discovery> parseDiscovery(const QByteArray &body);

/// One segment of a path, percent-encoded.
[[nodiscard]] QString segment(const QString &text);
/// Path of a stored file by its storage key, each segment percent-encoded.
[[nodiscard]] QString readPath(const QString &storageKey);
/// The body set as JSON.
[[nodiscard]] Request withJson(Request request, const QJsonObject &json);
[[nodiscard]] Request withHeader(Request request, const QByteArray &name, const QByteArray &value);

} // namespace gatehouse::client
