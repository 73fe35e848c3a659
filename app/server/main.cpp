// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clock.h"
#include "core/secret.h"
#include "server/service/options.h"
#include "server/service/service.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using namespace gatehouse;
using namespace gatehouse::server;

constexpr int kSweepEveryMs = 5 * 60 * 1000;
constexpr qsizetype kMaxOrderBytes = 64 * 1024;

int fail(const Error &error)
{
    std::fprintf(stderr, "gatehouse-server: %s\n", qPrintable(error.toText()));
    return exitCode(error.kind);
}

void print(const QByteArray &text)
{
    std::fwrite(text.constData(), 1, static_cast<std::size_t>(text.size()), stdout);
    std::fflush(stdout);
}

/// Before any thread starts, so that all of them leave these signals to the loop.
int signalDescriptor()
{
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
        sigaddset(&signals, signal);
    }
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &signals, SFD_CLOEXEC);
}

/// The first line of standard input.
Result<QByteArray> readOrder()
{
    QByteArray line;
    char byte = 0;
    while (line.size() < kMaxOrderBytes) {
        const ssize_t got = ::read(STDIN_FILENO, &byte, 1);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0 || byte == '\n') {
            break;
        }
        line.append(byte);
    }
    if (line.isEmpty()) {
        return makeError(ErrorKind::Invalid, "server.order",
                         QStringLiteral("No order came on standard input."));
    }
    return line;
}

/// Returns when a signal asks to end or, for a child, when standard input closes.
void waitForEnd(Service &service, int signals, bool isChild)
{
    for (;;) {
        std::array<pollfd, 2> watched{pollfd{signals, POLLIN, 0}, pollfd{STDIN_FILENO, POLLIN, 0}};
        const int ready = ::poll(watched.data(), isChild ? 2 : 1, kSweepEveryMs);
        if (ready == 0) {
            service.sweep();
            continue;
        }
        if (watched[0].revents != 0) {
            return;
        }
        std::array<char, 256> ignored{};
        if (ready > 0 && isChild && watched[1].revents != 0 &&
            ::read(STDIN_FILENO, ignored.data(), ignored.size()) <= 0) {
            return;
        }
    }
}

int serve(const ServiceOptions &options, int signals, bool isChild)
{
    const SystemClock clock;
    auto service = Service::start(options, clock);
    if (!service) {
        return fail(service.error());
    }
    if (isChild) {
        const QJsonObject line{{QStringLiteral("port"), (*service)->port()},
                               {QStringLiteral("server_id"), (*service)->serverId()}};
        print(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
    } else {
        print("gatehouse-server listens on " + (*service)->publicUrls().join(QLatin1String(", ")).toUtf8() +
              '\n');
    }
    waitForEnd(**service, signals, isChild);
    return 0;
}

int runChild(int signals)
{
    const auto line = readOrder();
    if (!line) {
        return fail(line.error());
    }
    const auto options = parseChildOrder(*line);
    return options ? serve(*options, signals, true) : fail(options.error());
}

int createKey(const CommandLine &line)
{
    const SystemClock clock;
    const auto key = createFirstKey(line.service.dataFolder, line.keyName, clock);
    if (!key) {
        return fail(key.error());
    }
    print(key->toUtf8() + '\n');
    std::fprintf(stderr, "This key is shown only once. It has all rights.\n");
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    ::umask(S_IRWXG | S_IRWXO);
    if (const auto prepared = prepareProcessForSecrets(); !prepared) {
        return fail(prepared.error());
    }
    const int signals = signalDescriptor();
    const QCoreApplication application(argc, argv);
    const auto line = parseCommandLine(QCoreApplication::arguments().mid(1));
    if (!line) {
        return fail(line.error());
    }
    switch (line->action) {
    case CommandLine::Action::Help:
        print(helpText().toUtf8());
        return 0;
    case CommandLine::Action::Version:
        print("gatehouse-server " + serverVersion().toUtf8() + '\n');
        return 0;
    case CommandLine::Action::Child:
        return runChild(signals);
    case CommandLine::Action::CreateKey:
        return createKey(*line);
    case CommandLine::Action::Serve:
        break;
    }
    return serve(line->service, signals, false);
}
