// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/upload.h"

namespace gatehouse::client {

/// Uploads what the server does not hold yet, several files at once, and gives the column "manifest" of the
/// bundle's row. Reports the step "Files" in bytes.
/// @param owner  id of the app's organization
/// @error those of the upload protocol; Io "client.file"
/// @source spec: management-api, section 5.5
Result<QJsonArray> uploadFiles(const Session &session, const UploadRequest &request, const QString &owner,
                               const UploadSettings &settings, Operation &operation);

} // namespace gatehouse::client
