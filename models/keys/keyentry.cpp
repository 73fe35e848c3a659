// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/keyentry.h"

#include "core/sentences.h"
#include "crypto/secretencoding.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace gatehouse::keys {

namespace {
constexpr qsizetype kMaxPart = 200;
constexpr std::string_view kPrivateBegin = "\"private\":\"";

constexpr std::array kAllKinds{KeyKind::BundleKey, KeyKind::Identity, KeyKind::ServerKey,
                               KeyKind::JournalHead};

bool isPart(const QString &text)
{
    return !text.isEmpty() && text.size() <= kMaxPart && std::all_of(text.begin(), text.end(), [](QChar c) {
        return c.isPrint() && !c.isSpace() && c != QLatin1Char('/');
    });
}

Error badName(const QString &text)
{
    return makeError(ErrorKind::Invalid, "keys.entry.name",
                     Sentences::tr("\"%1\" is not the name of a stored key.").arg(text));
}

Error badFormat(const EntryName &name, const QString &cause)
{
    return makeError(ErrorKind::Protocol, "keys.entry.format",
                     Sentences::tr("The stored key \"%1\" cannot be read.").arg(name.text()), cause,
                     Sentences::tr("Restore it from a backup."));
}

// Takes the private text out of the JSON and overwrites it there, so that Qt's reader never copies it. Inside
// any other text the quotes would be escaped, so the pattern can only be the member itself.
Result<Secret> cutPrivate(const EntryName &name, Secret &json)
{
    const std::string_view text(reinterpret_cast<const char *>(json.data()), json.size());
    const auto begin = text.find(kPrivateBegin);
    if (begin == std::string_view::npos) {
        return badFormat(name, Sentences::tr("It holds no private part."));
    }
    const auto from = begin + kPrivateBegin.size();
    const auto to = text.find('"', from);
    if (to == std::string_view::npos || text.find(kPrivateBegin, to) != std::string_view::npos) {
        return badFormat(name, Sentences::tr("Its private part does not end."));
    }
    auto bytes =
        crypto::secretFromBase64(QByteArrayView(text.data() + from, static_cast<qsizetype>(to - from)));
    std::memset(json.data() + from, ' ', to - from);
    if (!bytes) {
        return badFormat(name, Sentences::tr("Its private part is not base64."));
    }
    return bytes;
}
} // namespace

QString keyKindName(KeyKind kind)
{
    switch (kind) {
    case KeyKind::BundleKey:
        return QStringLiteral("bundle-key");
    case KeyKind::Identity:
        return QStringLiteral("identity");
    case KeyKind::ServerKey:
        return QStringLiteral("server-key");
    case KeyKind::JournalHead:
        return QStringLiteral("journal-head");
    }
    return {};
}

std::optional<KeyKind> keyKindFrom(const QString &name)
{
    const auto *const found = std::find_if(kAllKinds.begin(), kAllKinds.end(),
                                           [&](KeyKind kind) { return keyKindName(kind) == name; });
    return found == kAllKinds.end() ? std::nullopt : std::optional(*found);
}

Result<EntryName> EntryName::make(KeyKind kind, const QString &scope, const QString &id)
{
    EntryName name(kind, scope, id);
    const bool wantsScope = kind == KeyKind::BundleKey;
    if (!isPart(id) || (wantsScope ? !isPart(scope) : !scope.isEmpty())) {
        return badName(name.text());
    }
    return name;
}

Result<EntryName> EntryName::parse(const QString &text)
{
    const QStringList parts = text.split(QLatin1Char('/'));
    const auto kind = keyKindFrom(parts.constFirst());
    if (kind && parts.size() == 3) {
        return make(*kind, parts.at(1), parts.at(2));
    }
    if (kind && parts.size() == 2) {
        return make(*kind, {}, parts.at(1));
    }
    return badName(text);
}

QString EntryName::text() const
{
    if (m_scope.isEmpty()) {
        return keyKindName(m_kind) + QLatin1Char('/') + m_id;
    }
    return keyKindName(m_kind) + QLatin1Char('/') + m_scope + QLatin1Char('/') + m_id;
}

Secret entryToJson(const KeyEntry &entry)
{
    QJsonObject facts;
    facts.insert(QLatin1String("v"), 1);
    facts.insert(QLatin1String("kind"), keyKindName(entry.info.name.kind()));
    facts.insert(QLatin1String("created"),
                 toIso(std::chrono::floor<std::chrono::seconds>(entry.info.created), Fraction::Drop));
    facts.insert(QLatin1String("public"), QString::fromUtf8(entry.info.publicPart));
    if (!entry.info.label.isEmpty()) {
        facts.insert(QLatin1String("label"), entry.info.label);
    }
    if (entry.info.isSealed) {
        facts.insert(QLatin1String("sealed"), true);
    }
    const QByteArray json = QJsonDocument(facts).toJson(QJsonDocument::Compact);
    const Secret privateText = crypto::toBase64(entry.privatePart);
    return crypto::joined({QByteArrayView(json).chopped(1), QByteArrayView(",\"private\":\""),
                           privateText.view(), QByteArrayView("\"}")});
}

Result<KeyEntry> entryFromJson(const EntryName &name, Secret json)
{
    GATEHOUSE_ASSIGN(Secret privatePart, cutPrivate(name, json));
    const QJsonObject facts = QJsonDocument::fromJson(json.view().toByteArray()).object();
    const auto created = parseIso(facts.value(QLatin1String("created")).toString());
    if (facts.value(QLatin1String("v")).toInt() != 1 || !created ||
        facts.value(QLatin1String("kind")).toString() != keyKindName(name.kind()) ||
        !facts.value(QLatin1String("public")).isString()) {
        return badFormat(name, Sentences::tr("It is not what Gatehouse stores under this name."));
    }
    EntryInfo info{name, *created, facts.value(QLatin1String("public")).toString().toUtf8(),
                   facts.value(QLatin1String("label")).toString(),
                   facts.value(QLatin1String("sealed")).toBool()};
    return KeyEntry{std::move(info), std::move(privatePart)};
}

} // namespace gatehouse::keys
