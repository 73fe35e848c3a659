// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/router.h"

namespace gatehouse::server {

namespace {

QByteArray exactKey(Method method, const QByteArray &path)
{
    return methodName(method) + ' ' + path;
}

QByteArray withoutTrailingSlash(const QByteArray &path)
{
    return path.size() > 1 && path.endsWith('/') ? path.chopped(1) : path;
}

QString decodedSegment(const QByteArray &segment)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(segment));
}

/// Nothing when the path does not fit the pattern.
std::optional<QHash<QString, QString>> fit(const std::vector<QString> &pattern, const QList<QByteArray> &path)
{
    QHash<QString, QString> parameters;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const QString &wanted = pattern[i];
        const auto at = static_cast<qsizetype>(i);
        if (wanted.startsWith(QLatin1Char('*'))) {
            if (at >= path.size() || path.at(at).isEmpty()) {
                return std::nullopt;
            }
            parameters.insert(wanted.mid(1), decodedSegment(path.mid(at).join('/')));
            return parameters;
        }
        if (at >= path.size()) {
            return std::nullopt;
        }
        if (wanted.startsWith(QLatin1Char(':'))) {
            if (path.at(at).isEmpty()) {
                return std::nullopt;
            }
            parameters.insert(wanted.mid(1), decodedSegment(path.at(at)));
        } else if (wanted != decodedSegment(path.at(at))) {
            return std::nullopt;
        }
    }
    if (path.size() != static_cast<qsizetype>(pattern.size())) {
        return std::nullopt;
    }
    return parameters;
}

} // namespace

QByteArray methodName(Method method)
{
    switch (method) {
    case Method::Get:
        return "GET";
    case Method::Head:
        return "HEAD";
    case Method::Post:
        return "POST";
    case Method::Put:
        return "PUT";
    case Method::Patch:
        return "PATCH";
    case Method::Delete:
        return "DELETE";
    case Method::Options:
        break;
    }
    return "OPTIONS";
}

void Router::add(Method method, const QString &pattern, Handler handler, RouteOptions options)
{
    insert(Route{method, pattern, options, std::move(handler)});
}

void Router::addStream(Method method, const QString &pattern, StreamHandler handler, RouteOptions options)
{
    insert(Route{method, pattern, options, std::move(handler)});
}

void Router::insert(Route route)
{
    auto compiled = std::make_unique<Compiled>();
    compiled->route = std::move(route);
    bool isExact = true;
    for (const QString &segment : compiled->route.pattern.mid(1).split(QLatin1Char('/'))) {
        isExact = isExact && !segment.startsWith(QLatin1Char(':')) && !segment.startsWith(QLatin1Char('*'));
        compiled->segments.push_back(segment);
    }
    if (isExact) {
        m_exact.insert(exactKey(compiled->route.method, compiled->route.pattern.toUtf8()), compiled.get());
    }
    m_routes.push_back(std::move(compiled));
}

std::optional<Router::Match> Router::match(Method method, const QByteArray &rawPath) const
{
    const QByteArray path = withoutTrailingSlash(rawPath);
    if (const Compiled *exact = m_exact.value(exactKey(method, path), nullptr)) {
        return Match{&exact->route, {}};
    }
    const QList<QByteArray> segments = path.mid(1).split('/');
    for (const auto &compiled : m_routes) {
        if (compiled->route.method != method) {
            continue;
        }
        if (auto parameters = fit(compiled->segments, segments)) {
            return Match{&compiled->route, std::move(*parameters)};
        }
    }
    if (method == Method::Head) {
        return match(Method::Get, rawPath);
    }
    return std::nullopt;
}

Response Router::dispatch(Request request) const
{
    auto found = match(request.method, request.rawPath);
    if (!found) {
        return notFoundResponse();
    }
    request.parameters = std::move(found->parameters);
    if (const auto *handler = std::get_if<Handler>(&found->route->handler)) {
        return (*handler)(request);
    }
    const QByteArray body = request.body;
    request.body.clear();
    auto answer = std::get<StreamHandler>(found->route->handler)(request);
    if (auto *response = std::get_if<Response>(&answer)) {
        return std::move(*response);
    }
    auto &sink = std::get<std::unique_ptr<BodySink>>(answer);
    if (auto written = sink->write(body); !written) {
        return responseFor(written.error());
    }
    return sink->finish();
}

QStringList Router::list() const
{
    QStringList routes;
    for (const auto &compiled : m_routes) {
        routes.append(QString::fromLatin1(methodName(compiled->route.method)) + QLatin1Char(' ') +
                      compiled->route.pattern);
    }
    routes.sort();
    return routes;
}

} // namespace gatehouse::server
