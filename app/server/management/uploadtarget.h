// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/management/context.h"

namespace gatehouse::server {

/// Where an upload may go, taken from its path. @source spec: management-api, section 5.2
struct UploadTarget
{
    QString organization;
    QString appId;
    QString bundle; ///< empty for a file of a file-wise upload
};

/// Nothing for a path that is none of ours.
[[nodiscard]] std::optional<UploadTarget> uploadTargetOf(const QString &key);
/// "orgs/O/apps/A/N.zip".
[[nodiscard]] QString zipKeyOf(const OrganizationRecord &organization, const QString &appId,
                               const QString &bundle);

/// The path decides who may write there, and whether anybody may now: asked when an upload begins and with
/// each piece, because keys lose rights and bundles become ready meanwhile.
Answer<void> requireUploadRight(ManagementContext &context, const Caller &caller, const QString &key);
/// The bundle of a zip is there and waits for its content. Files of a file-wise upload have none.
Answer<void> requireUnreadyBundle(ManagementContext &context, const UploadTarget &target);

/// An error in the envelope, with the headers of TUS.
[[nodiscard]] Response refusedUpload(int status, const char *code, const QString &message);
[[nodiscard]] Response withTusHeaders(Response response);

} // namespace gatehouse::server
