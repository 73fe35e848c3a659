// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operation.h"
#include "fleet/run/bundlestore.h"

namespace gatehouse::fleet {

struct CheckedBundle
{
    Fetched fetched;
    QByteArray archiveSha256;
    QString cause; ///< why it failed, for people
};

/// The device's own path over a downloaded artifact: recover, decrypt, compare, unpack, and look whether a
/// script calls notifyAppReady. folder is made and removed again.
[[nodiscard]] CheckedBundle checkArtifact(const QString &path, const wire::UpdateAnswer &offer,
                                          const DeviceCrypto &crypto, const QString &folder);
/// The same for one file of a manifest; empty failure when it is intact.
struct CheckedFile
{
    QString failure;
    QString cause;
    bool callsReady = false;
};
[[nodiscard]] CheckedFile checkManifestFile(const QByteArray &payload, const wire::ManifestEntry &entry,
                                            const QString &sessionKey, const DeviceCrypto &crypto);
/// The name a manifest's file has on the device.
[[nodiscard]] QString targetName(const wire::ManifestEntry &entry);

} // namespace gatehouse::fleet
