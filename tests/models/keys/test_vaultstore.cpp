// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/vaultstore.h"
#include "keytest.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace gatehouse;
using namespace gatehouse::keys;
using namespace gatehouse::keys::test;

namespace {
// Cheap to try: what a vault costs people is tested with the seal.
constexpr crypto::SealCost kCheap{1, 64 * 1024};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void overwrite(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly)) {
        file.write(bytes);
    }
}
} // namespace

class VaultStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("data/gatehouse/keys.vault"));
        auto vault = VaultStore::create(m_path, m_passphrase, m_op, kCheap);
        QVERIFY2(vault, vault ? "" : qPrintable(vault.error().toText()));
        m_vault = std::move(*vault);
    }

    void keepsListsAndForgets()
    {
        const QByteArray key("\0\x01zero", 6);
        QVERIFY(m_vault->write(serverEntry("b", key, QStringLiteral("Büro")), m_op));
        QVERIFY(m_vault->write(serverEntry("a", "other"), m_op));
        QCOMPARE(m_vault->list(KeyKind::ServerKey, m_op)->size(), 2);
        QVERIFY(m_vault->list(KeyKind::Identity, m_op)->isEmpty());
        const auto entry = m_vault->read(entryName(KeyKind::ServerKey, "", "b"), m_op);
        QVERIFY(entry);
        QCOMPARE(bytesOf(entry->privatePart), key);
        QCOMPARE(entry->info.label, QStringLiteral("Büro"));
        QVERIFY(m_vault->remove(entryName(KeyKind::ServerKey, "", "b"), m_op));
        QCOMPARE(m_vault->read(entryName(KeyKind::ServerKey, "", "b"), m_op).error().id,
                 QStringLiteral("keys.entry.missing"));
        QCOMPARE(m_vault->remove(entryName(KeyKind::ServerKey, "", "b"), m_op).error().id,
                 QStringLiteral("keys.entry.missing"));
    }

    void opensAgainWithItsPassphrase()
    {
        QVERIFY(m_vault->write(serverEntry("a", "key"), m_op));
        const auto again = VaultStore::open(m_path, m_passphrase, m_op);
        QVERIFY2(again, again ? "" : qPrintable(again.error().toText()));
        QCOMPARE(bytesOf((*again)->read(entryName(KeyKind::ServerKey, "", "a"), m_op)->privatePart),
                 QByteArray("key"));
    }

    void twoProgramsSeeTheSame()
    {
        const auto other = VaultStore::open(m_path, m_passphrase, m_op);
        QVERIFY((*other)->write(serverEntry("theirs", "1"), m_op));
        QVERIFY(m_vault->write(serverEntry("ours", "2"), m_op));
        QCOMPARE((*other)->list(KeyKind::ServerKey, m_op)->size(), 2);
    }

    void isTheOwnersAlone()
    {
        QVERIFY(m_vault->write(serverEntry("a", "key"), m_op));
        const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther |
                            QFileDevice::WriteOther;
        QCOMPARE(QFileInfo(m_path).permissions() & others, QFileDevice::Permissions());
        QCOMPARE(QFileInfo(QFileInfo(m_path).absolutePath()).permissions() & others,
                 QFileDevice::Permissions());
    }

    void keysAreInNoFile()
    {
        const Secret key = Secret::random(48);
        QVERIFY(m_vault->write(KeyEntry{serverEntry("grep", {}).info, key.clone()}, m_op));
        QVERIFY(m_vault->read(entryName(KeyKind::ServerKey, "", "grep"), m_op));
        QVERIFY(QFileInfo(m_path).size() > 48);
        for (const QString &folder : {m_folder->path(), QDir::homePath(), QDir::tempPath()}) {
            QCOMPARE(filesHolding(folder, bytesOf(key)), QStringList());
            QCOMPARE(filesHolding(folder, bytesOf(m_passphrase)), QStringList());
        }
    }

    void thatTestWouldFindThem()
    {
        const QByteArray key = bytesOf(Secret::random(48));
        const QString path = m_folder->filePath(QStringLiteral("leak"));
        for (const QByteArray &leak :
             {key, key.toHex(), key.toBase64(), QByteArray("x" + key).toBase64().mid(1)}) {
            overwrite(path, "before " + leak + " behind");
            const bool isShifted = leak == QByteArray("x" + key).toBase64().mid(1);
            QCOMPARE(filesHolding(m_folder->path(), key).size(), isShifted ? 0 : 1);
        }
    }

    void aWrongPassphraseOpensNothing()
    {
        const QByteArray before = contentOf(m_path);
        const auto vault = VaultStore::open(m_path, Secret::copyOf("wrong"), m_op);
        QVERIFY(!vault);
        QCOMPARE(vault.error().kind, ErrorKind::Denied);
        QCOMPARE(vault.error().id, QStringLiteral("crypto.seal.passphrase"));
        QCOMPARE(contentOf(m_path), before);
    }

    void aCutFileIsToldApart()
    {
        QVERIFY(m_vault->write(serverEntry("a", "key"), m_op));
        const QByteArray whole = contentOf(m_path);
        for (qsizetype length = 1; length < whole.size(); length += 7) {
            overwrite(m_path, whole.first(length));
            const auto vault = VaultStore::open(m_path, m_passphrase, m_op);
            QVERIFY(!vault);
            QCOMPARE(vault.error().id, QStringLiteral("crypto.seal.truncated"));
            // The open one notices, too, and does not write over what could be saved.
            QCOMPARE(m_vault->write(serverEntry("b", "key"), m_op).error().id,
                     QStringLiteral("crypto.seal.truncated"));
            QCOMPARE(contentOf(m_path), whole.first(length));
        }
    }

    void anAlteredFileIsToldApart()
    {
        QByteArray bytes = contentOf(m_path);
        bytes[bytes.size() - 1] = static_cast<char>(bytes.back() ^ 1);
        overwrite(m_path, bytes);
        QVERIFY(!m_vault->list(KeyKind::ServerKey, m_op));
    }

    void aBackupIsNoVault()
    {
        const auto backup =
            crypto::seal(Secret::copyOf("x"), m_passphrase, crypto::SealPurpose::Backup, {}, m_op, kCheap);
        overwrite(m_path, *backup);
        QCOMPARE(VaultStore::open(m_path, m_passphrase, m_op).error().id,
                 QStringLiteral("crypto.seal.purpose"));
    }

    void aMissingVaultIsNeverMade()
    {
        QVERIFY(QFile::remove(m_path));
        QCOMPARE(VaultStore::open(m_path, m_passphrase, m_op).error().id,
                 QStringLiteral("keys.vault.missing"));
        QCOMPARE(m_vault->write(serverEntry("a", "key"), m_op).error().id,
                 QStringLiteral("keys.vault.missing"));
        QVERIFY(!VaultStore::exists(m_path));
    }

    void anExistingVaultIsNotReplaced()
    {
        QVERIFY(m_vault->write(serverEntry("a", "key"), m_op));
        const auto again = VaultStore::create(m_path, Secret::copyOf("another"), m_op, kCheap);
        QVERIFY(!again);
        QCOMPARE(again.error().id, QStringLiteral("keys.vault.exists"));
        QCOMPARE(m_vault->list(KeyKind::ServerKey, m_op)->size(), 1);
    }

    void aNewPassphraseShutsTheOldOut()
    {
        QVERIFY(m_vault->write(serverEntry("a", "key"), m_op));
        const auto other = VaultStore::open(m_path, m_passphrase, m_op);
        const Secret next = Secret::copyOf("the next one");
        QVERIFY(m_vault->changePassphrase(next, m_op));
        QCOMPARE(VaultStore::open(m_path, m_passphrase, m_op).error().id,
                 QStringLiteral("crypto.seal.passphrase"));
        QVERIFY(VaultStore::open(m_path, next, m_op));
        QVERIFY(m_vault->read(entryName(KeyKind::ServerKey, "", "a"), m_op));
        QCOMPARE((*other)->list(KeyKind::ServerKey, m_op).error().id, QStringLiteral("keys.vault.changed"));
    }

    void aFullDiskLeavesTheVaultAsItWas()
    {
        QVERIFY(m_vault->write(serverEntry("a", "key"), m_op));
        const QByteArray before = contentOf(m_path);
        // No file may grow beyond this size: the same as a disk that is full, for root, too.
        rlimit old{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &old), 0);
        rlimit small = old;
        small.rlim_cur = 100;
        const auto previous = std::signal(SIGXFSZ, SIG_IGN);
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto written = m_vault->write(serverEntry("b", "key"), m_op);
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &old), 0);
        std::signal(SIGXFSZ, previous);
        QVERIFY(!written);
        QCOMPARE(written.error().id, QStringLiteral("keys.vault.write"));
        QCOMPARE(contentOf(m_path), before);
        const QStringList files =
            QDir(QFileInfo(m_path).absolutePath()).entryList(QDir::Files | QDir::Hidden);
        QCOMPARE(files, QStringList{QStringLiteral("keys.vault")});
    }

    void aStoppedOperationChangesNothing()
    {
        const QByteArray before = contentOf(m_path);
        std::stop_source source;
        source.request_stop();
        Operation stopped(source.get_token());
        QCOMPARE(m_vault->write(serverEntry("a", "key"), stopped).error().kind, ErrorKind::Cancelled);
        QCOMPARE(contentOf(m_path), before);
    }

private:
    Operation m_op;
    Secret m_passphrase = Secret::copyOf("correct horse battery");
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::unique_ptr<VaultStore> m_vault;
};

QTEST_GUILESS_MAIN(VaultStoreTest)
#include "test_vaultstore.moc"
