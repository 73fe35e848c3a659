// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/keyring.h"

namespace gatehouse::workspace {

KeyRing::KeyRing(Jobs &jobs, const Clock &clock, QObject *parent)
    : Repository(jobs, clock, parent)
{}

void KeyRing::setStore(std::shared_ptr<keys::KeyStore> store, const QString &name)
{
    m_store = std::move(store);
    m_storeName = name;
    m_bundleKeys.clear();
    m_identities.clear();
    reset();
    Q_EMIT changed();
    refresh();
}

void KeyRing::refresh()
{
    if (!m_store) {
        return;
    }
    using Content = std::pair<QVector<keys::BundleKeyInfo>, QVector<keys::IdentityInfo>>;
    load(
        QStringLiteral("keys"),
        [store = m_store, &clock = clock()](Operation &operation) -> Result<Content> {
            GATEHOUSE_ASSIGN(QVector<keys::BundleKeyInfo> bundleKeys,
                             keys::BundleKeys(*store, clock).list(std::nullopt, operation));
            GATEHOUSE_ASSIGN(QVector<keys::IdentityInfo> identities,
                             keys::Identities(*store, clock).list(operation));
            return Content(std::move(bundleKeys), std::move(identities));
        },
        [this](Content content) {
            const bool isNew = content.first != m_bundleKeys || content.second != m_identities;
            m_bundleKeys = std::move(content.first);
            m_identities = std::move(content.second);
            return isNew;
        });
}

QVector<keys::BundleKeyInfo> KeyRing::bundleKeysOf(const AppId &app) const
{
    QVector<keys::BundleKeyInfo> own;
    std::copy_if(m_bundleKeys.begin(), m_bundleKeys.end(), std::back_inserter(own),
                 [&app](const keys::BundleKeyInfo &key) { return key.app == app; });
    return own;
}

std::optional<keys::IdentityInfo> KeyRing::ownIdentity() const
{
    std::optional<keys::IdentityInfo> best;
    for (const keys::IdentityInfo &identity : m_identities) {
        const bool better = !best || (best->isSealed && !identity.isSealed) ||
                            (best->isSealed == identity.isSealed && identity.created < best->created);
        if (better) {
            best = identity;
        }
    }
    return best;
}

void KeyRing::createBundleKey(const AppId &app, QObject *context, BundleKeyDone onDone)
{
    run(
        tr("Create the bundle key of %1").arg(app.text()), context,
        [app, &clock = clock()](keys::KeyStore &store, Operation &operation) {
            return keys::BundleKeys(store, clock).create(app, operation);
        },
        std::move(onDone));
}

void KeyRing::importBundleKey(const AppId &app, const QString &file, QObject *context, BundleKeyDone onDone)
{
    run(
        tr("Import a bundle key for %1").arg(app.text()), context,
        [app, file, &clock = clock()](keys::KeyStore &store, Operation &operation) {
            return keys::BundleKeys(store, clock).importFile(app, file, operation);
        },
        std::move(onDone));
}

void KeyRing::createIdentity(const QString &name, Secret passphrase, QObject *context, IdentityDone onDone)
{
    run(
        tr("Create a release identity"), context,
        [name, passphrase = std::move(passphrase), &clock = clock()](keys::KeyStore &store,
                                                                     Operation &operation) {
            return keys::Identities(store, clock)
                .create(name, passphrase.isEmpty() ? nullptr : &passphrase, operation);
        },
        std::move(onDone));
}

void KeyRing::removeBundleKey(const keys::BundleKeyInfo &key, QObject *context, Done onDone)
{
    run(
        tr("Remove a bundle key of %1").arg(key.app.text()), context,
        [app = key.app, fingerprint = key.fingerprint, &clock = clock()](keys::KeyStore &store,
                                                                         Operation &operation) {
            return keys::BundleKeys(store, clock).remove(app, fingerprint, operation);
        },
        std::move(onDone));
}

} // namespace gatehouse::workspace
