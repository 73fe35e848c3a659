// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "server/http/response.h"

#include <tl/expected.hpp>

namespace gatehouse::server {

/// A value, or the response that ends the request. GATEHOUSE_ASSIGN and GATEHOUSE_TRY work with it in
/// functions that return Response or Answer.
template<typename T>
class [[nodiscard]] Answer : public tl::expected<T, Response>
{
    using Base = tl::expected<T, Response>;

public:
    using Base::Base;
    Answer(Response response)
        : Base(tl::unexpect, std::move(response))
    {}
};

template<>
class [[nodiscard]] Answer<void> : public tl::expected<void, Response>
{
    using Base = tl::expected<void, Response>;

public:
    using Base::Base;
    Answer(Response response)
        : Base(tl::unexpect, std::move(response))
    {}
};

/// An error that the caller cannot help: logged in full, told in general.
template<typename T>
Answer<T> orFailure(Result<T> result)
{
    if (!result) {
        return failureResponse(result.error());
    }
    if constexpr (std::is_void_v<T>) {
        return {};
    } else {
        return std::move(*result);
    }
}

/// 400 with the envelope: the default of every named business error.
[[nodiscard]] inline Response badRequest(const char *code, const QString &message,
                                         const QJsonObject &moreInfo = {})
{
    return errorResponse(400, QString::fromLatin1(code), message, moreInfo);
}

/// For a change that the store refused: 400 with the code when the wish was wrong, the failure itself when
/// the server is at fault (a full disk must not look like a bad request).
[[nodiscard]] inline Response refusedWish(const Error &error, const char *code,
                                          const QJsonObject &moreInfo = {})
{
    const bool isOurs =
        error.kind == ErrorKind::Io || error.kind == ErrorKind::Internal || error.kind == ErrorKind::Unusable;
    return isOurs ? failureResponse(error) : badRequest(code, error.toText(), moreInfo);
}

} // namespace gatehouse::server
