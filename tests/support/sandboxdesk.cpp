// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/sandboxdesk.h"

#include "client/channels.h"

#include <QDir>
#include <QTest>

namespace gatehouse::test {

namespace {

constexpr int kLongMs = 60000;

void write(const QString &path, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

ChannelName channelName()
{
    return *ChannelName::parse(QStringLiteral("production"));
}

} // namespace

SandboxDesk::SandboxDesk() = default;

void SandboxDesk::open()
{
    desk.openSandbox();
    QTRY_VERIFY_WITH_TIMEOUT(workspace.apps().state() == workspace::LoadState::Ready, kLongMs);
    const AppId app = *AppId::parse(QStringLiteral("com.example.app"));
    bool isMade = false;
    workspace.apps().create(app, QStringLiteral("Example"), workspace.apps().organizations().constFirst().id,
                            channelName(), &workspace,
                            [&isMade](const Result<void> &done) { isMade = done.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(isMade, kLongMs);
    QTRY_COMPARE_WITH_TIMEOUT(workspace.channels().rows().size(), 1, kLongMs);
    keyRing.createBundleKey(app, &workspace, [](const Result<keys::BundleKeyInfo> &) {});
    QTRY_COMPARE_WITH_TIMEOUT(keyRing.bundleKeys().size(), 1, kLongMs);
}

void SandboxDesk::ship(const QString &version, const WebFiles &files, bool isStaged,
                       std::optional<BasisPoints> share)
{
    const QString web = folder.filePath(QStringLiteral("web-") + version);
    write(web + QStringLiteral("/index.html"), "<!doctype html><script src=app.js></script>");
    write(web + QStringLiteral("/app.js"), "CapacitorUpdater.notifyAppReady();");
    for (const auto &[path, content] : files) {
        write(web + QLatin1Char('/') + path, content);
    }
    draft.reset();
    draft.setFolder(web);
    QTRY_COMPARE_WITH_TIMEOUT(draft.state(), workspace::BundleDraft::State::Scanned, kLongMs);
    draft.setVersion(version);
    draft.package(Secret());
    QTRY_COMPARE_WITH_TIMEOUT(draft.state(), workspace::BundleDraft::State::Packaged, kLongMs);
    draft.ship(isStaged ? std::optional(release::Staging{channelName(), share}) : std::nullopt);
    QTRY_COMPARE_WITH_TIMEOUT(draft.state(), workspace::BundleDraft::State::Shipped, kLongMs);
    QTRY_VERIFY_WITH_TIMEOUT(workspace.bundles().find(version) != nullptr, kLongMs);
}

void SandboxDesk::changeBehind(const QJsonObject &fields)
{
    std::optional<Result<void>> outcome;
    jobs.run(
        QStringLiteral("another person"), workspace::JobVisibility::Quiet, &workspace,
        [session = workspace.session(), app = *workspace.app(), fields](Operation &operation) {
            return client::Channels(session).put(app, channelName(), fields, operation);
        },
        [&outcome](Result<void> done) { outcome = std::move(done); });
    QTRY_VERIFY_WITH_TIMEOUT(outcome.has_value(), kLongMs);
    QVERIFY2(*outcome, qPrintable(*outcome ? QString() : outcome->error().toText()));
}

const wire::ChannelState *SandboxDesk::production()
{
    return workspace.channels().find(channelName().text());
}

} // namespace gatehouse::test
