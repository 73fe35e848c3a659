// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet/run/bundlestore.h"

#include "bundle/sessionkey.h"
#include "fleet/run/bundlecheck.h"

#include <QCryptographicHash>
#include <QFile>

namespace gatehouse::fleet {

namespace {

// As much as the largest server takes (spec bundle-format, section 1).
constexpr qint64 kMaxBundleBytes = qint64(1) << 30;
constexpr qint64 kMaxPayloadBytes = 64 * 1024 * 1024;
constexpr int kFilesAtOnce = 8;

} // namespace

/// The files of one manifest, some at a time.
struct BundleStore::ManifestWork
{
    wire::UpdateAnswer offer;
    QByteArray userAgent;
    int next = 0;
    int open = 0;
    Fetched result;
    QString cause;
};

BundleStore::BundleStore(Loop &loop, HttpPool &pool, const DeviceCrypto &crypto)
    : m_loop(loop)
    , m_pool(pool)
    , m_crypto(crypto)
{}

BundleStore::~BundleStore() = default;

Result<std::unique_ptr<BundleStore>> BundleStore::create(Loop &loop, HttpPool &pool,
                                                         const DeviceCrypto &crypto)
{
    std::unique_ptr<BundleStore> store(new BundleStore(loop, pool, crypto));
    if (!store->m_folder.isValid()) {
        return makeError(ErrorKind::Io, "fleet.temporary", QStringLiteral("No temporary folder can be made."),
                         store->m_folder.errorString());
    }
    return store;
}

// Queries carry device ids and signatures that expire; path, checksum and key name the content.
QString BundleStore::keyOf(const wire::UpdateAnswer &offer)
{
    QStringList parts{offer.version, QUrl(offer.url).toString(QUrl::RemoveQuery), offer.checksum,
                      offer.sessionKey};
    for (const wire::ManifestEntry &entry : offer.manifest) {
        parts << entry.fileName << entry.fileHash;
    }
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString &part : std::as_const(parts)) {
        const QByteArray bytes = part.toUtf8();
        hash.addData(QByteArray::number(bytes.size()));
        hash.addData(QByteArrayLiteral(":"));
        hash.addData(bytes);
    }
    return QString::fromLatin1(hash.result().toHex());
}

void BundleStore::fetch(const wire::UpdateAnswer &offer, const QByteArray &userAgent, OnFetched onFetched)
{
    const QString key = keyOf(offer);
    const bool isKnown = m_shelves.contains(key);
    Shelf &shelf = m_shelves[key];
    if (shelf.isDone) {
        onFetched(compared(shelf, offer));
        return;
    }
    shelf.waiting.append({offer, std::move(onFetched)});
    if (isKnown) {
        return;
    }
    if (offer.manifest.isEmpty()) {
        fetchZip(key, offer, userAgent);
    } else {
        fetchManifest(key, offer, userAgent);
    }
}

Fetched BundleStore::compared(const Shelf &shelf, const wire::UpdateAnswer &offer) const
{
    Fetched result = shelf.result;
    if (!result.failure.isEmpty() || shelf.archiveSha256.isEmpty()) {
        return result;
    }
    QByteArray expected = QByteArray::fromHex(offer.checksum.toLatin1());
    if (m_crypto.publicKey) {
        const auto opened = bundle::openChecksum(offer.checksum, *m_crypto.publicKey);
        expected = opened ? *opened : QByteArray();
    }
    const bool isUnchecked = offer.checksum.isEmpty() && !m_crypto.publicKey;
    if (!isUnchecked && expected != shelf.archiveSha256) {
        result.failure = QStringLiteral("checksum_fail");
    }
    return result;
}

void BundleStore::fetchZip(const QString &key, const wire::UpdateAnswer &offer, const QByteArray &userAgent)
{
    HttpRequest request;
    request.url = QUrl(offer.url, QUrl::StrictMode);
    request.userAgent = userAgent;
    request.saveTo = m_folder.filePath(QStringLiteral("bundle-%1").arg(++m_files));
    request.maxBodyBytes = kMaxBundleBytes;
    const QString path = request.saveTo;
    m_pool.send(std::move(request), [this, key, offer, path](const Result<HttpResponse> &response) {
        if (!response || response->status != 200) {
            QFile::remove(path);
            Fetched failed;
            failed.failure = QStringLiteral("download_fail");
            finish(key, failed, {},
                   response
                       ? QStringLiteral("The download was answered with status %1.").arg(response->status)
                       : response.error().toText());
            return;
        }
        m_bytesFetched += response->bytes;
        verifyZip(key, offer, path);
    });
}

void BundleStore::verifyZip(const QString &key, const wire::UpdateAnswer &offer, const QString &path)
{
    auto checked = std::make_shared<CheckedBundle>();
    const QString folder = path + QStringLiteral(".unpacked");
    m_loop.work(
        [this, checked, offer, path, folder] {
            const qint64 size = QFile(path).size();
            *checked = checkArtifact(path, offer, m_crypto, folder);
            checked->fetched.bytes = size;
            QFile::remove(path);
        },
        [this, key, checked] { finish(key, checked->fetched, checked->archiveSha256, checked->cause); });
}

void BundleStore::fetchManifest(const QString &key, const wire::UpdateAnswer &offer,
                                const QByteArray &userAgent)
{
    auto work = std::make_shared<ManifestWork>();
    work->offer = offer;
    work->userAgent = userAgent;
    work->result.hasIndex = false;
    work->result.callsReady = false;
    nextFile(key, work);
}

void BundleStore::nextFile(const QString &key, const std::shared_ptr<ManifestWork> &work)
{
    while (work->open < kFilesAtOnce && work->next < work->offer.manifest.size() &&
           work->result.failure.isEmpty()) {
        const int index = work->next++;
        ++work->open;
        HttpRequest request;
        request.url = QUrl(work->offer.manifest.at(index).downloadUrl, QUrl::StrictMode);
        request.userAgent = work->userAgent;
        request.maxBodyBytes = kMaxPayloadBytes;
        m_pool.send(std::move(request), [this, key, work, index](const Result<HttpResponse> &response) {
            if (response && response->status == 200) {
                m_bytesFetched += response->bytes;
                work->result.bytes += response->bytes;
                checkFile(key, work, index, response->body);
                return;
            }
            --work->open;
            work->result.failure = QStringLiteral("download_manifest_file_fail");
            work->result.file = targetName(work->offer.manifest.at(index));
            work->cause =
                response ? QStringLiteral("Status %1.").arg(response->status) : response.error().toText();
            nextFile(key, work);
        });
    }
    if (work->open == 0) {
        finish(key, work->result, {}, work->cause);
    }
}

void BundleStore::checkFile(const QString &key, const std::shared_ptr<ManifestWork> &work, int index,
                            const QByteArray &payload)
{
    auto checked = std::make_shared<CheckedFile>();
    m_loop.work(
        [this, checked, work, index, payload] {
            *checked =
                checkManifestFile(payload, work->offer.manifest.at(index), work->offer.sessionKey, m_crypto);
        },
        [this, key, checked, work, index] {
            --work->open;
            const QString name = targetName(work->offer.manifest.at(index));
            if (!checked->failure.isEmpty()) {
                work->result.failure = checked->failure;
                work->result.file = name;
                work->cause = checked->cause;
            }
            work->result.hasIndex = work->result.hasIndex || name == QLatin1String("index.html");
            work->result.callsReady = work->result.callsReady || checked->callsReady;
            nextFile(key, work);
        });
}

void BundleStore::finish(const QString &key, const Fetched &result, const QByteArray &archiveSha256,
                         const QString &cause)
{
    Shelf shelf = m_shelves.take(key);
    shelf.isDone = true;
    shelf.result = result;
    shelf.archiveSha256 = archiveSha256;
    const auto waiting = std::exchange(shelf.waiting, {});
    if (result.failure.isEmpty()) {
        ++m_verified;
        m_shelves.insert(key, shelf);
    } else {
        m_lastFailure = cause;
    }
    for (const auto &[offer, onFetched] : waiting) {
        onFetched(compared(shelf, offer));
    }
}

} // namespace gatehouse::fleet
