// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sentences.h"
#include "keys/bundlekeys.h"
#include "keys/identities.h"
#include "keys/keystore.h"
#include "workspace/repository.h"

namespace gatehouse::workspace {

/// The keys on this computer, for the screens: what there is, whether the store answers, and changes as jobs.
class KeyRing final : public Repository
{
    Q_OBJECT

public:
    KeyRing(Jobs &jobs, const Clock &clock, QObject *parent = nullptr);

    /// Where the keys rest from now on (keychain, vault, or memory for the sandbox), and what people call it.
    void setStore(std::shared_ptr<keys::KeyStore> store, const QString &name);
    [[nodiscard]] const std::shared_ptr<keys::KeyStore> &store() const { return m_store; }
    [[nodiscard]] const QString &storeName() const { return m_storeName; }
    /// Asks the store. A locked or missing one ends in LoadState::Failed with error() "keys.keychain.…".
    void refresh();

    [[nodiscard]] const QVector<keys::BundleKeyInfo> &bundleKeys() const { return m_bundleKeys; }
    [[nodiscard]] QVector<keys::BundleKeyInfo> bundleKeysOf(const AppId &app) const;
    [[nodiscard]] const QVector<keys::IdentityInfo> &identities() const { return m_identities; }
    /// The identity that signs release statements: the oldest one that needs no passphrase, else the oldest.
    [[nodiscard]] std::optional<keys::IdentityInfo> ownIdentity() const;

    using BundleKeyDone = std::function<void(Result<keys::BundleKeyInfo>)>;
    void createBundleKey(const AppId &app, QObject *context, BundleKeyDone onDone);
    void importBundleKey(const AppId &app, const QString &file, QObject *context, BundleKeyDone onDone);
    using IdentityDone = std::function<void(Result<keys::IdentityInfo>)>;
    /// @param passphrase  empty: not sealed
    void createIdentity(const QString &name, Secret passphrase, QObject *context, IdentityDone onDone);
    using Done = std::function<void(Result<void>)>;
    void removeBundleKey(const keys::BundleKeyInfo &key, QObject *context, Done onDone);

    /// Any other work with the store as a job; the ring is loaded anew when it succeeded.
    template<typename Work, typename OnDone>
    void run(const QString &title, QObject *context, Work work, OnDone onDone);

private:
    std::shared_ptr<keys::KeyStore> m_store;
    QString m_storeName;
    QVector<keys::BundleKeyInfo> m_bundleKeys;
    QVector<keys::IdentityInfo> m_identities;
};

template<typename Work, typename OnDone>
void KeyRing::run(const QString &title, QObject *context, Work work, OnDone onDone)
{
    using Outcome = std::invoke_result_t<Work &, keys::KeyStore &, Operation &>;
    jobs().run(
        title, JobVisibility::Shown, this,
        [store = m_store, work = std::move(work)](Operation &operation) mutable -> Outcome {
            if (!store) {
                return makeError(ErrorKind::Unusable, "workspace.keys.closed",
                                 Sentences::tr("No place to keep keys is open."), {},
                                 Sentences::tr("Choose keychain or vault under Keys."));
            }
            return work(*store, operation);
        },
        [this, guard = QPointer<QObject>(context), onDone = std::move(onDone)](Outcome outcome) mutable {
            if (outcome) {
                refresh();
            }
            if (guard) {
                onDone(std::move(outcome));
            }
        });
}

} // namespace gatehouse::workspace
