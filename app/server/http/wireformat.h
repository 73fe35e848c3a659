// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/response.h"

namespace gatehouse::server {

/// How the head of an answer is written.
struct HeadOptions
{
    bool keepAlive = true;
    /// -1 for a stream that ends with the connection.
    qint64 contentLength = 0;
    QByteArray corsOrigin;
};

/// Status line, headers, empty line. Line breaks in values become spaces.
[[nodiscard]] QByteArray responseHead(const Response &response, const HeadOptions &options);
/// The lines of one event.
[[nodiscard]] QByteArray eventText(const StreamEvent &event);
/// Answer to a preflight, or to OPTIONS without one: 204. @source spec: device-protocol 0.2,
/// management-api 1.5
[[nodiscard]] Response preflightResponse();

} // namespace gatehouse::server
