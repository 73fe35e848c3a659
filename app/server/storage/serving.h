// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/database.h"
#include "server/storage/servingchange.h"

#include <QVector>

namespace gatehouse::server {

/// Something for the event bus, after the commit.
struct Announcement
{
    QString appId;
    QString type;
    QJsonObject data;
};

/// Carries out one change inside the writer's transaction: freeze, etag, intent, rules, the check by effect,
/// rows, history, audit. The only code that writes channels, bundles' content, overrides.
class ServingWriter
{
public:
    ServingWriter(Database &database, UtcTime now, const ServingChange &change, const EffectCheck &check);

    Result<ServingOutcome> apply();
    [[nodiscard]] const QVector<Announcement> &announcements() const { return m_announcements; }

private:
    Result<std::optional<ServingOutcome>> knownIntent();
    Result<void> rememberIntent(const ServingOutcome &outcome);
    Result<ServingOutcome> dispatch();
    Result<ServingOutcome> perform(const change::CreateChannel &wish);
    Result<ServingOutcome> perform(const change::EditChannel &wish);
    Result<ServingOutcome> perform(const change::DeleteChannel &wish);
    Result<ServingOutcome> perform(const change::EditBundle &wish);
    Result<ServingOutcome> perform(const change::DeleteBundle &wish);
    Result<ServingOutcome> perform(const change::SetOverride &wish);
    Result<ServingOutcome> perform(const change::RemoveOverride &wish);
    Result<ServingOutcome> perform(const change::AssignSelf &wish);
    Result<ServingOutcome> perform(const change::UnassignSelf &wish);
    Result<ServingOutcome> perform(const change::DeleteApp &wish);

    Result<ChannelRecord> ownChannel(qint64 id);
    Result<wire::BundleRow> ownBundle(qint64 id);
    Result<void> checkEtag(const ChannelRecord &channel) const;
    Result<void> checkEffect(const ServingEffect &effect) const;
    Result<void> checkChannelRules(const ChannelRecord &channel);
    /// What follows from other columns: rollout id, seed, cleared pauses. @source spec: device-protocol,
    /// section 2.1
    void deriveRollout(const ChannelRecord &before, ChannelRecord &after, bool keepSeed) const;
    Result<void> makeOthersPrivate(const ChannelRecord &channel);
    Result<void> writeHistory(const ChannelRecord &before, const ChannelRecord &after);
    Result<void> replaceManifest(qint64 bundleId, const QVector<ManifestFile> &files);
    Result<void> assign(const char *table, const QString &deviceId, qint64 channelId);
    Result<void> unassign(const char *table, const QString &deviceId);
    void announceChannel(const ChannelRecord &channel, const QString &what);
    [[nodiscard]] UtcTime later(UtcTime before) const;

    Database &m_database;
    const UtcTime m_now;
    const ServingChange &m_change;
    const EffectCheck &m_check;
    AppRecord m_app;
    QVector<Announcement> m_announcements;
};

} // namespace gatehouse::server
