// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/payload.h"

#include "bundle/sourcefile.h"
#include "core/sentences.h"
#include "crypto/aescbc.h"
#include "crypto/digest.h"

#include <QFile>

#include <brotli/decode.h>
#include <brotli/encode.h>

#include <memory>
#include <new>
#include <optional>

namespace gatehouse::bundle {

namespace {
constexpr qint64 kBrotliFrom = 8192;
constexpr qint64 kBrotliMustSave = 10;
// The highest quality takes twenty times as long for five percent more: not worth a person's wait.
constexpr quint32 kBrotliQuality = 9;
constexpr qsizetype kPiece = 128 * 1024;

struct FreeEncoder
{
    void operator()(BrotliEncoderState *state) const { BrotliEncoderDestroyInstance(state); }
};
struct FreeDecoder
{
    void operator()(BrotliDecoderState *state) const { BrotliDecoderDestroyInstance(state); }
};

// The end of the line: cipher and file.
class PayloadFile
{
public:
    explicit PayloadFile(const QString &path)
        : m_file(path)
    {}

    Result<void> open(const SessionKey *sessionKey)
    {
        m_cipher.reset();
        m_plainBytes = 0;
        if (sessionKey != nullptr) {
            GATEHOUSE_ASSIGN(m_cipher, crypto::AesCbc::start(crypto::AesCbc::Direction::Encrypt,
                                                             sessionKey->key, sessionKey->iv));
            m_encrypted.resize(kPiece + crypto::kAesBlockBytes);
        }
        return m_file.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered)
                   ? Result<void>()
                   : failed();
    }
    Result<void> add(QByteArrayView bytes)
    {
        m_plainBytes += bytes.size();
        if (!m_cipher) {
            return write(bytes);
        }
        while (!bytes.isEmpty()) {
            const QByteArrayView piece = bytes.first(std::min(bytes.size(), kPiece));
            GATEHOUSE_ASSIGN(const qsizetype length, m_cipher->update(piece, m_encrypted.data()));
            GATEHOUSE_TRY(write(QByteArrayView(m_encrypted.constData(), length)));
            bytes = bytes.sliced(piece.size());
        }
        return {};
    }
    Result<qint64> finish()
    {
        if (m_cipher) {
            GATEHOUSE_ASSIGN(const QByteArray last, m_cipher->finish());
            GATEHOUSE_TRY(write(last));
        }
        const qint64 size = m_file.size();
        m_file.close();
        return m_file.error() == QFile::NoError ? Result<qint64>(size) : Result<qint64>(failed().error());
    }
    void abandon() { m_file.close(); }
    /// Before the cipher.
    [[nodiscard]] qint64 plainBytes() const { return m_plainBytes; }

private:
    Result<void> write(QByteArrayView bytes)
    {
        return m_file.write(bytes.data(), bytes.size()) == bytes.size() ? Result<void>() : failed();
    }
    [[nodiscard]] Result<void> failed() const
    {
        return makeError(ErrorKind::Io, "bundle.manifest.write",
                         Sentences::tr("The payload “%1” could not be written.").arg(m_file.fileName()),
                         m_file.errorString());
    }

    QFile m_file;
    std::optional<crypto::AesCbc> m_cipher;
    QByteArray m_encrypted;
    qint64 m_plainBytes = 0;
};

class BrotliStage
{
public:
    explicit BrotliStage(qint64 size)
        : m_state(BrotliEncoderCreateInstance(nullptr, nullptr, nullptr))
        , m_out(kPiece, Qt::Uninitialized)
    {
        if (!m_state) {
            throw std::bad_alloc();
        }
        BrotliEncoderSetParameter(m_state.get(), BROTLI_PARAM_QUALITY, kBrotliQuality);
        BrotliEncoderSetParameter(m_state.get(), BROTLI_PARAM_SIZE_HINT,
                                  static_cast<quint32>(std::min<qint64>(size, qint64(1) << 30)));
    }
    Result<void> add(QByteArrayView bytes, PayloadFile &to)
    {
        return run(BROTLI_OPERATION_PROCESS, bytes, to);
    }
    Result<void> finish(PayloadFile &to) { return run(BROTLI_OPERATION_FINISH, {}, to); }

private:
    Result<void> run(BrotliEncoderOperation step, QByteArrayView bytes, PayloadFile &to)
    {
        auto rest = static_cast<std::size_t>(bytes.size());
        const auto *at = reinterpret_cast<const quint8 *>(bytes.data());
        do {
            auto room = static_cast<std::size_t>(m_out.size());
            auto *out = reinterpret_cast<quint8 *>(m_out.data());
            if (BrotliEncoderCompressStream(m_state.get(), step, &rest, &at, &room, &out, nullptr) !=
                BROTLI_TRUE) {
                throw std::bad_alloc(); // the only failure of the encoder
            }
            GATEHOUSE_TRY(
                to.add(QByteArrayView(m_out.constData(), m_out.size() - static_cast<qsizetype>(room))));
        } while (rest > 0 || BrotliEncoderHasMoreOutput(m_state.get()) == BROTLI_TRUE);
        return {};
    }

    std::unique_ptr<BrotliEncoderState, FreeEncoder> m_state;
    QByteArray m_out;
};

// One reading of the file into the payload. @return SHA-256 of the file
Result<QByteArray> pass(const FolderFile &file, PayloadFile &to, BrotliStage *brotli, Operation &operation)
{
    GATEHOUSE_ASSIGN(SourceFile source, SourceFile::open(file));
    crypto::Sha256 digest;
    QByteArray piece(kPiece, Qt::Uninitialized);
    for (;;) {
        GATEHOUSE_TRY(operation.check());
        GATEHOUSE_ASSIGN(const qsizetype got, source.read(piece.data(), piece.size()));
        if (got == 0) {
            break;
        }
        const QByteArrayView bytes(piece.constData(), got);
        digest.add(bytes);
        GATEHOUSE_TRY(brotli != nullptr ? brotli->add(bytes, to) : to.add(bytes));
    }
    if (source.position() != file.size()) {
        return SourceFile::changed(file);
    }
    GATEHOUSE_TRY(source.checkUnchanged());
    if (brotli != nullptr) {
        GATEHOUSE_TRY(brotli->finish(to));
    }
    return digest.finish();
}

// Inputs that hold stored bytes between a head and a tail, as some producers write them.
std::optional<QByteArray> storedBrotli(QByteArrayView payload)
{
    constexpr qsizetype kHead = 3;
    constexpr char kTail = 0x03;
    const bool hasHead = payload.startsWith(QByteArrayView("\x1B\x00\x06", kHead)) ||
                         payload.startsWith(QByteArrayView("\x0B\x02\x80", kHead));
    if (payload.isEmpty() ||
        (payload.size() == kHead && payload.startsWith(QByteArrayView("\x1B\x00\x06", kHead)))) {
        return QByteArray();
    }
    if (hasHead && payload.size() > kHead && payload.back() == kTail) {
        return payload.sliced(kHead, payload.size() - kHead - 1).toByteArray();
    }
    return std::nullopt;
}
} // namespace

Result<Payload> writePayload(const FolderFile &file, const QString &payloadPath, const SessionKey *sessionKey,
                             Operation &operation)
{
    Payload payload;
    PayloadFile to(payloadPath);
    if (file.size() >= kBrotliFrom) {
        GATEHOUSE_TRY(to.open(sessionKey));
        BrotliStage brotli(file.size());
        GATEHOUSE_ASSIGN(payload.sha256, pass(file, to, &brotli, operation));
        payload.isBrotli = to.plainBytes() < file.size() - kBrotliMustSave;
    }
    if (!payload.isBrotli) {
        to.abandon();
        GATEHOUSE_TRY(to.open(sessionKey));
        GATEHOUSE_ASSIGN(payload.sha256, pass(file, to, nullptr, operation));
    }
    GATEHOUSE_ASSIGN(payload.bytes, to.finish());
    return payload;
}

Result<QByteArray> decodeBrotli(QByteArrayView payload, qint64 maxBytes)
{
    const auto broken = [](const QString &cause) {
        return makeError(ErrorKind::Invalid, "bundle.manifest.brotli",
                         Sentences::tr("A file of this release cannot be unpacked."), cause);
    };
    if (auto stored = storedBrotli(payload)) {
        return stored->size() > maxBytes ? Result<QByteArray>(broken(Sentences::tr("It is too large.")))
                                         : Result<QByteArray>(*stored);
    }
    const std::unique_ptr<BrotliDecoderState, FreeDecoder> state(
        BrotliDecoderCreateInstance(nullptr, nullptr, nullptr));
    if (!state) {
        return broken(Sentences::tr("There is not enough memory."));
    }
    QByteArray plain;
    QByteArray out(kPiece, Qt::Uninitialized);
    auto rest = static_cast<std::size_t>(payload.size());
    const auto *at = reinterpret_cast<const quint8 *>(payload.data());
    for (;;) {
        auto room = static_cast<std::size_t>(out.size());
        auto *to = reinterpret_cast<quint8 *>(out.data());
        const auto outcome = BrotliDecoderDecompressStream(state.get(), &rest, &at, &room, &to, nullptr);
        plain.append(QByteArrayView(out.constData(), out.size() - static_cast<qsizetype>(room)));
        if (plain.size() > maxBytes) {
            return broken(Sentences::tr("It is too large."));
        }
        if (outcome == BROTLI_DECODER_RESULT_SUCCESS) {
            return rest == 0
                       ? Result<QByteArray>(plain)
                       : Result<QByteArray>(broken(Sentences::tr("Something follows the Brotli data.")));
        }
        if (outcome != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
            return broken(Sentences::tr("The Brotli data is damaged or cut short."));
        }
    }
}

} // namespace gatehouse::bundle
