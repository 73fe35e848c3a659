// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fleet/population/world.h"

#include <QJsonObject>
#include <QMap>
#include <QVector>

namespace gatehouse::fleet {

/// What a fleet has done since its start, and what it does now.
class Figures
{
public:
    void count(Moment moment, const QString &what);
    void runs(const QString &before, const QString &after, bool isFirst);
    void answered(const QString &refusal);
    void failed(const Error &error);
    void tookMs(double milliseconds);

    /// Of the moment; the interval's latencies start anew.
    struct Now
    {
        double simulatedSeconds = 0;
        double speed = 1;
        int devices = 0;
        int open = 0;
        int pending = 0;
        qint64 bytesFetched = 0;
        int bundlesVerified = 0;
        QString lastFailure;
        double seconds = 1; ///< since the figures before
    };
    [[nodiscard]] QJsonObject toJson(const Now &now);
    /// One line for people, from what toJson() gave.
    [[nodiscard]] static QString toLine(const QJsonObject &figures);

private:
    QMap<QString, qint64> m_running;
    QMap<QString, qint64> m_installs;
    QMap<QString, qint64> m_rollbacks;
    QMap<QString, qint64> m_failures;
    QMap<QString, qint64> m_refusals;
    QMap<QString, qint64> m_errors;
    QString m_lastError;
    qint64 m_checks = 0;
    qint64 m_offers = 0;
    qint64 m_downloads = 0;
    qint64 m_eventsLost = 0;
    qint64 m_requests = 0;
    qint64 m_requestsBefore = 0;
    QVector<double> m_latencies;
};

} // namespace gatehouse::fleet
