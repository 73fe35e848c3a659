// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/blobfolder.h"
#include "server/storage/serving.h"
#include "server/storage/sqlitereader.h"
#include "server/storage/store.h"
#include "server/storage/writer.h"

namespace gatehouse::server {

/// The store on SQLite. Its parts are in the files named after what they keep.
class SqliteStore final : public Store
{
public:
    SqliteStore(QString databasePath, BlobFolder blobs, const Clock &clock);

    /// After migration: what every store has, made when missing; starts the writer.
    Result<void> begin(std::unique_ptr<Database> database);

    QString serverId() const override { return m_serverId; }
    Result<OrganizationRecord> organization() override;
    Result<void> updateOrganization(const OrganizationRecord &organization, const Actor &actor) override;
    EventBus &events() override { return m_bus; }
    Result<std::unique_ptr<StoreReader>> snapshot() override { return SqliteSnapshot::begin(m_readers); }

    Result<std::optional<AppRecord>> app(const QString &appId) override
    {
        return read([&](Database &database) { return SqliteReader(database).app(appId); });
    }
    Result<QVector<AppRecord>> apps(const Page &page) override;
    Result<AppRecord> createApp(const AppRecord &app, const Actor &actor) override;
    Result<AppRecord> updateApp(const AppRecord &app, const Actor &actor) override;

    Result<std::optional<wire::BundleRow>> bundle(qint64 id) override
    {
        return read([&](Database &database) { return SqliteReader(database).bundle(id); });
    }
    Result<std::optional<wire::BundleRow>> bundleByName(const QString &appId, const QString &name,
                                                        bool withDeleted) override
    {
        return read([&](Database &database) {
            return SqliteReader(database).bundleByName(appId, name, withDeleted);
        });
    }
    Result<bool> hasBundleNamed(const QString &appId, const QString &name) override
    {
        return read([&](Database &database) { return SqliteReader(database).hasBundleNamed(appId, name); });
    }
    Result<QVector<wire::BundleRow>> bundles(const BundleQuery &query) override;
    Result<qint64> countBundles(const BundleQuery &query) override;
    Result<QVector<ManifestFile>> manifest(qint64 bundleId) override
    {
        return read([&](Database &database) { return SqliteReader(database).manifest(bundleId); });
    }
    Result<wire::BundleRow> createBundle(const wire::BundleRow &bundle, const Actor &actor) override;
    Result<void> discardFailedBundle(qint64 bundleId, const Actor &actor) override;

    Result<std::optional<ChannelRecord>> channel(qint64 id) override
    {
        return read([&](Database &database) { return SqliteReader(database).channel(id); });
    }
    Result<std::optional<ChannelRecord>> channelByName(const QString &appId, const QString &name) override
    {
        return read([&](Database &database) { return SqliteReader(database).channelByName(appId, name); });
    }
    Result<QVector<ChannelRecord>> channels(const QString &appId) override
    {
        return read([&](Database &database) { return SqliteReader(database).channels(appId); });
    }
    Result<std::optional<ChannelRecord>> publicChannel(const QString &appId, const QString &platform) override
    {
        return read(
            [&](Database &database) { return SqliteReader(database).publicChannel(appId, platform); });
    }
    Result<QVector<ChannelRecord>> channelsUsing(qint64 bundleId) override;
    Result<QVector<DeployRecord>> deployHistory(const QString &appId, std::optional<qint64> channelId,
                                                const Page &page) override;
    Result<QVector<wire::ChannelHistoryEntry>> channelHistory(qint64 channelId, qint64 limit) override;
    Result<ServingOutcome> applyServingChange(const ServingChange &change) override;
    void setEffectCheck(EffectCheck check) override { m_effectCheck = std::move(check); }

    Result<std::optional<DeviceRecord>> device(const QString &appId, const QString &deviceId) override
    {
        return read([&](Database &database) { return SqliteReader(database).device(appId, deviceId); });
    }
    Result<bool> hasDevice(const QString &appId, const QString &deviceId) override
    {
        return read([&](Database &database) { return SqliteReader(database).hasDevice(appId, deviceId); });
    }
    Result<DevicePage> devices(const DeviceQuery &query) override;
    Result<qint64> countDevices(const DeviceQuery &query) override;
    Result<QHash<QString, qint64>> countInstallSources(const DeviceQuery &query) override;
    Result<std::optional<qint64>> overrideOf(const QString &appId, const QString &deviceId) override
    {
        return read([&](Database &database) { return SqliteReader(database).overrideOf(appId, deviceId); });
    }
    Result<QVector<std::pair<QString, qint64>>> overrides(const QString &appId) override;
    Result<std::optional<qint64>> selfAssignmentOf(const QString &appId, const QString &deviceId) override
    {
        return read(
            [&](Database &database) { return SqliteReader(database).selfAssignmentOf(appId, deviceId); });
    }
    Result<bool> hasFailed(const QString &appId, const QString &deviceId, const QString &bundle) override
    {
        return read(
            [&](Database &database) { return SqliteReader(database).hasFailed(appId, deviceId, bundle); });
    }
    Result<std::pair<qint64, qint64>> channelPopulation(const QString &appId, qint64 channelId,
                                                        const QString &bundle) override;
    Result<void> recordEvents(const QString &appId, const QVector<DeviceEvent> &events) override;
    void enqueueEvents(const QString &appId, const QVector<DeviceEvent> &events) override;
    void flush() override;

    Result<QVector<EventRecord>> eventLog(const EventQuery &query) override;
    Result<QVector<SeriesRow>> series(const SeriesQuery &query) override;
    Result<OutcomeCounts> outcomes(const QString &appId, const QString &bundle,
                                   std::optional<qint64> channelId) override;
    Result<QVector<DailyVersionRow>> dailyVersions(const QString &appId, const QString &fromDate,
                                                   const QString &toDate) override;
    Result<QVector<DailyUsageRow>> dailyUsage(const QString &appId, const QString &fromDate,
                                              const QString &toDate) override;
    void enqueueBandwidth(const QString &appId, qint64 bytes) override;

    Result<std::optional<ApiKeyRecord>> apiKeyByHash(const QByteArray &sha256) override;
    Result<std::optional<ApiKeyRecord>> apiKey(qint64 id) override;
    Result<QVector<ApiKeyRecord>> apiKeys() override;
    Result<ApiKeyRecord> createApiKey(const ApiKeyRecord &key) override;
    Result<ApiKeyRecord> updateApiKey(const ApiKeyRecord &key) override;
    Result<void> deleteApiKey(qint64 id) override;

    Result<QVector<AuditRecord>> audit(const AuditQuery &query) override;
    Result<qint64> countAudit(const AuditQuery &query) override;

    Result<UploadRecord> createUpload(const UploadRecord &upload) override;
    Result<std::optional<UploadRecord>> upload(const QString &id) override;
    QString partPath(const QString &uploadId) const override { return m_blobs.partPath(uploadId); }
    Result<void> advanceUpload(const QString &id, qint64 offset, qint64 length) override;
    Result<BlobRecord> finishUpload(const QString &id, ExistingBlob existing) override;
    Result<void> discardUpload(const QString &id) override;
    Result<std::optional<BlobRecord>> blob(const QString &key) override;
    Result<BlobRecord> putBlob(const QString &key, const QByteArray &bytes) override;
    Result<void> deleteBlob(const QString &key) override;

    Result<void> sweep() override;

private:
    /// function(Database &) on a connection of the calling thread; returns its Result.
    template<typename Function>
    auto read(Function &&function) -> std::invoke_result_t<Function, Database &>
    {
        auto lease = m_readers.take();
        if (!lease) {
            return std::move(lease.error());
        }
        return std::forward<Function>(function)(**lease);
    }
    /// function(Database &) -> Result<T> on the writer's thread; returns after the commit.
    template<typename T, typename Function>
    Result<T> write(Function &&function)
    {
        std::optional<T> value;
        GATEHOUSE_TRY(m_writer->run([&](Database &database) -> Result<void> {
            auto done = function(database);
            if (!done) {
                return std::move(done.error());
            }
            value = std::move(*done);
            return {};
        }));
        return std::move(*value);
    }
    [[nodiscard]] UtcTime now() const { return m_clock.now(); }
    Result<void> writeEvents(Database &database, const std::vector<EventBatch> &batches);
    Result<BlobRecord> storePart(const QString &key, const QString &part, const QString &uploadId,
                                 ExistingBlob existing);
    Result<BlobRecord> replaceBlob(const QString &key, const QString &part, const BlobFolder::Digest &digest,
                                   const QString &uploadId);
    void publish(const QVector<Announcement> &announcements);

    QString m_databasePath;
    BlobFolder m_blobs;
    const Clock &m_clock;
    EventBus m_bus;
    ReadPool m_readers;
    EffectCheck m_effectCheck;
    QString m_serverId;
    /// Last: it ends first, while all else is there.
    std::unique_ptr<Writer> m_writer;
};

} // namespace gatehouse::server
