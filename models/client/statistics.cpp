// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/statistics.h"

#include "client/devices.h"
#include "core/sentences.h"
#include "wire/deviceprotocol.h"

#include <QDate>
#include <QSet>

#include <algorithm>

namespace gatehouse::client {

namespace {

constexpr qint64 kDayMs = 24LL * 3600 * 1000;
constexpr int kMostEvents = 50000; // the server's own limit

Error noSuchNumbers(const QString &metric, const QString &by)
{
    return makeError(ErrorKind::NotFound, "client.series",
                     Sentences::tr("This server has no numbers for \"%1\" by %2.").arg(metric, by),
                     Sentences::tr("A Capgo server keeps daily numbers and a log of events by bundle only."));
}

/// What one logged event means for a metric about devices.
bool countsFor(const QString &metric, const QString &action)
{
    using wire::ActionCount;
    using wire::FailureClass;
    if (metric == QLatin1String("installs")) {
        return wire::countOf(action) == ActionCount::Install;
    }
    if (metric == QLatin1String("gets")) {
        return wire::countOf(action) == ActionCount::Get;
    }
    if (metric == QLatin1String("failures")) {
        return wire::failureClassOf(action) == FailureClass::BundleFault;
    }
    if (metric == QLatin1String("transport_failures")) {
        return wire::failureClassOf(action) == FailureClass::Transport;
    }
    return metric == QLatin1String("attempts") && (wire::countOf(action) == ActionCount::Install ||
                                                   wire::failureClassOf(action) == FailureClass::BundleFault);
}

bool isEventMetric(const QString &metric)
{
    static const QStringList metrics = {QStringLiteral("installs"), QStringLiteral("failures"),
                                        QStringLiteral("attempts"), QStringLiteral("gets"),
                                        QStringLiteral("transport_failures")};
    return metrics.contains(metric);
}

/// Whether the event is the device's outcome with a bundle: only the first one counts in rates.
bool isOutcome(const QString &action)
{
    return wire::countOf(action) == wire::ActionCount::Install ||
           wire::failureClassOf(action) == wire::FailureClass::BundleFault;
}

} // namespace

Result<wire::SeriesAnswer> parseBundleUsage(const QByteArray &body)
{
    const QString path = QStringLiteral("bundle usage");
    GATEHOUSE_ASSIGN(const QJsonObject object, parseJsonObject(body, path));
    JsonReader in(object, path);
    const QJsonArray labels = in.array("labels");
    const QJsonArray datasets = in.array("datasets");
    wire::SeriesAnswer answer;
    answer.metric = QStringLiteral("active_devices");
    answer.by = QStringLiteral("bundle");
    answer.stepMs = kDayMs;
    if (!labels.isEmpty()) {
        const QDate first = QDate::fromString(labels.first().toString().left(10), Qt::ISODate);
        if (!first.isValid()) {
            in.complain("labels", Sentences::tr("%1 should hold days."));
        }
        answer.from = utcFromMs(QDateTime(first, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch());
    }
    GATEHOUSE_TRY(in.finish());
    for (const QJsonValue &value : datasets) {
        wire::SeriesLine line;
        line.label = value[QLatin1String("label")].toString();
        const QJsonArray counts = value[QLatin1String("metaCounts")].toArray();
        for (qsizetype i = 0; i < labels.size(); ++i) {
            const QJsonValue count = counts.at(i);
            line.values.append(count.isDouble() ? std::optional(count.toDouble()) : std::nullopt);
        }
        answer.lines.append(line);
    }
    return answer;
}

Result<wire::SeriesAnswer> Statistics::series(const AppId &app, const SeriesQuery &query,
                                              Operation &operation) const
{
    if (query.to <= query.from || query.step.count() <= 0) {
        return makeError(
            ErrorKind::Invalid, "client.series_window",
            Sentences::tr("A series needs a beginning before its end and a step of more than 0."));
    }
    if (m_session->capabilities().has(Feature::Series)) {
        return fromRollUps(app, query, operation);
    }
    if (query.by != QLatin1String("bundle")) {
        return noSuchNumbers(query.metric, query.by);
    }
    if (query.metric == QLatin1String("active_devices")) {
        return fromUsage(app, query, operation);
    }
    if (isEventMetric(query.metric)) {
        GATEHOUSE_ASSIGN(const QVector<DeviceEvent> events, log(app, query, operation));
        return countEvents(events, query);
    }
    return noSuchNumbers(query.metric, query.by);
}

Result<QVector<wire::SeriesAnswer>> Statistics::series(const AppId &app, SeriesQuery query,
                                                       const QStringList &metrics, Operation &operation) const
{
    const bool hasRollUps = m_session->capabilities().has(Feature::Series);
    std::optional<QVector<DeviceEvent>> events;
    QVector<wire::SeriesAnswer> answers;
    for (const QString &metric : metrics) {
        query.metric = metric;
        if (hasRollUps || query.by != QLatin1String("bundle") || !isEventMetric(metric)) {
            GATEHOUSE_ASSIGN(wire::SeriesAnswer answer, series(app, query, operation));
            answers.append(std::move(answer));
            continue;
        }
        if (!events) {
            GATEHOUSE_ASSIGN(events, log(app, query, operation));
        }
        answers.append(countEvents(*events, query));
    }
    return answers;
}

Result<wire::SeriesAnswer> Statistics::fromRollUps(const AppId &app, const SeriesQuery &query,
                                                   Operation &operation) const
{
    QUrlQuery parameters;
    parameters.addQueryItem(QStringLiteral("metric"), query.metric);
    parameters.addQueryItem(QStringLiteral("by"), query.by);
    parameters.addQueryItem(QStringLiteral("from"), toIso(query.from));
    parameters.addQueryItem(QStringLiteral("to"), toIso(query.to));
    parameters.addQueryItem(QStringLiteral("step"), QString::number(query.step.count()));
    if (!query.channel.isEmpty()) {
        parameters.addQueryItem(QStringLiteral("channel"), segment(query.channel));
    }
    if (!query.bundle.isEmpty()) {
        parameters.addQueryItem(QStringLiteral("bundle"), segment(query.bundle));
    }
    const QString path = QStringLiteral("/gatehouse/v1/apps/%1/series").arg(segment(app.text()));
    GATEHOUSE_ASSIGN(const QJsonObject object,
                     m_session->readObject(m_session->apiRequest(Method::Get, path, parameters), operation));
    return wire::SeriesAnswer::fromJson(object, QStringLiteral("series"));
}

Result<wire::SeriesAnswer> Statistics::fromUsage(const AppId &app, const SeriesQuery &query,
                                                 Operation &operation) const
{
    // Such a server counts round((to − from) / 1 day) days from the day of from on: with moments of a day it
    // would leave today out until the afternoon of the first day. Whole days have all that the window
    // touches.
    const UtcTime from = std::chrono::floor<std::chrono::days>(query.from);
    const UtcTime to = std::chrono::ceil<std::chrono::days>(query.to);
    QUrlQuery parameters;
    parameters.addQueryItem(QStringLiteral("from"), toIso(from));
    parameters.addQueryItem(QStringLiteral("to"), toIso(to));
    const QString path = QStringLiteral("/statistics/app/%1/bundle_usage").arg(segment(app.text()));
    GATEHOUSE_ASSIGN(const Response response,
                     m_session->read(m_session->apiRequest(Method::Get, path, parameters), operation));
    return parseBundleUsage(response.body);
}

Result<QVector<DeviceEvent>> Statistics::log(const AppId &app, const SeriesQuery &query,
                                             Operation &operation) const
{
    EventQuery events;
    events.from = query.from;
    events.to = query.to;
    events.limit = kMostEvents;
    GATEHOUSE_ASSIGN(QVector<DeviceEvent> found, Devices(m_session).events(app, events, operation));
    std::stable_sort(found.begin(), found.end(),
                     [](const DeviceEvent &a, const DeviceEvent &b) { return a.at < b.at; });
    return found;
}

wire::SeriesAnswer countEvents(const QVector<DeviceEvent> &log, const SeriesQuery &query)
{
    wire::SeriesAnswer answer;
    answer.metric = query.metric;
    answer.by = query.by;
    answer.from = query.from;
    answer.stepMs = query.step.count();
    const auto buckets =
        static_cast<qsizetype>((toMs(query.to) - toMs(query.from) + answer.stepMs - 1) / answer.stepMs);
    QHash<QString, qsizetype> lines;
    QSet<QPair<QString, QString>> decided;
    for (const DeviceEvent &event : log) {
        const bool isFirst = !decided.contains({event.deviceId, event.bundle});
        const bool isDecision = isOutcome(event.action);
        if (isDecision) {
            decided.insert({event.deviceId, event.bundle});
        }
        if (!countsFor(query.metric, event.action) || (isDecision && !isFirst) || event.at < query.from ||
            event.at >= query.to) {
            continue;
        }
        auto line = lines.find(event.bundle);
        if (line == lines.end()) {
            line = lines.insert(event.bundle, answer.lines.size());
            answer.lines.append({event.bundle, QVector<std::optional<double>>(buckets, 0.0)});
        }
        const auto bucket = static_cast<qsizetype>((toMs(event.at) - toMs(query.from)) / answer.stepMs);
        std::optional<double> &value = answer.lines[*line].values[bucket];
        value = value.value_or(0.0) + 1.0;
    }
    return answer;
}

} // namespace gatehouse::client
