// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "release/packagebundle.h"
#include "release/ship.h"
#include "workspace/keyring.h"
#include "workspace/workspace.h"

#include <QPointer>

namespace gatehouse::workspace {

/// A bundle on its way from a folder to a channel: what the New bundle assistant shows and changes.
class BundleDraft final : public QObject
{
    Q_OBJECT

public:
    /// Each state allows what the assistant offers there; nothing else moves it.
    enum class State {
        Empty, ///< no folder yet
        Scanning,
        Scanned,   ///< findings are there; goes on when none is an error
        Packaging, ///< archive, checksum, cipher, statement
        Packaged,
        Shipping, ///< upload, read back, stage
        Shipped,
    };
    Q_ENUM(State)

    BundleDraft(Workspace &workspace, KeyRing &keyRing, QString artifactFolder, QObject *parent = nullptr);
    ~BundleDraft() override;

    [[nodiscard]] State state() const { return m_state; }
    /// Of the step that failed last; gone when a step starts.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    /// The job that runs now, for progress and cancel.
    [[nodiscard]] Job *job() const { return m_job; }

    /// Starts over: the artifact of an unfinished draft is removed.
    void reset();

    void setFolder(const QString &folder);
    void setScanOptions(const bundle::ScanOptions &options);
    [[nodiscard]] const QString &folder() const { return m_folder; }
    [[nodiscard]] const bundle::ScanOptions &scanOptions() const { return m_options; }
    [[nodiscard]] const std::optional<bundle::FolderScan> &scan() const { return m_scan; }
    [[nodiscard]] const bundle::NativePackages &packages() const { return m_packages; }

    void setVersion(const QString &version);
    [[nodiscard]] const QString &version() const { return m_version; }
    /// Why the version cannot be used: no semantic version, or taken. Nothing: it can.
    [[nodiscard]] std::optional<Error> versionProblem() const;
    /// One patch above the highest bundle of the app; 1.0.0 when there is none.
    [[nodiscard]] QString suggestedVersion() const;
    void setNotes(const QString &notes) { m_notes = notes; }
    [[nodiscard]] const QString &notes() const { return m_notes; }

    void setCipher(bundle::Cipher cipher);
    [[nodiscard]] bundle::Cipher cipher() const { return m_cipher; }
    /// Also each file by itself: devices then load only what changed.
    void setFileByFile(bool isFileByFile);
    [[nodiscard]] bool isFileByFile() const { return m_isFileByFile; }
    /// The app's newest key unless another is chosen.
    [[nodiscard]] std::optional<keys::BundleKeyInfo> bundleKey() const;
    void setBundleKey(const crypto::Fingerprint &fingerprint);
    [[nodiscard]] std::optional<keys::IdentityInfo> identity() const { return m_keyRing.ownIdentity(); }

    /// Everything that packaging needs is there.
    [[nodiscard]] bool canPackage() const;
    /// @param passphrase  for a sealed identity; else empty
    void package(Secret passphrase);
    [[nodiscard]] const std::optional<release::PackagedBundle> &packaged() const { return m_packaged; }

    /// @param staging  nothing: only uploaded
    void ship(const std::optional<release::Staging> &staging);
    [[nodiscard]] const std::optional<release::ShipOutcome> &outcome() const { return m_outcome; }
    void cancel();

Q_SIGNALS:
    void changed();
    void progressChanged();
    void shipped(const QString &bundle);

private:
    void startScan();
    void setState(State state);
    void fail(State back, Error error);
    void follow(Job *job);
    void removeArtifact();

    Workspace &m_workspace;
    KeyRing &m_keyRing;
    QString m_artifactFolder;
    State m_state = State::Empty;
    std::optional<Error> m_error;
    QPointer<Job> m_job;
    QString m_folder;
    bundle::ScanOptions m_options;
    std::optional<bundle::FolderScan> m_scan;
    bundle::NativePackages m_packages;
    QString m_version;
    QString m_notes;
    bundle::Cipher m_cipher = bundle::Cipher::Aes128Cbc;
    bool m_isFileByFile = false;
    std::optional<crypto::Fingerprint> m_chosenKey;
    std::optional<release::PackageRequest> m_request;
    std::optional<release::PackagedBundle> m_packaged;
    std::optional<release::ShipOutcome> m_outcome;
    quint64 m_attempt = 0;
};

} // namespace gatehouse::workspace
