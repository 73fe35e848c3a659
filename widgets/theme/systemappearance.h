// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/palette.h"

#include <QObject>

#include <optional>

class QDBusMessage;
class QDBusPendingCallWatcher;
class QDBusVariant;

namespace gatehouse::widgets {

/// What the desktop says about light or dark, contrast and motion, by the settings portal
/// (org.freedesktop.portal.Settings). Qt 6.4 has no call for it, and hides the system's changes once a
/// palette is set. Asks asynchronously; a desktop without the portal leaves everything empty.
/// @source https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
class SystemAppearance : public QObject
{
    Q_OBJECT

public:
    explicit SystemAppearance(QObject *parent = nullptr);

    void start();
    [[nodiscard]] std::optional<Scheme> scheme() const { return m_scheme; }
    [[nodiscard]] std::optional<bool> highContrast() const { return m_highContrast; }
    [[nodiscard]] std::optional<bool> reducedMotion() const { return m_reducedMotion; }

    /// One setting as the portal names it. Public so that tests can play a portal's answer.
    void take(const QString &space, const QString &key, const QVariant &value);

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void onSettingChanged(const QString &space, const QString &key, const QDBusVariant &value);

private:
    void ask(const QString &space, const QString &key);

    std::optional<Scheme> m_scheme;
    std::optional<bool> m_highContrast;
    std::optional<bool> m_reducedMotion;
};

} // namespace gatehouse::widgets
