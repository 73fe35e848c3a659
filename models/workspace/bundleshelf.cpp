// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/bundleshelf.h"

#include "client/devices.h"
#include "core/sentences.h"

#include <QDir>
#include <QFileInfo>

#include <array>

namespace gatehouse::workspace {

BundleShelf::BundleShelf(Workspace &workspace, KeyRing &keyRing, QString artifactFolder, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_keyRing(keyRing)
    , m_artifactFolder(std::move(artifactFolder))
{
    connect(&workspace, &Workspace::appChanged, this, [this] { m_opened.clear(); });
}

BundleShelf::Sources BundleShelf::sourcesOf(const wire::BundleRow &row) const
{
    const Result<AppId> app = AppId::parse(row.appId);
    return {QDir(m_artifactFolder).filePath(QStringLiteral("%1-%2.zip").arg(row.appId, row.name)),
            m_artifactFolder, app ? m_keyRing.bundleKeysOf(*app) : QVector<keys::BundleKeyInfo>()};
}

Job *BundleShelf::inspect(const QString &bundle, QObject *context, Inspected onDone)
{
    const wire::BundleRow *row = m_workspace.bundles().find(bundle);
    if (row == nullptr || !m_workspace.isOpen()) {
        return nullptr;
    }
    const Sources sources = sourcesOf(*row);
    const release::InspectRequest request{*row, sources.keys, m_keyRing.identities(), sources.downloadFolder,
                                          sources.localPath + QStringLiteral(".release.json")};
    return m_workspace.jobs().run(
        tr("Verify %1").arg(bundle), JobVisibility::Shown, context,
        [session = m_workspace.session(), request](Operation &operation) {
            return release::inspectBundle(session, request, operation);
        },
        std::move(onDone));
}

Result<BundleSide> BundleShelf::openSide(const client::SessionPtr &session, const wire::BundleRow &row,
                                         const Sources &sources, Operation &operation)
{
    const auto sideOf = [](const release::OpenedBundle &opened) {
        return BundleSide{opened.row, opened.file.source, opened.key, opened.content.entries};
    };
    const QFileInfo local(sources.localPath);
    if (local.isFile()) {
        const release::ArtifactFile file{
            sources.localPath, release::ArtifactFile::Source::Local, local.size(), {}};
        Result<release::OpenedBundle> opened = release::openBundle(row, file, sources.keys, operation);
        if (opened) {
            return sideOf(*opened);
        }
        if (opened.error().kind == ErrorKind::Cancelled) {
            return opened.error();
        }
        // Another build under the same name: what the server holds counts.
    }
    GATEHOUSE_ASSIGN(const release::ArtifactFile file,
                     release::downloadArtifact(session, row, sources.downloadFolder, operation));
    GATEHOUSE_ASSIGN(release::OpenedBundle opened, release::openBundle(row, file, sources.keys, operation));
    return sideOf(opened);
}

Job *BundleShelf::compare(const QString &before, const QString &after, QObject *context, Compared onDone)
{
    const wire::BundleRow *one = m_workspace.bundles().find(before);
    const wire::BundleRow *other = m_workspace.bundles().find(after);
    if (one == nullptr || other == nullptr || !m_workspace.isOpen()) {
        return nullptr;
    }
    struct Side
    {
        wire::BundleRow row;
        Sources sources;
        std::optional<BundleSide> known;
    };
    const auto side = [this](const wire::BundleRow &row) {
        const auto known = m_opened.constFind(row.id);
        return Side{row, sourcesOf(row), known == m_opened.constEnd() ? std::nullopt : std::optional(*known)};
    };
    return m_workspace.jobs().run(
        tr("Compare %1 and %2").arg(before, after), JobVisibility::Shown, this,
        [session = m_workspace.session(), sides = std::array{side(*one), side(*other)}](
            Operation &operation) mutable -> Result<BundleDifference> {
            for (Side &wanted : sides) {
                if (!wanted.known) {
                    GATEHOUSE_ASSIGN(wanted.known, openSide(session, wanted.row, wanted.sources, operation));
                }
            }
            return BundleDifference{*sides[0].known, *sides[1].known,
                                    bundle::compareBundles(sides[0].known->entries, sides[1].known->entries)};
        },
        [this, guard = QPointer<QObject>(context),
         onDone = std::move(onDone)](Result<BundleDifference> difference) {
            if (difference) {
                m_opened.insert(difference->before.row.id, difference->before);
                m_opened.insert(difference->after.row.id, difference->after);
            }
            if (guard) {
                onDone(std::move(difference));
            }
        });
}

Job *BundleShelf::save(const release::OpenedBundle &opened, const QString &folder, QObject *context,
                       Saved onDone)
{
    return m_workspace.jobs().run(
        tr("Save the files of %1").arg(opened.row.name), JobVisibility::Shown, context,
        [opened, folder](Operation &operation) { return release::saveFiles(opened, folder, operation); },
        std::move(onDone));
}

void BundleShelf::countHolders(const QString &bundle, QObject *context, Counted onDone)
{
    const Result<BundleName> name = BundleName::parse(bundle);
    m_workspace.jobs().run(
        QStringLiteral("holders"), JobVisibility::Quiet, context,
        [session = m_workspace.session(), app = m_workspace.app(),
         name](Operation &operation) -> Result<qint64> {
            if (!session || !app) {
                return makeError(ErrorKind::Offline, "workspace.closed",
                                 Sentences::tr("No server is connected."));
            }
            GATEHOUSE_TRY(name);
            return client::Devices(session).countOn(*app, *name, operation);
        },
        std::move(onDone));
}

} // namespace gatehouse::workspace
