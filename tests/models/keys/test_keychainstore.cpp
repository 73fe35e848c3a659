// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Against a real Secret Service (gnome-keyring on a bus of its own): open, locked, killed and started again.
#include "keys/bundlekeys.h"
#include "keys/identities.h"
#include "keys/keychainstore.h"
#include "keytest.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusReply>
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace gatehouse;
using namespace gatehouse::keys;
using namespace gatehouse::keys::test;

namespace {
constexpr auto kSecrets = "org.freedesktop.secrets";

QDBusMessage serviceCall(const char *method, const QVariantList &arguments)
{
    QDBusMessage call = QDBusMessage::createMethodCall(
        QLatin1String(kSecrets), QStringLiteral("/org/freedesktop/secrets"),
        QStringLiteral("org.freedesktop.Secret.Service"), QLatin1String(method));
    call.setArguments(arguments);
    return QDBusConnection::sessionBus().call(call);
}

QDBusObjectPath defaultCollection()
{
    return serviceCall("ReadAlias", {QStringLiteral("default")})
        .arguments()
        .constFirst()
        .value<QDBusObjectPath>();
}

void lockKeyring()
{
    const QList<QDBusObjectPath> collections{defaultCollection()};
    serviceCall("Lock", {QVariant::fromValue(collections)});
}

// As at a login: a daemon takes the place of the one before, reads the password and opens the login keyring.
bool unlockKeyring()
{
    QProcess daemon;
    daemon.start(
        QStringLiteral("gnome-keyring-daemon"),
        {QStringLiteral("--replace"), QStringLiteral("--unlock"), QStringLiteral("--components=secrets")});
    daemon.write("\n");
    daemon.closeWriteChannel();
    return daemon.waitForFinished(20000) && daemon.exitCode() == 0;
}

bool isRunning()
{
    return QDBusConnection::sessionBus().interface()->isServiceRegistered(QLatin1String(kSecrets)).value();
}
} // namespace

class KeychainStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qDBusRegisterMetaType<QList<QDBusObjectPath>>();
        qDBusRegisterMetaType<QMap<QString, QString>>();
        m_store = std::make_unique<KeychainStore>(m_thread);
        const auto state = m_store->state(m_op);
        QVERIFY2(state, state ? "" : qPrintable(state.error().toText()));
        QCOMPARE(keychainStateName(*state), QStringLiteral("usable"));
    }

    void init() { m_op.setTimeout(std::chrono::seconds(30)); }

    void anEmptyKeychainListsNothing()
    {
        const auto entries = m_store->list(KeyKind::JournalHead, m_op);
        QVERIFY2(entries, entries ? "" : qPrintable(entries.error().toText()));
        QVERIFY(entries->isEmpty());
    }

    void bytesWithZerosSurvive()
    {
        const QByteArray key("\0\x01\xff\0end", 7);
        QVERIFY(m_store->write(serverEntry("zeros", key, QStringLiteral("Größe \"x\"")), m_op));
        const auto entry = m_store->read(entryName(KeyKind::ServerKey, "", "zeros"), m_op);
        QVERIFY2(entry, entry ? "" : qPrintable(entry.error().toText()));
        QCOMPARE(bytesOf(entry->privatePart), key);
        QCOMPARE(entry->info.label, QStringLiteral("Größe \"x\""));
        QCOMPARE(entry->info.created, utcFromMs(1784541600000));
    }

    void writingAgainReplaces()
    {
        QVERIFY(m_store->write(serverEntry("twice", "one"), m_op));
        QVERIFY(m_store->write(serverEntry("twice", "two"), m_op));
        QCOMPARE(bytesOf(m_store->read(entryName(KeyKind::ServerKey, "", "twice"), m_op)->privatePart),
                 QByteArray("two"));
        int seen = 0;
        const QVector<EntryInfo> entries = m_store->list(KeyKind::ServerKey, m_op).value();
        for (const EntryInfo &info : entries) {
            seen += info.name.id() == QLatin1String("twice") ? 1 : 0;
        }
        QCOMPARE(seen, 1);
    }

    void aMissingEntryIsMissing()
    {
        const auto entry = m_store->read(entryName(KeyKind::ServerKey, "", "nobody"), m_op);
        QVERIFY(!entry);
        QCOMPARE(entry.error().id, QStringLiteral("keys.entry.missing"));
        const auto removed = m_store->remove(entryName(KeyKind::ServerKey, "", "nobody"), m_op);
        QVERIFY(!removed);
        QCOMPARE(removed.error().id, QStringLiteral("keys.entry.missing"));
    }

    void removedIsGone()
    {
        const EntryName name = entryName(KeyKind::ServerKey, "", "gone");
        QVERIFY(m_store->write(serverEntry("gone", "k"), m_op));
        QVERIFY(m_store->remove(name, m_op));
        QCOMPARE(m_store->read(name, m_op).error().id, QStringLiteral("keys.entry.missing"));
        const QVector<EntryInfo> entries = m_store->list(KeyKind::ServerKey, m_op).value();
        for (const EntryInfo &info : entries) {
            QVERIFY(info.name != name);
        }
    }

    void aSecondStoreSeesTheSame()
    {
        QVERIFY(m_store->write(serverEntry("shared", "k"), m_op));
        KeychainStore other(m_thread);
        QCOMPARE(bytesOf(other.read(entryName(KeyKind::ServerKey, "", "shared"), m_op)->privatePart),
                 QByteArray("k"));
    }

    void probesLeaveNothingBehind()
    {
        QCOMPARE(m_store->state(m_op).value(), KeychainState::Usable);
        QVERIFY(m_store->unlock(m_op));
        const auto attributes =
            serviceCall("SearchItems", {QVariant::fromValue(QMap<QString, QString>{
                                           {QStringLiteral("server"), QStringLiteral("gatehouse")}})});
        const auto unlocked = qdbus_cast<QList<QDBusObjectPath>>(attributes.arguments().constFirst());
        QVERIFY(!unlocked.isEmpty());
        for (const QDBusObjectPath &item : unlocked) {
            QDBusMessage get = QDBusMessage::createMethodCall(
                QLatin1String(kSecrets), item.path(), QStringLiteral("org.freedesktop.DBus.Properties"),
                QStringLiteral("Get"));
            get.setArguments({QStringLiteral("org.freedesktop.Secret.Item"), QStringLiteral("Attributes")});
            const QDBusMessage reply = QDBusConnection::sessionBus().call(get);
            const auto map = qdbus_cast<QMap<QString, QString>>(
                reply.arguments().constFirst().value<QDBusVariant>().variant());
            QVERIFY2(!map.value(QStringLiteral("user")).startsWith(QStringLiteral("probe")),
                     qPrintable(map.value(QStringLiteral("user"))));
        }
    }

    void aStoppedOperationAsksNothing()
    {
        std::stop_source source;
        source.request_stop();
        Operation stopped(source.get_token());
        QCOMPARE(m_store->write(serverEntry("never", "k"), stopped).error().kind, ErrorKind::Cancelled);
        QCOMPARE(m_store->state(stopped).error().kind, ErrorKind::Cancelled);
        QCOMPARE(m_store->read(entryName(KeyKind::ServerKey, "", "never"), m_op).error().kind,
                 ErrorKind::NotFound);
    }

    void aSecondThreadIsRefused()
    {
        KeychainThread second;
        KeychainStore store(second);
        QCOMPARE(store.unlock(m_op).error().id, QStringLiteral("keys.keychain.second_thread"));
        QVERIFY(m_store->unlock(m_op));
    }

    void keysAreInNoOtherFile()
    {
        const Secret key = Secret::random(48);
        QVERIFY(m_store->write(KeyEntry{serverEntry("grep", {}).info, key.clone()}, m_op));
        QVERIFY(m_store->read(entryName(KeyKind::ServerKey, "", "grep"), m_op));
        const ManualClock clock(utcFromMs(1784541600000));
        BundleKeys bundleKeys(*m_store, clock);
        const AppId app = AppId::parse(QStringLiteral("com.example.grep")).value();
        const auto info = bundleKeys.create(app, m_op);
        QVERIFY2(info, info ? "" : qPrintable(info.error().toText()));
        const Secret pem = bundleKeys.unlock(app, info->fingerprint, m_op)->toPem().value();
        for (const QByteArray &needle : {bytesOf(key), bytesOf(pem).mid(200, 40)}) {
            for (const QString &file : filesHolding(QDir::homePath(), needle)) {
                // The keyring's own file: how it protects itself is its business (here its password is
                // empty).
                QVERIFY2(file.contains(QStringLiteral("/keyrings/")), qPrintable(file));
            }
        }
    }

    void lockedIsNeverMissing()
    {
        const EntryName name = entryName(KeyKind::ServerKey, "", "behind-the-lock");
        QVERIFY(m_store->write(serverEntry("behind-the-lock", "k"), m_op));
        lockKeyring();

        QCOMPARE(keychainStateName(m_store->state(m_op).value()), QStringLiteral("locked"));
        const auto read = m_store->read(name, m_op);
        QVERIFY(!read);
        QCOMPARE(read.error().kind, ErrorKind::Unusable);
        QCOMPARE(read.error().id, QStringLiteral("keys.keychain.locked"));
        QCOMPARE(m_store->list(KeyKind::ServerKey, m_op).error().id, QStringLiteral("keys.keychain.locked"));
        QCOMPARE(m_store->write(serverEntry("new", "k"), m_op).error().id,
                 QStringLiteral("keys.keychain.locked"));
        QCOMPARE(m_store->remove(name, m_op).error().id, QStringLiteral("keys.keychain.locked"));
        // No new key is ever made because the old one could not be seen.
        const ManualClock clock(utcFromMs(1784541600000));
        BundleKeys bundleKeys(*m_store, clock);
        const AppId app = AppId::parse(QStringLiteral("com.example.app")).value();
        QCOMPARE(bundleKeys.create(app, m_op).error().id, QStringLiteral("keys.keychain.locked"));

        QVERIFY(unlockKeyring());
        QTRY_COMPARE_WITH_TIMEOUT(m_store->state(m_op).value(), KeychainState::Usable, 10000);
        QVERIFY(m_store->read(name, m_op));
        QVERIFY(bundleKeys.list(app, m_op)->isEmpty());
    }

    void aKilledServiceCanComeBack()
    {
        const EntryName name = entryName(KeyKind::ServerKey, "", "survivor");
        QVERIFY(m_store->write(serverEntry("survivor", "k"), m_op));
        const QDBusReply<uint> pid =
            QDBusConnection::sessionBus().interface()->servicePid(QLatin1String(kSecrets));
        QVERIFY(pid.isValid());
        QCOMPARE(::kill(static_cast<pid_t>(pid.value()), SIGKILL), 0);
        QTRY_VERIFY_WITH_TIMEOUT(!isRunning(), 10000);

        // D-Bus may start another one, which is locked; or there is none. Never "no such key".
        m_op.setTimeout(std::chrono::seconds(15));
        const auto read = m_store->read(name, m_op);
        QVERIFY(!read);
        QVERIFY2(read.error().kind == ErrorKind::Unusable, qPrintable(read.error().id));

        QVERIFY(unlockKeyring());
        m_op.setTimeout(std::chrono::seconds(30));
        QTRY_COMPARE_WITH_TIMEOUT(m_store->state(m_op).value(), KeychainState::Usable, 10000);
        const auto again = m_store->read(name, m_op);
        QVERIFY2(again, again ? "" : qPrintable(again.error().toText()));
        QCOMPARE(bytesOf(again->privatePart), QByteArray("k"));
    }

private:
    KeychainThread m_thread;
    std::unique_ptr<KeychainStore> m_store;
    Operation m_op;
};

QTEST_GUILESS_MAIN(KeychainStoreTest)
#include "test_keychainstore.moc"
