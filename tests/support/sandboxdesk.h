// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/bundledraft.h"
#include "workspace/bundleshelf.h"
#include "workspace/serverdesk.h"

#include <QTemporaryDir>

namespace gatehouse::test {

using WebFiles = QVector<std::pair<QString, QByteArray>>;

/// The models of the desktop with the real gatehouse-server that they start themselves, an app
/// "com.example.app" with the channel "production", a bundle key, and bundles made from given files. Every
/// step waits until it is done; what fails fails the test that runs.
class SandboxDesk
{
public:
    SandboxDesk();

    /// Server, app, channel, key.
    void open();
    /// Builds and uploads. @param share  nothing: becomes stable; else it rolls out
    void ship(const QString &version, const WebFiles &files, bool isStaged = true,
              std::optional<BasisPoints> share = std::nullopt);
    /// As another person would: by the server's API, past the screens.
    void changeBehind(const QJsonObject &fields);
    [[nodiscard]] const wire::ChannelState *production();

    QTemporaryDir folder;
    SystemClock clock;
    workspace::Settings settings{folder.filePath(QStringLiteral("gatehouse.ini"))};
    workspace::ServerList servers{settings};
    workspace::Jobs jobs;
    workspace::Workspace workspace{jobs, settings, clock};
    workspace::KeyRing keyRing{jobs, clock};
    workspace::ServerDesk desk{
        workspace, servers, keyRing, {QStringLiteral(GATEHOUSE_BIN_DIR "/gatehouse-server"), folder.path()}};
    workspace::BundleDraft draft{workspace, keyRing, folder.filePath(QStringLiteral("artifacts"))};
    workspace::BundleShelf shelf{workspace, keyRing, folder.filePath(QStringLiteral("artifacts"))};
};

} // namespace gatehouse::test
