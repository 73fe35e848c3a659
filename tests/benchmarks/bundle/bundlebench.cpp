// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Our bundling against the peer's, and against what the machine allows:
//   gatehouse-bundlebench [--runs N] [--keep FOLDER]
// Corpora of about 2, 50 and 500 MB are made from real packages. For each: the peer's zip and encrypt (two
// calls of its command line), our build of the encrypted bundle (one call of a program, start to end), and
// the limit: the same files read and deflated on all cores, nothing else. The peer is compared with a call of
// ours from start to end; the limit, which starts no program, with our build within a running one. Runs take
// turns, and the fastest of each counts: whatever else the machine does makes a run slower, never faster.
#include "child.h"
#include "inprocess.h"
#include "limit.h"

#include "bundle/deflate.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTextStream>

#include <unistd.h>

#include <algorithm>

using namespace gatehouse::benchmark;

namespace {

struct Peer
{
    QString node;
    QString script;
    QString modules;
};

struct Corpus
{
    QString name;
    qint64 bytes = 0;
    qint64 hugeBytes = 0;
    double leastRatio = 0; ///< what we aim at against the peer
};

struct Best
{
    double seconds = 1e9;
    qint64 peakBytes = 0;
    qint64 artifactBytes = 0;

    void take(double run, qint64 peak)
    {
        seconds = std::min(seconds, run);
        peakBytes = std::max(peakBytes, peak);
    }
};

constexpr double kMega = 1e6;
constexpr double kMebi = 1024.0 * 1024.0;

QTextStream &out()
{
    static QTextStream stream(stdout);
    return stream;
}

Peer setUpPeer()
{
    const QByteArray lines = runChild({QStringLiteral(GATEHOUSE_PEER_SETUP)}, QDir::currentPath()).output;
    const auto value = [&](const char *name) {
        for (const QByteArray &line : lines.split('\n')) {
            if (line.startsWith(QByteArray(QByteArray(name) + '='))) {
                return QFile::decodeName(line.mid(qsizetype(qstrlen(name)) + 1));
            }
        }
        qFatal("the peer's set-up printed no %s", name);
    };
    return {value("node"), value("capgo"), value("modules")};
}

// The project that the peer wants around itself.
void makeProject(const QString &folder, const Peer &peer)
{
    const auto put = [&](const char *name, const QByteArray &content) {
        QFile file(folder + QLatin1Char('/') + QLatin1String(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
            qFatal("the benchmark's project cannot be written");
        }
    };
    const QString fixtures = QStringLiteral(GATEHOUSE_FIXTURES "/capgo-cli/");
    QFile::copy(fixtures + QStringLiteral("throwaway_private.pem"),
                folder + QStringLiteral("/.capgo_key_v2"));
    QFile pem(fixtures + QStringLiteral("throwaway_public.pem"));
    if (!pem.open(QIODevice::ReadOnly)) {
        qFatal("no fixtures");
    }
    QFile::link(peer.modules, folder + QStringLiteral("/node_modules"));
    put("package.json",
        R"({"name":"bench","version":"1.0.0","dependencies":{"@capgo/capacitor-updater":"^8.51.0"}})");
    const QJsonObject updater{{QStringLiteral("publicKey"), QString::fromLatin1(pem.readAll())}};
    const QJsonObject config{
        {QStringLiteral("appId"), QStringLiteral("com.example.bench")},
        {QStringLiteral("appName"), QStringLiteral("Bench")},
        {QStringLiteral("webDir"), QStringLiteral("web")},
        {QStringLiteral("plugins"), QJsonObject{{QStringLiteral("CapacitorUpdater"), updater}}}};
    put("capacitor.config.json", QJsonDocument(config).toJson());
}

void runPeer(const Peer &peer, const QString &project, const QString &web, Best &best)
{
    const auto zipped =
        runChild({peer.node, peer.script, QStringLiteral("bundle"), QStringLiteral("zip"),
                  QStringLiteral("com.example.bench"), QStringLiteral("--path"), web,
                  QStringLiteral("--bundle"), QStringLiteral("1.0.0"), QStringLiteral("--name"),
                  QStringLiteral("peer.zip"), QStringLiteral("--json"), QStringLiteral("--key-v2")},
                 project);
    const QString checksum =
        QJsonDocument::fromJson(zipped.output).object().value(QLatin1String("checksum")).toString();
    const auto encrypted =
        runChild({peer.node, peer.script, QStringLiteral("bundle"), QStringLiteral("encrypt"),
                  QStringLiteral("peer.zip"), checksum, QStringLiteral("--json"), QStringLiteral("--key"),
                  QStringLiteral(".capgo_key_v2")},
                 project);
    best.take((zipped.wall + encrypted.wall).count(), std::max(zipped.peakBytes, encrypted.peakBytes));
    best.artifactBytes = QFileInfo(project + QStringLiteral("/peer.zip")).size();
    if (best.artifactBytes == 0) {
        qFatal("the peer wrote no archive");
    }
}

void runOurs(const QString &project, const QString &web, Best &best)
{
    const QString tool = QCoreApplication::applicationDirPath() + QStringLiteral("/gatehouse-bundletool");
    const auto built = runChild({tool, QStringLiteral("build"), web, QStringLiteral("ours.bin"),
                                 QStringLiteral("--key"), QStringLiteral(".capgo_key_v2")},
                                project);
    best.take(built.wall.count(), built.peakBytes);
    best.artifactBytes = QFileInfo(project + QStringLiteral("/ours.bin")).size();
}

void makeCorpus(const Peer &peer, const Corpus &corpus, const QString &folder)
{
    QStringList command = {peer.node, QStringLiteral(GATEHOUSE_CORPUS_SCRIPT), peer.modules, folder,
                           QString::number(corpus.bytes)};
    if (corpus.hugeBytes > 0) {
        command << QStringLiteral("--huge") << QString::number(corpus.hugeBytes);
    }
    runChild(command, QDir::currentPath());
}

int levelOfOurs()
{
    static const QRegularExpression level(QStringLiteral("libdeflate [0-9.]+ level ([0-9]+)"));
    return level.match(gatehouse::bundle::encoderName()).captured(1).toInt();
}

void report(const Corpus &corpus, const Best &peer, const Best &ours, double inProcess, double limit)
{
    const auto line = [](const QString &what, double value, const char *sign, double aim,
                         const QString &unit) {
        const bool isMet = sign[0] == '>' ? value >= aim : value <= aim;
        out() << QStringLiteral("  %1 %2%3  (aim %4 %5)%6\n")
                     .arg(what, -34)
                     .arg(value, 0, 'f', unit.isEmpty() ? 3 : 1)
                     .arg(unit, QString::fromUtf8(sign[0] == '>' ? "≥" : "≤"))
                     .arg(aim)
                     .arg(isMet ? QString() : QStringLiteral("  MISSED"));
    };
    out() << corpus.name << '\n';
    out() << QStringLiteral("  peer %1 s, ours %2 s; within a running program %3 s, limit %4 s\n")
                 .arg(peer.seconds, 0, 'f', 3)
                 .arg(ours.seconds, 0, 'f', 3)
                 .arg(inProcess, 0, 'f', 4)
                 .arg(limit, 0, 'f', 4);
    line(QStringLiteral("times faster than the peer"), peer.seconds / ours.seconds, ">", corpus.leastRatio,
         QStringLiteral("x"));
    // Where this is below the aim, no bundler at this level can meet it on this machine.
    out()
        << QStringLiteral("  the limit itself would be          %1x\n").arg(peer.seconds / limit, 0, 'f', 1);
    line(QStringLiteral("time against the limit"), inProcess / limit, "<", 1.25, {});
    line(QStringLiteral("archive size against the peer's"),
         double(ours.artifactBytes) / double(peer.artifactBytes), "<", 1.01, {});
    line(QStringLiteral("our peak memory"), double(ours.peakBytes) / kMebi, "<", 64, QStringLiteral(" MiB"));
    out() << QStringLiteral("  the peer's peak memory             %1 MiB\n")
                 .arg(double(peer.peakBytes) / kMebi, 0, 'f', 1);
    out().flush();
}

// A release is written to a new file: nobody pays for taking away what the run before left.
void removeOutputs(const QDir &folder)
{
    for (const QString &name :
         folder.entryList({QStringLiteral("peer*"), QStringLiteral("ours*")}, QDir::Files)) {
        QFile::remove(folder.filePath(name));
    }
}

void measure(const Peer &peer, const Corpus &corpus, int runs, const QString &place)
{
    const QDir folder(place + QLatin1Char('/') + QString::number(corpus.bytes + corpus.hugeBytes));
    folder.mkpath(QStringLiteral("."));
    const QString web = folder.filePath(QStringLiteral("web"));
    if (!QFileInfo::exists(web)) {
        makeCorpus(peer, corpus, web);
        makeProject(folder.path(), peer);
    }
    Best theirs;
    Best ours;
    double limit = deflateLimit(web, levelOfOurs()).count(); // also warms the cache
    double inProcess = 1e9;
    for (int i = 0; i < runs; ++i) {
        // The peer leaves its archive to be written to the disk and the processor's caches full of its own:
        // what comes next would pay for that.
        removeOutputs(folder);
        ::sync();
        (void)deflateLimit(web, levelOfOurs());
        runOurs(folder.path(), web, ours);
        removeOutputs(folder);
        inProcess = std::min(inProcess, buildInProcess(web, folder.filePath(QStringLiteral("ours.bin")),
                                                       folder.filePath(QStringLiteral(".capgo_key_v2")))
                                            .count());
        limit = std::min(limit, deflateLimit(web, levelOfOurs()).count());
        if (corpus.leastRatio > 0) {
            runPeer(peer, folder.path(), web, theirs);
        }
    }
    if (corpus.leastRatio > 0) {
        report(corpus, theirs, ours, inProcess, limit);
        return;
    }
    out() << corpus.name << '\n'
          << QStringLiteral("  ours %1 s, peak memory %2 MiB  (aim ≤ 64)%3\n")
                 .arg(ours.seconds, 0, 'f', 3)
                 .arg(double(ours.peakBytes) / kMebi, 0, 'f', 1)
                 .arg(double(ours.peakBytes) / kMebi <= 64 ? QString() : QStringLiteral("  MISSED"));
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({QStringLiteral("runs"), QStringLiteral("Runs of each; the fastest counts."),
                      QStringLiteral("count"), QStringLiteral("3")});
    parser.addOption({QStringLiteral("keep"), QStringLiteral("Make the corpora here and keep them."),
                      QStringLiteral("folder")});
    parser.addOption({QStringLiteral("only"), QStringLiteral("Only the corpus with this many megabytes."),
                      QStringLiteral("megabytes")});
    parser.process(application);

    const QTemporaryDir temporary;
    const QString place = parser.isSet(QStringLiteral("keep"))
                              ? QFileInfo(parser.value(QStringLiteral("keep"))).absoluteFilePath()
                              : temporary.path();
    const Peer peer = setUpPeer();
    const QVector<Corpus> corpora = {
        {QStringLiteral("2 MB"), qint64(2 * kMega), 0, 50},
        {QStringLiteral("50 MB"), qint64(50 * kMega), 0, 12},
        {QStringLiteral("500 MB"), qint64(500 * kMega), 0, 10},
        {QStringLiteral("10 MB and one file of 300 MB"), qint64(10 * kMega), qint64(300 * kMega), 0},
    };
    out() << gatehouse::bundle::encoderName() << '\n';
    const QString only = parser.value(QStringLiteral("only"));
    for (const Corpus &corpus : corpora) {
        if (only.isEmpty() || corpus.name.startsWith(only + QLatin1Char(' '))) {
            measure(peer, corpus, std::max(1, parser.value(QStringLiteral("runs")).toInt()), place);
        }
    }
    return 0;
}
