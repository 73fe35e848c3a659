// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/bundledraft.h"
#include "workspace/serverdesk.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <QMutex>

#include <array>
#include <atomic>
#include <csignal>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace gatehouse;
using namespace gatehouse::workspace;

namespace {

constexpr int kLongMs = 60000;

void writeFile(const QString &path, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

} // namespace

/// Another program that waits for the port of the server to come free, takes it in that moment, and writes
/// down all that comes. It answers as politely as it can.
class Impostor
{
public:
    explicit Impostor(int port)
        : m_thread([this, port](const std::stop_token &stop) { run(port, stop); })
    {}
    [[nodiscard]] bool hasPort() const { return m_hasPort; }
    [[nodiscard]] QByteArray heard() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_heard;
    }

private:
    void run(int port, const std::stop_token &stop)
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<quint16>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const int one = 1;
        ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        // As greedy as it gets: nothing but asking.
        while (!stop.stop_requested() && !m_hasPort) {
            m_hasPort = ::bind(listener, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0 &&
                        ::listen(listener, 64) == 0;
        }
        while (!stop.stop_requested()) {
            pollfd watched{listener, POLLIN, 0};
            if (::poll(&watched, 1, 20) > 0) {
                serve(::accept(listener, nullptr, nullptr));
            }
        }
        ::close(listener);
    }

    void serve(int caller)
    {
        static const QByteArray kAnswer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                          "Content-Length: 50\r\n\r\n"
                                          R"({"server_id":"x","version":"0.1.0","proof":"00ff"})";
        std::array<char, 65536> bytes{};
        pollfd watched{caller, POLLIN, 0};
        while (::poll(&watched, 1, 200) > 0) {
            const ssize_t got = ::recv(caller, bytes.data(), bytes.size(), 0);
            if (got <= 0) {
                break;
            }
            {
                const QMutexLocker lock(&m_mutex);
                m_heard.append(bytes.data(), got);
            }
            const auto ignored =
                ::send(caller, kAnswer.constData(), static_cast<std::size_t>(kAnswer.size()), MSG_NOSIGNAL);
            Q_UNUSED(ignored)
        }
        ::close(caller);
    }

    std::atomic<bool> m_hasPort = false;
    mutable QMutex m_mutex;
    QByteArray m_heard;
    std::jthread m_thread;
};

/// The models of the desktop against the real gatehouse-server that they start themselves.
class SandboxTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fromAFolderToAChannelAndBack();
    void aCrashOfTheServerLosesNothing();
    void whoTakesThePortNeverSeesTheKey();

private:
    struct Desk
    {
        QTemporaryDir folder;
        SystemClock clock;
        Settings settings{folder.filePath(QStringLiteral("gatehouse.ini"))};
        ServerList servers{settings};
        Jobs jobs;
        Workspace workspace{jobs, settings, clock};
        KeyRing keyRing{jobs, clock};
        ServerDesk desk{workspace,
                        servers,
                        keyRing,
                        {QStringLiteral(GATEHOUSE_BIN_DIR "/gatehouse-server"), folder.path()}};
        BundleDraft draft{workspace, keyRing, folder.filePath(QStringLiteral("artifacts"))};
    };
    static void openWithApp(Desk &desk);
    static void shipFirst(Desk &desk);
};

void SandboxTest::openWithApp(Desk &desk)
{
    desk.desk.openSandbox();
    QTRY_VERIFY_WITH_TIMEOUT(desk.workspace.isOpen(), kLongMs);
    QTRY_VERIFY_WITH_TIMEOUT(desk.workspace.apps().state() == LoadState::Ready, kLongMs);
    const Result<AppId> app = AppId::parse(QStringLiteral("com.example.app"));
    const Result<ChannelName> channel = ChannelName::parse(QStringLiteral("production"));
    QVERIFY(app && channel);
    bool isMade = false;
    desk.workspace.apps().create(
        *app, QStringLiteral("Example"), desk.workspace.apps().organizations().constFirst().id, *channel,
        &desk.workspace, [&isMade](const Result<void> &done) { isMade = done.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(isMade, kLongMs);
    QTRY_VERIFY_WITH_TIMEOUT(desk.workspace.app().has_value(), kLongMs);
    QTRY_COMPARE_WITH_TIMEOUT(desk.workspace.channels().rows().size(), 1, kLongMs);
    desk.keyRing.createBundleKey(*app, &desk.workspace, [](const Result<keys::BundleKeyInfo> &) {});
    QTRY_COMPARE_WITH_TIMEOUT(desk.keyRing.bundleKeys().size(), 1, kLongMs);
}

void SandboxTest::shipFirst(Desk &desk)
{
    const QString web = desk.folder.filePath(QStringLiteral("web"));
    writeFile(web + QStringLiteral("/index.html"), "<!doctype html><script src=app.js></script>");
    writeFile(web + QStringLiteral("/app.js"), "CapacitorUpdater.notifyAppReady();");
    desk.draft.setFolder(web);
    QTRY_COMPARE_WITH_TIMEOUT(desk.draft.state(), BundleDraft::State::Scanned, kLongMs);
    QCOMPARE(desk.draft.version(), QStringLiteral("1.0.0"));
    QVERIFY(desk.draft.canPackage());
    desk.draft.package(Secret());
    QTRY_COMPARE_WITH_TIMEOUT(desk.draft.state(), BundleDraft::State::Packaged, kLongMs);
    const QString artifact = desk.draft.packaged()->built.artifactPath;
    QVERIFY(QFile::exists(artifact));
    const Result<ChannelName> channel = ChannelName::parse(QStringLiteral("production"));
    desk.draft.ship(release::Staging{*channel});
    QTRY_COMPARE_WITH_TIMEOUT(desk.draft.state(), BundleDraft::State::Shipped, kLongMs);
    QVERIFY(desk.draft.outcome()->isReadBack);
    QVERIFY2(!QFile::exists(artifact), "the artifact must not stay behind");
}

void SandboxTest::fromAFolderToAChannelAndBack()
{
    Desk desk;
    openWithApp(desk);
    shipFirst(desk);
    const wire::ChannelState *state = desk.workspace.channels().find(QStringLiteral("production"));
    QVERIFY(state != nullptr && state->channel.versionInfo);
    QCOMPARE(state->channel.versionInfo->name, QStringLiteral("1.0.0"));

    // A version is never used twice.
    desk.draft.reset();
    desk.draft.setVersion(QStringLiteral("1.0.0"));
    QTRY_VERIFY_WITH_TIMEOUT(desk.workspace.bundles().find(QStringLiteral("1.0.0")) != nullptr, kLongMs);
    QCOMPARE(desk.draft.versionProblem()->id, QStringLiteral("workspace.bundle.taken"));
    QCOMPARE(desk.draft.suggestedVersion(), QStringLiteral("1.0.1"));

    // One action takes it back, and the channel is read back.
    const Result<ChannelName> channel = ChannelName::parse(QStringLiteral("production"));
    std::optional<release::Effect> effect;
    desk.workspace.executeNow(
        release::rollBack(*desk.workspace.app(), *channel, QString(), QStringLiteral("test")),
        QStringLiteral("roll back"), this, [&effect](const Result<release::Effect> &done) {
            if (done) {
                effect = *done;
            } else {
                qWarning() << done.error().toText();
            }
        });
    QTRY_VERIFY_WITH_TIMEOUT(effect.has_value(), kLongMs);
    QVERIFY(effect->isConfirmed);
    QVERIFY(!effect->after.channel.version);
    QVERIFY(effect->undo.has_value());
}

void SandboxTest::aCrashOfTheServerLosesNothing()
{
    Desk desk;
    openWithApp(desk);
    shipFirst(desk);
    LocalServer &server = desk.desk.localServer();
    const int port = server.port();
    QSignalSpy restarts(&server, &LocalServer::restarting);
    QSignalSpy runs(&server, &LocalServer::running);
    QCOMPARE(::kill(static_cast<pid_t>(server.processId()), SIGKILL), 0);
    QTRY_COMPARE_WITH_TIMEOUT(restarts.count(), 1, kLongMs);
    QTRY_COMPARE_WITH_TIMEOUT(runs.count(), 1, kLongMs);
    QCOMPARE(server.port(), port);
    QSignalSpy loaded(&desk.workspace.bundles(), &Repository::stateChanged);
    desk.workspace.refresh();
    QTRY_VERIFY_WITH_TIMEOUT(!desk.workspace.bundles().isLoading() && loaded.count() > 0, kLongMs);
    QVERIFY(desk.workspace.bundles().find(QStringLiteral("1.0.0")) != nullptr);
    QVERIFY(!desk.workspace.bundles().error());
}

void SandboxTest::whoTakesThePortNeverSeesTheKey()
{
    Desk desk;
    openWithApp(desk);
    QTRY_COMPARE_WITH_TIMEOUT(desk.workspace.link(), Link::Live, kLongMs);
    LocalServer &server = desk.desk.localServer();
    const int port = server.port();
    const Impostor impostor(port);
    QCOMPARE(::kill(static_cast<pid_t>(server.processId()), SIGKILL), 0);
    // The event stream and all repositories go on asking while nobody has noticed anything.
    while (!impostor.hasPort()) {
        desk.workspace.refresh();
        QCoreApplication::processEvents();
    }
    QTRY_VERIFY_WITH_TIMEOUT(impostor.heard().contains("/gatehouse/v1/hello"), kLongMs);
    // The server comes back elsewhere, and the desktop with it.
    QTRY_VERIFY_WITH_TIMEOUT(server.state() == LocalServer::State::Running && server.port() != port, kLongMs);
    QTRY_VERIFY_WITH_TIMEOUT(
        desk.workspace.isOpen() && desk.workspace.session()->api().port() == server.port(), kLongMs);
    QTRY_COMPARE_WITH_TIMEOUT(desk.workspace.link(), Link::Live, kLongMs);
    QTRY_COMPARE_WITH_TIMEOUT(desk.workspace.channels().rows().size(), 1, kLongMs);
    const QByteArray heard = impostor.heard().toLower();
    QVERIFY2(!heard.contains("capgkey"), heard.constData());
    QVERIFY2(!heard.contains("apikey"), heard.constData());
}

QTEST_GUILESS_MAIN(SandboxTest)
#include "sandbox_test.moc"
