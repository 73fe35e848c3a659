// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operation.h"

#include <QString>

namespace gatehouse::keys {

/// What the Secret Service says of itself, without asking a person anything. QtKeychain cannot tell a locked
/// keyring from a missing entry; the service can.
enum class SecretServiceState {
    Unknown,     ///< another platform, or an answer that says neither
    Missing,     ///< no session bus, or nobody offers the service there
    NoKeyring,   ///< the service runs but has no default keyring yet: the first write asks for a new password
    Locked,      ///< the default keyring is locked
    Unlocked,    ///< the default keyring is open
    Unresponsive ///< it did not answer in time
};

struct SecretServiceReport
{
    SecretServiceState state = SecretServiceState::Unknown;
    QString message; ///< of the bus or the service, when something failed
};

/// Asks over D-Bus. Blocks for the operation's time, at most five seconds.
/// @source freedesktop.org Secret Service API draft 0.2: Service.ReadAlias, Collection.Locked
/// @thread any but the GUI thread
[[nodiscard]] SecretServiceReport askSecretService(Operation &operation);

} // namespace gatehouse::keys
