// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/database.h"
#include "server/storage/records.h"

#include <QJsonObject>

/// How rows of the tables become records, and the reads that readers and the writer share.
namespace gatehouse::server::rows {

/// "SELECT … FROM apps"; a WHERE may follow.
[[nodiscard]] std::string selectApp();
[[nodiscard]] AppRecord readApp(Query &query);
[[nodiscard]] std::string selectBundle();
[[nodiscard]] wire::BundleRow readBundle(Query &query);
[[nodiscard]] std::string selectChannel();
[[nodiscard]] ChannelRecord readChannel(Query &query);
[[nodiscard]] std::string selectDevice();
[[nodiscard]] DeviceRecord readDevice(Query &query);

/// Nothing when the app is unknown or deleted.
Result<std::optional<AppRecord>> appById(Database &database, const QString &appId);
/// @error NotFound "store.app"
Result<AppRecord> existingApp(Database &database, const QString &appId);
Result<std::optional<wire::BundleRow>> bundleById(Database &database, qint64 id);
Result<std::optional<ChannelRecord>> channelById(Database &database, qint64 id);

/// Writes every column of a channel but id, app, creation.
Result<void> updateChannel(Database &database, const ChannelRecord &channel);
Result<void> updateBundle(Database &database, const wire::BundleRow &bundle);

/// What the audit log keeps of a row.
[[nodiscard]] QJsonObject auditJson(const ChannelRecord &channel);
[[nodiscard]] QJsonObject auditJson(const wire::BundleRow &bundle);
[[nodiscard]] QJsonObject auditJson(const AppRecord &app);

[[nodiscard]] QByteArray compact(const QJsonObject &object);
[[nodiscard]] QByteArray compact(const QJsonArray &array);
[[nodiscard]] QJsonObject objectFrom(const QByteArray &text);

} // namespace gatehouse::server::rows
