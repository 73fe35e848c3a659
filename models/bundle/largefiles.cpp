// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/largefiles.h"

#include "bundle/deflate.h"
#include "bundle/sourcefile.h"
#include "core/parallel.h"
#include "crypto/digest.h"

namespace gatehouse::bundle {

namespace {
constexpr qsizetype kSample = 128 * 1024;
constexpr qint64 kSamples = 8;

// Pieces at fixed places, so that the answer depends on the content alone.
Result<bool> isWorthDeflating(SourceFile &source)
{
    Deflater deflater;
    QByteArray plain(kSample, Qt::Uninitialized);
    QByteArray packed(kSample, Qt::Uninitialized);
    qint64 packedBytes = 0;
    for (qint64 i = 0; i < kSamples; ++i) {
        const qint64 at = (source.file().size() - kSample) / (kSamples - 1) * i;
        GATEHOUSE_ASSIGN(const qsizetype got, source.readAt(at, plain.data(), kSample));
        if (got != kSample) {
            return SourceFile::changed(source.file());
        }
        const qsizetype length = deflater.whole(plain, packed.data(), packed.size());
        packedBytes += length > 0 ? length : kSample;
    }
    return packedBytes <= worthwhileBytes(kSamples * kSample);
}

Result<void> digest(SourceFile &source, LargeFile &large, Operation &operation)
{
    crypto::Sha256 sha256;
    QByteArray piece(2 * kSample, Qt::Uninitialized);
    for (;;) {
        GATEHOUSE_TRY(operation.check());
        GATEHOUSE_ASSIGN(const qsizetype got, source.read(piece.data(), piece.size()));
        if (got == 0) {
            break;
        }
        const QByteArrayView bytes(piece.constData(), got);
        sha256.add(bytes);
        large.crc = crcOf(bytes, large.crc);
    }
    if (source.position() != source.file().size()) {
        return SourceFile::changed(source.file());
    }
    large.sha256 = sha256.finish();
    return source.checkUnchanged();
}

Result<LargeFile> lookAt(const FolderFile &file, Operation &operation)
{
    LargeFile large;
    GATEHOUSE_ASSIGN(SourceFile source, SourceFile::open(file));
    GATEHOUSE_ASSIGN(const bool worth, isWorthDeflating(source));
    large.stored = !worth;
    if (large.stored) {
        GATEHOUSE_TRY(digest(source, large, operation));
    }
    return large;
}
} // namespace

Result<QHash<qsizetype, LargeFile>> lookAtLargeFiles(const FolderScan &scan, int workers,
                                                     Operation &operation)
{
    QVector<qsizetype> indices;
    for (qsizetype i = 0; i < scan.files.size(); ++i) {
        if (scan.files.at(i).size() > kWholeFileBytes) {
            indices.append(i);
        }
    }
    QVector<LargeFile> found(indices.size());
    LargeFile *const places = found.data();
    GATEHOUSE_TRY(forEachInParallel(indices.size(), workers, operation, [&](qsizetype i) -> Result<void> {
        GATEHOUSE_ASSIGN(places[i], lookAt(scan.files.at(indices.at(i)), operation));
        return {};
    }));
    QHash<qsizetype, LargeFile> large;
    for (qsizetype i = 0; i < indices.size(); ++i) {
        large.insert(indices.at(i), found.at(i));
    }
    return large;
}

} // namespace gatehouse::bundle
