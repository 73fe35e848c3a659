// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secret.h"
#include "fleet/run/options.h"

#include <QFile>
#include <QJsonDocument>

#include <cstdio>

using namespace gatehouse;
using namespace gatehouse::fleet;

namespace {

constexpr int kFiguresTimer = 2;
constexpr int kEndTimer = 3;

void print(std::FILE *to, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), to);
    std::fflush(to);
}

int fail(const Error &error)
{
    print(stderr, QStringLiteral("gatehouse-fleet: %1\n").arg(error.toText()));
    return exitCode(error.kind);
}

void printFigures(Fleet &fleet, bool isJson)
{
    const QJsonObject figures = fleet.figures();
    const QString line = isJson ? QString::fromUtf8(QJsonDocument(figures).toJson(QJsonDocument::Compact))
                                : Figures::toLine(figures);
    print(stdout, line + QLatin1Char('\n'));
}

// Each second, reckoned from the one before, until the loop ends.
void printEachSecond(Loop &loop, Fleet &fleet, bool isJson)
{
    loop.after(kFiguresTimer, std::chrono::seconds(1), [&loop, &fleet, isJson] {
        printFigures(fleet, isJson);
        printEachSecond(loop, fleet, isJson);
    });
}

Result<void> run(const Options &options)
{
    Loop loop;
    GATEHOUSE_ASSIGN(const std::unique_ptr<HttpPool> pool, HttpPool::create(loop, options.pool));
    GATEHOUSE_ASSIGN(const std::unique_ptr<Fleet> fleet, Fleet::create(loop, *pool, options.fleet));
    loop.onSignal([&loop] { loop.stop(); });
    if (options.isChild) {
        loop.onInput(
            [&fleet](const QByteArray &line) {
                if (const auto done = fleet->command(line); !done) {
                    fail(done.error());
                }
            },
            [&loop] { loop.stop(); });
    }
    if (options.duration) {
        loop.after(kEndTimer, std::chrono::duration_cast<std::chrono::nanoseconds>(*options.duration),
                   [&loop] { loop.stop(); });
    }
    fleet->start();
    printEachSecond(loop, *fleet, options.isJson);
    loop.run();
    printFigures(*fleet, options.isJson);
    pool->stop();
    loop.endWork();
    return {};
}

int printTask(Options::Task task)
{
    if (task == Options::Task::Version) {
        print(stdout, QStringLiteral("gatehouse-fleet " GATEHOUSE_VERSION "\n"));
        return 0;
    }
    if (task == Options::Task::Help) {
        print(stdout, helpText());
        return 0;
    }
    QFile help(QStringLiteral(":/help/fleet.md"));
    if (!help.open(QIODevice::ReadOnly)) {
        return fail(makeError(ErrorKind::Internal, "fleet.help", QStringLiteral("The help is missing.")));
    }
    print(stdout, QString::fromUtf8(help.readAll()));
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    if (const auto prepared = prepareProcessForSecrets(); !prepared) {
        return fail(prepared.error());
    }
    QStringList arguments;
    for (int i = 1; i < argc; ++i) {
        arguments.append(QFile::decodeName(argv[i]));
    }
    const Result<Options> options = readOptions(arguments);
    if (!options) {
        return fail(options.error());
    }
    if (options->task != Options::Task::Run) {
        return printTask(options->task);
    }
    const Result<void> done = run(*options);
    return done ? 0 : fail(done.error());
}
