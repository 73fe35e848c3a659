// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QByteArray>
#include <QString>

namespace gatehouse::keys {

/// Who else may read a file that holds a secret.
enum class FileSecrecy {
    OwnerOnly, ///< refuse a file that others may read: for build machines
    Any,       ///< an import from elsewhere, whatever its mode
};

/// A small file straight into locked memory.
/// @error NotFound "keys.file.missing"; Io "keys.file.read"; Invalid "keys.file.size"; Denied
/// "keys.file.mode"
Result<Secret> readSecretFile(const QString &path, FileSecrecy secrecy);
/// Everything up to the first line feed or the end from an open descriptor (--passphrase-fd), at most 4 KiB.
/// @error Io "keys.file.read"; Invalid "keys.file.size"
Result<Secret> readSecretFromDescriptor(int descriptor);

/// A file that is not secret as it stands (sealed, or public). @error as readSecretFile() without the mode
Result<QByteArray> readFileBytes(const QString &path, qint64 maxBytes);
/// Replaces the file at once or not at all, mode 0600. @error Io "keys.file.write"
Result<void> writePrivateFile(const QString &path, const QByteArray &bytes);
/// Replaces the file at once or not at all; an existing one keeps its mode. @error Io "keys.file.write"
Result<void> writePublicFile(const QString &path, const QByteArray &bytes);
/// Makes the folder and those above, for the owner only. @error Io "keys.file.write"
Result<void> makePrivateFolder(const QString &path);

} // namespace gatehouse::keys
