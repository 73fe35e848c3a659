// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/database.h"

namespace gatehouse::server {

/// The version that this program writes: the number of migrations.
[[nodiscard]] int schemaVersion();
/// Brings the database to that version (or, for tests, to an earlier one), each step in a transaction of its
/// own.
/// @error Unusable "store.newer" when a later program wrote it; Io "store.sql"
Result<void> migrate(Database &database, int toVersion = schemaVersion());

} // namespace gatehouse::server
