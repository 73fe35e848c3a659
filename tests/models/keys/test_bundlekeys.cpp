// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/backup.h"
#include "keys/bundlekeys.h"
#include "keys/vaultstore.h"
#include "keytest.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::keys;
using namespace gatehouse::keys::test;

namespace {
constexpr crypto::SealCost kCheap{1, 64 * 1024};

QString fixture(const char *name)
{
    return QStringLiteral(GATEHOUSE_FIXTURES "/capgo-cli/") + QLatin1String(name);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}
} // namespace

class BundleKeysTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_vault = std::move(
            VaultStore::create(m_folder->filePath(QStringLiteral("keys.vault")), m_passphrase, m_op, kCheap)
                .value());
        m_keys = std::make_unique<BundleKeys>(*m_vault, m_clock);
    }

    void createsAPairThatDevicesTake()
    {
        const auto info = m_keys->create(m_app, m_op);
        QVERIFY2(info, info ? "" : qPrintable(info.error().toText()));
        QCOMPARE(info->app, m_app);
        QCOMPARE(info->created, m_clock.now());
        QVERIFY(info->publicPem.startsWith("-----BEGIN RSA PUBLIC KEY-----\n"));
        QVERIFY(info->publicPem.endsWith("-----END RSA PUBLIC KEY-----\n"));
        // The first 12 characters are the same for every RSA-2048 key: bundle-format, section 3.
        QCOMPARE(info->keyId.size(), 20);
        QVERIFY(info->keyId.startsWith(QStringLiteral("MIIBCgKCAQEA")));
        const auto key = m_keys->unlock(m_app, info->fingerprint, m_op);
        QVERIFY(key);
        const QByteArray block = key->apply("sixteen bytes ok").value();
        const auto publicKey = crypto::RsaPublicKey::fromPem(info->publicPem).value();
        QCOMPARE(bytesOf(publicKey.recover(block).value()), QByteArray("sixteen bytes ok"));
    }

    void twoKeysAreDifferentAndListedNewestFirst()
    {
        const auto first = m_keys->create(m_app, m_op).value();
        m_clock.advance(std::chrono::hours(1));
        const auto second = m_keys->create(m_app, m_op).value();
        m_clock.advance(std::chrono::hours(1));
        const auto other =
            m_keys->create(AppId::parse(QStringLiteral("com.example.other")).value(), m_op).value();
        QVERIFY(first.fingerprint != second.fingerprint);
        QCOMPARE(m_keys->list(m_app, m_op).value(), QVector<BundleKeyInfo>({second, first}));
        QCOMPARE(m_keys->list(std::nullopt, m_op).value(), QVector<BundleKeyInfo>({other, second, first}));
        QVERIFY(m_keys->remove(m_app, second.fingerprint, m_op));
        QCOMPARE(m_keys->list(m_app, m_op).value(), QVector<BundleKeyInfo>({first}));
        QCOMPARE(m_keys->unlock(m_app, second.fingerprint, m_op).error().id,
                 QStringLiteral("keys.entry.missing"));
    }

    void importsTheFileOfThePeer()
    {
        const auto info = m_keys->importFile(m_app, fixture("throwaway_private.pem"), m_op);
        QVERIFY2(info, info ? "" : qPrintable(info.error().toText()));
        QCOMPARE(info->fingerprint.hex(),
                 QStringLiteral("98a44531ab14a3ab36d9db7858a443812ef626b52353db93579af33768b65e8a"));
        QCOMPARE(info->fingerprint.wordText(), QStringLiteral("obvious captain erase file enforce stereo"));
        QCOMPARE(info->keyId, QStringLiteral("MIIBCgKCAQEAkYHY2/Ea"));
        const QString path = m_folder->filePath(QStringLiteral(".capgo_key_v2.pub"));
        QVERIFY(BundleKeys::exportPublic(*info, path));
        QCOMPARE(contentOf(path), contentOf(fixture("throwaway_public.pem")));
        // Again: the same key, and its date stays.
        m_clock.advance(std::chrono::hours(1));
        QCOMPARE(m_keys->importFile(m_app, fixture("throwaway_private.pem"), m_op).value(), *info);
        QCOMPARE(m_keys->list(m_app, m_op)->size(), 1);
    }

    void badFilesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("content");
        const QByteArray pem = contentOf(fixture("throwaway_private.pem"));
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("hello\n");
        QTest::newRow("the public half") << contentOf(fixture("throwaway_public.pem"));
        QTest::newRow("cut") << pem.first(pem.size() / 2);
        QTest::newRow("without its last line") << pem.first(pem.lastIndexOf("-----END"));
        QTest::newRow("a changed letter") << QByteArray(pem).replace(400, 1, pem.at(400) == 'A' ? "B" : "A");
        QTest::newRow("very large") << QByteArray(1 << 20, 'x');
    }

    void badFilesAreRefused()
    {
        QFETCH(QByteArray, content);
        const QString path = m_folder->filePath(QStringLiteral("key"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const auto info = m_keys->importFile(m_app, path, m_op);
        QVERIFY(!info);
        QCOMPARE(info.error().kind, ErrorKind::Invalid);
        QVERIFY(m_keys->list(m_app, m_op)->isEmpty());
    }

    void aMissingFileIsSaid()
    {
        QCOMPARE(m_keys->importFile(m_app, m_folder->filePath(QStringLiteral("none")), m_op).error().id,
                 QStringLiteral("keys.file.missing"));
        QCOMPARE(m_keys->importFile(m_app, m_folder->path(), m_op).error().id,
                 QStringLiteral("keys.file.read"));
    }

    void aKeyUnderAnothersNameIsNotUsed()
    {
        const auto first = throwaway();
        const auto second = m_keys->create(m_app, m_op).value();
        const auto nameOf = [&](const BundleKeyInfo &info) {
            return EntryName::make(KeyKind::BundleKey, info.app.text(), info.fingerprint.hex()).value();
        };
        KeyEntry swapped = m_vault->read(nameOf(first), m_op).value();
        swapped.privatePart = m_vault->read(nameOf(second), m_op)->privatePart.clone();
        QVERIFY(m_vault->write(swapped, m_op));
        const auto key = m_keys->unlock(m_app, first.fingerprint, m_op);
        QVERIFY(!key);
        QCOMPARE(key.error().id, QStringLiteral("keys.entry.mismatch"));
        QCOMPARE(backupKey(*m_vault, nameOf(first), m_passphrase, m_op, kCheap).error().id,
                 QStringLiteral("keys.entry.mismatch"));
    }

    void backupAndRestore()
    {
        const auto info = throwaway();
        const QString path = m_folder->filePath(QStringLiteral("key.ghbackup"));
        const Secret words = Secret::copyOf("backup words");
        QVERIFY(backupKeyToFile(*m_vault, nameOf(info), words, path, m_op, kCheap));
        QVERIFY((QFileInfo(path).permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)) == 0);
        QCOMPARE(readBackupFacts(contentOf(path))->name, nameOf(info));
        QVERIFY(m_keys->remove(m_app, info.fingerprint, m_op));

        const auto restored = restoreKeyFromFile(*m_vault, path, words, {KeyKind::BundleKey, m_app}, m_op);
        QVERIFY2(restored, restored ? "" : qPrintable(restored.error().toText()));
        QCOMPARE(m_keys->list(m_app, m_op).value(), QVector<BundleKeyInfo>({info}));
        QVERIFY(m_keys->unlock(m_app, info.fingerprint, m_op));
        QCOMPARE(filesHolding(m_folder->path(),
                              bytesOf(m_vault->read(nameOf(info), m_op)->privatePart).mid(300, 60)),
                 QStringList());
    }

    void backupsThatDoNotFitAreRefused_data()
    {
        QTest::addColumn<QString>("trouble");
        QTest::addColumn<QString>("id");
        QTest::newRow("a wrong passphrase")
            << QStringLiteral("passphrase") << QStringLiteral("crypto.seal.passphrase");
        QTest::newRow("a cut file") << QStringLiteral("cut") << QStringLiteral("crypto.seal.truncated");
        QTest::newRow("another app's key")
            << QStringLiteral("app") << QStringLiteral("keys.backup.other_app");
        QTest::newRow("another app's key, renamed in the head")
            << QStringLiteral("renamed") << QStringLiteral("crypto.seal.passphrase");
        QTest::newRow("another kind") << QStringLiteral("kind") << QStringLiteral("keys.backup.other_kind");
        QTest::newRow("a vault") << QStringLiteral("vault") << QStringLiteral("crypto.seal.purpose");
        QTest::newRow("no backup at all") << QStringLiteral("text") << QStringLiteral("crypto.seal.format");
        QTest::newRow("a backup that does not say of what")
            << QStringLiteral("facts") << QStringLiteral("keys.backup.facts");
    }

    void backupsThatDoNotFitAreRefused()
    {
        QFETCH(QString, trouble);
        QFETCH(QString, id);
        const auto info = throwaway();
        const Secret words = Secret::copyOf("backup words");
        QByteArray backup = backupKey(*m_vault, nameOf(info), words, m_op, kCheap).value();
        QVERIFY(m_keys->remove(m_app, info.fingerprint, m_op));
        const QByteArray vaultBefore = contentOf(m_vault->path());
        BackupExpectation expectation{KeyKind::BundleKey, m_app};
        Secret tried = words.clone();
        if (trouble == QLatin1String("passphrase")) {
            tried = Secret::copyOf("other words");
        } else if (trouble == QLatin1String("cut")) {
            backup.chop(1);
        } else if (trouble == QLatin1String("app")) {
            expectation.app = AppId::parse(QStringLiteral("com.example.other")).value();
        } else if (trouble == QLatin1String("renamed")) {
            backup.replace("com.example.app", "com.example.ap2");
            expectation.app = AppId::parse(QStringLiteral("com.example.ap2")).value();
        } else if (trouble == QLatin1String("kind")) {
            expectation = {KeyKind::Identity, std::nullopt};
        } else if (trouble == QLatin1String("vault")) {
            backup = vaultBefore;
        } else if (trouble == QLatin1String("text")) {
            backup = "hello";
        } else {
            backup = crypto::seal(Secret::copyOf("x"), words, crypto::SealPurpose::Backup, {}, m_op, kCheap)
                         .value();
        }
        const auto restored = restoreKey(*m_vault, backup, tried, expectation, m_op);
        QVERIFY(!restored);
        QCOMPARE(restored.error().id, id);
        QCOMPARE(contentOf(m_vault->path()), vaultBefore);
    }

    void aBackupOfWhatIsNotThereIsNotMade()
    {
        const auto info = throwaway();
        QVERIFY(m_keys->remove(m_app, info.fingerprint, m_op));
        const QString path = m_folder->filePath(QStringLiteral("key.ghbackup"));
        QCOMPARE(backupKeyToFile(*m_vault, nameOf(info), m_passphrase, path, m_op, kCheap).error().id,
                 QStringLiteral("keys.entry.missing"));
        QVERIFY(!QFileInfo::exists(path));
    }

    void aStoppedOperationMakesNoKey()
    {
        std::stop_source source;
        source.request_stop();
        Operation stopped(source.get_token());
        QCOMPARE(m_keys->create(m_app, stopped).error().kind, ErrorKind::Cancelled);
        QVERIFY(m_keys->list(m_app, m_op)->isEmpty());
    }

private:
    // Importing is quick; only the tests about making keys make some.
    BundleKeyInfo throwaway()
    {
        return m_keys->importFile(m_app, fixture("throwaway_private.pem"), m_op).value();
    }
    static EntryName nameOf(const BundleKeyInfo &info)
    {
        return EntryName::make(KeyKind::BundleKey, info.app.text(), info.fingerprint.hex()).value();
    }

    Operation m_op;
    ManualClock m_clock{utcFromMs(1784541600000)};
    AppId m_app = AppId::parse(QStringLiteral("com.example.app")).value();
    Secret m_passphrase = Secret::copyOf("correct horse battery");
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<VaultStore> m_vault;
    std::unique_ptr<BundleKeys> m_keys;
};

QTEST_GUILESS_MAIN(BundleKeysTest)
#include "test_bundlekeys.moc"
