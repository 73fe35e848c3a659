// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet/run/figures.h"

#include "core/foreigntext.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::fleet {

namespace {

constexpr qsizetype kMaxLatencies = 100'000;

QString nameOf(const QString &bundle)
{
    return bundle.isEmpty() ? QStringLiteral("builtin") : bundle;
}

QJsonObject toObject(const QMap<QString, qint64> &counts)
{
    QJsonObject object;
    for (auto each = counts.constBegin(); each != counts.constEnd(); ++each) {
        if (each.value() != 0) {
            object.insert(each.key(), each.value());
        }
    }
    return object;
}

double quantile(QVector<double> &values, double share)
{
    const auto at = static_cast<qsizetype>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + at, values.end());
    return std::round(values.at(at) * 100) / 100;
}

qint64 sumOf(const QJsonObject &counts)
{
    qint64 sum = 0;
    for (const QJsonValue &value : counts) {
        sum += value.toInteger();
    }
    return sum;
}

} // namespace

void Figures::count(Moment moment, const QString &what)
{
    switch (moment) {
    case Moment::Check:
        ++m_checks;
        return;
    case Moment::Offer:
        ++m_offers;
        return;
    case Moment::Download:
        ++m_downloads;
        return;
    case Moment::Install:
        ++m_installs[what];
        return;
    case Moment::Failure:
        ++m_failures[what];
        return;
    case Moment::RollBack:
        ++m_rollbacks[what];
        return;
    case Moment::EventsLost:
        ++m_eventsLost;
        return;
    }
}

void Figures::runs(const QString &before, const QString &after, bool isFirst)
{
    if (!isFirst) {
        --m_running[nameOf(before)];
    }
    ++m_running[nameOf(after)];
}

void Figures::answered(const QString &refusal)
{
    if (!refusal.isEmpty()) {
        ++m_refusals[displayable(refusal, 64)];
    }
}

void Figures::failed(const Error &error)
{
    ++m_errors[error.id];
    m_lastError = error.toText();
}

void Figures::tookMs(double milliseconds)
{
    ++m_requests;
    if (m_latencies.size() < kMaxLatencies) {
        m_latencies.append(milliseconds);
    }
}

QJsonObject Figures::toJson(const Now &now)
{
    QJsonObject json{{QStringLiteral("simulated_seconds"), std::round(now.simulatedSeconds * 10) / 10},
                     {QStringLiteral("speed"), now.speed},
                     {QStringLiteral("devices"), now.devices},
                     {QStringLiteral("open"), now.open},
                     {QStringLiteral("running"), toObject(m_running)},
                     {QStringLiteral("checks"), m_checks},
                     {QStringLiteral("offers"), m_offers},
                     {QStringLiteral("downloads"), m_downloads},
                     {QStringLiteral("bundles_verified"), now.bundlesVerified},
                     {QStringLiteral("bytes_fetched"), now.bytesFetched},
                     {QStringLiteral("installs"), toObject(m_installs)},
                     {QStringLiteral("rollbacks"), toObject(m_rollbacks)},
                     {QStringLiteral("failures"), toObject(m_failures)},
                     {QStringLiteral("refusals"), toObject(m_refusals)},
                     {QStringLiteral("errors"), toObject(m_errors)},
                     {QStringLiteral("events_lost"), m_eventsLost},
                     {QStringLiteral("requests"), m_requests},
                     {QStringLiteral("pending"), now.pending}};
    const double rate = static_cast<double>(m_requests - std::exchange(m_requestsBefore, m_requests)) /
                        std::max(now.seconds, 0.001);
    json.insert(QStringLiteral("requests_per_second"), std::round(rate * 10) / 10);
    if (!m_latencies.isEmpty()) {
        json.insert(QStringLiteral("latency_ms"),
                    QJsonObject{{QStringLiteral("p50"), quantile(m_latencies, 0.50)},
                                {QStringLiteral("p95"), quantile(m_latencies, 0.95)}});
        m_latencies.clear();
    }
    if (!m_lastError.isEmpty()) {
        json.insert(QStringLiteral("last_error"), m_lastError);
    }
    if (!now.lastFailure.isEmpty()) {
        json.insert(QStringLiteral("last_bundle_failure"), now.lastFailure);
    }
    return json;
}

QString Figures::toLine(const QJsonObject &figures)
{
    const auto number = [&figures](const char *key) { return figures.value(QLatin1String(key)).toInteger(); };
    const auto sum = [&figures](const char *key) {
        return sumOf(figures.value(QLatin1String(key)).toObject());
    };
    QStringList running;
    const QJsonObject bundles = figures.value(QLatin1String("running")).toObject();
    for (auto each = bundles.constBegin(); each != bundles.constEnd(); ++each) {
        running.append(
            QStringLiteral("%1: %2").arg(displayable(each.key(), 64)).arg(each.value().toInteger()));
    }
    const auto simulated = static_cast<qint64>(figures.value(QLatin1String("simulated_seconds")).toDouble());
    const QString clock = QStringLiteral("%1:%2:%3")
                              .arg(simulated / 3600, 2, 10, QLatin1Char('0'))
                              .arg(simulated / 60 % 60, 2, 10, QLatin1Char('0'))
                              .arg(simulated % 60, 2, 10, QLatin1Char('0'));
    QString line = QStringLiteral("%1  open %2  checks %3  installed %4  failed %5  rolled back %6  |  %7")
                       .arg(clock)
                       .arg(number("open"))
                       .arg(number("checks"))
                       .arg(sum("installs"))
                       .arg(sum("failures"))
                       .arg(sum("rollbacks"))
                       .arg(running.join(QStringLiteral("  ")));
    const QString error = figures.value(QLatin1String("last_error")).toString();
    if (sum("errors") > 0) {
        line += QStringLiteral("  |  %1 requests failed, last: %2").arg(sum("errors")).arg(error);
    }
    return line;
}

} // namespace gatehouse::fleet
