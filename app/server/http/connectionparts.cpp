// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/connectionparts.h"

namespace gatehouse::server {

std::optional<Method> methodOf(boost::beast::http::verb verb)
{
    switch (verb) {
    case boost::beast::http::verb::get:
        return Method::Get;
    case boost::beast::http::verb::head:
        return Method::Head;
    case boost::beast::http::verb::post:
        return Method::Post;
    case boost::beast::http::verb::put:
        return Method::Put;
    case boost::beast::http::verb::patch:
        return Method::Patch;
    case boost::beast::http::verb::delete_:
        return Method::Delete;
    case boost::beast::http::verb::options:
        return Method::Options;
    default:
        return std::nullopt;
    }
}

} // namespace gatehouse::server
