// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/artifactsink.h"

#include "core/sentences.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace gatehouse::bundle {

namespace {
// Small enough to stay in the second-level cache from hash to cipher to hash.
constexpr qsizetype kPiece = 128 * 1024;
constexpr mode_t kMode = 0644;

Error writeError(const QString &path, int number)
{
    const bool full = number == ENOSPC || number == EDQUOT || number == EFBIG;
    return makeError(ErrorKind::Io, full ? "bundle.build.disk_full" : "bundle.build.write",
                     full ? Sentences::tr("There is no room left for the bundle “%1”.").arg(path)
                          : Sentences::tr("The bundle “%1” could not be written.").arg(path),
                     QString::fromLocal8Bit(std::strerror(number)) + QLatin1Char('.'),
                     full ? Sentences::tr("Make room or choose another folder, then try again.") : QString());
}

/// A file in the folder that has no name yet: whatever ends the process, nothing half written stays. -1 where
/// the file system has no such files.
int openNameless(const QString &folder)
{
#ifdef O_TMPFILE
    return ::open(QFile::encodeName(folder).constData(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
#else
    Q_UNUSED(folder)
    return -1;
#endif
}

/// Beside the target, hidden; the X are replaced by what makes it new.
QByteArray hiddenTemplate(const QString &path)
{
    const QFileInfo target(path);
    return QFile::encodeName(target.absolutePath() + QStringLiteral("/.") + target.fileName() +
                             QStringLiteral(".XXXXXX"));
}
} // namespace

ArtifactSink::ArtifactSink(ArtifactSink &&other) noexcept
    : m_path(std::move(other.m_path))
    , m_temporary(std::exchange(other.m_temporary, {}))
    , m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_maxBytes(other.m_maxBytes)
    , m_cipher(std::move(other.m_cipher))
    , m_archiveDigest(std::move(other.m_archiveDigest))
    , m_artifactDigest(std::move(other.m_artifactDigest))
    , m_staged(std::move(other.m_staged))
    , m_encrypted(std::move(other.m_encrypted))
    , m_archiveBytes(other.m_archiveBytes)
    , m_artifactBytes(other.m_artifactBytes)
{}

ArtifactSink::~ArtifactSink()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
    if (!m_temporary.isEmpty()) {
        ::unlink(m_temporary.constData());
    }
}

Result<ArtifactSink> ArtifactSink::create(const QString &path, const SessionKey *sessionKey,
                                          qint64 maxArtifactBytes)
{
    ArtifactSink sink;
    sink.m_path = path;
    sink.m_maxBytes = maxArtifactBytes;
    if (sessionKey != nullptr) {
        GATEHOUSE_ASSIGN(sink.m_cipher, crypto::AesCbc::start(crypto::AesCbc::Direction::Encrypt,
                                                              sessionKey->key, sessionKey->iv));
        sink.m_encrypted.resize(kPiece + crypto::kAesBlockBytes);
    }
    sink.m_staged.reserve(kPiece);
    sink.m_descriptor = openNameless(QFileInfo(path).absolutePath());
    if (sink.m_descriptor >= 0) {
        return sink;
    }
    QByteArray name = hiddenTemplate(path);
    sink.m_descriptor = ::mkostemp(name.data(), O_CLOEXEC);
    if (sink.m_descriptor < 0) {
        return writeError(path, errno);
    }
    sink.m_temporary = name;
    return sink;
}

Result<void> ArtifactSink::write(QByteArrayView bytes)
{
    m_artifactBytes += bytes.size();
    if (m_artifactBytes > m_maxBytes) {
        return makeError(ErrorKind::Invalid, "bundle.build.too_large",
                         Sentences::tr("The bundle is larger than the server takes."),
                         Sentences::tr("The limit is %1 MiB.").arg(m_maxBytes / (1 << 20)),
                         Sentences::tr("Leave out media and source maps, or load large files from the web."));
    }
    while (!bytes.isEmpty()) {
        const ssize_t done = ::write(m_descriptor, bytes.data(), static_cast<std::size_t>(bytes.size()));
        if (done < 0 && errno != EINTR) {
            return writeError(m_path, errno);
        }
        bytes = bytes.sliced(std::max<ssize_t>(done, 0));
    }
    return {};
}

// One piece of at most kPiece bytes.
Result<void> ArtifactSink::process(QByteArrayView archive)
{
    m_archiveDigest.add(archive);
    m_archiveBytes += archive.size();
    if (!m_cipher) {
        return write(archive);
    }
    GATEHOUSE_ASSIGN(const qsizetype length, m_cipher->update(archive, m_encrypted.data()));
    const QByteArrayView encrypted(m_encrypted.constData(), length);
    m_artifactDigest.add(encrypted);
    return write(encrypted);
}

Result<void> ArtifactSink::add(QByteArrayView archive)
{
    while (!archive.isEmpty()) {
        if (m_staged.isEmpty() && archive.size() >= kPiece) {
            GATEHOUSE_TRY(process(archive.first(kPiece)));
            archive = archive.sliced(kPiece);
            continue;
        }
        const qsizetype take = std::min(archive.size(), kPiece - m_staged.size());
        m_staged.append(archive.first(take));
        archive = archive.sliced(take);
        if (m_staged.size() == kPiece) {
            GATEHOUSE_TRY(process(m_staged));
            m_staged.resize(0);
        }
    }
    return {};
}

Result<ArtifactSink::Outcome> ArtifactSink::finish()
{
    GATEHOUSE_TRY(process(m_staged));
    m_staged.clear();
    if (m_cipher) {
        GATEHOUSE_ASSIGN(const QByteArray last, m_cipher->finish());
        m_artifactDigest.add(last);
        GATEHOUSE_TRY(write(last));
    }
    Outcome outcome;
    outcome.archiveSha256 = m_archiveDigest.finish();
    outcome.artifactSha256 = m_cipher ? m_artifactDigest.finish() : outcome.archiveSha256;
    outcome.archiveBytes = m_archiveBytes;
    outcome.artifactBytes = m_artifactBytes;
    return outcome;
}

// A link cannot take the place of a file that is there, so the new file gets a name beside it first.
Result<void> ArtifactSink::giveName()
{
    const QByteArray self = "/proc/self/fd/" + QByteArray::number(m_descriptor);
    const auto linkTo = [&self](const QByteArray &name) {
        return ::linkat(AT_FDCWD, self.constData(), AT_FDCWD, name.constData(), AT_SYMLINK_FOLLOW) == 0;
    };
    if (linkTo(QFile::encodeName(m_path))) {
        return ::close(std::exchange(m_descriptor, -1)) == 0 ? Result<void>() : writeError(m_path, errno);
    }
    while (errno == EEXIST) {
        QByteArray name = hiddenTemplate(m_path);
        const QByteArray random = QByteArray::number(QRandomGenerator::system()->generate(), 36);
        name.replace("XXXXXX", random);
        if (linkTo(name)) {
            m_temporary = name;
            return {};
        }
    }
    return writeError(m_path, errno);
}

Result<void> ArtifactSink::commit()
{
    // Not forced to the disk: that costs a third of the time of a small bundle, and what a power cut damages
    // is found by its digest, which every later use compares. Network file systems report a full disk at
    // closing.
    if (::fchmod(m_descriptor, kMode) != 0) {
        return writeError(m_path, errno);
    }
    if (m_temporary.isEmpty()) {
        GATEHOUSE_TRY(giveName());
        if (m_temporary.isEmpty()) {
            return {};
        }
    }
    const int closed = ::close(std::exchange(m_descriptor, -1));
    if (closed != 0 || ::rename(m_temporary.constData(), QFile::encodeName(m_path).constData()) != 0) {
        return writeError(m_path, errno);
    }
    m_temporary.clear();
    return {};
}

} // namespace gatehouse::bundle
