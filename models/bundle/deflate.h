// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

#include <memory>

struct libdeflate_compressor;
struct z_stream_s;

namespace gatehouse::bundle {

/// Files up to this size are compressed whole; larger ones in chunks. Part of the format: a change changes
/// archives.
inline constexpr qint64 kWholeFileBytes = qint64(8) << 20;
inline constexpr qsizetype kChunkBytes = qsizetype(1) << 20;
/// What a chunk sees of the one before.
inline constexpr qsizetype kWindowBytes = qsizetype(32) << 10;

/// The most bytes that deflate may need to be worth it: 3 % less than the plain ones. @source spec:
/// bundle-format, section 1
[[nodiscard]] constexpr qint64 worthwhileBytes(qint64 plain)
{
    constexpr qint64 kPercentKept = 97;
    return plain / 100 * kPercentKept + plain % 100 * kPercentKept / 100;
}

/// "libdeflate 1.14 level 5, zlib 1.2.13 level 5".
[[nodiscard]] QString encoderName();

/// Compresses raw deflate; one for each thread. The same bytes give the same result everywhere.
class Deflater
{
public:
    Deflater();
    ~Deflater();
    Deflater(const Deflater &) = delete;
    Deflater &operator=(const Deflater &) = delete;

    /// A whole file by libdeflate. @return 0 when the result does not fit into capacity
    [[nodiscard]] qsizetype whole(QByteArrayView plain, char *to, qsizetype capacity);

    enum class Last { No, Yes };
    /// One chunk of a large file by zlib, with what came before it as window; ends at a byte, so that chunks
    /// can be joined. to has room for chunkCapacity() bytes.
    [[nodiscard]] qsizetype chunk(QByteArrayView window, QByteArrayView plain, Last last, char *to);
    [[nodiscard]] static qsizetype chunkCapacity();

private:
    struct FreeCompressor
    {
        void operator()(libdeflate_compressor *compressor) const;
    };
    struct FreeStream
    {
        void operator()(z_stream_s *stream) const;
    };
    std::unique_ptr<libdeflate_compressor, FreeCompressor> m_compressor;
    std::unique_ptr<z_stream_s, FreeStream> m_stream; ///< made with the first chunk
};

/// Whether pieces from all over some content get smaller by enough. For media and archives, of which a try of
/// the whole would cost most and give nothing. Depends on the content alone.
[[nodiscard]] bool samplesGetSmaller(QByteArrayView plain, Deflater &deflater);
/// By its name: pictures, fonts, media and archives that carry their own compression.
[[nodiscard]] bool isCompressedKind(const QString &path);

/// CRC-32 of a zip.
[[nodiscard]] quint32 crcOf(QByteArrayView bytes, quint32 before = 0);
/// The CRC of two parts joined. secondBytes is the length of the second.
[[nodiscard]] quint32 crcJoined(quint32 first, quint32 second, qint64 secondBytes);

} // namespace gatehouse::bundle
