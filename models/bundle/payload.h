// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/folderscan.h"
#include "bundle/sessionkey.h"

namespace gatehouse::bundle {

/// What one file became as a payload of a manifest release.
struct Payload
{
    QByteArray sha256; ///< of the plain file
    bool isBrotli = false;
    qint64 bytes = 0; ///< of the payload
};

/// Reads a scanned file and writes its payload: Brotli where it pays, then AES when there is a session key.
/// Memory stays flat.
/// @error Io "bundle.build.read", "bundle.manifest.write"; Conflict "bundle.build.changed"; Cancelled
Result<Payload> writePayload(const FolderFile &file, const QString &payloadPath, const SessionKey *sessionKey,
                             Operation &operation);

/// Undoes the Brotli of a payload, with the special inputs that devices take. At most maxBytes come out.
/// @error Invalid "bundle.manifest.brotli" @source spec: device-protocol, section 5.3
Result<QByteArray> decodeBrotli(QByteArrayView payload, qint64 maxBytes);

} // namespace gatehouse::bundle
