// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/bufferpool.h"
#include "bundle/largefiles.h"
#include "bundle/sourcefile.h"
#include "bundle/zipwriter.h"
#include "crypto/digest.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>

namespace gatehouse::bundle {

class Deflater;

/// Reads and compresses the files of a scan on several threads and writes them to a zip in their order, on
/// the calling thread. What is in flight is bounded in bytes, whatever the sizes and the number of threads.
class ArchivePipeline
{
public:
    ArchivePipeline(const FolderScan &scan, const QHash<qsizetype, LargeFile> &large, ZipWriter &zip,
                    Operation &operation);
    ~ArchivePipeline();
    ArchivePipeline(const ArchivePipeline &) = delete;
    ArchivePipeline &operator=(const ArchivePipeline &) = delete;

    /// @return the file list digest, hex @error as buildBundle()
    Result<QString> run(int workers);

private:
    /// A whole file or one chunk of a large one.
    struct Piece
    {
        const FolderFile *file = nullptr;
        const LargeFile *large = nullptr; ///< null for a whole file
        bool isFirst = true;
        bool isLast = true;
        Buffer plain; ///< a chunk with its window in front; whole files are read by the worker
        qsizetype windowBytes = 0;
        qsizetype plainBytes = 0;

        Buffer content; ///< as it goes into the archive
        qsizetype contentBytes = 0;
        ZipWriter::Method method = ZipWriter::Method::Deflate;
        quint32 crc = 0;
        QByteArray sha256; ///< of the whole file; empty but for the last chunk
        std::optional<Error> error;
        bool isDone = false;
        qsizetype reserved = 0;
    };

    // Workers
    void work();
    Piece *take();
    std::unique_ptr<Piece> nextPiece();
    Result<void> readChunk(Piece &piece);
    Result<void> compress(Piece &piece, Deflater &deflater);
    Result<void> compressWhole(Piece &piece, Deflater &deflater);
    void compressChunk(Piece &piece, Deflater &deflater);
    bool reserve(qsizetype bytes);
    void release(qsizetype bytes);
    void stop();

    // The calling thread
    std::unique_ptr<Piece> nextDone();
    Result<void> writeAll();
    Result<void> write(const Piece &piece);
    Result<void> writeChunk(const Piece &piece);
    void noteFile(const Piece &piece);

    const FolderScan &m_scan;
    const QHash<qsizetype, LargeFile> &m_large;
    ZipWriter &m_zip;
    Operation &m_operation;
    BufferPool m_pool;

    // What comes next; held while a chunk is read, because chunks are read and hashed in order.
    std::mutex m_takeMutex;
    qsizetype m_nextFile = 0;
    std::optional<SourceFile> m_source; ///< the large file that is being read
    crypto::Sha256 m_sourceDigest;
    QByteArray m_window;

    std::mutex m_mutex;
    std::condition_variable m_room; ///< bytes were released, or stop
    std::condition_variable m_done; ///< the first piece may be done, or everything was taken
    std::deque<std::unique_ptr<Piece>> m_pieces;
    qsizetype m_reserved = 0;
    bool m_allTaken = false;
    bool m_stopped = false;

    // The large file that is being written.
    ZipWriter::Sizes m_largeSizes;
    crypto::Sha256 m_listDigest;
};

} // namespace gatehouse::bundle
