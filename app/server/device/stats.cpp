// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/device/deviceapi.h"

#include "core/ids.h"
#include "server/device/plugingates.h"

#include <QJsonArray>
#include <QSet>

namespace gatehouse::server {

namespace {

constexpr qsizetype kMaxMetadata = 30;
constexpr qsizetype kMaxMetadataKey = 64;
constexpr qsizetype kMaxMetadataValue = 2048;
constexpr qsizetype kMaxVersionText = 256;

QJsonObject unknownAppBody()
{
    return {{QStringLiteral("error"), QStringLiteral("on_premise_app")},
            {QStringLiteral("message"), QStringLiteral("This server does not serve the app.")}};
}

bool hasValidAppId(const QJsonValue &item)
{
    const QJsonValue id = item.toObject().value(QLatin1String("app_id"));
    return id.isString() && AppId::parse(id.toString()).has_value();
}

/// What is wrong with the fields that only events have; empty when nothing.
QString eventProblem(const QJsonObject &raw)
{
    for (const char *field : {"old_version_name", "version_code", "channel"}) {
        const QJsonValue value = raw.value(QLatin1String(field));
        if (!value.isUndefined() && !value.isString()) {
            return QStringLiteral("%1 must be a text.").arg(QLatin1String(field));
        }
    }
    const QJsonValue metadata = raw.value(QLatin1String("metadata"));
    if (metadata.isUndefined()) {
        return {};
    }
    const QJsonObject object = metadata.toObject();
    if (!metadata.isObject() || object.size() > kMaxMetadata) {
        return QStringLiteral("metadata must be an object of at most %1 texts.").arg(kMaxMetadata);
    }
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        if (entry.key().size() > kMaxMetadataKey || !entry.value().isString() ||
            entry.value().toString().size() > kMaxMetadataValue) {
            return QStringLiteral("metadata holds something that is no short text.");
        }
    }
    return {};
}

/// Says what the device runs now; other events are about other bundles. @source spec: device-protocol,
/// section 8
bool tellsRunning(const QString &action)
{
    return action == QLatin1String("set") || action == QLatin1String("reset") ||
           action == QLatin1String("app_launch_ready") ||
           action == QLatin1String("app_moved_to_foreground") ||
           action == QLatin1String("app_moved_to_background");
}

QString effectiveVersion(const QString &versionName)
{
    const qsizetype colon = versionName.indexOf(QLatin1Char(':'));
    return colon > 0 ? versionName.left(colon) : versionName;
}

} // namespace

/// One event of a request, read.
struct DeviceApi::StatItem
{
    std::optional<RequestProblem> problem;
    std::optional<DeviceRequest> device;
    QString action;
    QString oldVersion;
    QJsonObject metadata;
};

DeviceApi::StatItem DeviceApi::readStat(const QJsonValue &value)
{
    StatItem item;
    auto checked = checkRequest(value, RequestForm::Stats);
    if (auto *problem = std::get_if<RequestProblem>(&checked)) {
        item.problem = std::move(*problem);
        return item;
    }
    item.device = std::move(std::get<DeviceRequest>(checked));
    const QJsonObject &raw = item.device->raw;
    const QString wrong = eventProblem(raw);
    const QJsonValue action = raw.value(QLatin1String("action"));
    if (!wrong.isEmpty() || !action.isString() || !wire::isKnownAction(action.toString())) {
        item.problem =
            RequestProblem{400, QStringLiteral("invalid_json_body"),
                           wrong.isEmpty() ? QStringLiteral("The action is missing or unknown.") : wrong};
        return item;
    }
    item.action = action.toString();
    item.oldVersion = raw.value(QLatin1String("old_version_name")).toString();
    item.metadata = raw.value(QLatin1String("metadata")).toObject();
    return item;
}

Response DeviceApi::stats(const Request &request)
{
    const auto body = parseBody(request.body);
    if (!body) {
        return errorResponse(400, QStringLiteral("invalid_json_parse_body"),
                             QStringLiteral("The body is not JSON."));
    }
    const QJsonArray items = body->isArray() ? body->toArray() : QJsonArray{*body};
    if (items.isEmpty()) {
        return jsonResponse(QJsonObject{{QStringLiteral("status"), QStringLiteral("ok")},
                                        {QStringLiteral("results"), QJsonArray()}});
    }
    if (!hasValidAppId(items.first())) {
        return errorResponse(400, QStringLiteral("invalid_app_id"),
                             QStringLiteral("The first event has no valid app_id."));
    }
    return body->isArray() ? batchStats(request, items) : singleStat(request, *body);
}

std::optional<Response> DeviceApi::refuseNewDevices(StoreReader &store, const Request &request,
                                                    const QVector<DeviceEvent> &events)
{
    QSet<QString> seen;
    for (const DeviceEvent &event : events) {
        // Only what would write a device's row: a batch is of one device, and counts once.
        if (!event.touchDevice || seen.contains(event.device.deviceId)) {
            continue;
        }
        seen.insert(event.device.deviceId);
        if (auto refused = refuseNewDevice(store, request, event.device)) {
            return refused;
        }
    }
    return std::nullopt;
}

Response DeviceApi::singleStat(const Request &request, const QJsonValue &body)
{
    StatItem item = readStat(body);
    if (item.problem) {
        return item.problem->response();
    }
    const QString appId = item.device->info.appId;
    auto snapshot = m_store.snapshot();
    if (!snapshot) {
        return failureResponse(snapshot.error());
    }
    auto app = (*snapshot)->app(appId);
    if (!app) {
        return failureResponse(app.error());
    }
    if (!*app) {
        return jsonResponse(unknownAppBody(), 429);
    }
    QVector<DeviceEvent> events;
    if (auto processed = processStat(**snapshot, **app, item, events); !processed) {
        return failureResponse(processed.error());
    }
    if (auto refused = refuseNewDevices(**snapshot, request, events)) {
        return std::move(*refused);
    }
    snapshot->reset(); // before the wait for the commit
    if (auto recorded = m_store.recordEvents(appId, events); !recorded) {
        return failureResponse(recorded.error());
    }
    return okResponse();
}

Response DeviceApi::batchStats(const Request &request, const QJsonArray &items)
{
    const QString appId = items.first().toObject().value(QLatin1String("app_id")).toString();
    for (const QJsonValue &item : items) {
        if (!hasValidAppId(item)) {
            return refusal(QStringLiteral("invalid_app_id"), QStringLiteral("An event has no valid app_id."));
        }
        if (item.toObject().value(QLatin1String("app_id")).toString() != appId) {
            return refusal(QStringLiteral("mixed_app_ids"),
                           QStringLiteral("The events are of several apps."));
        }
    }
    auto snapshot = m_store.snapshot();
    if (!snapshot) {
        return failureResponse(snapshot.error());
    }
    auto app = (*snapshot)->app(appId);
    if (!app) {
        return failureResponse(app.error());
    }
    QVector<DeviceEvent> events;
    QJsonArray results;
    for (qsizetype i = 0; i < items.size(); ++i) {
        StatItem item = readStat(items.at(i));
        QJsonObject result{{QStringLiteral("status"), QStringLiteral("ok")}, {QStringLiteral("index"), i}};
        if (item.problem || !*app) {
            result.insert(QStringLiteral("status"), QStringLiteral("error"));
        }
        if (item.problem) {
            result.insert(QStringLiteral("error"), item.problem->code);
            result.insert(QStringLiteral("message"), item.problem->message);
            result.insert(QStringLiteral("moreInfo"), item.problem->moreInfo);
        } else if (!*app) {
            const QJsonObject unknown = unknownAppBody();
            result.insert(QStringLiteral("error"), unknown.value(QLatin1String("error")));
            result.insert(QStringLiteral("message"), unknown.value(QLatin1String("message")));
        } else if (auto processed = processStat(**snapshot, **app, item, events); !processed) {
            // 500 keeps the batch with the device; nothing of it was written.
            return failureResponse(processed.error());
        }
        results.append(result);
    }
    if (auto refused = refuseNewDevices(**snapshot, request, events)) {
        return std::move(*refused);
    }
    snapshot->reset(); // before the wait for the commit
    if (!events.isEmpty()) {
        if (auto recorded = m_store.recordEvents(appId, events); !recorded) {
            return failureResponse(recorded.error());
        }
    }
    return jsonResponse(
        QJsonObject{{QStringLiteral("status"), QStringLiteral("ok")}, {QStringLiteral("results"), results}});
}

Result<QString> DeviceApi::processStat(StoreReader &store, const AppRecord &app, StatItem &item,
                                       QVector<DeviceEvent> &events)
{
    wire::DeviceInfo &info = item.device->info;
    GATEHOUSE_ASSIGN(const auto channel, attributedChannel(store, *item.device));
    const bool isKnownPlatform =
        info.platform == QLatin1String("ios") || info.platform == QLatin1String("electron");
    info.platform = isKnownPlatform ? info.platform : QStringLiteral("android");

    DeviceEvent event;
    event.action = item.action;
    event.versionName = info.versionName.left(kMaxVersionText);
    if (channel) {
        event.channelId = channel->row.id;
    }
    wire::DeviceInfo about = info;
    about.versionName = effectiveVersion(info.versionName);
    GATEHOUSE_ASSIGN(event.bundle, runningLabel(store, about));
    const bool isCustomIdBlocked = !app.row.allowDeviceCustomId && !info.customId.isEmpty();
    if (isCustomIdBlocked) {
        info.customId.clear();
    }
    event.device = info;
    if (item.action == QLatin1String("download_fail") && !PluginGates(item.device->plugin).downloadFail) {
        // Old plugins report it for checks that merely found nothing: the device was active, that is all.
        event.log = false;
        events.append(event);
        return event.bundle;
    }
    event.metadata = item.metadata;
    event.touchDevice = !item.action.endsWith(QLatin1String("_fail"));
    if (tellsRunning(item.action)) {
        event.runningVersion = about.versionName.left(kMaxVersionText);
        event.runningBundle = event.bundle;
    }
    const bool isProduction = info.isProd && !info.isEmulator;
    event.count = isProduction ? wire::countOf(item.action) : wire::ActionCount::None;
    if (event.count == wire::ActionCount::Get || event.count == wire::ActionCount::Uninstall) {
        // Only the server itself counts these: "get" for its offers, "uninstall" beside "set".
        event.count = wire::ActionCount::None;
    }
    const bool isNamed = event.bundle != QLatin1String("builtin") && event.bundle != QLatin1String("unknown");
    if (!info.isEmulator && isNamed) {
        event.outcome =
            item.action == QLatin1String("set") ? wire::ActionCount::Install : wire::ActionCount::None;
        event.failure = wire::failureClassOf(item.action);
    }
    if (isNamed &&
        (item.action == QLatin1String("update_fail") || item.action == QLatin1String("set_fail"))) {
        event.memory = DeviceEvent::Memory::Remember;
    } else if (isNamed && item.action == QLatin1String("app_launch_ready")) {
        event.memory = DeviceEvent::Memory::Forget;
    }
    events.append(event);
    if (item.action == QLatin1String("set")) {
        GATEHOUSE_TRY(addInstall(store, item, event, events));
    }
    if (isCustomIdBlocked) {
        DeviceEvent blocked;
        blocked.device = info;
        blocked.action = QStringLiteral("customIdBlocked");
        blocked.versionName = event.versionName;
        blocked.bundle = event.bundle;
        blocked.touchDevice = false;
        events.append(blocked);
    }
    return event.bundle;
}

Result<void> DeviceApi::addInstall(StoreReader &store, const StatItem &item, DeviceEvent &event,
                                   QVector<DeviceEvent> &events)
{
    if (item.oldVersion.isEmpty() || item.oldVersion == event.bundle) {
        return {};
    }
    GATEHOUSE_ASSIGN(const auto old, store.bundleByName(item.device->info.appId, item.oldVersion, true));
    if (!old) {
        return {};
    }
    DeviceEvent uninstall;
    uninstall.device = event.device;
    uninstall.action = QStringLiteral("uninstall");
    uninstall.versionName = old->name;
    uninstall.bundle = old->name;
    uninstall.channelId = event.channelId;
    uninstall.touchDevice = false;
    uninstall.count =
        event.count == wire::ActionCount::Install ? wire::ActionCount::Uninstall : wire::ActionCount::None;
    uninstall.outcome =
        event.outcome == wire::ActionCount::Install ? wire::ActionCount::Uninstall : wire::ActionCount::None;
    events.append(uninstall);
    return {};
}

} // namespace gatehouse::server
