// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/json.h"

namespace gatehouse::wire {

/// An app as the management API gives it. @source spec: management-api, section 2.1
struct AppRow
{
    QString id; ///< uuid
    QString appId;
    QString name;
    QString iconUrl;
    QString ownerOrg; ///< uuid
    UtcTime createdAt{};
    UtcTime updatedAt{};
    std::optional<QString> lastVersion;
    QString defaultUploadChannel;
    qint64 retentionSeconds = 2592000;
    bool exposeMetadata = false;
    bool allowDeviceCustomId = true;

    [[nodiscard]] QJsonObject toJson() const;
    static Result<AppRow> fromJson(const QJsonObject &object, const QString &path);
    bool operator==(const AppRow &) const = default;
};

} // namespace gatehouse::wire
