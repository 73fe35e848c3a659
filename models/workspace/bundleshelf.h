// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bundle/compare.h"
#include "release/inspectbundle.h"
#include "workspace/keyring.h"
#include "workspace/workspace.h"

#include <QHash>

namespace gatehouse::workspace {

/// One of two bundles that are compared, and where its content came from.
struct BundleSide
{
    wire::BundleRow row;
    release::ArtifactFile::Source source = release::ArtifactFile::Source::Downloaded;
    std::optional<keys::BundleKeyInfo> key; ///< that decrypted it; nothing for a plain one
    bundle::ArchiveEntries entries;
};

struct BundleDifference
{
    BundleSide before;
    BundleSide after;
    bundle::BundleComparison comparison;
};

/// Looks into bundles that the server holds: verifies, compares, saves. Everything is a job with progress
/// and cancel.
class BundleShelf final : public QObject
{
    Q_OBJECT

public:
    /// @param artifactFolder  where bundles are built, with their statements; downloads go there, too
    BundleShelf(Workspace &workspace, KeyRing &keyRing, QString artifactFolder, QObject *parent = nullptr);

    using Inspected = std::function<void(Result<release::BundleInspection>)>;
    /// Nothing: there is no such bundle, or no server.
    Job *inspect(const QString &bundle, QObject *context, Inspected onDone);
    using Compared = std::function<void(Result<BundleDifference>)>;
    /// A bundle's content never changes, so each one is opened once only.
    Job *compare(const QString &before, const QString &after, QObject *context, Compared onDone);
    using Saved = std::function<void(Result<QString>)>;
    /// onDone gets the folder that was made.
    Job *save(const release::OpenedBundle &opened, const QString &folder, QObject *context, Saved onDone);
    using Counted = std::function<void(Result<qint64>)>;
    /// Devices that run the bundle, as far as the server knows.
    void countHolders(const QString &bundle, QObject *context, Counted onDone);

private:
    struct Sources
    {
        QString localPath;
        QString downloadFolder;
        QVector<keys::BundleKeyInfo> keys;
    };
    [[nodiscard]] Sources sourcesOf(const wire::BundleRow &row) const;
    static Result<BundleSide> openSide(const client::SessionPtr &session, const wire::BundleRow &row,
                                       const Sources &sources, Operation &operation);

    Workspace &m_workspace;
    KeyRing &m_keyRing;
    QString m_artifactFolder;
    QHash<qint64, BundleSide> m_opened; ///< by the bundle's id
};

} // namespace gatehouse::workspace
