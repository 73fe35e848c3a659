// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/semver.h"
#include "server/http/response.h"
#include "wire/deviceprotocol.h"

#include <QJsonObject>
#include <QJsonValue>

#include <optional>
#include <variant>

namespace gatehouse::server {

/// A body as a JSON value of any kind. UTF-8 with or without a byte order mark, bad bytes become U+FFFD, of
/// doubled keys the last wins. Nothing when it is no JSON.
[[nodiscard]] std::optional<QJsonValue> parseBody(const QByteArray &body);

/// Which endpoint asks: their rules differ. @source spec: device-protocol, sections 1.1, 3.1, 4.2
enum class RequestForm { Update, Stats, ChannelSelf, ChannelList };

/// A device request that passed all checks of section 1.1.
struct DeviceRequest
{
    /// Device id in lower case; "builtin" replaced by the native version; version_build canonical.
    wire::DeviceInfo info;
    QJsonObject raw;
    /// Nothing when it was not sent, or has numbers that are too large (row D8).
    std::optional<SemanticVersion> native;
    /// Nothing when missing or not readable.
    std::optional<SemanticVersion> plugin;
};

/// What is wrong with a request: an error of the envelope.
struct RequestProblem
{
    int status = 400;
    QString code;
    QString message;
    QJsonObject moreInfo = {};

    [[nodiscard]] Response response() const { return errorResponse(status, code, message, moreInfo); }
};

/// Rows V2 and V4 to V8. badFields is the code of V4 and V8.
[[nodiscard]] std::variant<DeviceRequest, RequestProblem>
checkRequest(const QJsonValue &body, RequestForm form, const QString &badFields);
/// The same for one event's object, as an item of a batch.
[[nodiscard]] std::variant<DeviceRequest, RequestProblem> checkRequest(const QJsonValue &body,
                                                                       RequestForm form);

} // namespace gatehouse::server
