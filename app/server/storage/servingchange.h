// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "server/storage/records.h"

#include <functional>
#include <optional>
#include <variant>

namespace gatehouse::server {

/// Who changes something, for history and audit.
struct Actor
{
    QString name;   ///< name of the key, or "server"
    QString userId; ///< uuid
    qint64 apiKeyId = 0;
    QString via; ///< "channel", "bundle", "rest", "gatehouse", "channel_self", "upload", …
};

/// Everything that can change what devices receive is one of these; there is no other way to write it.
namespace change {
/// id, times, rollout id, seed and revision are the store's to set.
struct CreateChannel
{
    ChannelRecord channel;
};
/// edit gets the channel as it is now and gives it back as it shall be, inside the transaction. It must be
/// pure. id, app, times, revision, rollout id and seed in its answer are ignored.
struct EditChannel
{
    qint64 channelId = 0;
    std::function<Result<ChannelRecord>(const ChannelRecord &now)> edit;
    /// The rollout bundle is replaced by a fix: the same devices come first again.
    bool keepSeed = false;
};
struct DeleteChannel
{
    qint64 channelId = 0;
};
/// A ready bundle's content (checksum, session key, key id, path, external URL, manifest) is locked.
struct EditBundle
{
    qint64 bundleId = 0;
    std::function<Result<wire::BundleRow>(const wire::BundleRow &now)> edit;
    std::optional<QVector<ManifestFile>> manifest;
};
/// Soft: the name stays taken for ever.
struct DeleteBundle
{
    qint64 bundleId = 0;
};
/// An administrator forces a device on a channel; replaces an earlier override.
struct SetOverride
{
    QString deviceId;
    qint64 channelId = 0;
};
struct RemoveOverride
{
    QString deviceId;
};
/// A device of the server-storage generation chose a channel. @source spec: device-protocol, section 4
struct AssignSelf
{
    QString deviceId;
    qint64 channelId = 0;
};
struct UnassignSelf
{
    QString deviceId;
};
/// The app with its channels, devices and events. Its bundles' names stay known.
struct DeleteApp
{};
} // namespace change

using ServingEdit =
    std::variant<change::CreateChannel, change::EditChannel, change::DeleteChannel, change::EditBundle,
                 change::DeleteBundle, change::SetOverride, change::RemoveOverride, change::AssignSelf,
                 change::UnassignSelf, change::DeleteApp>;

struct ServingChange
{
    QString appId;
    Actor actor;
    /// For history and event: "created", a verb name (wire::verbName), "edited", "deleted".
    QString what;
    QString reason;
    /// uuid of the wish. The same intent twice gives the first outcome again.
    std::optional<QString> intent;
    /// Bytes that say what was wished; the same intent with other bytes is refused.
    QByteArray intentBody;
    /// The etag the caller saw.
    std::optional<QString> ifMatch;
    ServingEdit edit;
};

struct ServingOutcome
{
    std::optional<ChannelRecord> channel;
    std::optional<wire::BundleRow> bundle;
    /// The intent was known: nothing was done now.
    bool replayed = false;
};

/// What a change would do, for the check by effect. Nothing where there is none.
struct ServingEffect
{
    const ServingChange &change;
    std::optional<ChannelRecord> channelBefore;
    std::optional<ChannelRecord> channelAfter;
    std::optional<wire::BundleRow> bundleBefore;
    std::optional<wire::BundleRow> bundleAfter;
};
/// Refuses by an Error of kind Denied. Runs inside the transaction; must not call the store.
using EffectCheck = std::function<Result<void>(const ServingEffect &)>;

} // namespace gatehouse::server
