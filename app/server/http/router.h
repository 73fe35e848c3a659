// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "server/http/request.h"
#include "server/http/response.h"

#include <QByteArrayView>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace gatehouse::server {

inline constexpr qint64 kMaxJsonBody = 1024 * 1024;
inline constexpr qint64 kMaxUploadPiece = 99 * 1024 * 1024;

/// Takes a body in pieces as they arrive. Dropped without finish() when the caller goes away: what was
/// written by then is the sink's to keep (a resumable upload) or to remove.
/// @thread one at a time, on a handler thread
class BodySink
{
public:
    virtual ~BodySink() = default;
    /// An error ends the request with responseFor(error) and closes the connection.
    virtual Result<void> write(QByteArrayView piece) = 0;
    virtual Response finish() = 0;
};

using Handler = std::function<Response(const Request &)>;
/// Called with an empty body once the headers are in; answers at once or says where the body goes.
using StreamHandler = std::function<std::variant<Response, std::unique_ptr<BodySink>>(const Request &)>;

/// Where a handler runs.
enum class RunOn {
    Pool, ///< a handler thread: may wait for the disk or for a commit
    Io,   ///< the thread of the connection: microseconds only, must never wait
};

struct RouteOptions
{
    qint64 maxBody = kMaxJsonBody;
    RunOn runOn = RunOn::Pool;
};

/// Which handler answers a method and path. Filled before the server starts, then only read.
/// Patterns: "/bundle", "/app/:app_id" (one segment), "/files/read/attachments/*key" (the rest, at the end
/// only). A trailing slash of the path is ignored; HEAD is answered by the GET route; exact patterns win.
class Router
{
public:
    struct Route
    {
        Method method = Method::Get;
        QString pattern;
        RouteOptions options;
        std::variant<Handler, StreamHandler> handler;
    };
    struct Match
    {
        const Route *route = nullptr;
        QHash<QString, QString> parameters;
    };

    void add(Method method, const QString &pattern, Handler handler, RouteOptions options = {});
    void addStream(Method method, const QString &pattern, StreamHandler handler, RouteOptions options);

    /// Nothing when no route has this method and path.
    [[nodiscard]] std::optional<Match> match(Method method, const QByteArray &rawPath) const;
    /// Runs the handler of a memory route, or answers 404. For tests and for the transport.
    [[nodiscard]] Response dispatch(Request request) const;
    /// "GET /bundle" …, sorted. For the test that walks every route.
    [[nodiscard]] QStringList list() const;

private:
    struct Compiled
    {
        Route route;
        std::vector<QString> segments;
    };
    void insert(Route route);

    std::vector<std::unique_ptr<Compiled>> m_routes;
    QHash<QByteArray, const Compiled *> m_exact;
};

/// "GET". The method's name on the wire.
[[nodiscard]] QByteArray methodName(Method method);

} // namespace gatehouse::server
