// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/database.h"
#include "server/storage/queries.h"

namespace gatehouse::server {

/// Reads roll-ups as series: from minutes, hours or days, the coarsest that fits the step.
/// @error Invalid "store.series" when step or span make no sense; NotFound "store.app"
Result<QVector<SeriesRow>> readSeries(Database &database, const SeriesQuery &query, UtcTime now);

} // namespace gatehouse::server
