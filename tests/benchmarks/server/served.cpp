// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "served.h"

#include "core/clock.h"
#include "server/device/deviceapi.h"
#include "server/http/server.h"
#include "server/storage/store.h"

#include <QCoreApplication>
#include <QTextStream>

#include <ctime>
#include <unistd.h>

namespace gatehouse::benchmark {

using namespace gatehouse::server;

namespace {

constexpr int kPatienceMs = 60'000;
constexpr int kChunk = 5000;

Result<void> addBundles(Store &store, QVector<qint64> &ids)
{
    for (int i = 0; i < kBundles; ++i) {
        wire::BundleRow bundle;
        bundle.appId = appOfBench();
        bundle.name = QStringLiteral("1.%1.0").arg(i);
        bundle.storageProvider = QStringLiteral("r2");
        bundle.r2Path = QStringLiteral("orgs/o/apps/%1/%2.zip").arg(appOfBench(), bundle.name);
        bundle.checksum = QStringLiteral("f2ca1bb6c7e907d06dafe4687e579fce76b37e4e93b7605022da52e6ccc26fd2");
        GATEHOUSE_ASSIGN(const wire::BundleRow made, store.createBundle(bundle, {}));
        ids.append(made.id);
    }
    return {};
}

Result<void> addChannel(Store &store, const QVector<qint64> &bundles)
{
    ChannelRecord channel;
    channel.row.name = QStringLiteral("production");
    channel.row.isPublic = true;
    channel.row.version = bundles.at(kBundles - 2);
    channel.row.rolloutVersion = bundles.at(kBundles - 1);
    channel.row.rolloutEnabled = true;
    channel.row.rolloutPercentage = BasisPoints::clamp(2500);
    ServingChange wish;
    wish.appId = appOfBench();
    wish.what = QStringLiteral("created");
    wish.edit = change::CreateChannel{channel};
    GATEHOUSE_TRY(store.applyServingChange(wish));
    return {};
}

Result<void> addDevices(Store &store, qint64 count)
{
    for (qint64 at = 0; at < count;) {
        QVector<DeviceEvent> events;
        for (; events.size() < kChunk && at < count; ++at) {
            DeviceEvent event;
            event.device.deviceId = QString::fromLatin1(deviceId(at));
            event.device.appId = appOfBench();
            event.device.platform = QStringLiteral("android");
            event.device.versionBuild = QStringLiteral("1.0.0");
            event.device.pluginVersion = QStringLiteral("8.51.14");
            event.device.versionOs = QStringLiteral("15");
            event.isCheck = true;
            event.action = QStringLiteral("noNew");
            event.bundle = QStringLiteral("1.998.0");
            event.runningBundle = event.bundle;
            event.runningVersion = event.bundle;
            events.append(event);
        }
        GATEHOUSE_TRY(store.recordEvents(appOfBench(), events));
    }
    return {};
}

} // namespace

QByteArray deviceId(qint64 number)
{
    return "44f128a5-ac7a-4c9a-be4c-" + QByteArray::number(number).rightJustified(12, '0');
}

Result<void> fillFolder(const QString &folder, qint64 devices)
{
    const SystemClock clock;
    GATEHOUSE_ASSIGN(const auto store, openSqliteStore(folder, clock));
    AppRecord app;
    app.row.appId = appOfBench();
    GATEHOUSE_TRY(store->createApp(app, {}));
    QVector<qint64> bundles;
    GATEHOUSE_TRY(addBundles(*store, bundles));
    GATEHOUSE_TRY(addChannel(*store, bundles));
    return addDevices(*store, devices);
}

int serveFolder(const QString &folder, int threads)
{
    const SystemClock clock;
    auto store = openSqliteStore(folder, clock);
    if (!store) {
        qFatal("%s", qPrintable(store.error().toText()));
    }
    const DownloadLinks links(Secret::random(32), clock);
    DeviceApi api(**store, links, clock);
    Router router;
    api.addRoutes(router);
    const auto constant = [](const server::Request &) {
        return jsonResponse(QJsonObject{{QStringLiteral("error"), QStringLiteral("no_new_version_available")},
                                        {QStringLiteral("kind"), QStringLiteral("up_to_date")},
                                        {QStringLiteral("message"), QStringLiteral("No new version")}});
    };
    router.add(Method::Post, QStringLiteral("/constant"), constant);
    router.add(Method::Post, QStringLiteral("/constant-here"), constant, {kMaxJsonBody, RunOn::Io});
    ServerSettings settings;
    settings.ioThreads = threads;
    settings.handlerThreads = threads;
    settings.trustedProxies = {QStringLiteral("127.0.0.1")};
    HttpServer http(router, settings);
    if (const auto started = http.start(); !started) {
        qFatal("%s", qPrintable(started.error().toText()));
    }
    QTextStream(stdout) << http.port() << Qt::endl;
    char byte = 0;
    while (::read(STDIN_FILENO, &byte, 1) > 0) {
    }
    http.stop();
    return 0;
}

Served::Served(const QString &folder, int threads)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(
        QCoreApplication::applicationFilePath(),
        {QStringLiteral("--serve"), folder, QStringLiteral("--threads"), QString::number(threads)});
    while (!m_process.canReadLine() && m_process.waitForReadyRead(kPatienceMs)) {
    }
    m_port = m_process.readLine().trimmed().toUShort();
    if (m_port == 0) {
        qFatal("the server does not start");
    }
}

Served::~Served()
{
    m_process.closeWriteChannel();
    m_process.waitForFinished(kPatienceMs);
}

std::chrono::duration<double> Served::processorTime() const
{
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(static_cast<pid_t>(m_process.processId()), &clock) != 0 ||
        ::clock_gettime(clock, &time) != 0) {
        qFatal("the server's processor time cannot be read");
    }
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

} // namespace gatehouse::benchmark
