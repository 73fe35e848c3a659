// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/database.h"
#include "server/storage/servingchange.h"

namespace gatehouse::server {

/// One row of the audit log to be. Which fields changed is found here.
struct AuditNote
{
    QString tableName;
    QString recordId;
    QString operation;
    std::optional<QJsonObject> before;
    std::optional<QJsonObject> after;
    QString reason;
};
Result<void> writeAudit(Database &database, UtcTime now, const Actor &actor, const AuditNote &note);
[[nodiscard]] std::string selectAudit();
[[nodiscard]] AuditRecord readAudit(Query &query);

} // namespace gatehouse::server
