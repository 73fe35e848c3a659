// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/bundledraft.h"

#include "core/semver.h"
#include "core/sentences.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace gatehouse::workspace {

namespace {

using Scanned = std::pair<bundle::FolderScan, bundle::NativePackages>;

Result<Scanned> scanAll(const QString &folder, const bundle::ScanOptions &options, Operation &operation)
{
    GATEHOUSE_ASSIGN(bundle::FolderScan scan, bundle::scanFolder(folder, options, operation));
    GATEHOUSE_ASSIGN(bundle::NativePackages packages, bundle::readNativePackages(folder));
    return Scanned(std::move(scan), std::move(packages));
}

} // namespace

BundleDraft::BundleDraft(Workspace &workspace, KeyRing &keyRing, QString artifactFolder, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_keyRing(keyRing)
    , m_artifactFolder(std::move(artifactFolder))
{
    connect(&workspace, &Workspace::appChanged, this, &BundleDraft::reset);
    connect(&keyRing, &Repository::changed, this, &BundleDraft::changed);
    connect(&workspace.bundles(), &Repository::changed, this, &BundleDraft::changed);
}

BundleDraft::~BundleDraft()
{
    removeArtifact();
}

void BundleDraft::reset()
{
    cancel();
    ++m_attempt;
    removeArtifact();
    m_error.reset();
    m_folder.clear();
    m_scan.reset();
    m_packages = {};
    m_version.clear();
    m_notes.clear();
    m_cipher = bundle::Cipher::Aes128Cbc;
    m_isFileByFile = false;
    m_chosenKey.reset();
    m_outcome.reset();
    setState(State::Empty);
}

void BundleDraft::removeArtifact()
{
    if (m_packaged) {
        release::removePackage(*m_packaged);
    }
    m_packaged.reset();
    m_request.reset();
}

void BundleDraft::setState(State state)
{
    m_state = state;
    Q_EMIT changed();
}

void BundleDraft::fail(State back, Error error)
{
    m_error = std::move(error);
    setState(back);
}

void BundleDraft::follow(Job *job)
{
    m_job = job;
    m_error.reset();
    connect(job, &Job::progressChanged, this, &BundleDraft::progressChanged);
}

void BundleDraft::cancel()
{
    if (m_job && m_job->isRunning()) {
        m_job->cancel();
    }
}

void BundleDraft::setFolder(const QString &folder)
{
    m_folder = folder;
    startScan();
}

void BundleDraft::setScanOptions(const bundle::ScanOptions &options)
{
    if (options == m_options) {
        return;
    }
    m_options = options;
    if (!m_folder.isEmpty()) {
        startScan();
    }
}

void BundleDraft::startScan()
{
    cancel();
    removeArtifact();
    m_scan.reset();
    const quint64 attempt = ++m_attempt;
    if (m_version.isEmpty()) {
        m_version = suggestedVersion();
    }
    follow(m_workspace.jobs().run(
        tr("Look at %1").arg(QDir(m_folder).dirName()), JobVisibility::Shown, this,
        [folder = m_folder, options = m_options](Operation &operation) {
            return scanAll(folder, options, operation);
        },
        [this, attempt](Result<Scanned> scanned) {
            if (attempt != m_attempt) {
                return;
            }
            if (!scanned) {
                fail(State::Empty, std::move(scanned.error()));
                return;
            }
            m_scan = std::move(scanned->first);
            m_packages = std::move(scanned->second);
            setState(State::Scanned);
        }));
    setState(State::Scanning);
}

void BundleDraft::setVersion(const QString &version)
{
    m_version = version.trimmed();
    Q_EMIT changed();
}

std::optional<Error> BundleDraft::versionProblem() const
{
    const Result<BundleName> name = BundleName::parse(m_version);
    if (!name) {
        return name.error();
    }
    if (m_state < State::Shipping && m_workspace.bundles().find(m_version) != nullptr) {
        return makeError(ErrorKind::Conflict, "workspace.bundle.taken",
                         Sentences::tr("%1 exists already.").arg(m_version),
                         Sentences::tr("Devices know bundles by their version, so one is never used twice."),
                         Sentences::tr("Choose a higher version."));
    }
    return std::nullopt;
}

QString BundleDraft::suggestedVersion() const
{
    std::optional<SemanticVersion> highest;
    for (const wire::BundleRow &row : m_workspace.bundles().rows()) {
        const Result<SemanticVersion> version = SemanticVersion::parse(row.name);
        if (version && (!highest || *version > *highest)) {
            highest = *version;
        }
    }
    if (!highest) {
        return QStringLiteral("1.0.0");
    }
    // A pre-release's next release is the release itself.
    const std::int64_t patch = highest->prerelease().isEmpty() ? highest->patch() + 1 : highest->patch();
    return QStringLiteral("%1.%2.%3").arg(highest->major()).arg(highest->minor()).arg(patch);
}

void BundleDraft::setCipher(bundle::Cipher cipher)
{
    m_cipher = cipher;
    Q_EMIT changed();
}

void BundleDraft::setFileByFile(bool isFileByFile)
{
    m_isFileByFile = isFileByFile;
    Q_EMIT changed();
}

std::optional<keys::BundleKeyInfo> BundleDraft::bundleKey() const
{
    if (!m_workspace.app()) {
        return std::nullopt;
    }
    const QVector<keys::BundleKeyInfo> own = m_keyRing.bundleKeysOf(*m_workspace.app());
    for (const keys::BundleKeyInfo &key : own) {
        if (m_chosenKey && key.fingerprint == *m_chosenKey) {
            return key;
        }
    }
    return own.isEmpty() ? std::nullopt : std::optional(own.constFirst());
}

void BundleDraft::setBundleKey(const crypto::Fingerprint &fingerprint)
{
    m_chosenKey = fingerprint;
    Q_EMIT changed();
}

bool BundleDraft::canPackage() const
{
    const bool hasKey = m_cipher == bundle::Cipher::None || bundleKey().has_value();
    return m_state == State::Scanned && m_scan && m_scan->canBeBuilt() && hasKey && !versionProblem() &&
           m_workspace.app();
}

void BundleDraft::package(Secret passphrase)
{
    const Result<BundleName> version = BundleName::parse(m_version);
    if (!canPackage() || !version) {
        return;
    }
    QDir().mkpath(m_artifactFolder);
    release::PackageRequest request{*m_workspace.app(), *version, *m_scan, m_packages};
    request.artifactPath =
        QDir(m_artifactFolder)
            .filePath(QStringLiteral("%1-%2.zip").arg(m_workspace.app()->text(), m_version));
    request.cipher = m_cipher;
    request.isFileByFile = m_isFileByFile;
    if (const std::optional<keys::BundleKeyInfo> key = bundleKey(); key && m_cipher != bundle::Cipher::None) {
        request.bundleKey = key->fingerprint;
    }
    if (const std::optional<keys::IdentityInfo> signer = identity()) {
        request.identity = signer->keyId();
    }
    request.notes = m_notes;
    request.maxUploadBytes = m_workspace.capabilities().files().maxUploadBytes;
    request.builderVersion = QCoreApplication::applicationVersion();
    m_request = request;
    const quint64 attempt = ++m_attempt;
    follow(m_workspace.jobs().run(
        tr("Sign and encrypt %1").arg(m_version), JobVisibility::Shown, this,
        [request, store = m_keyRing.store(), passphrase = std::move(passphrase),
         &clock = m_workspace.clock()](Operation &operation) mutable {
            request.passphrase = passphrase.isEmpty() ? nullptr : &passphrase;
            return release::packageBundle(request, *store, clock, operation);
        },
        [this, attempt](Result<release::PackagedBundle> packaged) {
            if (attempt != m_attempt) {
                return;
            }
            if (!packaged) {
                fail(State::Scanned, std::move(packaged.error()));
                return;
            }
            m_packaged = std::move(*packaged);
            setState(State::Packaged);
        }));
    setState(State::Packaging);
}

void BundleDraft::ship(const std::optional<release::Staging> &staging)
{
    if (m_state != State::Packaged || !m_request || !m_workspace.isOpen()) {
        return;
    }
    const release::ShipRequest order{release::uploadOf(*m_request, *m_packaged),
                                     QString::fromLatin1(m_packaged->built.artifactSha256.toHex()), staging};
    const quint64 attempt = ++m_attempt;
    follow(m_workspace.jobs().run(
        tr("Upload %1").arg(m_version), JobVisibility::Shown, this,
        [session = m_workspace.session(), order](Operation &operation) {
            return release::ship(session, order, operation);
        },
        [this, attempt](Result<release::ShipOutcome> outcome) {
            if (outcome) {
                m_workspace.bundles().refresh();
                if (outcome->staged) {
                    m_workspace.channels().take(outcome->staged->after);
                }
            }
            if (attempt != m_attempt) {
                return;
            }
            if (!outcome) {
                fail(State::Packaged, std::move(outcome.error()));
                return;
            }
            m_outcome = std::move(*outcome);
            // What is on the server needs no copy here; its statement is proof, and stays.
            m_packaged->statementPath.clear();
            removeArtifact();
            setState(State::Shipped);
            Q_EMIT shipped(m_version);
        }));
    setState(State::Shipping);
}

} // namespace gatehouse::workspace
