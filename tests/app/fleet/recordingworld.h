// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fleet/population/agenda.h"
#include "fleet/population/device.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace gatehouse::fleet {

/// A world for one device: time moves only by hand, requests are kept until the test answers them, events are
/// taken at once unless told otherwise.
class RecordingWorld final : public World
{
public:
    [[nodiscard]] UtcTime now() const override { return m_clock.now(); }
    [[nodiscard]] qint64 wallMs() const override { return toMs(m_clock.now()); }

    void wake(int device, Milliseconds after, Wake kind, quint32 ticket) override
    {
        m_agenda.add(now() + after, device, kind, ticket);
    }
    void check(int, const wire::DeviceInfo &info) override { checks.append(info); }
    void fetch(int, const wire::UpdateAnswer &offer) override { fetches.append(offer); }
    void report(int, const QByteArray &body, Answer answer) override
    {
        const QJsonDocument document = QJsonDocument::fromJson(body);
        bodies.append(document);
        const QJsonArray array = document.isArray() ? document.array() : QJsonArray{document.object()};
        for (const QJsonValue &value : array) {
            events.append(value.toObject());
        }
        if (answer == Answer::Wanted) {
            ++undelivered;
        }
    }
    void count(int, Moment moment, const QString &what) override { counts.append({moment, what}); }
    void runs(int, const QString &, const QString &after) override { running = after; }

    /// Lets time pass; the device is woken on the way and its reports are answered with `delivery`.
    void pass(Device &device, Milliseconds time)
    {
        const UtcTime end = now() + time;
        while (!m_agenda.isEmpty() && m_agenda.nextAt() <= end) {
            const Agenda::Due due = m_agenda.take();
            m_clock.advance(
                std::max(Milliseconds(0), std::chrono::duration_cast<Milliseconds>(due.at - now())));
            device.onWake(*this, due.kind, due.ticket);
            while (undelivered > 0) {
                --undelivered;
                device.onDelivered(*this, delivery);
            }
        }
        m_clock.advance(std::chrono::duration_cast<Milliseconds>(end - now()));
    }

    [[nodiscard]] QStringList actions() const
    {
        QStringList list;
        for (const QJsonObject &event : events) {
            list.append(event.value(QLatin1String("action")).toString());
        }
        return list;
    }
    /// The last event with this action; empty when there was none.
    [[nodiscard]] QJsonObject eventOf(const char *action) const
    {
        QJsonObject found;
        for (const QJsonObject &event : events) {
            if (event.value(QLatin1String("action")) == QLatin1String(action)) {
                found = event;
            }
        }
        return found;
    }

    QVector<wire::DeviceInfo> checks;
    QVector<wire::UpdateAnswer> fetches;
    QVector<QJsonDocument> bodies;
    QVector<QJsonObject> events;
    QVector<std::pair<Moment, QString>> counts;
    QString running;
    int undelivered = 0;
    Delivered delivery{Delivered::Verdict::Taken, false, Milliseconds(0)};

private:
    ManualClock m_clock{utcFromMs(1'800'000'000'000)};
    Agenda m_agenda;
};

} // namespace gatehouse::fleet
