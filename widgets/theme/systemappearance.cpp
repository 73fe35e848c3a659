// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/systemappearance.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

#include <tuple>

namespace gatehouse::widgets {

namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kAppearance = QStringLiteral("org.freedesktop.appearance");
const QString kGnome = QStringLiteral("org.gnome.desktop.interface");
constexpr int kAnswerMs = 5000;

// The portal's old call Read wraps the value twice.
QVariant unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>()) {
        value = value.value<QDBusVariant>().variant();
    }
    return value;
}

} // namespace

SystemAppearance::SystemAppearance(QObject *parent)
    : QObject(parent)
{}

void SystemAppearance::start()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        return;
    }
    // Without naming the service: with it Qt asks the bus for its owner and waits for the answer.
    bus.connect(QString(), kPath, kInterface, QStringLiteral("SettingChanged"), this,
                SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    ask(kAppearance, QStringLiteral("color-scheme"));
    ask(kAppearance, QStringLiteral("contrast"));
    ask(kAppearance, QStringLiteral("reduced-motion"));
    ask(kGnome, QStringLiteral("enable-animations"));
}

void SystemAppearance::ask(const QString &space, const QString &key)
{
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    call.setArguments({space, key});
    auto *watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, kAnswerMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, space, key](QDBusPendingCallWatcher *done) {
                const QDBusPendingReply<QDBusVariant> reply = *done;
                if (reply.isValid()) {
                    take(space, key, reply.value().variant());
                }
                done->deleteLater();
            });
}

void SystemAppearance::onSettingChanged(const QString &space, const QString &key, const QDBusVariant &value)
{
    take(space, key, value.variant());
}

void SystemAppearance::take(const QString &space, const QString &key, const QVariant &wrapped)
{
    const QVariant value = unwrapped(wrapped);
    const auto before = std::tuple(m_scheme, m_highContrast, m_reducedMotion);
    bool isNumber = false;
    const uint number = value.toUInt(&isNumber);
    if (space == kAppearance && key == QLatin1String("color-scheme") && isNumber) {
        // 0 no preference, 1 dark, 2 light; anything else is to be read as 0.
        m_scheme = number == 1   ? std::optional(Scheme::Dark)
                   : number == 2 ? std::optional(Scheme::Light)
                                 : std::nullopt;
    } else if (space == kAppearance && key == QLatin1String("contrast") && isNumber) {
        m_highContrast = number == 1;
    } else if (space == kAppearance && key == QLatin1String("reduced-motion") && isNumber) {
        m_reducedMotion = number == 1;
    } else if (space == kGnome && key == QLatin1String("enable-animations") &&
               value.typeId() == QMetaType::Bool) {
        m_reducedMotion = !value.toBool();
    }
    if (before != std::tuple(m_scheme, m_highContrast, m_reducedMotion)) {
        Q_EMIT changed();
    }
}

} // namespace gatehouse::widgets
