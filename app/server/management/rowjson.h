// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/records.h"

#include <QJsonObject>

namespace gatehouse::server {

// Rows as the wire has them. All columns; the caller picks.

/// @source spec: management-api, section 2.1
[[nodiscard]] QJsonObject appJson(const AppRecord &app, const OrganizationRecord &organization);
/// @source spec: management-api, section 2.2
[[nodiscard]] QJsonObject bundleJson(const wire::BundleRow &bundle);
/// The table's columns, pointers as ids. @source spec: management-api, section 2.3, "Raw columns"
[[nodiscard]] QJsonObject channelColumns(const ChannelRecord &channel);
/// The mixed naming of GET /channel. @source spec: management-api, section 2.3
[[nodiscard]] QJsonObject channelAnswer(const ChannelRecord &channel);
/// @source spec: management-api, section 2.4
[[nodiscard]] QJsonObject deviceJson(const DeviceRecord &device);
/// @source spec: management-api, section 2.6
[[nodiscard]] QJsonObject organizationJson(const OrganizationRecord &organization);
/// Never the key. @source spec: management-api, section 2.7
[[nodiscard]] QJsonObject apiKeyJson(const ApiKeyRecord &key);
/// @source spec: management-api, section 8.1
[[nodiscard]] QJsonObject auditJson(const AuditRecord &record, const OrganizationRecord &organization);
/// A row of the device log. @source spec: management-api, section 3.1
[[nodiscard]] QJsonObject eventJson(const EventRecord &event);

} // namespace gatehouse::server
