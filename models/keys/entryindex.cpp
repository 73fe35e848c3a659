// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/entryindex.h"

#include "core/sentences.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace gatehouse::keys {

namespace {
Error badIndex(const QString &cause)
{
    return makeError(
        ErrorKind::Protocol, "keys.index.format", Sentences::tr("The list of stored keys cannot be read."),
        cause, Sentences::tr("The keys themselves are untouched; restore a key from its backup to list it."));
}
} // namespace

QJsonObject entryInfoToJson(const EntryInfo &info)
{
    QJsonObject object;
    object.insert(QLatin1String("name"), info.name.text());
    object.insert(QLatin1String("created"),
                  toIso(std::chrono::floor<std::chrono::seconds>(info.created), Fraction::Drop));
    object.insert(QLatin1String("public"), QString::fromUtf8(info.publicPart));
    object.insert(QLatin1String("label"), info.label);
    object.insert(QLatin1String("sealed"), info.isSealed);
    return object;
}

Result<EntryInfo> entryInfoFromJson(const QJsonObject &object)
{
    auto name = EntryName::parse(object.value(QLatin1String("name")).toString());
    auto created = parseIso(object.value(QLatin1String("created")).toString());
    if (!name || !created || !object.value(QLatin1String("public")).isString()) {
        return badIndex(Sentences::tr("A line of it is not as agreed."));
    }
    return EntryInfo{*name, *created, object.value(QLatin1String("public")).toString().toUtf8(),
                     object.value(QLatin1String("label")).toString(),
                     object.value(QLatin1String("sealed")).toBool()};
}

QByteArray EntryIndex::toJson() const
{
    QJsonArray entries;
    for (const EntryInfo &info : m_entries) {
        entries.append(entryInfoToJson(info));
    }
    QJsonObject object;
    object.insert(QLatin1String("v"), 1);
    object.insert(QLatin1String("entries"), entries);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<EntryIndex> EntryIndex::fromJson(QByteArrayView json)
{
    const QJsonObject object = QJsonDocument::fromJson(json.toByteArray()).object();
    if (object.value(QLatin1String("v")).toInt() != 1 || !object.value(QLatin1String("entries")).isArray()) {
        return badIndex(Sentences::tr("It is not what Gatehouse writes."));
    }
    EntryIndex index;
    for (const QJsonValue &value : object.value(QLatin1String("entries")).toArray()) {
        GATEHOUSE_ASSIGN(const EntryInfo info, entryInfoFromJson(value.toObject()));
        index.put(info);
    }
    return index;
}

void EntryIndex::put(const EntryInfo &info)
{
    drop(info.name);
    const auto at =
        std::lower_bound(m_entries.begin(), m_entries.end(), info,
                         [](const auto &a, const auto &b) { return a.name.text() < b.name.text(); });
    m_entries.insert(at, info);
}

bool EntryIndex::drop(const EntryName &name)
{
    return m_entries.removeIf([&](const EntryInfo &info) { return info.name == name; }) > 0;
}

bool EntryIndex::contains(const EntryName &name) const
{
    return std::any_of(m_entries.begin(), m_entries.end(),
                       [&](const EntryInfo &info) { return info.name == name; });
}

QVector<EntryInfo> EntryIndex::ofKind(KeyKind kind) const
{
    QVector<EntryInfo> found;
    std::copy_if(m_entries.begin(), m_entries.end(), std::back_inserter(found),
                 [&](const EntryInfo &info) { return info.name.kind() == kind; });
    return found;
}

} // namespace gatehouse::keys
