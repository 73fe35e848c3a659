// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "core/secret.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace gatehouse::keys {

/// What a stored entry is.
enum class KeyKind {
    BundleKey,   ///< RSA pair of an app; scope is the app id, id the fingerprint
    Identity,    ///< Ed25519 pair of a person; no scope, id is the key id
    ServerKey,   ///< API key for a server; no scope, id is the server id
    JournalHead, ///< head and length of a journal; no scope, id is the journal id
};

/// "bundle-key", "identity", "server-key", "journal-head".
[[nodiscard]] QString keyKindName(KeyKind kind);
[[nodiscard]] std::optional<KeyKind> keyKindFrom(const QString &name);

/// The name of an entry: "bundle-key/com.example.app/21fe31…", "identity/21fe31…". @source spec:
/// gatehouse-v1, section 1
class EntryName
{
public:
    /// Scope only for bundle keys. Parts are 1 to 200 visible characters without "/".
    /// @error Invalid "keys.entry.name"
    static Result<EntryName> make(KeyKind kind, const QString &scope, const QString &id);
    /// @error Invalid "keys.entry.name"
    static Result<EntryName> parse(const QString &text);

    [[nodiscard]] KeyKind kind() const { return m_kind; }
    [[nodiscard]] const QString &scope() const { return m_scope; }
    [[nodiscard]] const QString &id() const { return m_id; }
    [[nodiscard]] QString text() const;

    bool operator==(const EntryName &) const = default;

private:
    EntryName(KeyKind kind, QString scope, QString id)
        : m_kind(kind)
        , m_scope(std::move(scope))
        , m_id(std::move(id))
    {}
    KeyKind m_kind;
    QString m_scope;
    QString m_id;
};

/// What may be known of an entry without its secret.
struct EntryInfo
{
    EntryName name;
    UtcTime created;       ///< whole seconds are kept
    QByteArray publicPart; ///< PEM (bundle key) or raw base64 (identity); empty for server keys
    QString label;         ///< what a person calls it; may be empty
    bool isSealed = false; ///< the private part is wrapped with a passphrase of its own

    bool operator==(const EntryInfo &) const = default;
};

/// A whole entry. Move-only, because of the secret.
struct KeyEntry
{
    EntryInfo info;
    Secret privatePart; ///< PEM (bundle key), 32-byte seed or sealed file (identity), key text (server key)
};

/// The value that is kept under the name: {"v":1,"kind","created","public","private"}, private in base64, and
/// "label" and "sealed" where there is something to say. It is made without a copy of the private part in
/// ordinary memory.
[[nodiscard]] Secret entryToJson(const KeyEntry &entry);
/// @error Protocol "keys.entry.format" when it is not such a value, or one of another kind
Result<KeyEntry> entryFromJson(const EntryName &name, Secret json);

} // namespace gatehouse::keys
