// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "server/http/router.h"
#include "server/management/keylimits.h"
#include "server/storage/store.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace gatehouse::server {

inline constexpr qint64 kMaxUploadBytes = 1'073'741'824;

struct ManagementSettings
{
    /// "https://updates.example.org", without a slash at the end. Asked for each answer that names an
    /// address, so that it may be known only after the port is. Never made from the Host header.
    std::function<QString()> publicUrl;
    /// SHA-256 of a key with all rights that is in no table: the desktop's, beside which the server runs.
    std::optional<QByteArray> ownerKeySha256;
    /// Hides /gatehouse/v1 and everything else that Capgo does not have.
    bool strictCapgo = false;
    QString version; ///< of this program
    qint64 maxUploadBytes = kMaxUploadBytes;
    KeyLimits keyLimits;
};

struct ManagementContext;

/// The routes for people and build machines: everything that needs a key, and the two discovery routes.
/// @source spec: management-api; gatehouse-v1, section 6
class Management
{
public:
    /// store and clock must outlive this, and this the server.
    Management(Store &store, const Clock &clock, ManagementSettings settings);
    ~Management();
    Management(const Management &) = delete;
    Management &operator=(const Management &) = delete;

    /// router must outlive the server's use of it: routes below /functions/v1 are passed on to it.
    void addRoutes(Router &router);

    /// Whether the request carries a key with app.read_bundles on the app: for files, which devices get
    /// without a key. Neither wrong keys nor many requests are counted here.
    [[nodiscard]] Result<bool> mayReadFiles(const Request &request, const QString &appId);

private:
    std::unique_ptr<ManagementContext> m_context;
};

} // namespace gatehouse::server
