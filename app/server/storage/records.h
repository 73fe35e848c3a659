// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "wire/approw.h"
#include "wire/bundlerow.h"
#include "wire/channelaction.h"
#include "wire/channelrow.h"
#include "wire/deviceprotocol.h"
#include "wire/devicerow.h"

#include <QJsonObject>

#include <optional>

namespace gatehouse::server {

/// The one organization of this server. All keys act as its owner.
struct OrganizationRecord
{
    QString id; ///< uuid
    QString name;
    QString managementEmail;
    QString ownerUserId; ///< uuid; the user that keys and rows without a person belong to
    UtcTime createdAt{};
    UtcTime updatedAt{};
};

/// An app with what the management API's row does not show everywhere.
struct AppRecord
{
    qint64 key = 0; ///< the store's own number
    wire::AppRow row;
    bool allowPreview = false;
    bool blockProviderInfraRequests = true;
    bool needOnboarding = false;
    bool existingApp = false;
    std::optional<QString> iosStoreUrl;
    std::optional<QString> androidStoreUrl;
    qint64 buildTimeoutSeconds = 900;
};

/// One file of a file-wise bundle.
struct ManifestFile
{
    qint64 id = 0;
    qint64 versionId = 0;
    QString fileName;
    QString s3Path; ///< key of the blob
    QString fileHash;
    qint64 fileSize = 0; ///< 0 when unknown
};

/// A channel with what only this server has.
struct ChannelRecord
{
    wire::ChannelRow row;
    QString rbacId;    ///< uuid
    QString createdBy; ///< user uuid
    QByteArray
        rolloutSeed; ///< 16 bytes, or empty before the first rollout. @source spec: gatehouse-v1, section 4
    bool frozen = false;
    QStringList testers; ///< lower-case device ids that are always selected
    qint64 counter = 0;  ///< of approvals
    qint64 revision = 1; ///< grows with each change

    /// With quotes, as in the ETag header.
    [[nodiscard]] QString etag() const;
};

/// A device with what the management API's row does not show.
struct DeviceRecord
{
    wire::DeviceRow row;
    QString defaultChannel;          ///< what the device asks for
    std::optional<qint64> channelId; ///< what it got at its last check
    QString bundle;                  ///< label of the running bundle; "builtin" for the built-in one
    UtcTime createdAt{};
    UtcTime lastSeen{};
};

/// A row of the device log.
struct EventRecord
{
    qint64 id = 0;
    QString appId;
    QString deviceId;
    QString action;
    QString versionName;
    QJsonObject metadata;
    UtcTime createdAt{};
};

struct DeployRecord
{
    qint64 id = 0;
    QString appId;
    qint64 channelId = 0;
    qint64 versionId = 0;
    UtcTime deployedAt{};
    QString createdBy;
};

/// A key of the management API. The key itself is nowhere, only its SHA-256.
struct ApiKeyRecord
{
    qint64 id = 0;
    QString rbacId; ///< uuid
    QString userId; ///< uuid
    QString name;
    QByteArray keySha256; ///< 32 bytes
    QJsonArray bindings;  ///< as in POST /apikey; empty: a key that can do nothing
    UtcTime createdAt{};
    UtcTime updatedAt{};
    std::optional<UtcTime> expiresAt;
};

/// @source spec: management-api, section 8.1
struct AuditRecord
{
    qint64 id = 0;
    UtcTime createdAt{};
    QString tableName;
    QString recordId;
    QString operation; ///< INSERT, UPDATE, DELETE
    QString userId;
    qint64 apiKeyId = 0; ///< 0: the system
    QString via;
    QString reason;
    std::optional<QJsonObject> oldRecord;
    std::optional<QJsonObject> newRecord;
    QStringList changedFields;
};

/// A resumable upload. @source spec: management-api, section 5.2
struct UploadRecord
{
    QString id; ///< random, unguessable
    QString blobKey;
    qint64 length = -1; ///< -1 while the client has not said it
    qint64 offset = 0;  ///< acknowledged bytes; the part file may hold more
    QJsonObject metadata;
    qint64 apiKeyId = 0;
    UtcTime createdAt{};
    UtcTime expiresAt{};
    bool finished = false;
};

/// A stored object.
struct BlobRecord
{
    QString key;
    QString path; ///< of the file
    qint64 size = 0;
    QByteArray sha256; ///< 32 bytes
    UtcTime createdAt{};
};

} // namespace gatehouse::server
