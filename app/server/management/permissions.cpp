// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/permissions.h"

#include <QJsonObject>

#include <algorithm>
#include <array>
#include <string_view>

namespace gatehouse::server {
namespace {

struct Role
{
    std::string_view name;
    std::string_view code; ///< as in the matrix below
    std::string_view scope;
};
constexpr std::array kRoles{
    Role{"org_super_admin", "SA", "org"},
    Role{"org_admin", "OA", "org"},
    Role{"org_billing_admin", "BA", "org"},
    Role{"apikey_manager", "KM", "org"},
    Role{"org_member", "OM", "org"},
    Role{"apikey_org_reader", "KR", "org"},
    Role{"app_admin", "AA", "app"},
    Role{"app_preview", "AP", "app"},
    Role{"app_developer", "AD", "app"},
    Role{"app_uploader", "AU", "app"},
    Role{"app_reader", "AR", "app"},
    Role{"app_notifications", "AN", "app"},
    Role{"channel_preview", "CP", "channel"},
    Role{"channel_admin", "CA", "channel"},
    Role{"channel_developer", "CD", "channel"},
    Role{"channel_uploader", "CU", "channel"},
    Role{"channel_reader", "CR", "channel"},
};

struct Permission
{
    std::string_view name;
    std::string_view roles;
};
constexpr std::array kPermissions{
    Permission{"org.read", "SA OA BA KM OM KR"},
    Permission{"org.create_app", "SA OA BA OM"},
    Permission{"org.update_settings", "SA OA"},
    Permission{"org.delete", "SA"},
    Permission{"org.read_members", "SA OA OM"},
    Permission{"org.invite_user", "SA OA"},
    Permission{"org.update_user_roles", "SA OA"},
    Permission{"org.manage_apikeys", "SA OA KM"},
    Permission{"org.read_billing", "SA OA BA"},
    Permission{"org.update_billing", "SA BA"},
    Permission{"org.read_invoices", "SA OA BA"},
    Permission{"org.read_audit", "SA OA"},
    Permission{"org.read_billing_audit", "SA OA BA"},
    Permission{"app.read", "SA OA AA AD AU AR AP"},
    Permission{"app.update_settings", "SA OA AA"},
    Permission{"app.delete", "SA"},
    Permission{"app.transfer", "SA"},
    Permission{"app.read_bundles", "SA OA AA AD AU AR AP"},
    Permission{"app.upload_bundle", "SA OA AA AD AU AP"},
    Permission{"app.create_channel", "SA OA AA AD AP"},
    Permission{"app.read_channels", "SA OA AA AD AU AR"},
    Permission{"app.read_logs", "SA OA AA AD AU AR"},
    Permission{"app.read_devices", "SA OA AA AD AU AR"},
    Permission{"app.manage_devices", "SA OA AA AD"},
    Permission{"app.manage_notifications", "SA OA AA AD AN"},
    Permission{"app.build_native", "SA OA AA AD"},
    Permission{"app.read_audit", "SA OA AA AD AU AR"},
    Permission{"app.update_user_roles", "SA OA AA"},
    Permission{"bundle.delete", "SA AA"},
    Permission{"channel.read", "SA OA AA AD AU AR CA CD CU CR CP"},
    Permission{"channel.update_settings", "SA OA AA CA"},
    Permission{"channel.delete", "SA AA CA CP"},
    Permission{"channel.read_history", "SA OA AA AD AU AR CA CD CR"},
    Permission{"channel.promote_bundle", "SA OA AA AD AU CA CD CU CP"},
    Permission{"channel.rollback_bundle", "SA OA AA AD CA CD"},
    Permission{"channel.manage_forced_devices", "SA OA AA AD CA CD"},
    Permission{"channel.read_forced_devices", "SA OA AA AD AU AR CA CD CR"},
    Permission{"channel.read_audit", "SA OA AA AD AU AR CA CD CR"},
};

const Role *findRole(const QString &name)
{
    const auto found = std::find_if(kRoles.cbegin(), kRoles.cend(), [&](const Role &role) {
        return name == QLatin1String(role.name.data(), static_cast<int>(role.name.size()));
    });
    return found == kRoles.cend() ? nullptr : &*found;
}

/// Whether the binding's scope object is what is asked about, or contains it.
bool covers(const QJsonObject &binding, const QString &scopeType, const Scope &scope)
{
    if (scopeType == QLatin1String("org")) {
        return true;
    }
    const bool sameApp =
        !scope.appUuid.isEmpty() && binding.value(QLatin1String("app_id")).toString() == scope.appUuid;
    if (scopeType == QLatin1String("app")) {
        return sameApp;
    }
    const QJsonValue channel = binding.value(QLatin1String("channel_id"));
    const bool byNumber =
        scope.channelId && channel.toVariant().toString() == QString::number(*scope.channelId);
    const bool byRbacId = !scope.channelRbacId.isEmpty() && channel.toString() == scope.channelRbacId;
    return sameApp && (byNumber || byRbacId);
}

} // namespace

bool roleHolds(const QString &role, const QString &permission)
{
    const Role *known = findRole(role);
    if (known == nullptr) {
        return false;
    }
    return std::any_of(kPermissions.cbegin(), kPermissions.cend(), [&](const Permission &entry) {
        // All codes have two letters and are parted by blanks: no code can hide in another.
        return permission == QLatin1String(entry.name.data(), static_cast<int>(entry.name.size())) &&
               entry.roles.find(known->code) != std::string_view::npos;
    });
}

bool isAssignable(const QString &role)
{
    return findRole(role) != nullptr && role != QLatin1String("apikey_org_reader") &&
           role != QLatin1String("channel_preview");
}

QString scopeOfRole(const QString &role)
{
    const Role *known = findRole(role);
    return known == nullptr
               ? QString()
               : QString::fromLatin1(known->scope.data(), static_cast<qsizetype>(known->scope.size()));
}

QStringList allPermissions()
{
    QStringList names;
    for (const Permission &permission : kPermissions) {
        names.append(
            QString::fromLatin1(permission.name.data(), static_cast<qsizetype>(permission.name.size())));
    }
    return names;
}

bool bindingsAllow(const QJsonArray &bindings, const QString &permission, const Scope &scope)
{
    return std::any_of(bindings.constBegin(), bindings.constEnd(), [&](const QJsonValue &value) {
        const QJsonObject binding = value.toObject();
        const QString role = binding.value(QLatin1String("role_name")).toString();
        const QString scopeType = binding.value(QLatin1String("scope_type")).toString();
        return scopeType == scopeOfRole(role) && covers(binding, scopeType, scope) &&
               roleHolds(role, permission);
    });
}

QJsonArray ownerBindings(const QString &organizationId)
{
    return {QJsonObject{{QStringLiteral("role_name"), QStringLiteral("org_super_admin")},
                        {QStringLiteral("scope_type"), QStringLiteral("org")},
                        {QStringLiteral("org_id"), organizationId}}};
}

} // namespace gatehouse::server
