// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/verifybundle.h"

#include "bundle/archivereader.h"
#include "core/sentences.h"
#include "crypto/aescbc.h"
#include "crypto/digest.h"

#include <QFile>
#include <QRegularExpression>
#include <QSaveFile>
#include <QTemporaryFile>

#include <unistd.h>

#include <optional>

namespace gatehouse::bundle {

namespace {
constexpr qsizetype kPiece = 256 * 1024;

// What the claims come to once the key was used.
struct Opened
{
    std::optional<SessionKey> sessionKey;
    QByteArray sha256;
};

struct Decrypted
{
    Cipher cipher = Cipher::None;
    QByteArray archiveSha256;
    QByteArray artifactSha256;
    qint64 archiveBytes = 0;
    qint64 artifactBytes = 0;
};

Result<Opened> openClaims(const ArtifactClaims &claims, const crypto::RsaPublicKey *publicKey)
{
    static const QRegularExpression crc(QStringLiteral("^[0-9a-fA-F]{8}$"));
    static const QRegularExpression sha(QStringLiteral("^[0-9a-f]{64}$"));
    if (crc.match(claims.checksum).hasMatch()) {
        return makeError(ErrorKind::Invalid, "bundle.checksum.crc32",
                         Sentences::tr("The checksum of this bundle is a CRC-32, which proves nothing."),
                         Sentences::tr("It was made for plugins older than 5.10.0, 6.25.0 or 7.0.30."),
                         Sentences::tr("Publish the bundle again under a new version."));
    }
    Opened opened;
    if (claims.sessionKey.isEmpty()) {
        if (!sha.match(claims.checksum).hasMatch()) {
            return makeError(ErrorKind::Invalid, "bundle.checksum.format",
                             Sentences::tr("The checksum of this bundle cannot be read."),
                             Sentences::tr("Expected are 64 lower-case hex digits."));
        }
        opened.sha256 = QByteArray::fromHex(claims.checksum.toLatin1());
        return opened;
    }
    if (publicKey == nullptr) {
        return makeError(
            ErrorKind::Invalid, "bundle.verify.key",
            Sentences::tr("This bundle is encrypted; the app's public key is needed to read it."));
    }
    GATEHOUSE_ASSIGN(opened.sessionKey, SessionKey::unwrap(claims.sessionKey, *publicKey));
    GATEHOUSE_ASSIGN(opened.sha256, openChecksum(claims.checksum, *publicKey));
    return opened;
}

Error readError(const QFile &file)
{
    return makeError(ErrorKind::Io, "bundle.artifact.read",
                     Sentences::tr("The bundle “%1” could not be read.").arg(file.fileName()),
                     file.errorString());
}

// One pass over the artifact: digest, decrypt, digest, and to into where it is wanted.
class Pass
{
public:
    explicit Pass(QIODevice *to)
        : m_to(to)
    {}

    Result<Decrypted> run(QFile &artifact, const std::optional<SessionKey> &sessionKey, Operation &operation)
    {
        if (sessionKey) {
            GATEHOUSE_ASSIGN(m_cipher, crypto::AesCbc::start(crypto::AesCbc::Direction::Decrypt,
                                                             sessionKey->key, sessionKey->iv));
            m_done.cipher = sessionKey->cipher();
        }
        QByteArray piece(kPiece, Qt::Uninitialized);
        QByteArray plain(kPiece + crypto::kAesBlockBytes, Qt::Uninitialized);
        for (;;) {
            GATEHOUSE_TRY(operation.check());
            const qint64 got = artifact.read(piece.data(), piece.size());
            if (got < 0) {
                return readError(artifact);
            }
            if (got == 0) {
                break;
            }
            GATEHOUSE_TRY(step(QByteArrayView(piece.constData(), got), plain));
            operation.report(QStringLiteral("Decrypt"), m_done.artifactBytes, artifact.size(),
                             Progress::Unit::Bytes);
        }
        return finish();
    }

private:
    Result<void> step(QByteArrayView bytes, QByteArray &plain)
    {
        m_done.artifactBytes += bytes.size();
        m_artifactDigest.add(bytes);
        if (!m_cipher) {
            return emitPlain(bytes);
        }
        GATEHOUSE_ASSIGN(const qsizetype length, m_cipher->update(bytes, plain.data()));
        return emitPlain(QByteArrayView(plain.constData(), length));
    }

    Result<void> emitPlain(QByteArrayView bytes)
    {
        m_done.archiveBytes += bytes.size();
        m_archiveDigest.add(bytes);
        if (m_to != nullptr && m_to->write(bytes.data(), bytes.size()) != bytes.size()) {
            return makeError(ErrorKind::Io, "bundle.decrypt.write",
                             Sentences::tr("The decrypted archive could not be written."),
                             m_to->errorString());
        }
        return {};
    }

    Result<Decrypted> finish()
    {
        if (m_cipher) {
            const auto last = m_cipher->finish();
            if (!last) {
                return makeError(
                    ErrorKind::Crypto, "bundle.decrypt.content",
                    Sentences::tr("The content of this bundle could not be decrypted."),
                    Sentences::tr("It is cut short, damaged, or belongs to another session key."));
            }
            GATEHOUSE_TRY(emitPlain(*last));
        }
        m_done.archiveSha256 = m_archiveDigest.finish();
        m_done.artifactSha256 = m_artifactDigest.finish();
        return m_done;
    }

    QIODevice *m_to;
    std::optional<crypto::AesCbc> m_cipher;
    crypto::Sha256 m_archiveDigest;
    crypto::Sha256 m_artifactDigest;
    Decrypted m_done;
};

// Decrypts and compares; an archive whose checksum does not hold is an error, whatever else it is.
Result<Decrypted> decryptChecked(const QString &artifactPath, const ArtifactClaims &claims,
                                 const crypto::RsaPublicKey *publicKey, QIODevice *to, Operation &operation)
{
    GATEHOUSE_ASSIGN(const Opened opened, openClaims(claims, publicKey));
    QFile artifact(artifactPath);
    if (!artifact.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        return makeError(ErrorKind::NotFound, "bundle.artifact.open",
                         Sentences::tr("The bundle “%1” could not be opened.").arg(artifactPath),
                         artifact.errorString());
    }
    GATEHOUSE_ASSIGN(Decrypted done, Pass(to).run(artifact, opened.sessionKey, operation));
    if (!crypto::equalInConstantTime(done.archiveSha256, opened.sha256)) {
        return makeError(ErrorKind::Crypto, "bundle.checksum.mismatch",
                         Sentences::tr("The content of this bundle is not what its checksum says."),
                         Sentences::tr("The SHA-256 is %1 and should be %2.")
                             .arg(QString::fromLatin1(done.archiveSha256.toHex()),
                                  QString::fromLatin1(opened.sha256.toHex())));
    }
    return done;
}
} // namespace

Result<VerifiedBundle> verifyBundle(const QString &artifactPath, const ArtifactClaims &claims,
                                    const crypto::RsaPublicKey *publicKey, Operation &operation,
                                    const ArchiveLimits &limits)
{
    VerifiedBundle verified;
    // Removed at the end; on Linux it never has a name.
    QTemporaryFile plain;
    const bool isEncrypted = !claims.sessionKey.isEmpty();
    if (isEncrypted && !plain.open()) {
        return makeError(ErrorKind::Io, "bundle.decrypt.write",
                         Sentences::tr("There is no place for a temporary file."), plain.errorString());
    }
    GATEHOUSE_ASSIGN(const Decrypted done, decryptChecked(artifactPath, claims, publicKey,
                                                          isEncrypted ? &plain : nullptr, operation));
    verified.cipher = done.cipher;
    verified.archiveSha256 = done.archiveSha256;
    verified.artifactSha256 = done.artifactSha256;
    verified.archiveBytes = done.archiveBytes;
    verified.artifactBytes = done.artifactBytes;
    if (isEncrypted && (!plain.flush() || !plain.seek(0))) {
        return makeError(ErrorKind::Io, "bundle.decrypt.write",
                         Sentences::tr("The decrypted archive could not be written."), plain.errorString());
    }
    GATEHOUSE_ASSIGN(ArchiveReader reader,
                     isEncrypted ? ArchiveReader::open(::dup(plain.handle()), artifactPath, limits)
                                 : ArchiveReader::open(artifactPath, limits));
    GATEHOUSE_ASSIGN(verified.entries, reader.walk(nullptr, operation));
    verified.fileListDigest = fileListDigest(verified.entries);
    return verified;
}

Result<void> decryptBundle(const QString &artifactPath, const ArtifactClaims &claims,
                           const crypto::RsaPublicKey *publicKey, const QString &zipPath,
                           Operation &operation)
{
    QSaveFile zip(zipPath);
    if (!zip.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) {
        return makeError(ErrorKind::Io, "bundle.decrypt.write",
                         Sentences::tr("The archive “%1” could not be written.").arg(zipPath),
                         zip.errorString());
    }
    GATEHOUSE_TRY(decryptChecked(artifactPath, claims, publicKey, &zip, operation));
    GATEHOUSE_TRY(operation.check());
    if (!zip.flush() || !zip.commit()) {
        return makeError(ErrorKind::Io, "bundle.decrypt.write",
                         Sentences::tr("The archive “%1” could not be written.").arg(zipPath),
                         zip.errorString());
    }
    return {};
}

} // namespace gatehouse::bundle
