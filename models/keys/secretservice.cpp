// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/secretservice.h"

#include <QtGlobal>

#ifdef Q_OS_LINUX
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusReply>
#include <QDBusVariant>
#include <QUuid>

#include <algorithm>
#endif

namespace gatehouse::keys {

#ifdef Q_OS_LINUX

namespace {
constexpr auto kService = "org.freedesktop.secrets";
constexpr std::chrono::milliseconds kPatience{5000};

/// A connection of our own: the shared one stays broken once its bus went away.
class PrivateBus
{
public:
    PrivateBus()
        : m_name(QStringLiteral("gatehouse-keys-") + QUuid::createUuid().toString(QUuid::Id128))
        , m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, m_name))
    {}
    ~PrivateBus() { QDBusConnection::disconnectFromBus(m_name); }
    PrivateBus(const PrivateBus &) = delete;
    PrivateBus &operator=(const PrivateBus &) = delete;
    [[nodiscard]] const QDBusConnection &bus() const { return m_bus; }

private:
    QString m_name;
    QDBusConnection m_bus;
};

int timeoutMs(const Operation &operation)
{
    std::chrono::milliseconds left = kPatience;
    if (const auto deadline = operation.deadline()) {
        left = std::min(left, std::chrono::duration_cast<std::chrono::milliseconds>(
                                  *deadline - std::chrono::steady_clock::now()));
    }
    return static_cast<int>(std::max<std::int64_t>(left.count(), 1));
}

QDBusMessage call(const PrivateBus &bus, const QString &path, const char *interface, const char *method,
                  const QVariantList &arguments, const Operation &operation)
{
    QDBusMessage message = QDBusMessage::createMethodCall(QLatin1String(kService), path,
                                                          QLatin1String(interface), QLatin1String(method));
    message.setArguments(arguments);
    return bus.bus().call(message, QDBus::Block, timeoutMs(operation));
}

SecretServiceReport failure(const QDBusMessage &reply)
{
    const QString name = reply.errorName();
    const QString said = name + QStringLiteral(": ") + reply.errorMessage();
    if (name == QLatin1String("org.freedesktop.DBus.Error.NoReply") ||
        name == QLatin1String("org.freedesktop.DBus.Error.Timeout")) {
        return {SecretServiceState::Unresponsive, said};
    }
    const bool isAbsent = name == QLatin1String("org.freedesktop.DBus.Error.ServiceUnknown") ||
                          name == QLatin1String("org.freedesktop.DBus.Error.NameHasNoOwner") ||
                          name == QLatin1String("org.freedesktop.DBus.Error.Disconnected") ||
                          name.startsWith(QLatin1String("org.freedesktop.DBus.Error.Spawn"));
    return {isAbsent ? SecretServiceState::Missing : SecretServiceState::Unknown, said};
}
} // namespace

SecretServiceReport askSecretService(Operation &operation)
{
    const PrivateBus bus;
    if (!bus.bus().isConnected()) {
        return {SecretServiceState::Missing, bus.bus().lastError().message()};
    }
    const QDBusMessage alias =
        call(bus, QStringLiteral("/org/freedesktop/secrets"), "org.freedesktop.Secret.Service", "ReadAlias",
             {QStringLiteral("default")}, operation);
    if (alias.type() != QDBusMessage::ReplyMessage || alias.arguments().isEmpty()) {
        return failure(alias);
    }
    const QString collection = alias.arguments().constFirst().value<QDBusObjectPath>().path();
    if (collection.isEmpty() || collection == QLatin1String("/")) {
        return {SecretServiceState::NoKeyring, {}};
    }
    const QDBusMessage locked =
        call(bus, collection, "org.freedesktop.DBus.Properties", "Get",
             {QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked")}, operation);
    if (locked.type() != QDBusMessage::ReplyMessage || locked.arguments().isEmpty()) {
        return failure(locked);
    }
    const bool isLocked = locked.arguments().constFirst().value<QDBusVariant>().variant().toBool();
    return {isLocked ? SecretServiceState::Locked : SecretServiceState::Unlocked, {}};
}

#else

SecretServiceReport askSecretService(Operation &)
{
    return {};
}

#endif

} // namespace gatehouse::keys
