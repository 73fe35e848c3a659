// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/archivepipeline.h"

#include "bundle/deflate.h"
#include "core/parallel.h"

#include <cstring>
#include <thread>
#include <vector>

namespace gatehouse::bundle {

namespace {
// Together with the program itself under 64 MiB.
constexpr qsizetype kInFlightBytes = qsizetype(36) << 20;
} // namespace

ArchivePipeline::ArchivePipeline(const FolderScan &scan, const QHash<qsizetype, LargeFile> &large,
                                 ZipWriter &zip, Operation &operation)
    : m_scan(scan)
    , m_large(large)
    , m_zip(zip)
    , m_operation(operation)
    , m_pool(kInFlightBytes)
{}

ArchivePipeline::~ArchivePipeline() = default;

Result<QString> ArchivePipeline::run(int workers)
{
    std::vector<std::jthread> threads;
    const int count = workerCount(workers);
    threads.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        threads.emplace_back([this] { work(); });
    }
    const auto outcome = withinMemory([this] { return writeAll(); });
    stop();
    threads.clear(); // waits
    m_pieces.clear();
    if (!outcome) {
        return outcome.error();
    }
    return QString::fromLatin1(m_listDigest.finish().toHex());
}

// ---- workers

void ArchivePipeline::work()
{
    std::optional<Deflater> deflater;
    while (Piece *piece = take()) {
        const auto outcome = piece->error ? Result<void>(*piece->error) : withinMemory([&]() -> Result<void> {
            if (!deflater) {
                deflater.emplace();
            }
            return compress(*piece, *deflater);
        });
        const std::lock_guard lock(m_mutex);
        if (!outcome) {
            piece->error = outcome.error();
        }
        piece->isDone = true;
        if (m_pieces.front().get() == piece) {
            m_done.notify_one(); // the writer waits for the first one only
        }
    }
}

// The next piece in order with room reserved for it; null at the end. Pieces are owned by m_pieces.
ArchivePipeline::Piece *ArchivePipeline::take()
{
    const std::lock_guard taking(m_takeMutex);
    std::unique_ptr<Piece> piece;
    const auto outcome = withinMemory([&]() -> Result<void> {
        piece = nextPiece();
        return {};
    });
    if (!outcome) {
        m_nextFile = m_scan.files.size();
        piece = std::make_unique<Piece>();
        piece->error = outcome.error();
    }
    const std::lock_guard lock(m_mutex);
    if (!piece || m_stopped) {
        m_allTaken = true;
        m_done.notify_one();
        return nullptr;
    }
    m_pieces.push_back(std::move(piece));
    return m_pieces.back().get();
}

std::unique_ptr<ArchivePipeline::Piece> ArchivePipeline::nextPiece()
{
    if (m_nextFile >= m_scan.files.size()) {
        return nullptr;
    }
    auto piece = std::make_unique<Piece>();
    piece->file = &m_scan.files.at(m_nextFile);
    const auto large = m_large.constFind(m_nextFile);
    if (large == m_large.cend()) {
        piece->plainBytes = piece->file->size();
        piece->reserved = 2 * BufferPool::rounded(piece->plainBytes);
        ++m_nextFile;
        return reserve(piece->reserved) ? std::move(piece) : nullptr;
    }
    piece->large = &*large;
    piece->reserved =
        BufferPool::rounded(kWindowBytes + kChunkBytes) + BufferPool::rounded(Deflater::chunkCapacity());
    if (!reserve(piece->reserved)) {
        return nullptr;
    }
    if (const auto read = readChunk(*piece); !read) {
        piece->error = read.error();
        m_nextFile = m_scan.files.size();
    }
    return piece;
}

Result<void> ArchivePipeline::readChunk(Piece &piece)
{
    piece.isFirst = !m_source;
    if (!m_source) {
        GATEHOUSE_ASSIGN(m_source, SourceFile::open(*piece.file));
        m_sourceDigest = crypto::Sha256();
        m_window.clear();
    }
    piece.plain = m_pool.take(kWindowBytes + kChunkBytes);
    piece.windowBytes = m_window.size();
    std::memcpy(piece.plain.data(), m_window.constData(), static_cast<std::size_t>(m_window.size()));
    char *const chunk = piece.plain.data() + piece.windowBytes;
    GATEHOUSE_ASSIGN(piece.plainBytes, m_source->read(chunk, kChunkBytes));
    const qint64 rest = piece.file->size() - m_source->position();
    if (rest < 0 || (rest > 0 && piece.plainBytes < kChunkBytes)) {
        return SourceFile::changed(*piece.file);
    }
    if (!piece.large->stored) {
        m_sourceDigest.add(QByteArrayView(chunk, piece.plainBytes));
        const qsizetype keep = std::min(piece.plainBytes, kWindowBytes);
        m_window = QByteArray(chunk + piece.plainBytes - keep, keep);
    }
    piece.isLast = rest == 0;
    if (piece.isLast) {
        GATEHOUSE_TRY(m_source->checkUnchanged());
        piece.sha256 = piece.large->stored ? piece.large->sha256 : m_sourceDigest.finish();
        m_source.reset();
        ++m_nextFile;
    }
    return {};
}

Result<void> ArchivePipeline::compress(Piece &piece, Deflater &deflater)
{
    if (piece.large == nullptr) {
        return compressWhole(piece, deflater);
    }
    compressChunk(piece, deflater);
    return {};
}

Result<void> ArchivePipeline::compressWhole(Piece &piece, Deflater &deflater)
{
    Buffer plain = m_pool.take(piece.plainBytes);
    GATEHOUSE_TRY(SourceFile::readWhole(*piece.file, plain.data()));
    const QByteArrayView bytes(plain.data(), piece.plainBytes);
    piece.crc = crcOf(bytes);
    piece.sha256 = crypto::sha256(bytes);

    const qint64 most = worthwhileBytes(piece.plainBytes);
    Buffer packed = m_pool.take(piece.plainBytes);
    const bool tryIt =
        most > 0 && (!isCompressedKind(piece.file->path) || samplesGetSmaller(bytes, deflater));
    const qsizetype length = tryIt ? deflater.whole(bytes, packed.data(), most) : 0;
    if (length == 0) {
        piece.method = ZipWriter::Method::Store;
        piece.contentBytes = piece.plainBytes;
        piece.content = std::move(plain);
    } else {
        piece.contentBytes = length;
        // What waits for its turn shall not hold room that it does not need.
        if (BufferPool::rounded(length) < packed.capacity()) {
            piece.content = m_pool.take(length);
            std::memcpy(piece.content.data(), packed.data(), static_cast<std::size_t>(length));
        } else {
            piece.content = std::move(packed);
        }
    }
    const qsizetype needed = piece.content.capacity();
    plain = Buffer();
    packed = Buffer();
    release(piece.reserved - needed);
    piece.reserved = needed;
    return {};
}

void ArchivePipeline::compressChunk(Piece &piece, Deflater &deflater)
{
    const QByteArrayView window(piece.plain.data(), piece.windowBytes);
    const QByteArrayView plain(piece.plain.data() + piece.windowBytes, piece.plainBytes);
    piece.crc = crcOf(plain);
    if (piece.large->stored) {
        piece.method = ZipWriter::Method::Store;
        piece.content = std::move(piece.plain); // no window: see readChunk()
        piece.contentBytes = piece.plainBytes;
        return;
    }
    piece.content = m_pool.take(Deflater::chunkCapacity());
    piece.contentBytes = deflater.chunk(
        window, plain, piece.isLast ? Deflater::Last::Yes : Deflater::Last::No, piece.content.data());
    piece.plain = Buffer();
}

// Waits for room. The first piece in order always has some, so this ends. false: stop.
bool ArchivePipeline::reserve(qsizetype bytes)
{
    std::unique_lock lock(m_mutex);
    m_room.wait(lock, [&] { return m_stopped || m_reserved == 0 || m_reserved + bytes <= kInFlightBytes; });
    m_reserved += bytes;
    return !m_stopped;
}

void ArchivePipeline::release(qsizetype bytes)
{
    const std::lock_guard lock(m_mutex);
    m_reserved -= bytes;
    m_room.notify_all();
}

void ArchivePipeline::stop()
{
    const std::lock_guard lock(m_mutex);
    m_stopped = true;
    m_room.notify_all();
}

// ---- the calling thread

std::unique_ptr<ArchivePipeline::Piece> ArchivePipeline::nextDone()
{
    std::unique_lock lock(m_mutex);
    m_done.wait(lock, [&] { return m_pieces.empty() ? m_allTaken : m_pieces.front()->isDone; });
    if (m_pieces.empty()) {
        return nullptr;
    }
    auto piece = std::move(m_pieces.front());
    m_pieces.pop_front();
    return piece;
}

Result<void> ArchivePipeline::writeAll()
{
    constexpr qint64 kReportEvery = qint64(1) << 20;
    qint64 done = 0;
    qint64 reported = 0;
    const auto report = [&] {
        m_operation.report(QStringLiteral("Archive"), done, m_scan.totalBytes, Progress::Unit::Bytes);
        reported = done;
    };
    report();
    while (auto piece = nextDone()) {
        GATEHOUSE_TRY(m_operation.check());
        if (piece->error) {
            return *piece->error;
        }
        GATEHOUSE_TRY(write(*piece));
        done += piece->plainBytes;
        if (done - reported >= kReportEvery) {
            report();
        }
        const qsizetype reserved = piece->reserved;
        piece.reset();
        release(reserved);
    }
    report();
    return m_zip.finish();
}

Result<void> ArchivePipeline::write(const Piece &piece)
{
    if (piece.large != nullptr) {
        return writeChunk(piece);
    }
    noteFile(piece);
    return m_zip.add(piece.file->path.toUtf8(), piece.method,
                     {piece.crc, piece.contentBytes, piece.plainBytes},
                     QByteArrayView(piece.content.data(), piece.contentBytes));
}

Result<void> ArchivePipeline::writeChunk(const Piece &piece)
{
    if (piece.isFirst) {
        m_largeSizes = {};
        const QByteArray name = piece.file->path.toUtf8();
        const qint64 size = piece.file->size();
        GATEHOUSE_TRY(piece.large->stored
                          ? m_zip.begin(name, ZipWriter::Method::Store, {piece.large->crc, size, size})
                          : m_zip.beginUnknown(name, ZipWriter::Method::Deflate, size));
    }
    m_largeSizes.crc = crcJoined(m_largeSizes.crc, piece.crc, piece.plainBytes);
    m_largeSizes.plain += piece.plainBytes;
    m_largeSizes.stored += piece.contentBytes;
    GATEHOUSE_TRY(m_zip.more(QByteArrayView(piece.content.data(), piece.contentBytes)));
    if (!piece.isLast) {
        return {};
    }
    if (piece.large->stored && m_largeSizes.crc != piece.large->crc) {
        return SourceFile::changed(*piece.file);
    }
    noteFile(piece);
    return m_zip.end(m_largeSizes);
}

void ArchivePipeline::noteFile(const Piece &piece)
{
    const QByteArray line = piece.sha256.toHex() + "  " + piece.file->path.toUtf8() + '\n';
    m_listDigest.add(line);
}

} // namespace gatehouse::bundle
