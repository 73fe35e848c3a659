// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keys/keyentry.h"

#include <QDirIterator>
#include <QFile>
#include <QStringList>

namespace gatehouse::keys::test {

inline EntryName entryName(KeyKind kind, const char *scope, const char *id)
{
    return EntryName::make(kind, QLatin1String(scope), QLatin1String(id)).value();
}

inline KeyEntry serverEntry(const char *id, const QByteArray &key, const QString &label = {})
{
    return KeyEntry{
        EntryInfo{entryName(KeyKind::ServerKey, "", id), utcFromMs(1784541600000), {}, label, false},
        Secret::copyOf(key)};
}

inline QByteArray bytesOf(const Secret &secret)
{
    return secret.view().toByteArray();
}

/// The files under a folder that hold the bytes as they are, in hex or in base64.
inline QStringList filesHolding(const QString &folder, const QByteArray &bytes)
{
    // Base64 of bytes that stand anywhere in a longer text: without the ends, which depend on the neighbours.
    const QByteArray inside = bytes.toBase64().mid(4, bytes.size());
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!QFileInfo(file).isFile() || !file.open(QIODevice::ReadOnly)) {
            continue;
        }
        const QByteArray content = file.readAll();
        if (content.contains(bytes) || content.contains(bytes.toHex()) || content.contains(inside)) {
            found.append(file.fileName());
        }
    }
    return found;
}

} // namespace gatehouse::keys::test
