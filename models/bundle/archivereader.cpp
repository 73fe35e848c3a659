// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/archivereader.h"

#include "core/sentences.h"
#include "crypto/digest.h"

#include <QFile>

#include <zip.h>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace gatehouse::bundle {

namespace {
constexpr qsizetype kPiece = 128 * 1024;
// Small files may shrink by more than a bomb's ratio without harm.
constexpr qint64 kRatioFrom = qint64(1) << 20;

struct CloseEntry
{
    void operator()(zip_file_t *file) const { zip_fclose(file); }
};

QString zipText(int code)
{
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    QString text = QString::fromUtf8(zip_error_strerror(&error));
    zip_error_fini(&error);
    return text;
}

Error notOpened(const QString &name, int error)
{
    return makeError(ErrorKind::NotFound, "bundle.archive.open",
                     Sentences::tr("The archive “%1” could not be opened.").arg(name))
        .withDetail(zipText(error));
}
} // namespace

void ArchiveReader::Discard::operator()(zip *archive) const
{
    zip_discard(archive);
}

ArchiveReader::ArchiveReader(zip *archive, QString name, const ArchiveLimits &limits)
    : m_archive(archive)
    , m_name(std::move(name))
    , m_limits(limits)
{}

Error ArchiveReader::refused(const char *id, const QString &cause) const
{
    return makeError(ErrorKind::Invalid, id,
                     Sentences::tr("The archive “%1” is not a good bundle.").arg(m_name), cause);
}

Result<ArchiveReader> ArchiveReader::opened(zip *archive, int error, const QString &name,
                                            const ArchiveLimits &limits)
{
    if (archive != nullptr) {
        return ArchiveReader(archive, name, limits);
    }
    if (error == ZIP_ER_NOENT || error == ZIP_ER_OPEN || error == ZIP_ER_READ) {
        return notOpened(name, error);
    }
    return makeError(ErrorKind::Invalid, "bundle.archive.format",
                     Sentences::tr("The file “%1” is no zip archive, or it is damaged.").arg(name))
        .withDetail(zipText(error));
}

Result<ArchiveReader> ArchiveReader::open(const QString &zipPath, const ArchiveLimits &limits)
{
    int error = 0;
    zip *archive = zip_open(QFile::encodeName(zipPath).constData(), ZIP_RDONLY | ZIP_CHECKCONS, &error);
    return opened(archive, error, zipPath, limits);
}

Result<ArchiveReader> ArchiveReader::open(int descriptor, const QString &name, const ArchiveLimits &limits)
{
    int error = 0;
    zip *archive = zip_fdopen(descriptor, ZIP_CHECKCONS, &error);
    if (archive == nullptr) {
        ::close(descriptor); // libzip takes it only when all went well
    }
    return opened(archive, error, name, limits);
}

Result<ArchiveEntries> ArchiveReader::walk(EntryTarget *target, Operation &operation)
{
    const zip_int64_t count = zip_get_num_entries(m_archive.get(), 0);
    if (count > m_limits.maxEntries) {
        return refused("bundle.archive.limit", Sentences::tr("It has too many entries: %1.").arg(count));
    }
    for (zip_int64_t i = 0; i < count; ++i) {
        GATEHOUSE_TRY(operation.check());
        GATEHOUSE_TRY(readEntry(static_cast<quint64>(i), target, operation));
    }
    const bool hasIndex = std::any_of(m_entries.cbegin(), m_entries.cend(), [](const ArchiveEntry &entry) {
        return entry.path == QLatin1String("index.html");
    });
    if (!hasIndex) {
        return refused("bundle.archive.index", Sentences::tr("There is no index.html at the top."));
    }
    std::sort(m_entries.begin(), m_entries.end(), [](const ArchiveEntry &left, const ArchiveEntry &right) {
        return left.path.toUtf8() < right.path.toUtf8();
    });
    return std::move(m_entries);
}

Result<void> ArchiveReader::readEntry(quint64 index, EntryTarget *target, Operation &operation)
{
    zip_stat_t status;
    zip_stat_init(&status);
    constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE |
                                     ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    const char *rawName = zip_get_name(m_archive.get(), index, ZIP_FL_ENC_RAW);
    if (rawName == nullptr || zip_stat_index(m_archive.get(), index, 0, &status) != 0 ||
        (status.valid & kNeeded) != kNeeded) {
        return refused("bundle.archive.format", Sentences::tr("Entry %1 cannot be read.").arg(index));
    }
    const bool isFolder = QByteArrayView(rawName).endsWith('/');
    GATEHOUSE_ASSIGN(const QString path, checkedPath(rawName, isFolder));
    GATEHOUSE_TRY(checkKind(index, status, path));
    if (isFolder) {
        return {};
    }
    if (const auto other = m_clashes.add(path)) {
        return refused("bundle.archive.duplicate",
                       Sentences::tr("“%1” and “%2” are the same name on some devices.").arg(*other, path));
    }
    GATEHOUSE_TRY(checkSizes(status, path));
    ArchiveEntry entry;
    entry.path = path;
    entry.size = static_cast<qint64>(status.size);
    entry.storedSize = static_cast<qint64>(status.comp_size);
    GATEHOUSE_ASSIGN(entry.sha256, readContent(index, status, path, target, operation));
    m_totalBytes += entry.size;
    m_entries.append(std::move(entry));
    return {};
}

Result<QString> ArchiveReader::checkedPath(const char *rawName, bool isFolder)
{
    QByteArrayView raw(rawName);
    if (isFolder) {
        raw.chop(1);
    }
    const auto path = pathFromUtf8(raw);
    if (!path) {
        return refused(
            "bundle.archive.path",
            Sentences::tr("The name “%1” is not UTF-8.").arg(QString::fromLatin1(raw.toByteArray())));
    }
    const auto finding = checkPath(*path);
    if (finding && finding->severity == Severity::Error) {
        return refused("bundle.archive.path", QStringLiteral("%1: %2").arg(*path, finding->sentence));
    }
    return *path;
}

Result<void> ArchiveReader::checkKind(quint64 index, const zip_stat_t &status, const QString &path) const
{
    if (status.encryption_method != ZIP_EM_NONE) {
        return refused("bundle.archive.encrypted",
                       Sentences::tr("“%1” is encrypted inside the archive.").arg(path));
    }
    if (status.comp_method != ZIP_CM_STORE && status.comp_method != ZIP_CM_DEFLATE) {
        return refused("bundle.archive.method",
                       Sentences::tr("“%1” is compressed by a method that devices do not know.").arg(path));
    }
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    if (zip_file_get_external_attributes(m_archive.get(), index, 0, &system, &attributes) != 0) {
        return refused("bundle.archive.format", Sentences::tr("“%1” has no attributes.").arg(path));
    }
    if (system == ZIP_OPSYS_UNIX || system == ZIP_OPSYS_OS_X) {
        const mode_t kind = (attributes >> 16U) & S_IFMT;
        if (kind != 0 && kind != S_IFREG && kind != S_IFDIR) {
            return refused("bundle.archive.link",
                           Sentences::tr("“%1” is a link or a special file.").arg(path));
        }
    }
    return {};
}

Result<void> ArchiveReader::checkSizes(const zip_stat_t &status, const QString &path) const
{
    constexpr auto kMost = static_cast<zip_uint64_t>(std::numeric_limits<qint64>::max() / 2);
    if (status.size > kMost || status.comp_size > kMost) {
        return refused("bundle.archive.limit", Sentences::tr("“%1” claims an impossible size.").arg(path));
    }
    const auto size = static_cast<qint64>(status.size);
    const auto stored = static_cast<qint64>(status.comp_size);
    if (size > m_limits.maxEntryBytes) {
        return refused("bundle.archive.limit", Sentences::tr("“%1” is too large.").arg(path));
    }
    if (m_totalBytes + size > m_limits.maxTotalBytes) {
        return refused("bundle.archive.limit", Sentences::tr("It is too large unpacked."));
    }
    if (size > kRatioFrom && size / std::max<qint64>(stored, 1) > m_limits.maxRatio) {
        return refused("bundle.archive.limit",
                       Sentences::tr("“%1” grows far too much when it is unpacked.").arg(path));
    }
    return {};
}

Result<QByteArray> ArchiveReader::readContent(quint64 index, const zip_stat_t &status, const QString &path,
                                              EntryTarget *target, Operation &operation)
{
    const auto damaged = [&](const char *message) {
        return refused("bundle.archive.damaged", Sentences::tr("“%1” is damaged.").arg(path))
            .withDetail(QString::fromUtf8(message));
    };
    const std::unique_ptr<zip_file_t, CloseEntry> file(zip_fopen_index(m_archive.get(), index, 0));
    if (!file) {
        return damaged(zip_strerror(m_archive.get()));
    }
    if (target != nullptr) {
        GATEHOUSE_TRY(target->begin(path));
    }
    crypto::Sha256 digest;
    QByteArray piece(kPiece, Qt::Uninitialized);
    quint64 done = 0;
    for (;;) {
        GATEHOUSE_TRY(operation.check());
        const zip_int64_t got = zip_fread(file.get(), piece.data(), static_cast<zip_uint64_t>(piece.size()));
        if (got < 0) {
            return damaged(zip_file_strerror(file.get()));
        }
        if (got == 0) {
            break;
        }
        done += static_cast<quint64>(got);
        // What is declared was checked; what comes out must not be more.
        if (done > status.size) {
            return refused("bundle.archive.damaged",
                           Sentences::tr("“%1” is longer than the archive says.").arg(path));
        }
        const QByteArrayView bytes(piece.constData(), static_cast<qsizetype>(got));
        digest.add(bytes);
        if (target != nullptr) {
            GATEHOUSE_TRY(target->add(bytes));
        }
    }
    if (done != status.size) {
        return refused("bundle.archive.damaged",
                       Sentences::tr("“%1” is shorter than the archive says.").arg(path));
    }
    if (target != nullptr) {
        GATEHOUSE_TRY(target->end());
    }
    return digest.finish();
}

} // namespace gatehouse::bundle
