// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "fleet/transport/origin.h"

#include <QByteArray>

#include <functional>

namespace gatehouse::fleet {

struct HttpRequest
{
    enum class Method { Get, Post } method = Method::Get;
    QUrl url;
    QByteArray userAgent;
    QByteArray body; ///< JSON; Post alone
    /// Where the body of a 200 goes; empty: into HttpResponse::body.
    QString saveTo;
    qint64 maxBodyBytes = 1024 * 1024;
};

struct HttpResponse
{
    int status = 0;
    QByteArray body;       ///< empty when it was saved
    QByteArray retryAfter; ///< the header as it came
    qint64 bytes = 0;      ///< of the body
};

/// Called once, on the thread of the loop. @error Offline "fleet.connect", "fleet.broken"; Timeout
/// "fleet.timeout"; Protocol "fleet.http", "fleet.too_large"; Crypto "fleet.tls"; Io "fleet.save"
using OnResponse = std::function<void(Result<HttpResponse>)>;

} // namespace gatehouse::fleet
