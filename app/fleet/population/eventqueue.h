// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QVector>

#include <optional>

namespace gatehouse::fleet {

/// One event as it waits on a device.
struct PendingEvent
{
    QString action;
    QString version;
    std::optional<QString> old = std::nullopt;
    QJsonObject metadata = {};
    qint64 timestamp = 0; ///< milliseconds since the epoch
};

/// Events that wait to be sent: at most 200, the oldest is dropped; one request at a time; kept until the
/// server took them. @source spec: device-protocol, section 6.6
class EventQueue
{
public:
    static constexpr qsizetype kCapacity = 200;

    /// True when an old event had to go.
    [[nodiscard]] bool add(PendingEvent event);
    [[nodiscard]] bool isEmpty() const { return m_waiting.isEmpty(); }
    [[nodiscard]] bool isSending() const { return m_inFlight > 0; }
    /// The next events to send, at most `most`, marked as under way. @pre !isSending()
    [[nodiscard]] QVector<PendingEvent> take(qsizetype most);
    /// What take() gave has arrived, or will never: it is forgotten. Returns how many.
    qsizetype drop();
    /// What take() gave has not arrived: it waits again.
    void keep() { m_inFlight = 0; }

private:
    QVector<PendingEvent> m_waiting;
    qsizetype m_inFlight = 0; ///< at the front of m_waiting
};

} // namespace gatehouse::fleet
