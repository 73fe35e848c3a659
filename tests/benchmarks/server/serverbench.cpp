// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The update check against the same HTTP server answering a constant, in one run:
//   gatehouse-serverbench [--seconds S] [--runs N] [--devices 1000,100000]
// 32 connections, one server process with 1 and with 2 threads of each kind, 1 000 bundles in the store, a
// channel with a rollout of 25 %. Processor time a request (user and system, all threads of the server, the
// writing of what the check leaves behind among it) is what counts: it hardly moves with what else the
// machine does. The least of the runs is taken.
#include "load.h"
#include "served.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTextStream>

#include <algorithm>

using namespace gatehouse::benchmark;

namespace {

constexpr int kConnections = 32;
/// What a plain first try costs: platform notes, section 4.
constexpr double kPeerMicroseconds = 52;

QTextStream &out()
{
    static QTextStream stream(stdout);
    return stream;
}

struct Figure
{
    double microseconds = 1e9; ///< processor time a request
    double perSecond = 0;
};

QByteArray request(quint16 port, const QByteArray &path, const QByteArray &body)
{
    // As from a proxy: calls from loopback are spared some look-ups.
    return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) +
           "\r\nUser-Agent: CapacitorUpdater/8.51.14 (com.example.bench) android/15\r\nX-Forwarded-For: "
           "203.0.113.7\r\nContent-Type: application/json\r\nContent-Length: " +
           QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

/// As the plugin sends it.
QByteArray deviceInfo(qint64 number, const QByteArray &running, const QByteArray &more = {})
{
    return R"({"platform":"android","device_id":")" + deviceId(number) +
           R"(","app_id":"com.example.bench","custom_id":"","version_build":"1.0.0","version_code":"10000",)"
           R"("version_os":"15","version_name":")" +
           running +
           R"(","plugin_version":"8.51.14","is_emulator":false,"is_prod":true,"defaultChannel":"")" + more +
           "}";
}

void measure(const Served &server, double seconds, const std::function<QByteArray(qint64)> &each,
             Figure &best)
{
    const auto before = server.processorTime();
    const LoadRun run = load(server.port(), kConnections, std::chrono::duration<double>(seconds), each);
    const auto used = server.processorTime() - before;
    if (run.refused > 0) {
        qFatal("%lld answers were refusals, the last: %s", run.refused, run.lastAnswer.constData());
    }
    best.microseconds = std::min(best.microseconds, used.count() * 1e6 / double(run.requests));
    best.perSecond = std::max(best.perSecond, double(run.requests) / run.wall.count());
}

void report(const QString &what, const Figure &figure, const Figure &constant)
{
    out() << QStringLiteral("  %1 %2 /s   %3 µs processor time   %4x the constant\n")
                 .arg(what, -34)
                 .arg(figure.perSecond, 7, 'f', 0)
                 .arg(figure.microseconds, 6, 'f', 1)
                 .arg(figure.microseconds / constant.microseconds, 0, 'f', 2);
    out().flush();
}

void measureAll(const QString &folder, qint64 devices, int threads, double seconds, int runs)
{
    const Served server(folder, threads);
    const quint16 port = server.port();
    const auto same = [&](const QByteArray &path) {
        return [bytes = request(port, path, deviceInfo(1, "1.998.0"))](qint64) { return bytes; };
    };
    // Every device again and again, in an order that no cache follows.
    const auto next = [devices](qint64 i) { return i * 7919 % devices; };
    Figure here;
    Figure constant;
    Figure upToDate;
    Figure offer;
    Figure stats;
    for (int i = 0; i < runs; ++i) {
        measure(server, seconds, same("/constant-here"), here);
        measure(server, seconds, same("/constant"), constant);
        measure(
            server, seconds,
            [&](qint64 n) { return request(port, "/updates", deviceInfo(next(n), "1.998.0")); }, upToDate);
        measure(
            server, seconds,
            [&](qint64 n) { return request(port, "/updates", deviceInfo(next(n), "1.997.0")); }, offer);
        measure(
            server, seconds,
            [&](qint64 n) {
                return request(port, "/stats",
                               '[' + deviceInfo(next(n), "1.998.0", R"(,"action":"app_launch_ready")") + ']');
            },
            stats);
    }
    out() << QStringLiteral("%1 devices, %2 thread(s)\n").arg(devices).arg(threads);
    report(QStringLiteral("constant, connection's thread"), here, constant);
    report(QStringLiteral("constant, handler's thread"), constant, constant);
    report(QStringLiteral("update check, mostly up to date"), upToDate, constant);
    report(QStringLiteral("update check, always an offer"), offer, constant);
    report(QStringLiteral("statistics, safe on the disk"), stats, constant);
    out() << QStringLiteral("  the check against a plain first try (%1 µs): %2\n")
                 .arg(kPeerMicroseconds)
                 .arg(upToDate.microseconds / kPeerMicroseconds, 0, 'f', 2);
    out().flush();
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({QStringLiteral("seconds"), QStringLiteral("Length of each run."),
                      QStringLiteral("seconds"), QStringLiteral("2")});
    parser.addOption({QStringLiteral("runs"), QStringLiteral("Runs of each; the best counts."),
                      QStringLiteral("count"), QStringLiteral("2")});
    parser.addOption({QStringLiteral("devices"), QStringLiteral("Sizes of the population."),
                      QStringLiteral("list"), QStringLiteral("1000,100000")});
    QCommandLineOption serve(QStringLiteral("serve"), QString(), QStringLiteral("folder"));
    serve.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOption(serve);
    parser.addOption({QStringLiteral("threads"), QStringLiteral("Threads of the server."),
                      QStringLiteral("list"), QStringLiteral("1,2")});
    parser.process(application);
    if (parser.isSet(serve)) {
        return serveFolder(parser.value(serve), parser.value(QStringLiteral("threads")).toInt());
    }
    for (const QString &size : parser.value(QStringLiteral("devices")).split(QLatin1Char(','))) {
        const QTemporaryDir folder;
        if (const auto filled = fillFolder(folder.path(), size.toLongLong()); !filled) {
            qFatal("%s", qPrintable(filled.error().toText()));
        }
        for (const QString &threads : parser.value(QStringLiteral("threads")).split(QLatin1Char(','))) {
            measureAll(folder.path(), size.toLongLong(), threads.toInt(),
                       parser.value(QStringLiteral("seconds")).toDouble(),
                       parser.value(QStringLiteral("runs")).toInt());
        }
    }
    return 0;
}
