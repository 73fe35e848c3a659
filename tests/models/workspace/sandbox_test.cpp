// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/bundledraft.h"
#include "workspace/serverdesk.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

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

/// The models of the desktop against the real gatehouse-server that they start themselves.
class SandboxTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fromAFolderToAChannelAndBack();
    void aCrashOfTheServerLosesNothing();

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

QTEST_GUILESS_MAIN(SandboxTest)
#include "sandbox_test.moc"
