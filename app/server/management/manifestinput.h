// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/management/context.h"

#include <QJsonArray>

namespace gatehouse::server {

/// Room for the list of files of a large bundle.
inline constexpr qint64 kMaxManifestBody = 16LL * 1024 * 1024;

/// The files of a file-wise bundle as they were sent, with their sizes. Each must be content that was
/// uploaded for this app: devices are sent there. 400 invalid_manifest.
/// @source spec: management-api, section 5.5
Answer<QVector<ManifestFile>> readManifest(ManagementContext &context, const QString &appId,
                                           const QJsonArray &entries);

} // namespace gatehouse::server
