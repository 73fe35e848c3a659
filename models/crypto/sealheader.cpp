// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The readable head of a sealed file: written, and read without trusting a number in it.
#include "crypto/sealheader.h"

#include "core/sentences.h"

#include <QJsonDocument>
#include <QJsonParseError>

#include <sodium.h>

namespace gatehouse::crypto {

namespace {
constexpr QByteArrayView kMagic("GHSEAL1\n");
constexpr qsizetype kMaxHeaderBytes = 16 * 1024;
// A file may ask for four times the memory of our own files, and no more: a head is read before anything is
// proven.
constexpr qint64 kMaxMemoryBytes = qint64(1) << 30;
constexpr qint64 kMaxOperations = 16;

Error notSealed()
{
    return makeError(ErrorKind::Invalid, "crypto.seal.format",
                     Sentences::tr("This is not a file sealed by Gatehouse."),
                     Sentences::tr("It does not begin as such a file does."));
}

Error badHeader(const QString &cause)
{
    return makeError(ErrorKind::Invalid, "crypto.seal.header",
                     Sentences::tr("The head of the sealed file is damaged."), cause);
}

std::optional<SealPurpose> purposeFrom(const QString &name)
{
    for (const SealPurpose purpose : {SealPurpose::Vault, SealPurpose::Backup, SealPurpose::Exchange}) {
        if (name == sealPurposeName(purpose)) {
            return purpose;
        }
    }
    return std::nullopt;
}

Result<SealHeader> headerFromJson(const QJsonObject &object)
{
    const qint64 operations = object.value(QLatin1String("ops")).toInteger(-1);
    const qint64 memory = object.value(QLatin1String("mem")).toInteger(-1);
    const auto salt = QByteArray::fromBase64Encoding(
        object.value(QLatin1String("salt")).toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    const auto purpose = purposeFrom(object.value(QLatin1String("purpose")).toString());
    if (object.value(QLatin1String("kdf")).toString() != QLatin1String("argon2id")) {
        return badHeader(Sentences::tr("It names a way to use the passphrase that Gatehouse does not know."));
    }
    if (operations < qint64(crypto_pwhash_OPSLIMIT_MIN) || operations > kMaxOperations ||
        memory < qint64(crypto_pwhash_MEMLIMIT_MIN) || memory > kMaxMemoryBytes) {
        return badHeader(
            Sentences::tr("It asks for more work or memory than Gatehouse spends on a passphrase."));
    }
    if (!salt || salt.decoded.size() != qsizetype(crypto_pwhash_SALTBYTES) || !purpose ||
        !object.value(QLatin1String("about")).isObject()) {
        return badHeader(Sentences::tr("A part is missing."));
    }
    return SealHeader{SealCost{std::uint64_t(operations), std::uint64_t(memory)}, salt.decoded, *purpose,
                      object.value(QLatin1String("about")).toObject()};
}
} // namespace

QString sealPurposeName(SealPurpose purpose)
{
    switch (purpose) {
    case SealPurpose::Vault:
        return QStringLiteral("vault");
    case SealPurpose::Backup:
        return QStringLiteral("backup");
    case SealPurpose::Exchange:
        return QStringLiteral("exchange");
    }
    return {};
}

bool isSealed(QByteArrayView bytes)
{
    return bytes.startsWith(kMagic);
}

Result<QByteArray> sealHead(const SealHeader &header)
{
    QJsonObject object;
    object.insert(QLatin1String("kdf"), QLatin1String("argon2id"));
    object.insert(QLatin1String("ops"), static_cast<qint64>(header.cost.operations));
    object.insert(QLatin1String("mem"), static_cast<qint64>(header.cost.memoryBytes));
    object.insert(QLatin1String("salt"), QString::fromLatin1(header.salt.toBase64()));
    object.insert(QLatin1String("purpose"), sealPurposeName(header.purpose));
    object.insert(QLatin1String("about"), header.about);
    const QByteArray line = QJsonDocument(object).toJson(QJsonDocument::Compact);
    if (line.size() >= kMaxHeaderBytes) {
        return badHeader(Sentences::tr("What is said about the content is too long."));
    }
    QByteArray head = kMagic.toByteArray();
    head.append(line);
    head.append('\n');
    return head;
}

Result<ParsedSeal> parseSeal(QByteArrayView bytes)
{
    if (!isSealed(bytes)) {
        if (!bytes.isEmpty() && kMagic.startsWith(bytes)) {
            return sealTruncated();
        }
        return notSealed();
    }
    const QByteArrayView searched = bytes.first(std::min(bytes.size(), kMagic.size() + kMaxHeaderBytes));
    const qsizetype lineEnd = searched.indexOf('\n', kMagic.size());
    if (lineEnd < 0) {
        if (searched.size() == bytes.size()) {
            return sealTruncated();
        }
        return badHeader(Sentences::tr("Its second line does not end."));
    }
    QJsonParseError parseError;
    const QByteArray line = bytes.sliced(kMagic.size(), lineEnd - kMagic.size()).toByteArray();
    const QJsonDocument document = QJsonDocument::fromJson(line, &parseError);
    if (parseError.error != QJsonParseError::NoError || !document.isObject()) {
        return badHeader(Sentences::tr("Its second line is not JSON."));
    }
    GATEHOUSE_ASSIGN(SealHeader header, headerFromJson(document.object()));
    return ParsedSeal{std::move(header), bytes.first(lineEnd + 1), bytes.sliced(lineEnd + 1)};
}

Error sealTruncated()
{
    return makeError(ErrorKind::Invalid, "crypto.seal.truncated",
                     Sentences::tr("The sealed file is cut off."),
                     Sentences::tr("Its end is missing; nothing was changed."),
                     Sentences::tr("Take another copy of the file."));
}

Result<SealHeader> readSealHeader(QByteArrayView sealedBytes)
{
    GATEHOUSE_ASSIGN(ParsedSeal parsed, parseSeal(sealedBytes));
    return std::move(parsed.header);
}

} // namespace gatehouse::crypto
