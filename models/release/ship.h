// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/upload.h"
#include "release/execute.h"

namespace gatehouse::release {

/// How the shipped bundle reaches its channel.
struct Staging
{
    ChannelName channel;
    /// Nothing: the bundle becomes the stable one. Else it is put beside the stable one with this share; 0
    /// only lays it ready.
    std::optional<BasisPoints> share = {};
};

struct ShipRequest
{
    client::UploadRequest upload; ///< its channels stay empty: staging decides
    QString archiveSha256;        ///< of the stored artifact, hex: what the read-back must give
    std::optional<Staging> staging = {};
};

struct ShipOutcome
{
    client::UploadOutcome upload;
    bool isReadBack = false; ///< false: the server gives no way to read the artifact
    std::optional<Effect> staged;
};

/// Uploads, reads the artifact back and compares it byte for byte, then stages it. When the read-back differs
/// the bundle is removed again. @error those of uploadBundle() and execute(); Crypto "release.read_back"
Result<ShipOutcome> ship(const client::SessionPtr &session, const ShipRequest &request, Operation &operation);

/// SHA-256 of a file, hex, without holding it. @error Io "client.file"
Result<QString> sha256OfFile(const QString &path, Operation &operation);

} // namespace gatehouse::release
