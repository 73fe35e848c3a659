// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/buildbundle.h"
#include "bundle/manifest.h"
#include "stubserver.h"
#include "wire/deviceprotocol.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace gatehouse;
using namespace gatehouse::fleet;

static void initDemoResources()
{
    Q_INIT_RESOURCE(gatehouse_demo);
}

namespace {

constexpr int kPatienceMs = 30'000;

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeAll(const QString &path, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
        qFatal("the test cannot write its files");
    }
}

/// A server that has bundles and offers one of them to everybody.
class UpdateServer
{
public:
    UpdateServer()
    {
        m_server.answer = [this](const StubServer::Request &request) { return answer(request); };
        if (!m_server.start()) {
            qFatal("no port on loopback");
        }
    }

    void add(const wire::UpdateAnswer &offer, const QByteArray &content)
    {
        m_offers.insert(offer.version, offer);
        files.insert("/files/" + offer.version.toLatin1(), content);
    }
    [[nodiscard]] QString url() const { return m_server.url(); }
    [[nodiscard]] int count(const char *action, const char *version = nullptr) const
    {
        int found = 0;
        for (const QJsonObject &event : events) {
            found +=
                event.value(QLatin1String("action")) == QLatin1String(action) &&
                (version == nullptr || event.value(QLatin1String("version_name")) == QLatin1String(version));
        }
        return found;
    }

    QString offered;
    QVector<QJsonObject> events;
    QHash<QByteArray, QByteArray> files;
    QSet<QString> devices;
    int downloads = 0;

private:
    StubServer::Reply answer(const StubServer::Request &request)
    {
        StubServer::Reply reply;
        if (request.target == "/updates") {
            reply.body = check(QJsonDocument::fromJson(request.body).object());
        } else if (request.target == "/stats") {
            const QJsonDocument document = QJsonDocument::fromJson(request.body);
            const QJsonArray array = document.isArray() ? document.array() : QJsonArray{document.object()};
            for (const QJsonValue &value : array) {
                events.append(value.toObject());
            }
            reply.body = R"({"status":"ok"})";
        } else {
            const QByteArray path = request.target.split('?').constFirst();
            ++downloads;
            reply.status = files.contains(path) ? 200 : 404;
            reply.body = files.value(path);
        }
        return reply;
    }

    QByteArray check(const QJsonObject &device)
    {
        devices.insert(device.value(QLatin1String("device_id")).toString());
        const QString running = device.value(QLatin1String("version_name")).toString();
        QJsonObject json;
        if (offered.isEmpty() || running == offered) {
            json = {{QStringLiteral("error"), QStringLiteral("no_new_version_available")},
                    {QStringLiteral("kind"), QStringLiteral("up_to_date")},
                    {QStringLiteral("message"), QStringLiteral("Nothing new.")},
                    {QStringLiteral("version"), running}};
            return QJsonDocument(json).toJson();
        }
        const wire::UpdateAnswer offer = m_offers.value(offered);
        json = {{QStringLiteral("version"), offer.version},
                {QStringLiteral("url"),
                 QString(url() + QStringLiteral("/files/") + offer.version + QStringLiteral("?device_id=") +
                         device.value(QLatin1String("device_id")).toString())},
                {QStringLiteral("session_key"), offer.sessionKey},
                {QStringLiteral("checksum"), offer.checksum}};
        if (!offer.manifest.isEmpty()) {
            QJsonArray manifest;
            for (const wire::ManifestEntry &entry : offer.manifest) {
                QJsonObject line = entry.toJson();
                line.insert(QStringLiteral("download_url"), QString(url() + entry.downloadUrl));
                manifest.append(line);
            }
            json.insert(QStringLiteral("manifest"), manifest);
        }
        return QJsonDocument(json).toJson();
    }

    StubServer m_server;
    QHash<QString, wire::UpdateAnswer> m_offers;
};

/// The real program as the desktop starts it.
class Program
{
public:
    Program() { m_process.setProgram(QStringLiteral(GATEHOUSE_BIN_DIR "/gatehouse-fleet")); }
    ~Program()
    {
        if (m_process.state() != QProcess::NotRunning) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }
    bool start(const QStringList &arguments)
    {
        m_process.setArguments(arguments);
        m_process.start();
        return m_process.waitForStarted();
    }
    bool end()
    {
        m_process.closeWriteChannel();
        return m_process.waitForFinished(kPatienceMs);
    }
    [[nodiscard]] const QJsonObject &figures()
    {
        m_output += m_process.readAllStandardOutput();
        for (qsizetype at = m_output.indexOf('\n'); at >= 0; at = m_output.indexOf('\n')) {
            m_figures = QJsonDocument::fromJson(m_output.left(at)).object();
            m_output.remove(0, at + 1);
        }
        return m_figures;
    }
    [[nodiscard]] int running(const char *bundle)
    {
        return figures().value(QLatin1String("running")).toObject().value(QLatin1String(bundle)).toInt();
    }
    QProcess &process() { return m_process; }

private:
    QProcess m_process;
    QByteArray m_output;
    QJsonObject m_figures;
};

} // namespace

class ProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyDeviceTakesABundle();
    void aBadBundleIsTakenBack();
    void tamperedBytesAreRefused();
    void anotherKeyIsRefused();
    void aPlainBundleIsRefusedByAnAppWithAKey();
    void aes256IsForDevicesOfItsOwn_data();
    void aes256IsForDevicesOfItsOwn();
    void withoutReadyCallItNeverComesUp();
    void takesAManifest();
    void aMissingFileOfAManifestIsNamed();
    void obeysCommands();
    void endsBySignal();
    void refusesOptions_data();
    void refusesOptions();
    void explainsItself();

private:
    wire::UpdateAnswer build(UpdateServer &server, const char *version, const crypto::RsaPrivateKey &key,
                             bundle::Cipher cipher = bundle::Cipher::Aes128Cbc);
    wire::UpdateAnswer buildFolder(UpdateServer &server, const QString &web, const char *version,
                                   const crypto::RsaPrivateKey &key, bundle::Cipher cipher,
                                   bundle::ReadyCall readyCall);
    QString demoFolder(const char *version);
    QStringList arguments(const UpdateServer &server, int devices = 40);

    QTemporaryDir m_folder;
    std::optional<crypto::RsaPrivateKey> m_key;
};

void ProgramTest::initTestCase()
{
    initDemoResources();
    QVERIFY(m_folder.isValid());
    auto key = crypto::RsaPrivateKey::generate();
    QVERIFY(key);
    m_key = std::move(*key);
    writeAll(m_folder.filePath(QStringLiteral("public.pem")), m_key->publicKey().toPem());
    // The bad version of the sample fails on most Android devices.
    writeAll(m_folder.filePath(QStringLiteral("scenario.json")), R"({
        "checkin_seconds": 60, "foreground_seconds": 20, "seed": 11, "emulator_share": 0,
        "failures": [{"bundle": "1.2.0", "platform": "android", "rate": 0.8, "action": "update_fail"}]})");
}

QString ProgramTest::demoFolder(const char *version)
{
    QString web = m_folder.filePath(QStringLiteral("web-") + QString::fromLatin1(version));
    const QString from = QStringLiteral(":/demo/") + QString::fromLatin1(version);
    QDirIterator files(from, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        writeAll(web + path.mid(from.size()), readAll(path));
    }
    return web;
}

wire::UpdateAnswer ProgramTest::build(UpdateServer &server, const char *version,
                                      const crypto::RsaPrivateKey &key, bundle::Cipher cipher)
{
    return buildFolder(server, demoFolder(version), version, key, cipher, bundle::ReadyCall::Required);
}

wire::UpdateAnswer ProgramTest::buildFolder(UpdateServer &server, const QString &web, const char *version,
                                            const crypto::RsaPrivateKey &key, bundle::Cipher cipher,
                                            bundle::ReadyCall readyCall)
{
    Operation operation;
    const auto scan = bundle::scanFolder(web, {bundle::SourceMaps::Drop, readyCall}, operation);
    bundle::BuildRequest request;
    request.artifactPath = m_folder.filePath(QStringLiteral("artifact-") + QString::fromLatin1(version));
    request.cipher = cipher;
    request.privateKey = &key;
    const auto built =
        scan ? bundle::buildBundle(*scan, request, operation) : Result<bundle::BuiltBundle>(scan.error());
    if (!built) {
        qFatal("the sample cannot be built: %s", qPrintable(built.error().toText()));
    }
    wire::UpdateAnswer offer;
    offer.version = QString::fromLatin1(version);
    offer.sessionKey = built->sessionKey;
    offer.checksum = built->checksum;
    server.add(offer, readAll(request.artifactPath));
    return offer;
}

QStringList ProgramTest::arguments(const UpdateServer &server, int devices)
{
    return {QStringLiteral("--server"),     server.url(),
            QStringLiteral("--app"),        QStringLiteral("com.example.fieldnotes"),
            QStringLiteral("--public-key"), m_folder.filePath(QStringLiteral("public.pem")),
            QStringLiteral("--scenario"),   m_folder.filePath(QStringLiteral("scenario.json")),
            QStringLiteral("--devices"),    QString::number(devices),
            QStringLiteral("--speed"),      QStringLiteral("120"),
            QStringLiteral("--json"),       QStringLiteral("--child")};
}

void ProgramTest::everyDeviceTakesABundle()
{
    UpdateServer server;
    build(server, "1.0.0", *m_key);
    // 1.0.0 is the native version, too: a device takes what has another name.
    build(server, "1.1.0", *m_key);
    server.offered = QStringLiteral("1.1.0");
    Program program;
    QVERIFY(program.start(arguments(server)));
    QTRY_COMPARE_WITH_TIMEOUT(program.running("1.1.0"), 40, kPatienceMs);
    QVERIFY(program.end());
    QCOMPARE(program.process().exitCode(), 0);
    QCOMPARE(server.devices.size(), 40);
    QCOMPARE(server.downloads, 1); // shared by all
    QVERIFY(server.count("set", "1.1.0") >= 30);
    QCOMPARE(server.count("update_fail"), 0);
    QCOMPARE(server.count("download_fail"), 0);
    QCOMPARE(program.figures().value(QLatin1String("bundles_verified")).toInt(), 1);
    for (const QJsonObject &event : server.events) {
        QVERIFY(wire::isKnownAction(event.value(QLatin1String("action")).toString()));
        QVERIFY(server.devices.contains(event.value(QLatin1String("device_id")).toString()) ||
                event.value(QLatin1String("action")).toString().startsWith(QLatin1String("app_")));
    }
}

void ProgramTest::aBadBundleIsTakenBack()
{
    UpdateServer server;
    build(server, "1.1.0", *m_key);
    build(server, "1.2.0", *m_key);
    server.offered = QStringLiteral("1.1.0");
    Program program;
    QVERIFY(program.start(arguments(server)));
    QTRY_COMPARE_WITH_TIMEOUT(program.running("1.1.0"), 40, kPatienceMs);
    server.offered = QStringLiteral("1.2.0");
    QTRY_VERIFY_WITH_TIMEOUT(server.count("update_fail", "1.2.0") >= 8, kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(program.running("1.2.0") >= 10, kPatienceMs);
    QVERIFY(server.count("app_launch_timeout") > 0);
    for (const QJsonObject &event : server.events) {
        if (event.value(QLatin1String("action")) == QLatin1String("update_fail")) {
            QCOMPARE(event.value(QLatin1String("platform")), QStringLiteral("android"));
        }
    }
    server.offered = QStringLiteral("1.1.0");
    QTRY_COMPARE_WITH_TIMEOUT(program.running("1.1.0"), 40, kPatienceMs);
    QVERIFY(program.end());
}

void ProgramTest::tamperedBytesAreRefused()
{
    UpdateServer server;
    build(server, "1.1.0", *m_key);
    QByteArray &content = server.files["/files/1.1.0"];
    content[content.size() / 2] = static_cast<char>(content.at(content.size() / 2) ^ 1);
    server.offered = QStringLiteral("1.1.0");
    Program program;
    QVERIFY(program.start(arguments(server, 10)));
    QTRY_VERIFY_WITH_TIMEOUT(server.count("checksum_fail", "1.1.0") >= 5, kPatienceMs);
    QCOMPARE(server.count("set"), 0);
    QCOMPARE(program.running("1.1.0"), 0);
    QVERIFY(program.end());
}

void ProgramTest::anotherKeyIsRefused()
{
    UpdateServer server;
    const auto other = crypto::RsaPrivateKey::generate();
    QVERIFY(other);
    build(server, "1.1.0", *other);
    server.offered = QStringLiteral("1.1.0");
    Program program;
    QVERIFY(program.start(arguments(server, 10)));
    QTRY_VERIFY_WITH_TIMEOUT(server.count("decrypt_fail") + server.count("finish_download_fail") +
                                     server.count("checksum_fail") >=
                                 5,
                             kPatienceMs);
    QCOMPARE(server.count("set"), 0);
    QVERIFY(program.end());
}

void ProgramTest::aPlainBundleIsRefusedByAnAppWithAKey()
{
    UpdateServer server;
    build(server, "1.1.0", *m_key, bundle::Cipher::None);
    server.offered = QStringLiteral("1.1.0");
    Program program;
    QVERIFY(program.start(arguments(server, 10)));
    QTRY_VERIFY_WITH_TIMEOUT(server.count("download_fail") >= 5, kPatienceMs);
    QCOMPARE(server.count("set"), 0);
    QVERIFY(program.end());
    QStringList without = arguments(server, 10);
    without.remove(without.indexOf(QStringLiteral("--public-key")), 2);
    Program open;
    QVERIFY(open.start(without));
    QTRY_COMPARE_WITH_TIMEOUT(open.running("1.1.0"), 10, kPatienceMs);
}

void ProgramTest::aes256IsForDevicesOfItsOwn_data()
{
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("stock plugin") << false;
    QTest::newRow("own build") << true;
}

void ProgramTest::aes256IsForDevicesOfItsOwn()
{
    QFETCH(bool, isTaken);
    UpdateServer server;
    build(server, "1.1.0", *m_key, bundle::Cipher::Aes256Cbc);
    server.offered = QStringLiteral("1.1.0");
    Program program;
    QVERIFY(program.start(arguments(server, 10) +
                          (isTaken ? QStringList{QStringLiteral("--aes256")} : QStringList{})));
    if (isTaken) {
        QTRY_COMPARE_WITH_TIMEOUT(program.running("1.1.0"), 10, kPatienceMs);
        return;
    }
    QTRY_VERIFY_WITH_TIMEOUT(server.count("decrypt_fail") + server.count("finish_download_fail") >= 5,
                             kPatienceMs);
    QCOMPARE(server.count("set"), 0);
}

void ProgramTest::withoutReadyCallItNeverComesUp()
{
    const QString web = m_folder.filePath(QStringLiteral("silent"));
    writeAll(web + QStringLiteral("/index.html"), "<!doctype html><script src=\"app.js\"></script>");
    writeAll(web + QStringLiteral("/app.js"), "document.body.textContent = 'hello';");
    UpdateServer server;
    buildFolder(server, web, "1.3.0", *m_key, bundle::Cipher::Aes128Cbc, bundle::ReadyCall::Waived);
    server.offered = QStringLiteral("1.3.0");
    Program program;
    QVERIFY(program.start(arguments(server, 10)));
    QTRY_VERIFY_WITH_TIMEOUT(server.count("update_fail", "1.3.0") >= 10, kPatienceMs);
    const QJsonObject installs = program.figures().value(QLatin1String("installs")).toObject();
    QVERIFY(installs.isEmpty());
    QVERIFY(program.end());
}

void ProgramTest::takesAManifest()
{
    UpdateServer server;
    wire::UpdateAnswer offer = build(server, "1.1.0", *m_key);
    Operation operation;
    const auto scan = bundle::scanFolder(demoFolder("1.1.0"), {}, operation);
    QVERIFY(scan);
    bundle::ManifestRequest request;
    request.outputFolder = m_folder.filePath(QStringLiteral("payloads"));
    request.sessionKey = offer.sessionKey;
    request.privateKey = &*m_key;
    const auto manifest = bundle::buildManifest(*scan, request, operation);
    QVERIFY2(manifest, manifest ? "" : qPrintable(manifest.error().toText()));
    for (const bundle::ManifestFile &file : manifest->files) {
        const QString path =
            QStringLiteral("/delta/") + QString::fromLatin1(QUrl::toPercentEncoding(file.storageName));
        offer.manifest.append({file.fileName, file.fileHash, path});
        server.files.insert(path.toLatin1(), readAll(file.payloadPath));
    }
    server.add(offer, {});
    server.offered = QStringLiteral("1.1.0");
    Program program;
    QVERIFY(program.start(arguments(server, 10)));
    QTRY_VERIFY2_WITH_TIMEOUT(program.running("1.1.0") == 10,
                              QJsonDocument(program.figures()).toJson().constData(), kPatienceMs);
    QVERIFY(program.end());
    QCOMPARE(server.downloads, int(manifest->files.size()));
    QVERIFY(server.count("download_manifest_complete", "1.1.0") > 0);
    QCOMPARE(server.count("download_zip_start"), 0);
}

void ProgramTest::aMissingFileOfAManifestIsNamed()
{
    UpdateServer server;
    wire::UpdateAnswer offer = build(server, "1.1.0", *m_key);
    offer.manifest = {{QStringLiteral("img/gone.svg"), offer.checksum, QStringLiteral("/delta/gone")}};
    server.add(offer, {});
    server.offered = QStringLiteral("1.1.0");
    Program program;
    QVERIFY(program.start(arguments(server, 10)));
    QTRY_VERIFY_WITH_TIMEOUT(server.count("download_manifest_file_fail", "1.1.0:img/gone.svg") >= 3,
                             kPatienceMs);
    QVERIFY(program.end());
}

void ProgramTest::obeysCommands()
{
    UpdateServer server;
    Program program;
    QVERIFY(program.start(arguments(server, 10)));
    QTRY_COMPARE_WITH_TIMEOUT(program.figures().value(QLatin1String("speed")).toDouble(), 120.0, kPatienceMs);
    program.process().write("{\"speed\": 7}\n");
    QTRY_COMPARE_WITH_TIMEOUT(program.figures().value(QLatin1String("speed")).toDouble(), 7.0, kPatienceMs);
    program.process().write(
        "{\"speed\": \"fast\"}\nnonsense\n{\"pace\": 1}\n{\"failures\": [{\"action\":\"no\"}]}\n");
    QByteArray complaints;
    const auto complained = [&] {
        complaints += program.process().readAllStandardError();
        return complaints.count('\n');
    };
    QTRY_COMPARE_WITH_TIMEOUT(complained(), 4, kPatienceMs);
    // Slow enough that nobody closes the app again before the figures come.
    program.process().write("{\"speed\": 0.01, \"open\": 1}\n");
    QTRY_COMPARE_WITH_TIMEOUT(program.figures().value(QLatin1String("open")).toInt(), 10, kPatienceMs);
    QVERIFY(program.end());
    QCOMPARE(program.process().exitCode(), 0);
}

void ProgramTest::endsBySignal()
{
    UpdateServer server;
    Program program;
    QVERIFY(program.start(arguments(server, 10)));
    QTRY_VERIFY_WITH_TIMEOUT(!program.figures().isEmpty(), kPatienceMs);
    ::kill(static_cast<pid_t>(program.process().processId()), SIGTERM);
    QVERIFY(program.process().waitForFinished(kPatienceMs));
    QCOMPARE(program.process().exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.process().exitCode(), 0);
}

void ProgramTest::refusesOptions_data()
{
    QTest::addColumn<QStringList>("given");
    QTest::addColumn<QString>("named");
    const auto row = [](const char *name, const char *given, const char *named) {
        QTest::newRow(name) << QString::fromLatin1(given).split(QLatin1Char(' '), Qt::SkipEmptyParts)
                            << QString::fromLatin1(named);
    };
    const char *base = "--server http://127.0.0.1:1 --app com.example.app ";
    const auto with = [&row, base](const char *name, const char *more, const char *named) {
        const QByteArray all = QByteArray(base) + more;
        row(name, all.constData(), named);
    };
    row("nothing", "", "--server");
    row("no app", "--server http://127.0.0.1:1", "--app");
    row("plain http", "--server http://example.com --app com.example.app", "https");
    row("bad app", "--server http://127.0.0.1:1 --app app", "app id");
    with("unknown option", "--fast", "fast");
    with("no such file", "--public-key /nowhere/key.pem", "/nowhere/key.pem");
    with("no key", "--public-key /dev/null", "key");
    with("no scenario", "--scenario /dev/null", "$");
    with("no devices", "--devices 0", "devices");
    with("half a device", "--devices 1.5", "devices");
    with("speed", "--speed fast", "speed");
    with("rate", "--failure-rate 2", "failure-rate");
    with("connections", "--connections 1000", "connections");
    with("more", "more", "more");
}

void ProgramTest::refusesOptions()
{
    QFETCH(QStringList, given);
    QFETCH(QString, named);
    Program program;
    QVERIFY(program.start(given));
    QVERIFY(program.process().waitForFinished(kPatienceMs));
    QVERIFY(program.process().exitCode() != 0);
    const QString told = QString::fromUtf8(program.process().readAllStandardError());
    QVERIFY2(told.contains(named), qPrintable(told));
    QVERIFY(program.process().readAllStandardOutput().isEmpty());
}

void ProgramTest::explainsItself()
{
    for (const char *option : {"--help", "--help-scenario", "--version"}) {
        Program program;
        QVERIFY(program.start({QString::fromLatin1(option)}));
        QVERIFY(program.process().waitForFinished(kPatienceMs));
        QCOMPARE(program.process().exitCode(), 0);
        QVERIFY(program.process().readAllStandardOutput().contains("fleet"));
    }
}

QTEST_GUILESS_MAIN(ProgramTest)
#include "programtest.moc"
