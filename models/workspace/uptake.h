// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "release/execute.h"
#include "wire/liveevent.h"

#include <QObject>
#include <QSet>

namespace gatehouse::workspace {

/// The bundle that devices move to because of a change of pointers; nothing for what moves none (pause,
/// freeze, a lower share, rules). The built-in one is "builtin", as devices call it.
[[nodiscard]] std::optional<QString> bundleTaken(const release::Effect &effect);

/// Counts the devices that take up the newest change while it can still be undone, from what they report
/// live.
class Uptake final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Counts for this change from now on, and for no other.
    void begin(const release::Effect &effect);
    void end();
    void take(const QVector<wire::LiveEvent> &events);

    [[nodiscard]] qsizetype devices() const { return m_devices.size(); }
    /// They return to what they had rather than take something new.
    [[nodiscard]] bool isReturn() const { return m_isReturn; }

Q_SIGNALS:
    void changed();

private:
    std::optional<QString> m_bundle;
    bool m_isReturn = false;
    QSet<QString> m_devices;
};

} // namespace gatehouse::workspace
