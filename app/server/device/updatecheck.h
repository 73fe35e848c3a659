// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "rollout/decision.h"
#include "server/device/devicerequest.h"
#include "server/storage/store.h"

namespace gatehouse::server {

/// What a device gets, and by which rule: everything a check decides, nothing of what it writes. The same
/// value answers the device and explains to people.
struct UpdateCheck
{
    enum class Outcome {
        Refusal,         ///< code, kind, message, extra
        Offer,           ///< bundle is what the device gets
        RevertToBuiltin, ///< {"version":"builtin"} alone
    } outcome = Outcome::Refusal;
    /// Row of the table: "D15". @source spec: device-protocol, section 1.3
    QString row;
    QString code;
    QString kind; ///< up_to_date, blocked, failed
    QString message;
    QJsonObject extra = {};
    /// The event that the server logs; empty for none. About the offered bundle, or the running one.
    QString stat;
    bool isStatAboutOffered = true;
    /// HTTP status; 429 for apps that are not there.
    int status = 200;

    std::optional<ChannelRecord> channel;
    /// How the channel was found: "override", "self", "requested", "public".
    QString channelSource;
    /// The bundle of the channel for this device; nothing is the built-in one.
    std::optional<wire::BundleRow> offered;
    QVector<ManifestFile> manifest;
    /// Of the rollout, where the channel has one.
    std::optional<rollout::Decision> decision;
    /// Name of what is offered: bundle name or "builtin".
    [[nodiscard]] QString offeredName() const;
};

/// Stages B to E for an app that is there. @source spec: device-protocol, sections 1.3 to 2.4; gatehouse-v1,
/// section 4
Result<UpdateCheck> evaluateUpdate(StoreReader &store, const DeviceRequest &request);

/// The channel by which events of a device are counted; looser than the one of an update.
/// @source spec: device-protocol, section 3.5
Result<std::optional<ChannelRecord>> attributedChannel(StoreReader &store, const DeviceRequest &request);

} // namespace gatehouse::server
