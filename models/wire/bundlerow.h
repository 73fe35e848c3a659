// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/json.h"

namespace gatehouse::wire {

/// A native package that a bundle calls. @source spec: management-api, section 5.6
struct NativePackage
{
    QString name;
    QString version;

    [[nodiscard]] QJsonObject toJson() const;
    static Result<NativePackage> fromJson(const QJsonObject &object, const QString &path);
    bool operator==(const NativePackage &) const = default;
};

/// A bundle (row of app_versions). @source spec: management-api, section 2.2
struct BundleRow
{
    qint64 id = 0;
    QString appId;
    QString name; ///< semantic version; unique in the app for ever
    UtcTime createdAt{};
    UtcTime updatedAt{};
    bool deleted = false;
    QString ownerOrg;
    QString userId;
    /// "r2-direct" content not confirmed, "r2" ready, "external".
    QString storageProvider;
    std::optional<QString> r2Path;
    std::optional<QString> externalUrl;
    std::optional<QString> checksum;
    std::optional<QString> sessionKey;
    std::optional<QString> keyId;
    std::optional<QString> minUpdateVersion;
    QVector<NativePackage> nativePackages;
    qint64 manifestCount = 0;
    std::optional<QString> link;
    std::optional<QString> comment;
    std::optional<QString> cliVersion;
    /// Bytes of the stored artifact (app_versions_meta on Capgo); nothing when the server did not say.
    std::optional<qint64> size;

    [[nodiscard]] bool isReady() const;
    [[nodiscard]] bool isEncrypted() const;
    [[nodiscard]] QJsonObject toJson() const;
    static Result<BundleRow> fromJson(const QJsonObject &object, const QString &path);
    bool operator==(const BundleRow &) const = default;
};

} // namespace gatehouse::wire
