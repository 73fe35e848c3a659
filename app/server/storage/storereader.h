// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "server/storage/queries.h"
#include "server/storage/records.h"

#include <QVector>

#include <optional>

namespace gatehouse::server {

/// What a device's request asks of the store. A Store answers each question from the newest state; a snapshot
/// of it answers all from one and the same, which is both cheaper and never half of a change.
/// @thread one at a time
class StoreReader
{
public:
    StoreReader() = default;
    StoreReader(const StoreReader &) = delete;
    StoreReader &operator=(const StoreReader &) = delete;
    virtual ~StoreReader() = default;

    virtual Result<std::optional<AppRecord>> app(const QString &appId) = 0;
    virtual Result<std::optional<wire::BundleRow>> bundle(qint64 id) = 0;
    /// Deleted ones only when asked for.
    virtual Result<std::optional<wire::BundleRow>> bundleByName(const QString &appId, const QString &name,
                                                                bool withDeleted = false) = 0;
    /// Whether the app ever had a bundle of that name, deleted or not.
    virtual Result<bool> hasBundleNamed(const QString &appId, const QString &name) = 0;
    virtual Result<QVector<ManifestFile>> manifest(qint64 bundleId) = 0;
    virtual Result<std::optional<ChannelRecord>> channel(qint64 id) = 0;
    virtual Result<std::optional<ChannelRecord>> channelByName(const QString &appId, const QString &name) = 0;
    virtual Result<QVector<ChannelRecord>> channels(const QString &appId) = 0;
    /// platform: "ios", "android", "electron".
    virtual Result<std::optional<ChannelRecord>> publicChannel(const QString &appId,
                                                               const QString &platform) = 0;
    virtual Result<std::optional<DeviceRecord>> device(const QString &appId, const QString &deviceId) = 0;
    virtual Result<bool> hasDevice(const QString &appId, const QString &deviceId) = 0;
    virtual Result<std::optional<qint64>> overrideOf(const QString &appId, const QString &deviceId) = 0;
    virtual Result<std::optional<qint64>> selfAssignmentOf(const QString &appId, const QString &deviceId) = 0;
    /// True when the device failed with that bundle and has not started it well since.
    virtual Result<bool> hasFailed(const QString &appId, const QString &deviceId, const QString &bundle) = 0;
};

} // namespace gatehouse::server
