// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/vaultformat.h"

#include "core/sentences.h"
#include "crypto/secretencoding.h"
#include "keys/entryindex.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace gatehouse::keys {

namespace {
constexpr QByteArrayView kMagic("GHVAULT1\n");

Error badContent(const QString &cause)
{
    return makeError(ErrorKind::Protocol, "keys.vault.format",
                     Sentences::tr("The content of the vault is not as agreed."), cause,
                     Sentences::tr("A newer Gatehouse may have written it."));
}
} // namespace

Secret vaultContent(const std::map<QString, KeyEntry> &entries)
{
    Secret content = Secret::copyOf(kMagic);
    for (const auto &[name, entry] : entries) {
        QJsonObject facts = entryInfoToJson(entry.info);
        facts.insert(QLatin1String("private_bytes"), static_cast<qint64>(entry.privatePart.size()));
        const QByteArray line = QJsonDocument(facts).toJson(QJsonDocument::Compact);
        content = crypto::joined({content.view(), QByteArrayView(line), QByteArrayView("\n"),
                                  entry.privatePart.view(), QByteArrayView("\n")});
    }
    return content;
}

Result<std::map<QString, KeyEntry>> parseVaultContent(QByteArrayView content)
{
    if (!content.startsWith(kMagic)) {
        return badContent(Sentences::tr("It does not begin as a vault does."));
    }
    std::map<QString, KeyEntry> entries;
    QByteArrayView rest = content.sliced(kMagic.size());
    while (!rest.isEmpty()) {
        const qsizetype lineEnd = rest.indexOf('\n');
        if (lineEnd < 0) {
            return badContent(Sentences::tr("An entry does not end."));
        }
        const QJsonObject facts = QJsonDocument::fromJson(rest.first(lineEnd).toByteArray()).object();
        rest = rest.sliced(lineEnd + 1);
        const qint64 size = facts.value(QLatin1String("private_bytes")).toInteger(-1);
        if (size < 0 || size >= rest.size() || rest.at(size) != '\n') {
            return badContent(Sentences::tr("A private part does not end."));
        }
        GATEHOUSE_ASSIGN(EntryInfo info, entryInfoFromJson(facts));
        const QString name = info.name.text();
        entries.insert_or_assign(name, KeyEntry{std::move(info), Secret::copyOf(rest.first(size))});
        rest = rest.sliced(size + 1);
    }
    return entries;
}

} // namespace gatehouse::keys
