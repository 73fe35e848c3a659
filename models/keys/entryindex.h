// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "keys/keyentry.h"

#include <QByteArray>
#include <QJsonObject>
#include <QVector>

namespace gatehouse::keys {

/// The public facts of an entry as JSON, and back. @error Protocol "keys.index.format"
[[nodiscard]] QJsonObject entryInfoToJson(const EntryInfo &info);
Result<EntryInfo> entryInfoFromJson(const QJsonObject &object);

/// What a keychain holds of ours: QtKeychain cannot list, so we keep a list as an entry of its own. No
/// secrets.
class EntryIndex
{
public:
    [[nodiscard]] QByteArray toJson() const;
    /// @error Protocol "keys.index.format"
    static Result<EntryIndex> fromJson(QByteArrayView json);

    /// Adds it, or replaces what has its name.
    void put(const EntryInfo &info);
    /// Whether there was one.
    bool drop(const EntryName &name);
    [[nodiscard]] bool contains(const EntryName &name) const;
    /// Of one kind, by name.
    [[nodiscard]] QVector<EntryInfo> ofKind(KeyKind kind) const;

private:
    QVector<EntryInfo> m_entries; ///< sorted by name
};

} // namespace gatehouse::keys
