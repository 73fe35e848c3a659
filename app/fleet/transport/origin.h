// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QUrl>

namespace gatehouse::fleet {

/// Where a connection goes to.
struct Origin
{
    bool isTls = true;
    QString host; ///< without brackets
    quint16 port = 443;

    /// As in the Host header: with brackets for IPv6, with the port unless it is the scheme's own.
    [[nodiscard]] QByteArray hostHeader() const;
    bool operator==(const Origin &) const = default;
};

/// @error Invalid "fleet.url" for anything but https, or http to a loopback host
Result<Origin> originOf(const QUrl &url);
/// Path and query as they go into the request line; "/" at least.
[[nodiscard]] QByteArray targetOf(const QUrl &url);

} // namespace gatehouse::fleet
