// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QJsonObject>

namespace gatehouse::wire {

/// The error body of every route that is not PostgREST. Clients branch on code, never on message.
/// @source spec: management-api, section 1.4
struct ErrorEnvelope
{
    QString code;
    QString message;
    QJsonObject moreInfo = {};

    [[nodiscard]] QJsonObject toJson() const;
    /// Reads the envelope, PostgREST's {code,message,details,hint} and the bare {"error": sentence} alike.
    /// @error Protocol "wire.json" when the body is none of these
    static Result<ErrorEnvelope> fromJson(const QByteArray &body);
};

/// The kind of a failed answer, from its status and code.
[[nodiscard]] ErrorKind kindOfAnswer(int status, const QString &code);
/// The status that goes with a kind.
[[nodiscard]] int statusOfKind(ErrorKind kind);

} // namespace gatehouse::wire
