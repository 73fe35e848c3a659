// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/device/deviceapi.h"

#include "server/device/plugingates.h"

#include <QHostAddress>
#include <QJsonArray>

namespace gatehouse::server {

namespace {

const QLatin1String kQueryProblem("invalid_query_parameters");

/// The query as an object, booleans as such: exactly "true" is true. The first of a repeated name counts.
QJsonValue objectFromQuery(const QueryParameters &query)
{
    QJsonObject object;
    for (const auto &[name, value] : query.items()) {
        if (object.contains(name)) {
            continue;
        }
        const bool isFlag = name == QLatin1String("is_emulator") || name == QLatin1String("is_prod");
        object.insert(name, isFlag ? QJsonValue(value == QLatin1String("true")) : QJsonValue(value));
    }
    return object;
}

Response finish(Result<Response> answer)
{
    return answer ? std::move(*answer) : failureResponse(answer.error());
}

Response statusOk(QJsonObject extra = {})
{
    extra.insert(QStringLiteral("status"), QStringLiteral("ok"));
    return jsonResponse(extra);
}

Response channelNotFound(const DeviceRequest &device, const QString &name)
{
    return refusal(QStringLiteral("channel_not_found"), QStringLiteral("There is no such channel."),
                   {{QStringLiteral("channel"), name}, {QStringLiteral("app_id"), device.info.appId}});
}

bool keepsChannelItself(const DeviceRequest &device)
{
    return device.info.pluginVersion.isEmpty() || PluginGates(device.plugin).localChannel;
}

bool isPlatformOn(const wire::ChannelRow &channel, const QString &platform)
{
    if (platform == QLatin1String("ios")) {
        return channel.ios;
    }
    return platform == QLatin1String("android") ? channel.android : channel.electron;
}

bool isListed(const wire::ChannelRow &channel, const wire::DeviceInfo &info)
{
    const bool isOpen = channel.isPublic || channel.allowDeviceSelfSet;
    const bool fitsDevice = info.isEmulator ? channel.allowEmulator : channel.allowDevice;
    const bool fitsBuild = info.isProd ? channel.allowProd : channel.allowDev;
    return isOpen && isPlatformOn(channel, info.platform) && fitsDevice && fitsBuild;
}

} // namespace

Response DeviceApi::tooManyRequests(UtcTime until, const QString &reason) const
{
    return rateLimited(until, m_clock.now(), reason);
}

std::optional<Response> DeviceApi::channelPreamble(const Request &request,
                                                   const std::variant<DeviceRequest, RequestProblem> &checked,
                                                   const QString &operation, const QString &channelName)
{
    if (const auto *problem = std::get_if<RequestProblem>(&checked)) {
        return problem->response();
    }
    const wire::DeviceInfo &info = std::get<DeviceRequest>(checked).info;
    const UtcTime now = m_clock.now();
    if (!request.clientAddress.isEmpty() && !QHostAddress(request.clientAddress).isLoopback()) {
        if (const auto until =
                m_limits.channelAddress.hit(info.appId + QLatin1Char(' ') + request.clientAddress, now)) {
            return tooManyRequests(*until, QStringLiteral("ip_rate_limit_exceeded"));
        }
    }
    if (operation == QLatin1String("set") && channelName.isEmpty()) {
        return refusal(QStringLiteral("missing_channel"), QStringLiteral("The channel's name is missing."));
    }
    if (!info.deviceId.isEmpty()) {
        const QString device = info.appId + QLatin1Char(' ') + info.deviceId + QLatin1Char(' ');
        std::optional<UtcTime> until = m_limits.channelOperation.hit(device + operation, now);
        if (!until && operation == QLatin1String("set")) {
            until = m_limits.sameChannel.hit(device + channelName, now);
        }
        if (until) {
            return tooManyRequests(*until);
        }
    }
    auto app = knownApp(m_store, request, info);
    if (auto *answer = std::get_if<Response>(&app)) {
        return std::move(*answer);
    }
    return std::nullopt;
}

void DeviceApi::logChannelEvent(const DeviceRequest &device, const QString &action)
{
    DeviceEvent event;
    event.device = device.info;
    event.action = action;
    event.versionName = device.info.versionName.left(256);
    event.bundle = QStringLiteral("unknown");
    event.touchDevice = false;
    m_store.enqueueEvents(device.info.appId, {event});
}

Response DeviceApi::setChannel(const Request &request)
{
    const auto body = parseBody(request.body);
    if (!body) {
        return errorResponse(400, QStringLiteral("invalid_json_parse_body"),
                             QStringLiteral("The body is not JSON."));
    }
    const auto checked = checkRequest(*body, RequestForm::ChannelSelf);
    const QString name = body->toObject().value(QLatin1String("channel")).toString();
    if (auto answer = channelPreamble(request, checked, QStringLiteral("set"), name)) {
        return std::move(*answer);
    }
    return finish(setChannelOf(std::get<DeviceRequest>(checked), name));
}

Result<Response> DeviceApi::setChannelOf(const DeviceRequest &device, const QString &name)
{
    const bool isLocal = keepsChannelItself(device);
    if (!isLocal) {
        GATEHOUSE_ASSIGN(const auto own, m_store.selfAssignmentOf(device.info.appId, device.info.deviceId));
        if (own) {
            GATEHOUSE_ASSIGN(const auto current, m_store.channel(*own));
            if (current && !current->row.allowDeviceSelfSet) {
                return refusal(QStringLiteral("cannot_override"),
                               QStringLiteral("The device is on a channel that it may not leave."));
            }
        }
    }
    GATEHOUSE_ASSIGN(const auto channel, m_store.channelByName(device.info.appId, name));
    if (!channel) {
        return channelNotFound(device, name);
    }
    if (!channel->row.allowDeviceSelfSet) {
        const QString code = channel->row.isPublic ? QStringLiteral("public_channel_self_set_not_allowed")
                                                   : QStringLiteral("channel_self_set_not_allowed");
        return refusal(code, QStringLiteral("Devices may not choose this channel."),
                       {{QStringLiteral("channel"), name}, {QStringLiteral("app_id"), device.info.appId}});
    }
    if (!isLocal) {
        return assignChannel(device, *channel);
    }
    logChannelEvent(device, QStringLiteral("setChannel"));
    return statusOk({{QStringLiteral("allowSet"), true}});
}

Result<ServingOutcome> DeviceApi::changeSelf(const DeviceRequest &device, ServingEdit edit)
{
    ServingChange change;
    change.appId = device.info.appId;
    change.actor = {QStringLiteral("device ") + device.info.deviceId, {}, 0, QStringLiteral("channel_self")};
    change.what = QStringLiteral("self_set");
    change.edit = std::move(edit);
    return m_store.applyServingChange(change);
}

Result<Response> DeviceApi::assignChannel(const DeviceRequest &device, const ChannelRecord &channel)
{
    const wire::DeviceInfo &info = device.info;
    GATEHOUSE_ASSIGN(const auto main, m_store.publicChannel(info.appId, info.platform));
    const bool isMain = main && main->row.id == channel.row.id;
    GATEHOUSE_ASSIGN(const auto own, m_store.selfAssignmentOf(info.appId, info.deviceId));
    if (own == channel.row.id && !isMain) {
        return statusOk();
    }
    const auto written = isMain ? changeSelf(device, change::UnassignSelf{info.deviceId})
                                : changeSelf(device, change::AssignSelf{info.deviceId, channel.row.id});
    if (!written) {
        return refusal(QStringLiteral("override_not_allowed"),
                       QStringLiteral("The choice could not be stored."));
    }
    logChannelEvent(device, QStringLiteral("setChannel"));
    return statusOk();
}

Response DeviceApi::currentChannel(const Request &request)
{
    const auto body = parseBody(request.body);
    if (!body) {
        return errorResponse(400, QStringLiteral("invalid_json_parse_body"),
                             QStringLiteral("The body is not JSON."));
    }
    const auto checked = checkRequest(*body, RequestForm::ChannelSelf);
    if (auto answer = channelPreamble(request, checked, QStringLiteral("get"), {})) {
        return std::move(*answer);
    }
    return finish(currentChannelOf(std::get<DeviceRequest>(checked)));
}

/// The real channel, because plugins keep what they are told here. @source spec: device-protocol,
/// section 4.3, "Trap"
Result<Response> DeviceApi::currentChannelOf(const DeviceRequest &device)
{
    const wire::DeviceInfo &info = device.info;
    logChannelEvent(device, QStringLiteral("getChannel"));
    const auto answer = [](const QString &name, const QString &status, std::optional<bool> allowSet) {
        QJsonObject object{{QStringLiteral("channel"), name}, {QStringLiteral("status"), status}};
        if (allowSet) {
            object.insert(QStringLiteral("allowSet"), *allowSet);
        }
        return jsonResponse(object);
    };
    std::optional<qint64> own;
    if (!keepsChannelItself(device)) {
        GATEHOUSE_ASSIGN(own, m_store.selfAssignmentOf(info.appId, info.deviceId));
    }
    if (!own) {
        GATEHOUSE_ASSIGN(own, m_store.overrideOf(info.appId, info.deviceId));
    }
    if (own) {
        GATEHOUSE_ASSIGN(const auto channel, m_store.channel(*own));
        if (channel) {
            return answer(channel->row.name, QStringLiteral("override"), channel->row.allowDeviceSelfSet);
        }
    }
    std::optional<ChannelRecord> channel;
    if (!info.defaultChannel.isEmpty()) {
        GATEHOUSE_ASSIGN(channel, m_store.channelByName(info.appId, info.defaultChannel));
    } else {
        GATEHOUSE_ASSIGN(channel, m_store.publicChannel(info.appId, info.platform));
    }
    if (channel) {
        return answer(channel->row.name, QStringLiteral("default"), std::nullopt);
    }
    if (keepsChannelItself(device)) {
        // Empty binds the device to nothing.
        return answer(QString(), QStringLiteral("default"), std::nullopt);
    }
    return channelNotFound(device, info.defaultChannel);
}

Response DeviceApi::listChannels(const Request &request)
{
    const auto checked =
        checkRequest(objectFromQuery(request.query), RequestForm::ChannelList, kQueryProblem);
    if (auto answer = channelPreamble(request, checked, QStringLiteral("list"), {})) {
        return std::move(*answer);
    }
    return finish(listChannelsOf(std::get<DeviceRequest>(checked)));
}

Result<Response> DeviceApi::listChannelsOf(const DeviceRequest &device)
{
    GATEHOUSE_ASSIGN(const auto channels, m_store.channels(device.info.appId));
    QJsonArray list;
    for (const ChannelRecord &channel : channels) {
        if (isListed(channel.row, device.info)) {
            list.append(QJsonObject{{QStringLiteral("id"), channel.row.id},
                                    {QStringLiteral("name"), channel.row.name},
                                    {QStringLiteral("public"), channel.row.isPublic},
                                    {QStringLiteral("allow_self_set"), channel.row.allowDeviceSelfSet}});
        }
    }
    return jsonResponse(list);
}

Response DeviceApi::unsetChannel(const Request &request)
{
    const auto checked =
        checkRequest(objectFromQuery(request.query), RequestForm::ChannelSelf, kQueryProblem);
    if (auto answer = channelPreamble(request, checked, QStringLiteral("delete"), {})) {
        return std::move(*answer);
    }
    return finish(unsetChannelOf(std::get<DeviceRequest>(checked)));
}

Result<Response> DeviceApi::unsetChannelOf(const DeviceRequest &device)
{
    if (keepsChannelItself(device)) {
        logChannelEvent(device, QStringLiteral("setChannel"));
        return statusOk();
    }
    GATEHOUSE_ASSIGN(const auto own, m_store.selfAssignmentOf(device.info.appId, device.info.deviceId));
    std::optional<ChannelRecord> channel;
    if (own) {
        GATEHOUSE_ASSIGN(channel, m_store.channel(*own));
    }
    if (!channel || !channel->row.allowDeviceSelfSet) {
        return refusal(QStringLiteral("cannot_override"),
                       QStringLiteral("There is no choice that could be undone."));
    }
    if (!changeSelf(device, change::UnassignSelf{device.info.deviceId})) {
        return refusal(QStringLiteral("override_not_allowed"),
                       QStringLiteral("The choice could not be undone."));
    }
    return statusOk();
}

} // namespace gatehouse::server
