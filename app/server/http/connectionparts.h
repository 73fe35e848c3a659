// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/response.h"
#include "server/http/router.h"
#include "server/http/wireformat.h"

#include <boost/beast/http/verb.hpp>

#include <exception>
#include <optional>

namespace gatehouse::server {

/// What of Beast a connection turns into our own words.

[[nodiscard]] std::optional<Method> methodOf(boost::beast::http::verb verb);

[[nodiscard]] inline QByteArray bytesOf(boost::beast::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

/// A handler must not throw; one that does (memory, a library) answers 500 instead of ending the server.
template<typename Function>
Response guarded(Function &&function)
{
    try {
        return std::forward<Function>(function)();
    } catch (const std::exception &problem) {
        return failureResponse(makeError(ErrorKind::Internal, "http.handler",
                                         QStringLiteral("A handler stopped with an exception."),
                                         QString::fromLocal8Bit(problem.what())));
    }
}

} // namespace gatehouse::server
