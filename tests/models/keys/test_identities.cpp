// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/backup.h"
#include "keys/identities.h"
#include "keys/serverkeys.h"
#include "keys/vaultstore.h"
#include "keytest.h"

#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::keys;
using namespace gatehouse::keys::test;

namespace {
constexpr crypto::SealCost kCheap{1, 64 * 1024};
} // namespace

class IdentitiesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_vault = std::move(
            VaultStore::create(m_folder->filePath(QStringLiteral("keys.vault")), m_vaultWords, m_op, kCheap)
                .value());
        m_identities = std::make_unique<Identities>(*m_vault, m_clock);
        m_identities->setSealCost(kCheap);
    }

    void createsListsAndSigns()
    {
        const auto zoe = m_identities->create(QStringLiteral("  Zoë "), nullptr, m_op);
        QVERIFY2(zoe, zoe ? "" : qPrintable(zoe.error().toText()));
        const auto anna = m_identities->create(QStringLiteral("Anna"), &m_words, m_op);
        QVERIFY(anna);
        QCOMPARE(zoe->name, QStringLiteral("Zoë"));
        QVERIFY(!zoe->isSealed);
        QVERIFY(anna->isSealed);
        QCOMPARE(m_identities->list(m_op).value(), QVector<IdentityInfo>({*anna, *zoe}));
        const auto key = m_identities->unlock(zoe->keyId(), nullptr, m_op);
        QVERIFY(key);
        QVERIFY(zoe->key.verify("release", key->sign("release")));
    }

    void aSealedOneWantsItsPassphrase()
    {
        const auto info = m_identities->create(QStringLiteral("Anna"), &m_words, m_op).value();
        const auto without = m_identities->unlock(info.keyId(), nullptr, m_op);
        QVERIFY(!without);
        QCOMPARE(without.error().kind, ErrorKind::Denied);
        QCOMPARE(without.error().id, QStringLiteral("keys.identity.sealed"));
        const auto wrong = m_identities->unlock(info.keyId(), &m_otherWords, m_op);
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().id, QStringLiteral("crypto.seal.passphrase"));
        const auto key = m_identities->unlock(info.keyId(), &m_words, m_op);
        QVERIFY(key);
        // Whoever reads the keychain finds only the sealed form.
        const Secret seed = key->seed();
        const KeyEntry entry = m_vault->read(nameOf(info), m_op).value();
        QVERIFY(crypto::isSealed(entry.privatePart.view()));
        QVERIFY(!bytesOf(entry.privatePart).contains(bytesOf(seed)));
    }

    void theSealCanBeChangedAndTakenOff()
    {
        const auto info = m_identities->create(QStringLiteral("Anna"), nullptr, m_op).value();
        QVERIFY(m_identities->changeSeal(info.keyId(), nullptr, &m_words, m_op)->isSealed);
        QCOMPARE(m_identities->changeSeal(info.keyId(), &m_otherWords, nullptr, m_op).error().id,
                 QStringLiteral("crypto.seal.passphrase"));
        QVERIFY(m_identities->unlock(info.keyId(), &m_words, m_op));
        QVERIFY(m_identities->changeSeal(info.keyId(), &m_words, &m_otherWords, m_op));
        QVERIFY(!m_identities->unlock(info.keyId(), &m_words, m_op));
        QVERIFY(m_identities->unlock(info.keyId(), &m_otherWords, m_op));
        const auto open = m_identities->changeSeal(info.keyId(), &m_otherWords, nullptr, m_op);
        QVERIFY(open);
        QCOMPARE(*open, info);
        QVERIFY(m_identities->unlock(info.keyId(), nullptr, m_op));
    }

    void anothersSealedFileIsRefused()
    {
        const auto anna = m_identities->create(QStringLiteral("Anna"), &m_words, m_op).value();
        const auto eve = m_identities->create(QStringLiteral("Eve"), &m_words, m_op).value();
        KeyEntry forged = m_vault->read(nameOf(anna), m_op).value();
        forged.privatePart = m_vault->read(nameOf(eve), m_op)->privatePart.clone();
        QVERIFY(m_vault->write(forged, m_op));
        const auto key = m_identities->unlock(anna.keyId(), &m_words, m_op);
        QVERIFY(!key);
        QCOMPARE(key.error().id, QStringLiteral("crypto.seal.about"));
    }

    void anOpenKeyUnderAnothersNameIsRefused()
    {
        const auto anna = m_identities->create(QStringLiteral("Anna"), nullptr, m_op).value();
        KeyEntry forged = m_vault->read(nameOf(anna), m_op).value();
        forged.privatePart = Secret::random(32);
        QVERIFY(m_vault->write(forged, m_op));
        QCOMPARE(m_identities->unlock(anna.keyId(), nullptr, m_op).error().id,
                 QStringLiteral("keys.entry.mismatch"));
        forged.privatePart = Secret::random(31);
        QVERIFY(m_vault->write(forged, m_op));
        QVERIFY(!m_identities->unlock(anna.keyId(), nullptr, m_op));
        // One that is said to be sealed and is not, or the other way round, is not used either.
        forged.info.isSealed = true;
        QVERIFY(m_vault->write(forged, m_op));
        QCOMPARE(m_identities->unlock(anna.keyId(), &m_words, m_op).error().id,
                 QStringLiteral("keys.entry.mismatch"));
    }

    void importsAPkcs8FileAndExportsThePublicHalf()
    {
        // RFC 8410, section 10.
        const Secret pem = Secret::copyOf("-----BEGIN PRIVATE KEY-----\n"
                                          "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
                                          "-----END PRIVATE KEY-----\n");
        const auto info = m_identities->importPem(QStringLiteral("Old"), pem, nullptr, m_op);
        QVERIFY(info);
        const QString path = m_folder->filePath(QStringLiteral("old.pub"));
        QVERIFY(Identities::exportPublic(*info, path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("-----BEGIN PUBLIC KEY-----\n"
                                            "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
                                            "-----END PUBLIC KEY-----\n"));
        QCOMPARE(m_identities->importPem(QStringLiteral("x"), Secret::copyOf("x"), nullptr, m_op).error().id,
                 QStringLiteral("crypto.ed25519.pem"));
    }

    void aSealedOneStaysSealedInItsBackup()
    {
        const auto info = m_identities->create(QStringLiteral("Anna"), &m_words, m_op).value();
        const QByteArray backup = backupKey(*m_vault, nameOf(info), m_otherWords, m_op, kCheap).value();
        QVERIFY(m_identities->remove(info.keyId(), m_op));
        QVERIFY(m_identities->list(m_op)->isEmpty());
        const auto restored =
            restoreKey(*m_vault, backup, m_otherWords, {KeyKind::Identity, std::nullopt}, m_op);
        QVERIFY2(restored, restored ? "" : qPrintable(restored.error().toText()));
        QCOMPARE(m_identities->list(m_op).value(), QVector<IdentityInfo>({info}));
        QVERIFY(!m_identities->unlock(info.keyId(), nullptr, m_op));
        QVERIFY(m_identities->unlock(info.keyId(), &m_words, m_op));
    }

    void serverKeysAreKeptOneAServer()
    {
        ServerKeys servers(*m_vault, m_clock);
        QVERIFY(servers.put(QStringLiteral("one"), QStringLiteral("This computer"), Secret::copyOf("first"),
                            m_op));
        QVERIFY(servers.put(QStringLiteral("one"), QStringLiteral("This computer"), Secret::copyOf("second"),
                            m_op));
        QCOMPARE(bytesOf(servers.key(QStringLiteral("one"), m_op).value()), QByteArray("second"));
        QCOMPARE(servers.list(m_op).value(),
                 QVector<ServerKeyInfo>(
                     {{QStringLiteral("one"), QStringLiteral("This computer"), m_clock.now()}}));
        QCOMPARE(servers.put(QStringLiteral("two"), {}, Secret(), m_op).error().id,
                 QStringLiteral("keys.server.empty"));
        QCOMPARE(servers.key(QStringLiteral("two"), m_op).error().id, QStringLiteral("keys.entry.missing"));
        QCOMPARE(servers.put(QStringLiteral("a/b"), {}, Secret::copyOf("k"), m_op).error().id,
                 QStringLiteral("keys.entry.name"));
        QVERIFY(servers.remove(QStringLiteral("one"), m_op));
        QVERIFY(servers.list(m_op)->isEmpty());
    }

    void freshServerKeysAreLongAndDifferent()
    {
        const QByteArray first = bytesOf(ServerKeys::generate());
        QCOMPARE(first.size(), 43);
        QVERIFY(first != bytesOf(ServerKeys::generate()));
        for (const char c : first) {
            QVERIFY(
                QByteArray("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_").contains(c));
        }
    }

private:
    static EntryName nameOf(const IdentityInfo &info)
    {
        return EntryName::make(KeyKind::Identity, {}, info.keyId()).value();
    }

    Operation m_op;
    ManualClock m_clock{utcFromMs(1784541600000)};
    Secret m_vaultWords = Secret::copyOf("vault words");
    Secret m_words = Secret::copyOf("identity words");
    Secret m_otherWords = Secret::copyOf("other words");
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<VaultStore> m_vault;
    std::unique_ptr<Identities> m_identities;
};

QTEST_GUILESS_MAIN(IdentitiesTest)
#include "test_identities.moc"
