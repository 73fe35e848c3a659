// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/database.h"
#include "server/storage/storereader.h"

namespace gatehouse::server {

/// Reads on one connection.
class SqliteReader : public StoreReader
{
public:
    explicit SqliteReader(Database &database)
        : m_database(database)
    {}

    Result<std::optional<AppRecord>> app(const QString &appId) override;
    Result<std::optional<wire::BundleRow>> bundle(qint64 id) override;
    Result<std::optional<wire::BundleRow>> bundleByName(const QString &appId, const QString &name,
                                                        bool withDeleted) override;
    Result<bool> hasBundleNamed(const QString &appId, const QString &name) override;
    Result<QVector<ManifestFile>> manifest(qint64 bundleId) override;
    Result<std::optional<ChannelRecord>> channel(qint64 id) override;
    Result<std::optional<ChannelRecord>> channelByName(const QString &appId, const QString &name) override;
    Result<QVector<ChannelRecord>> channels(const QString &appId) override;
    Result<std::optional<ChannelRecord>> publicChannel(const QString &appId,
                                                       const QString &platform) override;
    Result<std::optional<DeviceRecord>> device(const QString &appId, const QString &deviceId) override;
    Result<bool> hasDevice(const QString &appId, const QString &deviceId) override;
    Result<std::optional<qint64>> overrideOf(const QString &appId, const QString &deviceId) override;
    Result<std::optional<qint64>> selfAssignmentOf(const QString &appId, const QString &deviceId) override;
    Result<bool> hasFailed(const QString &appId, const QString &deviceId, const QString &bundle) override;

private:
    Database &m_database;
};

/// A read transaction of its own: sees the state at its first question to its end. Not for long, since the
/// log of the database cannot be cut while it lasts.
class SqliteSnapshot final : public SqliteReader
{
public:
    /// @error Io "store.open", "store.sql"
    static Result<std::unique_ptr<StoreReader>> begin(ReadPool &pool);
    ~SqliteSnapshot() override;

private:
    explicit SqliteSnapshot(ReadPool::Lease lease);
    ReadPool::Lease m_lease;
};

} // namespace gatehouse::server
