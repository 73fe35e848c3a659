// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/device/deviceapi.h"

#include "server/device/plugingates.h"
#include "server/storage/manifestname.h"

#include <QHostAddress>
#include <QJsonArray>

namespace gatehouse::server {

namespace {

Response unknownApp(bool withMessage)
{
    QJsonObject object{{QStringLiteral("error"), QStringLiteral("on_premise_app")}};
    if (withMessage) {
        object.insert(QStringLiteral("message"), QStringLiteral("This server does not serve the app."));
    }
    return jsonResponse(object, 429);
}

Response notJson()
{
    return errorResponse(400, QStringLiteral("invalid_json_parse_body"),
                         QStringLiteral("The body is not JSON."));
}

bool isLoopback(const QString &address)
{
    return QHostAddress(address).isLoopback();
}

} // namespace

DeviceApi::DeviceApi(Store &store, const DownloadLinks &links, const Clock &clock, FileAccess fileAccess)
    : m_store(store)
    , m_links(links)
    , m_clock(clock)
    , m_fileAccess(std::move(fileAccess))
{}

void DeviceApi::addRoutes(Router &router)
{
    const auto health = [](const Request &) { return okResponse(); };
    const RouteOptions quick{kMaxJsonBody, RunOn::Io};
    for (const QString &prefix : {QString(), QStringLiteral("/plugin")}) {
        const QString updatesPath = prefix + QStringLiteral("/updates");
        const QString statsPath = prefix + QStringLiteral("/stats");
        const QString channelPath = prefix + QStringLiteral("/channel_self");
        router.add(Method::Get, updatesPath, health, quick);
        router.add(Method::Post, updatesPath, [this](const Request &request) { return updates(request); });
        router.add(Method::Post, updatesPath + QStringLiteral("/manifest_size"),
                   [this](const Request &request) { return manifestSize(request); });
        router.add(Method::Get, statsPath, health, quick);
        router.add(Method::Post, statsPath, [this](const Request &request) { return stats(request); });
        router.add(Method::Post, channelPath, [this](const Request &request) { return setChannel(request); });
        router.add(Method::Put, channelPath,
                   [this](const Request &request) { return currentChannel(request); });
        router.add(Method::Get, channelPath,
                   [this](const Request &request) { return listChannels(request); });
        router.add(Method::Delete, channelPath,
                   [this](const Request &request) { return unsetChannel(request); });
        router.add(Method::Get, prefix + QStringLiteral("/ok"), health, quick);
        router.add(Method::Post, prefix + QStringLiteral("/ok"), health, quick);
    }
    router.add(Method::Get, QStringLiteral("/healthz"), health, quick);
    router.add(Method::Get, QStringLiteral("/files/read/attachments/*key"),
               [this](const Request &request) { return download(request); });
}

std::variant<AppRecord, Response> DeviceApi::knownApp(StoreReader &store, const Request &request,
                                                      const wire::DeviceInfo &info)
{
    const QString &address = request.clientAddress;
    const bool isCounted = !address.isEmpty() && !isLoopback(address);
    const UtcTime now = m_clock.now();
    auto app = store.app(info.appId);
    if (!app) {
        return failureResponse(app.error());
    }
    if (!*app) {
        const bool isBlocked = isCounted && m_enumeration.note(address, info.appId, now);
        return unknownApp(!isBlocked);
    }
    if (isCounted && m_enumeration.isBlocked(address, now)) {
        return unknownApp(false);
    }
    return std::move(**app);
}

std::optional<Response> DeviceApi::refuseNewDevice(StoreReader &store, const Request &request,
                                                   const wire::DeviceInfo &info)
{
    if (request.clientAddress.isEmpty() || isLoopback(request.clientAddress)) {
        return std::nullopt;
    }
    const auto isKnown = store.hasDevice(info.appId, info.deviceId);
    if (!isKnown || *isKnown) {
        return std::nullopt;
    }
    const QString key = info.appId + QLatin1Char(' ') + request.clientAddress;
    const auto until = m_limits.newDevices.hit(key, m_clock.now());
    return until ? std::optional(tooManyRequests(*until)) : std::nullopt;
}

Response DeviceApi::updates(const Request &request)
{
    const auto body = parseBody(request.body);
    if (!body) {
        return notJson();
    }
    auto checked = checkRequest(*body, RequestForm::Update);
    if (const auto *problem = std::get_if<RequestProblem>(&checked)) {
        return problem->response();
    }
    const DeviceRequest &device = std::get<DeviceRequest>(checked);
    // One state for the whole check: a channel never comes with a bundle of another moment.
    auto snapshot = m_store.snapshot();
    if (!snapshot) {
        return failureResponse(snapshot.error());
    }
    StoreReader &store = **snapshot;
    auto app = knownApp(store, request, device.info);
    if (auto *answer = std::get_if<Response>(&app)) {
        return std::move(*answer);
    }
    if (auto refused = refuseNewDevice(store, request, device.info)) {
        return std::move(*refused);
    }
    auto check = evaluateUpdate(store, device);
    if (!check) {
        return failureResponse(check.error());
    }
    auto event = checkEvent(store, device, *check);
    if (!event) {
        return failureResponse(event.error());
    }
    snapshot->reset(); // before anything that may wait
    return answerUpdate(request, std::get<AppRecord>(app), device, *check, std::move(*event));
}

Result<QString> DeviceApi::runningLabel(StoreReader &store, const wire::DeviceInfo &info)
{
    // Labels of counters are names that we know: text from devices would make them grow without end.
    GATEHOUSE_ASSIGN(const bool isBundle, store.hasBundleNamed(info.appId, info.versionName));
    if (isBundle) {
        return info.versionName;
    }
    return info.versionName == info.versionBuild ? QStringLiteral("builtin") : QStringLiteral("unknown");
}

Result<DeviceEvent> DeviceApi::checkEvent(StoreReader &store, const DeviceRequest &device,
                                          const UpdateCheck &check)
{
    QString running = device.info.versionName;
    if (!check.offered || check.offered->name != running) {
        GATEHOUSE_ASSIGN(running, runningLabel(store, device.info));
    }
    DeviceEvent event;
    event.device = device.info;
    event.isCheck = true;
    event.action = check.stat;
    event.log = !check.stat.isEmpty();
    event.versionName = check.isStatAboutOffered ? check.offeredName() : device.info.versionName.left(256);
    event.bundle = check.isStatAboutOffered ? check.offeredName() : running;
    if (check.channel) {
        event.channelId = check.channel->row.id;
    }
    // What the device runs, not what it was offered: it has not even downloaded that.
    event.runningVersion = device.info.versionName.left(256);
    event.runningBundle = running;
    if (check.outcome == UpdateCheck::Outcome::Offer) {
        event.count = wire::ActionCount::Get;
        event.outcome = device.info.isEmulator ? wire::ActionCount::None : wire::ActionCount::Get;
    }
    return event;
}

Response DeviceApi::answerUpdate(const Request &request, const AppRecord &app, const DeviceRequest &device,
                                 const UpdateCheck &check, DeviceEvent event)
{
    if (!app.row.allowDeviceCustomId) {
        event.device.customId.clear();
    }
    m_store.enqueueEvents(app.row.appId, {std::move(event)});
    switch (check.outcome) {
    case UpdateCheck::Outcome::Offer:
        return offer(request, app, device, check);
    case UpdateCheck::Outcome::RevertToBuiltin:
        return jsonResponse(QJsonObject{{QStringLiteral("version"), QStringLiteral("builtin")}});
    case UpdateCheck::Outcome::Refusal:
        break;
    }
    QJsonObject extra = check.extra;
    extra.insert(QStringLiteral("kind"), check.kind);
    return refusal(check.code, check.message, extra);
}

Response DeviceApi::offer(const Request &request, const AppRecord &app, const DeviceRequest &device,
                          const UpdateCheck &check) const
{
    const wire::BundleRow &bundle = *check.offered;
    const PluginGates gates(device.plugin);
    QJsonObject object{{QStringLiteral("version"), bundle.name},
                       {QStringLiteral("session_key"), bundle.sessionKey.value_or(QString())},
                       {QStringLiteral("checksum"), wire::orNull(bundle.checksum)}};
    QString url = m_links.noZip(request.publicUrl);
    const bool isExternal = bundle.externalUrl && !bundle.externalUrl->isEmpty();
    if (isExternal) {
        url = *bundle.externalUrl;
    } else if (bundle.r2Path && !bundle.r2Path->isEmpty()) {
        url = m_links.linkTo(request.publicUrl, *bundle.r2Path, bundle.checksum.value_or(QString()),
                             device.info.deviceId);
    }
    object.insert(QStringLiteral("url"), url);
    if (!check.manifest.isEmpty() && gates.manifest) {
        QJsonArray manifest;
        for (const ManifestFile &file : check.manifest) {
            const wire::ManifestEntry entry{nameForDevices(file.fileName), file.fileHash,
                                            m_links.linkTo(request.publicUrl, file.s3Path,
                                                           QString::number(bundle.id), device.info.deviceId)};
            manifest.append(entry.toJson());
        }
        object.insert(QStringLiteral("manifest"), manifest);
    }
    if (app.row.exposeMetadata && gates.metadata) {
        if (bundle.link && !bundle.link->isEmpty()) {
            object.insert(QStringLiteral("link"), *bundle.link);
        }
        if (bundle.comment && !bundle.comment->isEmpty()) {
            object.insert(QStringLiteral("comment"), *bundle.comment);
        }
    }
    return jsonResponse(object);
}

namespace {

/// The file's bundle: the numeric "key" of its link, else version_id, else the name. 0 when none of them.
qint64 bundleOf(const QString &link, const QJsonObject &body, qint64 byName)
{
    const qsizetype question = link.indexOf(QLatin1Char('?'));
    const auto query = QueryParameters::parse(link.mid(question + 1).toUtf8());
    bool isNumber = false;
    const qint64 fromKey = query.value(QStringLiteral("key")).toLongLong(&isNumber);
    if (isNumber) {
        return fromKey;
    }
    const QJsonValue id = body.value(QLatin1String("version_id"));
    return id.isDouble() ? id.toInteger() : byName;
}

QHash<QString, qint64> sizesOf(const QVector<ManifestFile> &files)
{
    QHash<QString, qint64> sizes;
    for (const ManifestFile &file : files) {
        sizes.insert(file.fileHash, file.fileSize);
    }
    return sizes;
}

} // namespace

Response DeviceApi::manifestSize(const Request &request)
{
    const auto body = parseBody(request.body);
    if (!body) {
        return notJson();
    }
    auto checked = checkRequest(*body, RequestForm::Update);
    if (const auto *problem = std::get_if<RequestProblem>(&checked)) {
        return problem->response();
    }
    const DeviceRequest &device = std::get<DeviceRequest>(checked);
    auto app = knownApp(m_store, request, device.info);
    if (auto *answer = std::get_if<Response>(&app)) {
        return std::move(*answer);
    }
    const QString name = device.raw.value(QLatin1String("version")).toString();
    const auto named = m_store.bundleByName(device.info.appId, name);
    const qint64 byName = named && *named ? (*named)->id : 0;
    const QJsonValue entries = device.raw.contains(QLatin1String("manifest"))
                                   ? device.raw.value(QLatin1String("manifest"))
                                   : device.raw.value(QLatin1String("files"));
    QHash<qint64, QHash<QString, qint64>> known;
    QSet<QString> seen;
    QJsonArray files;
    qint64 total = 0;
    qint64 unknown = 0;
    for (const QJsonValue &value : entries.toArray()) {
        const QJsonObject entry = value.toObject();
        const QString hash = entry.value(QLatin1String("file_hash")).toString();
        if (hash.isEmpty() || seen.contains(hash)) {
            continue;
        }
        seen.insert(hash);
        const qint64 id = bundleOf(entry.value(QLatin1String("download_url")).toString(), device.raw, byName);
        if (!known.contains(id)) {
            const auto bundle = m_store.bundle(id);
            const bool isOwn = bundle && *bundle && (*bundle)->appId == device.info.appId;
            const auto manifest =
                isOwn ? m_store.manifest(id) : Result<QVector<ManifestFile>>(QVector<ManifestFile>());
            known.insert(id, sizesOf(manifest.value_or(QVector<ManifestFile>())));
        }
        const qint64 size = known.value(id).value(hash);
        QJsonObject file{{QStringLiteral("file_name"), entry.value(QLatin1String("file_name"))},
                         {QStringLiteral("file_hash"), hash},
                         {QStringLiteral("download_url"), entry.value(QLatin1String("download_url"))}};
        if (size > 0) {
            file.insert(QStringLiteral("size"), size);
            total += size;
        } else {
            file.insert(QStringLiteral("error"), QStringLiteral("size_unknown"));
            ++unknown;
        }
        files.append(file);
    }
    return jsonResponse(QJsonObject{{QStringLiteral("totalSize"), total},
                                    {QStringLiteral("knownFiles"), files.size() - unknown},
                                    {QStringLiteral("unknownFiles"), unknown},
                                    {QStringLiteral("files"), files}});
}

} // namespace gatehouse::server
