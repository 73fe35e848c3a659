// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/serving.h"

#include "server/storage/audit.h"
#include "server/storage/rows.h"

#include "core/semver.h"

namespace gatehouse::server {

namespace {

bool hasSameContent(const wire::BundleRow &a, const wire::BundleRow &b)
{
    return a.storageProvider == b.storageProvider && a.r2Path == b.r2Path && a.externalUrl == b.externalUrl &&
           a.checksum == b.checksum && a.sessionKey == b.sessionKey && a.keyId == b.keyId;
}

Result<QStringList> channelsUsing(Database &database, qint64 bundleId)
{
    Query query(database, "SELECT name FROM channels WHERE version = ? OR rollout_version = ? ORDER BY id");
    query.bind(bundleId).bind(bundleId);
    QStringList names;
    while (query.next()) {
        names.append(query.text());
    }
    GATEHOUSE_TRY(query.finish());
    return names;
}

QString announcedAs(const wire::BundleRow &before, const wire::BundleRow &after)
{
    if (after.deleted) {
        return QStringLiteral("deleted");
    }
    return !before.isReady() && after.isReady() ? QStringLiteral("ready") : QStringLiteral("edited");
}

} // namespace

Result<ServingOutcome> ServingWriter::perform(const change::EditBundle &wish)
{
    GATEHOUSE_ASSIGN(const wire::BundleRow before, ownBundle(wish.bundleId));
    if (before.deleted) {
        return makeError(ErrorKind::NotFound, "store.bundle", QStringLiteral("The bundle was deleted."));
    }
    GATEHOUSE_ASSIGN(wire::BundleRow after, wish.edit(before));
    after.id = before.id;
    after.appId = before.appId;
    after.name = before.name;
    after.createdAt = before.createdAt;
    after.updatedAt = later(before.updatedAt);
    if (after.deleted != before.deleted) {
        return makeError(ErrorKind::Invalid, "store.bundle.deleted",
                         QStringLiteral("A bundle is deleted by a change of its own, and stays so."));
    }
    if (before.isReady() && (!hasSameContent(before, after) || wish.manifest)) {
        return makeError(
            ErrorKind::Conflict, "store.bundle.locked",
            QStringLiteral("The bundle “%1” is ready; its content cannot change any more.").arg(before.name),
            QStringLiteral("Devices know a bundle by its name."),
            QStringLiteral("Upload the new content under a new version."));
    }
    if (after.minUpdateVersion && !after.minUpdateVersion->isEmpty() &&
        !SemanticVersion::parse(*after.minUpdateVersion)) {
        return makeError(ErrorKind::Invalid, "store.bundle.min_update_version",
                         QStringLiteral("“%1” is no semantic version.").arg(*after.minUpdateVersion));
    }
    GATEHOUSE_TRY(checkEffect({m_change, std::nullopt, std::nullopt, before, after}));
    if (wish.manifest) {
        GATEHOUSE_TRY(replaceManifest(before.id, *wish.manifest));
        after.manifestCount = wish.manifest->size();
    }
    GATEHOUSE_TRY(rows::updateBundle(m_database, after));
    GATEHOUSE_TRY(
        writeAudit(m_database, m_now, m_change.actor,
                   {QStringLiteral("app_versions"), QString::number(before.id), QStringLiteral("UPDATE"),
                    rows::auditJson(before), rows::auditJson(after), m_change.reason}));
    m_announcements.append({m_change.appId, QStringLiteral("bundle"),
                            QJsonObject{{QStringLiteral("name"), after.name},
                                        {QStringLiteral("what"), announcedAs(before, after)}}});
    return ServingOutcome{std::nullopt, after, false};
}

Result<ServingOutcome> ServingWriter::perform(const change::DeleteBundle &wish)
{
    GATEHOUSE_ASSIGN(const wire::BundleRow before, ownBundle(wish.bundleId));
    if (before.deleted) {
        return makeError(ErrorKind::NotFound, "store.bundle",
                         QStringLiteral("The bundle was deleted already."));
    }
    GATEHOUSE_ASSIGN(const QStringList users, channelsUsing(m_database, before.id));
    if (!users.isEmpty()) {
        return makeError(ErrorKind::Conflict, "store.bundle.linked",
                         QStringLiteral("The bundle “%1” is in use.").arg(before.name),
                         QStringLiteral("Channels that serve it: %1.").arg(users.join(QLatin1String(", "))),
                         QStringLiteral("Point them to another bundle first."));
    }
    wire::BundleRow after = before;
    after.deleted = true;
    after.updatedAt = later(before.updatedAt);
    GATEHOUSE_TRY(checkEffect({m_change, std::nullopt, std::nullopt, before, after}));
    GATEHOUSE_TRY(rows::updateBundle(m_database, after));
    GATEHOUSE_TRY(
        writeAudit(m_database, m_now, m_change.actor,
                   {QStringLiteral("app_versions"), QString::number(before.id), QStringLiteral("UPDATE"),
                    rows::auditJson(before), rows::auditJson(after), m_change.reason}));
    m_announcements.append({m_change.appId, QStringLiteral("bundle"),
                            QJsonObject{{QStringLiteral("name"), after.name},
                                        {QStringLiteral("what"), announcedAs(before, after)}}});
    return ServingOutcome{std::nullopt, after, false};
}

Result<void> ServingWriter::replaceManifest(qint64 bundleId, const QVector<ManifestFile> &files)
{
    Query clear(m_database, "DELETE FROM manifest WHERE version_id = ?");
    clear.bind(bundleId);
    GATEHOUSE_TRY(clear.finish());
    for (const ManifestFile &file : files) {
        Query insert(m_database, "INSERT INTO manifest (version_id, file_name, s3_path, file_hash, "
                                 "file_size) VALUES (?, ?, ?, ?, ?)");
        insert.bind(bundleId).bind(file.fileName).bind(file.s3Path).bind(file.fileHash).bind(file.fileSize);
        GATEHOUSE_TRY(insert.finish());
    }
    return {};
}

} // namespace gatehouse::server
