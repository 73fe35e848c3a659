// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/device/devicerequest.h"
#include "wire/bundlerow.h"
#include "wire/channelrow.h"

namespace gatehouse::server {

/// A refusal of stage D. The texts live for ever.
struct PolicyRefusal
{
    const char *row;
    const char *code;
    const char *kind;
    const char *stat;
    QString message;
    QJsonObject extra;
};

/// Rows D16 to D24 for the channel that supplied the bundle; nothing when all pass. Everything is compared
/// with the native version. offered: nothing is the built-in bundle, for which the version rules do not
/// count.
/// @source spec: device-protocol, section 1.3, stage D
[[nodiscard]] std::optional<PolicyRefusal> checkPolicy(const wire::ChannelRow &channel,
                                                       const std::optional<wire::BundleRow> &offered,
                                                       const DeviceRequest &request);

} // namespace gatehouse::server
