// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/device/downloadlinks.h"
#include "server/device/ratelimits.h"
#include "server/device/updatecheck.h"
#include "server/http/router.h"

#include <functional>

namespace gatehouse::server {

/// The device-facing endpoints: update check, statistics, channel self-service, downloads, health.
/// @source spec: device-protocol
/// @thread any
class DeviceApi
{
public:
    /// Whether the request carries a key that may read the files of the app. Who holds which rights is not
    /// for this area to know.
    using FileAccess = std::function<Result<bool>(const Request &request, const QString &appId)>;

    /// All must outlive the object. Without fileAccess only valid links give files.
    DeviceApi(Store &store, const DownloadLinks &links, const Clock &clock, FileAccess fileAccess = {});

    /// The routes and their /plugin/… aliases. this must outlive the router's use.
    void addRoutes(Router &router);

    [[nodiscard]] Response updates(const Request &request);
    [[nodiscard]] Response stats(const Request &request);
    [[nodiscard]] Response manifestSize(const Request &request);
    [[nodiscard]] Response setChannel(const Request &request);
    [[nodiscard]] Response currentChannel(const Request &request);
    [[nodiscard]] Response listChannels(const Request &request);
    [[nodiscard]] Response unsetChannel(const Request &request);
    [[nodiscard]] Response download(const Request &request);

private:
    struct StatItem;
    struct StatBatch;

    /// The app, or the answer for one that is not there.
    std::variant<AppRecord, Response> knownApp(StoreReader &store, const Request &request,
                                               const wire::DeviceInfo &info);
    /// A device that is not known yet counts towards the limit of its app and address.
    std::optional<Response> refuseNewDevice(StoreReader &store, const Request &request,
                                            const wire::DeviceInfo &info);
    Response answerUpdate(const Request &request, const AppRecord &app, const DeviceRequest &device,
                          const UpdateCheck &check, DeviceEvent event);
    Response offer(const Request &request, const AppRecord &app, const DeviceRequest &device,
                   const UpdateCheck &check) const;
    static Result<DeviceEvent> checkEvent(StoreReader &store, const DeviceRequest &device,
                                          const UpdateCheck &check);
    static Result<QString> runningLabel(StoreReader &store, const wire::DeviceInfo &info);

    StatItem readStat(const QJsonValue &value);
    Response singleStat(const Request &request, const QJsonValue &body);
    Response batchStats(const Request &request, const QJsonArray &items);
    /// The answer to somebody who makes up devices, through whichever route. Nothing when all may come.
    std::optional<Response> refuseNewDevices(StoreReader &store, const Request &request,
                                             const QVector<DeviceEvent> &events);
    static Result<QString> processStat(StoreReader &store, const AppRecord &app, StatItem &item,
                                       QVector<DeviceEvent> &events);
    static Result<void> addInstall(StoreReader &store, const StatItem &item, DeviceEvent &event,
                                   QVector<DeviceEvent> &events);

    /// What the four channel methods have in common: checks, limits, app. Nothing when it may go on.
    std::optional<Response> channelPreamble(const Request &request,
                                            const std::variant<DeviceRequest, RequestProblem> &checked,
                                            const QString &operation, const QString &channelName);
    Result<Response> setChannelOf(const DeviceRequest &device, const QString &name);
    Result<Response> assignChannel(const DeviceRequest &device, const ChannelRecord &channel);
    Result<Response> currentChannelOf(const DeviceRequest &device);
    Result<Response> listChannelsOf(const DeviceRequest &device);
    Result<Response> unsetChannelOf(const DeviceRequest &device);
    Result<ServingOutcome> changeSelf(const DeviceRequest &device, ServingEdit edit);
    void logChannelEvent(const DeviceRequest &device, const QString &action);
    Response tooManyRequests(UtcTime until, const QString &reason = {}) const;

    Store &m_store;
    const DownloadLinks &m_links;
    const Clock &m_clock;
    FileAccess m_fileAccess;
    DeviceLimits m_limits;
    EnumerationGuard m_enumeration;
};

} // namespace gatehouse::server
