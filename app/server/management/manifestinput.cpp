// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/manifestinput.h"

#include "server/storage/manifestname.h"

#include <QSet>

namespace gatehouse::server {

Answer<QVector<ManifestFile>> readManifest(ManagementContext &context, const QString &appId,
                                           const QJsonArray &entries)
{
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(context.store.organization()));
    const QString folder = QStringLiteral("orgs/%1/apps/%2/delta/").arg(organization.id, appId);
    QVector<ManifestFile> files;
    QSet<QString> names;
    files.reserve(entries.size());
    for (const QJsonValue &entry : entries) {
        ManifestFile file;
        file.fileName = entry[QLatin1String("file_name")].toString();
        file.s3Path = entry[QLatin1String("s3_path")].toString();
        file.fileHash = entry[QLatin1String("file_hash")].toString();
        if (file.fileHash.isEmpty() || !file.s3Path.startsWith(folder)) {
            return badRequest("invalid_manifest", QStringLiteral("A file has no hash or a foreign path."),
                              {{QStringLiteral("file_name"), file.fileName}});
        }
        // A device gives up the whole download for one such name.
        if (!staysInside(file.fileName) || names.contains(file.fileName)) {
            return badRequest("invalid_manifest",
                              QStringLiteral("A file's name leaves the bundle's folder, or comes twice."),
                              {{QStringLiteral("file_name"), file.fileName}});
        }
        names.insert(file.fileName);
        GATEHOUSE_ASSIGN(const std::optional<BlobRecord> blob, orFailure(context.store.blob(file.s3Path)));
        if (!blob) {
            return badRequest("invalid_manifest", QStringLiteral("A file was not uploaded."),
                              {{QStringLiteral("file_name"), file.fileName}});
        }
        file.fileSize = blob->size;
        files.append(std::move(file));
    }
    return files;
}

} // namespace gatehouse::server
