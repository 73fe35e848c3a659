// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace gatehouse::server {

/// What a permission is asked about. Empty: the organization.
struct Scope
{
    QString appUuid;
    std::optional<qint64> channelId;
    QString channelRbacId;
};

/// Whether the role holds the permission. @source spec: management-api, section 4.3
[[nodiscard]] bool roleHolds(const QString &role, const QString &permission);
/// Whether people may give the role to a key; others come from the server only.
/// @source spec: management-api, section 4.2
[[nodiscard]] bool isAssignable(const QString &role);
/// "org", "app" or "channel"; empty for an unknown role.
[[nodiscard]] QString scopeOfRole(const QString &role);
/// All permissions that exist, in the order of the matrix.
[[nodiscard]] QStringList allPermissions();

/// Whether a key with these bindings holds the permission on the scope. A binding of the organization counts
/// for all apps and channels, one of an app for its channels. @source spec: management-api, section 4.1
[[nodiscard]] bool bindingsAllow(const QJsonArray &bindings, const QString &permission, const Scope &scope);
/// The binding that a key with all rights has.
[[nodiscard]] QJsonArray ownerBindings(const QString &organizationId);

} // namespace gatehouse::server
