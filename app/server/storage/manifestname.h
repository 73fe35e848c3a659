// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gatehouse::server {

/// Whether a device may write a file of that name into the bundle's folder: relative, with "/", without
/// backslash, control characters, "." and "..". @source spec: device-protocol, section 5.3
[[nodiscard]] bool staysInside(const QString &fileName);
/// The name as devices get it: percent-encoding of older producers is taken away where that is safe.
/// @source spec: device-protocol, sections 5.3 and 11
[[nodiscard]] QString nameForDevices(const QString &fileName);

} // namespace gatehouse::server
