// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "crypto/rsakey.h"
#include "fleet/population/world.h"
#include "fleet/transport/httppool.h"

#include <QHash>
#include <QTemporaryDir>

#include <functional>
#include <memory>
#include <optional>

namespace gatehouse::fleet {

/// What the devices of a fleet can decrypt.
struct DeviceCrypto
{
    std::optional<crypto::RsaPublicKey> publicKey;
    bool takesAes256 = false; ///< a plugin build of its own: spec bundle-format, section 3
};

/// Downloads, checks, decrypts and unpacks each distinct bundle once for the whole fleet, really; every
/// device then compares the checksum of its own answer with the digest of what was fetched. What failed is
/// not kept: the next device that wants it tries again.
/// @thread that of the loop; the heavy work runs on the loop's second thread
class BundleStore
{
public:
    using OnFetched = std::function<void(const Fetched &)>;

    /// @error Io "fleet.temporary" when no temporary folder can be made
    static Result<std::unique_ptr<BundleStore>> create(Loop &loop, HttpPool &pool,
                                                       const DeviceCrypto &crypto);
    ~BundleStore();
    BundleStore(const BundleStore &) = delete;
    BundleStore &operator=(const BundleStore &) = delete;

    void fetch(const wire::UpdateAnswer &offer, const QByteArray &userAgent, OnFetched onFetched);
    [[nodiscard]] qint64 bytesFetched() const { return m_bytesFetched; }
    [[nodiscard]] int bundlesVerified() const { return m_verified; }
    /// Why the last bundle that failed did so; empty when none has.
    [[nodiscard]] const QString &lastFailure() const { return m_lastFailure; }

private:
    struct Shelf
    {
        bool isDone = false;
        Fetched result;
        QByteArray archiveSha256; ///< empty for a manifest: its files were compared one by one
        QVector<std::pair<wire::UpdateAnswer, OnFetched>> waiting;
    };
    struct Work;
    struct ManifestWork;

    BundleStore(Loop &loop, HttpPool &pool, const DeviceCrypto &crypto);
    [[nodiscard]] static QString keyOf(const wire::UpdateAnswer &offer);
    void fetchZip(const QString &key, const wire::UpdateAnswer &offer, const QByteArray &userAgent);
    void verifyZip(const QString &key, const wire::UpdateAnswer &offer, const QString &path);
    void fetchManifest(const QString &key, const wire::UpdateAnswer &offer, const QByteArray &userAgent);
    void nextFile(const QString &key, const std::shared_ptr<ManifestWork> &work);
    void checkFile(const QString &key, const std::shared_ptr<ManifestWork> &work, int index,
                   const QByteArray &payload);
    void finish(const QString &key, const Fetched &result, const QByteArray &archiveSha256,
                const QString &cause);
    [[nodiscard]] Fetched compared(const Shelf &shelf, const wire::UpdateAnswer &offer) const;

    Loop &m_loop;
    HttpPool &m_pool;
    const DeviceCrypto &m_crypto;
    QTemporaryDir m_folder;
    QHash<QString, Shelf> m_shelves;
    qint64 m_bytesFetched = 0;
    int m_verified = 0;
    int m_files = 0;
    QString m_lastFailure;
};

} // namespace gatehouse::fleet
