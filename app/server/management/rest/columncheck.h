// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/management/rest/tables.h"

namespace gatehouse::server::rest {

/// Whether the table has what the query names: columns of filters, order and select, embedded tables and
/// their columns, and values that the columns can have. Before anything is read, and above all before
/// anything is written. @error 42703 no such column; 22P02 a value of another type; PGRST200, PGRST201
/// no such embedded table
Answer<void> checkQuery(const Table &table, const RestQuery &query);

} // namespace gatehouse::server::rest
