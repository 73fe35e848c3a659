// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/context.h"

#include "wire/capabilities.h"
#include "wire/series.h"

#include <QJsonDocument>

#include <array>

namespace gatehouse::server {
namespace {

constexpr qint64 kMinuteMs = 60'000;
constexpr qint64 kFinestMs = 10'000;

Response capabilities(ManagementContext &context, const Request &, const Caller &caller)
{
    wire::ServerCapabilities answer;
    answer.serverId = context.store.serverId();
    answer.version = context.settings.version;
    for (const char *feature : {"events", "series", "state", "actions", "freeze", "replace_bundle"}) {
        answer.features.append(QString::fromLatin1(feature));
    }
    // What the caller may do on some app or channel; each call is checked on its own object.
    for (const QString &permission : allPermissions()) {
        const bool held = std::any_of(
            caller.key.bindings.constBegin(), caller.key.bindings.constEnd(), [&](const QJsonValue &binding) {
                return roleHolds(binding[QLatin1String("role_name")].toString(), permission);
            });
        if (held) {
            answer.permissions.append(permission);
        }
    }
    answer.maxUploadBytes = context.settings.maxUploadBytes;
    return jsonResponse(answer.toJson());
}

/// The events of one app as a stream.
class AppEvents final : public EventSource
{
public:
    AppEvents(EventBus &bus, QString appId, std::optional<qint64> lastId)
        : m_bus(bus)
        , m_appId(std::move(appId))
        , m_lastId(lastId)
    {}

    void start(std::function<void()> wake) override
    {
        m_subscription = m_bus.subscribe(m_appId, m_lastId, std::move(wake));
    }

    QVector<StreamEvent> take() override
    {
        QVector<StreamEvent> events;
        if (!m_subscription) {
            return events;
        }
        for (const wire::LiveEvent &event : m_subscription->take()) {
            events.append({QByteArray::number(event.id), event.type.toUtf8(),
                           QJsonDocument(event.data).toJson(QJsonDocument::Compact)});
        }
        return events;
    }

private:
    EventBus &m_bus;
    QString m_appId;
    std::optional<qint64> m_lastId;
    std::unique_ptr<EventBus::Subscription> m_subscription;
};

Answer<AppAccess> readableApp(ManagementContext &context, const Request &request, const Caller &caller,
                              const char *permission)
{
    return requireApp(context, caller, request.parameter(QStringLiteral("app_id")), permission, 404,
                      "app_not_found");
}

Response events(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const AppAccess access, readableApp(context, request, caller, "app.read"));
    bool isNumber = false;
    const qint64 lastId = request.header("last-event-id").toLongLong(&isNumber);
    Response response;
    response.setHeader("Content-Type", "text/event-stream");
    response.setHeader("Cache-Control", "no-store");
    response.body = std::shared_ptr<EventSource>(std::make_shared<AppEvents>(
        context.store.events(), access.app.row.appId, isNumber ? std::optional(lastId) : std::nullopt));
    return response;
}

struct MetricName
{
    const char *name;
    SeriesMetric metric;
};
constexpr std::array kMetrics{
    MetricName{"active_devices", SeriesMetric::ActiveDevices},
    MetricName{"adoption", SeriesMetric::ActiveDevices},
    MetricName{"checks", SeriesMetric::Checks},
    MetricName{"gets", SeriesMetric::Gets},
    MetricName{"installs", SeriesMetric::Installs},
    MetricName{"failures", SeriesMetric::Failures},
    MetricName{"attempts", SeriesMetric::Attempts},
    MetricName{"transport_failures", SeriesMetric::TransportFailures},
    MetricName{"uninstalls", SeriesMetric::Uninstalls},
};
struct ByName
{
    const char *name;
    SeriesBy by;
};
constexpr std::array kBys{
    ByName{"bundle", SeriesBy::Bundle},      ByName{"channel", SeriesBy::Channel},
    ByName{"platform", SeriesBy::Platform},  ByName{"native_version", SeriesBy::NativeVersion},
    ByName{"nothing", SeriesBy::Nothing},    ByName{"plugin_version", SeriesBy::PluginVersion},
    ByName{"os", SeriesBy::OperatingSystem},
};
const QString kFailureRate = QStringLiteral("failure_rate");

Response invalidSeries(const QString &why)
{
    return badRequest("invalid_series", why);
}

/// Milliseconds, or a number with s, m, h or d behind it.
std::optional<qint64> stepOf(const QString &text)
{
    static const QHash<QChar, qint64> units{{QLatin1Char('s'), 1000},
                                            {QLatin1Char('m'), kMinuteMs},
                                            {QLatin1Char('h'), 60 * kMinuteMs},
                                            {QLatin1Char('d'), 1440 * kMinuteMs}};
    const qint64 unit = text.isEmpty() ? 1 : units.value(text.back(), 1);
    bool isNumber = false;
    const qint64 number = (unit == 1 ? text : text.chopped(1)).toLongLong(&isNumber);
    if (!isNumber || number <= 0 || number > 366 * 1440 * kMinuteMs / unit) {
        return std::nullopt;
    }
    return number * unit;
}

/// The span of the query, cut to whole buckets.
Answer<void> readSpan(const Input &input, UtcTime now, SeriesQuery &query)
{
    const Result<UtcTime> to = input.has("to") ? parseIso(input.text("to")) : Result<UtcTime>(now);
    const Result<UtcTime> from = parseIso(input.text("from"));
    const std::optional<qint64> step =
        input.has("step") ? stepOf(input.value("step").toVariant().toString()) : std::optional(kMinuteMs);
    if (!from || !to || *to <= *from) {
        return invalidSeries(QStringLiteral("from and to must be times, from first."));
    }
    if (!step || *step % kFinestMs != 0) {
        return invalidSeries(QStringLiteral("The step must be a multiple of ten seconds."));
    }
    const qint64 first = toMs(*from) / *step * *step;
    const qint64 buckets = (toMs(*to) - first + *step - 1) / *step;
    if (buckets > kMostSeriesBuckets) {
        return invalidSeries(QStringLiteral("At most %1 buckets can be asked for.").arg(kMostSeriesBuckets));
    }
    query.step = Milliseconds(*step);
    query.from = utcFromMs(first);
    query.to = utcFromMs(first + buckets * *step);
    return {};
}

Answer<SeriesQuery> seriesQuery(ManagementContext &context, const Input &input, const AppAccess &access)
{
    SeriesQuery query;
    query.appId = access.app.row.appId;
    const QString metricName = input.optText("metric").value_or(QStringLiteral("active_devices"));
    const QString byName = input.optText("by").value_or(QStringLiteral("bundle"));
    const auto metric = std::find_if(kMetrics.cbegin(), kMetrics.cend(), [&](const MetricName &entry) {
        return metricName == QLatin1String(entry.name);
    });
    const auto by = std::find_if(kBys.cbegin(), kBys.cend(),
                                 [&](const ByName &entry) { return byName == QLatin1String(entry.name); });
    if ((metric == kMetrics.cend() && metricName != kFailureRate) || by == kBys.cend()) {
        return invalidSeries(QStringLiteral("There is no metric “%1” by “%2”.").arg(metricName, byName));
    }
    query.metric = metric == kMetrics.cend() ? SeriesMetric::Attempts : metric->metric;
    query.by = by->by;
    GATEHOUSE_TRY(readSpan(input, context.clock.now(), query));
    if (const QString bundle = input.text("bundle"); !bundle.isEmpty()) {
        query.bundle = bundle;
    }
    if (const QString name = input.text("channel"); !name.isEmpty()) {
        GATEHOUSE_ASSIGN(const auto channel, orFailure(context.store.channelByName(query.appId, name)));
        if (!channel) {
            return errorResponse(404, QStringLiteral("channel_not_found"),
                                 QStringLiteral("There is no such channel."));
        }
        query.channelId = channel->row.id;
    }
    return query;
}

/// Failures of attempts bucket by bucket; a bucket without attempts is a gap.
Answer<QVector<SeriesRow>> failureRates(ManagementContext &context, SeriesQuery query)
{
    GATEHOUSE_ASSIGN(QVector<SeriesRow> attempts, orFailure(context.store.series(query)));
    query.metric = SeriesMetric::Failures;
    GATEHOUSE_ASSIGN(const QVector<SeriesRow> failures, orFailure(context.store.series(query)));
    QHash<QString, QVector<std::optional<double>>> failed;
    for (const SeriesRow &row : failures) {
        failed.insert(row.label, row.values);
    }
    for (SeriesRow &row : attempts) {
        const auto failedHere = failed.value(row.label);
        for (qsizetype i = 0; i < row.values.size(); ++i) {
            const bool hasAttempts = row.values.at(i).has_value() && *row.values.at(i) > 0.0;
            const bool hasFailures = i < failedHere.size() && failedHere.at(i).has_value();
            const double count = hasFailures ? *failedHere.at(i) : 0.0;
            row.values[i] = hasAttempts ? std::optional(count / *row.values.at(i)) : std::nullopt;
        }
    }
    return attempts;
}

Response series(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const AppAccess access, readableApp(context, request, caller, "app.read"));
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const SeriesQuery query, seriesQuery(context, input, access));
    wire::SeriesAnswer answer;
    answer.metric = input.optText("metric").value_or(QStringLiteral("active_devices"));
    answer.by = input.optText("by").value_or(QStringLiteral("bundle"));
    answer.from = query.from;
    answer.stepMs = query.step.count();
    GATEHOUSE_ASSIGN(const QVector<SeriesRow> rows, answer.metric == kFailureRate
                                                        ? failureRates(context, query)
                                                        : orFailure(context.store.series(query)));
    for (const SeriesRow &row : rows) {
        answer.lines.append({row.label, row.values});
    }
    return jsonResponse(answer.toJson());
}

} // namespace

/// @source spec: gatehouse-v1, section 6
void addExtensionRoutes(Router &router, ManagementContext &context)
{
    addKeyed(router, context, Method::Get, "/gatehouse/v1/capabilities", KeyClass::Auth, capabilities);
    addKeyed(router, context, Method::Get, "/gatehouse/v1/apps/:app_id/events", KeyClass::Auth, events);
    addKeyed(router, context, Method::Get, "/gatehouse/v1/apps/:app_id/series", KeyClass::Auth, series);
}

} // namespace gatehouse::server
