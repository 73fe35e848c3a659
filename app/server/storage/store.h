// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "server/storage/deviceevent.h"
#include "server/storage/eventbus.h"
#include "server/storage/queries.h"
#include "server/storage/records.h"
#include "server/storage/servingchange.h"
#include "server/storage/storereader.h"

#include <memory>

namespace gatehouse::server {

/// What happens to other bytes that are stored under the name of an upload. Replace is for content that no
/// ready bundle has yet.
enum class ExistingBlob { Keep, Replace };

/// All that the server keeps. Reads run on the calling thread; a write returns after it is safe on the disk,
/// so that a crash loses nothing that was acknowledged. Lists come in the order of ids unless said. Errors
/// everywhere: Io "store.read", "store.write"; Internal "store.sql". What is not there is nothing or
/// NotFound.
/// @thread any
class Store : public StoreReader
{
public:
    /// One state for several questions, on a connection of its own. For the time of a request, not longer.
    virtual Result<std::unique_ptr<StoreReader>> snapshot() = 0;

    // The server itself
    [[nodiscard]] virtual QString serverId() const = 0;
    virtual Result<OrganizationRecord> organization() = 0;
    virtual Result<void> updateOrganization(const OrganizationRecord &organization, const Actor &actor) = 0;
    /// For event streams. Lives as long as the store.
    [[nodiscard]] virtual EventBus &events() = 0;

    // Apps
    virtual Result<QVector<AppRecord>> apps(const Page &page) = 0;
    /// @error Conflict "store.app.exists"
    virtual Result<AppRecord> createApp(const AppRecord &app, const Actor &actor) = 0;
    /// Everything but ids and times. @error NotFound "store.app"
    virtual Result<AppRecord> updateApp(const AppRecord &app, const Actor &actor) = 0;

    // Bundles. Name and app never change; a name is never used again.
    virtual Result<QVector<wire::BundleRow>> bundles(const BundleQuery &query) = 0;
    virtual Result<qint64> countBundles(const BundleQuery &query) = 0;
    /// A new row; no device receives it until a channel points to it.
    /// @error Conflict "store.bundle.exists" (also for deleted names); Invalid "core.bundle_name"
    virtual Result<wire::BundleRow> createBundle(const wire::BundleRow &bundle, const Actor &actor) = 0;
    /// Removes the row of an upload that never became ready, name and all.
    /// @error Conflict "store.bundle.ready" when it is ready
    virtual Result<void> discardFailedBundle(qint64 bundleId, const Actor &actor) = 0;

    // Channels
    /// True when a channel of the app uses the bundle, as stable or as rollout.
    virtual Result<QVector<ChannelRecord>> channelsUsing(qint64 bundleId) = 0;
    virtual Result<QVector<DeployRecord>> deployHistory(const QString &appId, std::optional<qint64> channelId,
                                                        const Page &page) = 0;
    /// Newest first.
    virtual Result<QVector<wire::ChannelHistoryEntry>> channelHistory(qint64 channelId, qint64 limit) = 0;

    /// The one place through which everything goes that can change what devices receive.
    /// @error NotFound "store.channel", "store.bundle", "store.app"; Conflict "store.stale" (etag),
    /// "store.frozen",
    ///        "store.intent" (same intent, other wish), "store.channel.exists", "store.bundle.linked",
    ///        "store.bundle.locked"; Invalid "store.channel.rule" with a sentence; what edit() or the check
    ///        says
    virtual Result<ServingOutcome> applyServingChange(const ServingChange &change) = 0;
    /// The check by effect; none until set. Set before the server answers.
    virtual void setEffectCheck(EffectCheck check) = 0;

    // Devices
    virtual Result<DevicePage> devices(const DeviceQuery &query) = 0;
    virtual Result<qint64> countDevices(const DeviceQuery &query) = 0;
    /// Of devices that match, by install source.
    virtual Result<QHash<QString, qint64>> countInstallSources(const DeviceQuery &query) = 0;
    virtual Result<QVector<std::pair<QString, qint64>>> overrides(const QString &appId) = 0;
    /// Devices of a channel that checked in within 7 days; of these, those that run bundle.
    virtual Result<std::pair<qint64, qint64>> channelPopulation(const QString &appId, qint64 channelId,
                                                                const QString &bundle) = 0;

    /// Returns after the commit. Order is kept.
    virtual Result<void> recordEvents(const QString &appId, const QVector<DeviceEvent> &events) = 0;
    /// Returns at once; committed within a tenth of a second. Waits when too many are pending.
    virtual void enqueueEvents(const QString &appId, const QVector<DeviceEvent> &events) = 0;
    /// Everything that was enqueued before is committed.
    virtual void flush() = 0;

    // Numbers
    virtual Result<QVector<EventRecord>> eventLog(const EventQuery &query) = 0;
    virtual Result<QVector<SeriesRow>> series(const SeriesQuery &query) = 0;
    virtual Result<OutcomeCounts> outcomes(const QString &appId, const QString &bundle,
                                           std::optional<qint64> channelId) = 0;
    /// Dates inclusive, "2026-07-01".
    virtual Result<QVector<DailyVersionRow>> dailyVersions(const QString &appId, const QString &fromDate,
                                                           const QString &toDate) = 0;
    virtual Result<QVector<DailyUsageRow>> dailyUsage(const QString &appId, const QString &fromDate,
                                                      const QString &toDate) = 0;
    virtual void enqueueBandwidth(const QString &appId, qint64 bytes) = 0;

    // Keys
    /// The key of that hash, also when expired. @param sha256 32 bytes
    virtual Result<std::optional<ApiKeyRecord>> apiKeyByHash(const QByteArray &sha256) = 0;
    virtual Result<std::optional<ApiKeyRecord>> apiKey(qint64 id) = 0;
    virtual Result<QVector<ApiKeyRecord>> apiKeys() = 0;
    /// id and times are set by the store.
    virtual Result<ApiKeyRecord> createApiKey(const ApiKeyRecord &key) = 0;
    virtual Result<ApiKeyRecord> updateApiKey(const ApiKeyRecord &key) = 0;
    virtual Result<void> deleteApiKey(qint64 id) = 0;

    // Audit
    virtual Result<QVector<AuditRecord>> audit(const AuditQuery &query) = 0;
    virtual Result<qint64> countAudit(const AuditQuery &query) = 0;

    // Uploads and blobs. Bytes go to partPath() first; finishing makes the blob appear at once and whole.
    virtual Result<UploadRecord> createUpload(const UploadRecord &upload) = 0;
    virtual Result<std::optional<UploadRecord>> upload(const QString &id) = 0;
    [[nodiscard]] virtual QString partPath(const QString &uploadId) const = 0;
    /// The part file holds offset bytes safely on the disk.
    virtual Result<void> advanceUpload(const QString &id, qint64 offset, qint64 length) = 0;
    /// Hashes the part, moves it into place. @error Conflict "store.blob.exists" when other bytes are there
    /// and stay, "store.bundle.ready" when they are a bundle's
    virtual Result<BlobRecord> finishUpload(const QString &id,
                                            ExistingBlob existing = ExistingBlob::Keep) = 0;
    virtual Result<void> discardUpload(const QString &id) = 0;
    virtual Result<std::optional<BlobRecord>> blob(const QString &key) = 0;
    /// A small blob from memory. @error as finishUpload()
    virtual Result<BlobRecord> putBlob(const QString &key, const QByteArray &bytes) = 0;
    virtual Result<void> deleteBlob(const QString &key) = 0;

    /// Housekeeping, each some minutes: devices that fell silent, old roll-ups, expired uploads.
    virtual Result<void> sweep() = 0;
};

/// SQLite (WAL) and a folder of blobs in dataFolder, made when missing; migrates what an earlier version
/// left.
/// @error Io "store.open"; Unusable "store.newer" when a later version of the program wrote it
Result<std::unique_ptr<Store>> openSqliteStore(const QString &dataFolder, const Clock &clock);

} // namespace gatehouse::server
