// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/wireformat.h"

#include <array>
#include <cstdio>
#include <ctime>

namespace gatehouse::server {

namespace {

QByteArray reasonOf(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 204:
        return "No Content";
    case 206:
        return "Partial Content";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 409:
        return "Conflict";
    case 410:
        return "Gone";
    case 412:
        return "Precondition Failed";
    case 413:
        return "Content Too Large";
    case 415:
        return "Unsupported Media Type";
    case 416:
        return "Range Not Satisfiable";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    case 507:
        return "Insufficient Storage";
    default:
        return "Status";
    }
}

/// By hand: the C library's names of days follow the locale.
QByteArray dateText()
{
    static constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 64> text{};
    const int length = std::snprintf(text.data(), text.size(), "%s, %02d %s %d %02d:%02d:%02d GMT",
                                     kDays.at(static_cast<std::size_t>(parts.tm_wday)), parts.tm_mday,
                                     kMonths.at(static_cast<std::size_t>(parts.tm_mon)), parts.tm_year + 1900,
                                     parts.tm_hour, parts.tm_min, parts.tm_sec);
    return {text.data(), length};
}

void appendHeader(QByteArray &head, const QByteArray &name, QByteArray value)
{
    value.replace('\r', ' ').replace('\n', ' ');
    head += name + ": " + value + "\r\n";
}

} // namespace

QByteArray responseHead(const Response &response, const HeadOptions &options)
{
    QByteArray head;
    head.reserve(512);
    head += "HTTP/1.1 " + QByteArray::number(response.status) + ' ' + reasonOf(response.status) + "\r\n";
    appendHeader(head, "Server", "gatehouse");
    appendHeader(head, "Date", dateText());
    appendHeader(head, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    appendHeader(head, "X-Content-Type-Options", "nosniff");
    appendHeader(head, "X-Worker-Source", "gatehouse-server");
    if (!options.corsOrigin.isEmpty()) {
        appendHeader(head, "Access-Control-Allow-Origin", options.corsOrigin);
        appendHeader(head, "Vary", "Origin");
    }
    for (const auto &[name, value] : response.headers) {
        appendHeader(head, name, value);
    }
    if (options.contentLength >= 0 && response.status != 204 && response.status != 304) {
        appendHeader(head, "Content-Length", QByteArray::number(options.contentLength));
    }
    appendHeader(head, "Connection", options.keepAlive ? "keep-alive" : "close");
    head += "\r\n";
    return head;
}

QByteArray eventText(const StreamEvent &event)
{
    QByteArray text;
    if (!event.id.isEmpty()) {
        text += "id: " + event.id + '\n';
    }
    if (!event.name.isEmpty()) {
        text += "event: " + event.name + '\n';
    }
    for (const QByteArray &line : event.data.split('\n')) {
        text += "data: " + line + '\n';
    }
    text += '\n';
    return text;
}

Response preflightResponse()
{
    Response response = emptyResponse(204);
    response.setHeader("Access-Control-Allow-Methods", "POST, GET, PUT, PATCH, DELETE, OPTIONS");
    response.setHeader(
        "Access-Control-Allow-Headers",
        "Content-Type, Authorization, capgkey, capgo_api, x-api-key, x-limited-key-id, apisecret, "
        "apikey, x-client-info");
    response.setHeader("Access-Control-Max-Age", "600");
    return response;
}

} // namespace gatehouse::server
