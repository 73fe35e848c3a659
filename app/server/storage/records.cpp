// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/records.h"

#include "server/storage/store.h"

namespace gatehouse::server {

QString ChannelRecord::etag() const
{
    return QStringLiteral("\"%1-%2\"").arg(row.id).arg(revision);
}

} // namespace gatehouse::server
