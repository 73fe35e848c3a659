// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/buildbundle.h"
#include "client/upload.h"
#include "core/ids.h"
#include "wire/bundlerow.h"

namespace gatehouse::cli {

/// What is written beside an artifact, as FILE.json: everything an upload or a check needs. Nothing in it is
/// secret.
struct ArtifactDescription
{
    QString app;
    QString version;
    QString cipher;
    QString sessionKey;
    QString checksum;
    QString keyId;
    QString archiveSha256;
    QString artifactSha256;
    qint64 artifactBytes = 0;
    QVector<wire::NativePackage> nativePackages;
    /// Built with --delta: the files, with the names of their payloads in FILE.files.
    QVector<client::UploadFile> files;

    [[nodiscard]] QJsonObject toJson() const;
    /// @error Invalid "cli.description"
    static Result<ArtifactDescription> fromJson(const QByteArray &body);
    bool operator==(const ArtifactDescription &) const = default;
};

[[nodiscard]] QString descriptionPath(const QString &artifact);
[[nodiscard]] QString payloadPath(const QString &artifact);
[[nodiscard]] QString statementPath(const QString &artifact);
/// @error NotFound "cli.description", Invalid "cli.description"
Result<ArtifactDescription> readDescription(const QString &artifact);

} // namespace gatehouse::cli
