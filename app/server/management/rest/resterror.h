// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/management/answer.h"

#include <QString>

namespace gatehouse::server::rest {

/// {code,message,details,hint}: the error body of the table routes. @source PostgREST, "Errors"
[[nodiscard]] Response restError(int status, const char *code, const QString &message,
                                 const QString &details = {}, const QString &hint = {});
/// PGRST100: a part of the query cannot be read.
[[nodiscard]] Response unreadable(const QString &part, const QString &why);
/// The answer of something that all routes share (keys, limits, failures) in this form: its word as the code.
[[nodiscard]] Response inRestForm(Response response);
/// An error of the store in this form: 23505 for Conflict, 42501 for Denied, 22023 for Invalid, else
/// logged and told in general.
[[nodiscard]] Response restFailure(const Error &error);

} // namespace gatehouse::server::rest
