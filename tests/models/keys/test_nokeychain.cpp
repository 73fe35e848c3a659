// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sessions without a Secret Service, and one whose service never answers. Each is a process of its own (the
// libraries keep the first bus they saw), told by an environment variable.
#include "keys/bundlekeys.h"
#include "keys/keychainstore.h"
#include "keys/keystorechoice.h"
#include "keytest.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <future>

using namespace gatehouse;
using namespace gatehouse::keys;
using namespace gatehouse::keys::test;

namespace {
/// Takes every call and never answers: a service that shows a dialog to nobody.
class SilentService : public QDBusVirtualObject
{
public:
    [[nodiscard]] QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &) override
    {
        message.setDelayedReply(true);
        return true;
    }
};

/// A session bus that starts nothing by itself.
class BareBus
{
public:
    bool start()
    {
        QFile config(m_folder.filePath(QStringLiteral("bus.conf")));
        if (!config.open(QIODevice::WriteOnly)) {
            return false;
        }
        config.write("<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
                     "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
                     "<busconfig><type>session</type><listen>unix:dir=");
        config.write(m_folder.path().toUtf8());
        config.write("</listen><policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>"
                     "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>\n");
        config.close();
        m_daemon.start(QStringLiteral("dbus-daemon"),
                       {QStringLiteral("--config-file=") + config.fileName(),
                        QStringLiteral("--print-address"), QStringLiteral("--nofork")});
        if (!m_daemon.waitForReadyRead(10000)) {
            return false;
        }
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_daemon.readLine().trimmed());
        return true;
    }
    ~BareBus()
    {
        m_daemon.terminate();
        m_daemon.waitForFinished();
    }

private:
    QTemporaryDir m_folder;
    QProcess m_daemon;
};
} // namespace

class NoKeychainTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_situation = qEnvironmentVariable("GATEHOUSE_TEST_SITUATION");
        if (m_situation == QLatin1String("no-bus")) {
            qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        } else {
            QVERIFY(m_bus.start());
        }
        if (m_situation == QLatin1String("silent-service")) {
            QDBusConnection bus =
                QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("silent"));
            QVERIFY(bus.registerVirtualObject(QStringLiteral("/org/freedesktop/secrets"), &m_silent,
                                              QDBusConnection::SubPath));
            QVERIFY(bus.registerService(QStringLiteral("org.freedesktop.secrets")));
        }
        m_store = std::make_unique<KeychainStore>(m_thread);
    }

    void theStateIsSaid()
    {
        Operation operation;
        const auto state = m_store->state(operation);
        QVERIFY2(state, state ? "" : qPrintable(state.error().toText()));
        QCOMPARE(keychainStateName(*state), keychainStateName(expectedState()));
    }

    void nothingIsReadAsMissing()
    {
        const EntryName name = entryName(KeyKind::ServerKey, "", "s");
        for (int round = 0; round < 2; ++round) {
            Operation operation;
            operation.setTimeout(std::chrono::milliseconds(1500));
            const auto entry = m_store->read(name, operation);
            QVERIFY(!entry);
            QVERIFY2(isExpected(entry.error()), qPrintable(entry.error().id));
            QVERIFY(!entry.error().remedy.isEmpty());
        }
        Operation operation;
        operation.setTimeout(std::chrono::milliseconds(1500));
        QVERIFY(isExpected(m_store->list(KeyKind::ServerKey, operation).error()));
        operation.setTimeout(std::chrono::milliseconds(1500));
        QVERIFY(isExpected(m_store->remove(name, operation).error()));
    }

    void nothingIsWrittenAnywhere()
    {
        const QByteArray key = bytesOf(Secret::random(32));
        Operation operation;
        operation.setTimeout(std::chrono::milliseconds(1500));
        const auto written = m_store->write(serverEntry("s", key), operation);
        QVERIFY(!written);
        QVERIFY2(isExpected(written.error()), qPrintable(written.error().id));
        QCOMPARE(filesHolding(QDir::homePath(), key), QStringList());
    }

    void noNewKeyIsMade()
    {
        const ManualClock clock(utcFromMs(1784541600000));
        BundleKeys bundleKeys(*m_store, clock);
        Operation operation;
        operation.setTimeout(std::chrono::milliseconds(1500));
        const auto info =
            bundleKeys.create(AppId::parse(QStringLiteral("com.example.app")).value(), operation);
        QVERIFY(!info);
        QVERIFY2(isExpected(info.error()), qPrintable(info.error().id));
    }

    void whoWaitsCanGiveUp()
    {
        std::stop_source source;
        std::promise<void> waits;
        bool told = false;
        Operation operation(source.get_token(), [&](const Progress &) {
            if (!std::exchange(told, true)) {
                waits.set_value();
            }
        });
        auto unlocking = std::async(std::launch::async, [&] { return m_store->unlock(operation); });
        if (m_situation == QLatin1String("silent-service")) {
            // It said that it waits; only then it is stopped.
            QCOMPARE(waits.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
            source.request_stop();
            const auto unlocked = unlocking.get();
            QVERIFY(!unlocked);
            QCOMPARE(unlocked.error().kind, ErrorKind::Cancelled);
            QVERIFY(m_thread.hasAbandonedJobs());
            Operation quiet;
            QCOMPARE(m_store->state(quiet).value(), KeychainState::Waiting);
        } else {
            const auto unlocked = unlocking.get();
            QVERIFY(!unlocked);
            QVERIFY2(isExpected(unlocked.error()), qPrintable(unlocked.error().id));
        }
    }

    void theVaultIsTheWayOut()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("keys.vault"));
        Operation operation;
        const auto before = surveyKeyStores(*m_store, path, operation);
        QVERIFY(before);
        QVERIFY(!before->suggestion().has_value());
        const Secret passphrase = Secret::copyOf("a long enough passphrase");
        KeyStoreOpening opening{KeyStoreChoice::Vault, path, &passphrase,
                                KeyStoreOpening::MissingVault::Make};
        const auto vault = openKeyStore(opening, m_thread, operation);
        QVERIFY2(vault, vault ? "" : qPrintable(vault.error().toText()));
        QVERIFY((*vault)->write(serverEntry("s", "key"), operation));
        QCOMPARE(surveyKeyStores(*m_store, path, operation)->suggestion(),
                 std::optional(KeyStoreChoice::Vault));
    }

private:
    [[nodiscard]] KeychainState expectedState() const
    {
        return m_situation == QLatin1String("silent-service") ? KeychainState::Waiting
                                                              : KeychainState::Missing;
    }
    [[nodiscard]] bool isExpected(const Error &error) const
    {
        const QString id = QStringLiteral("keys.keychain.") + keychainStateName(expectedState());
        return error.kind == ErrorKind::Unusable && error.id == id;
    }

    QString m_situation;
    BareBus m_bus;
    SilentService m_silent;
    KeychainThread m_thread;
    std::unique_ptr<KeychainStore> m_store;
};

QTEST_GUILESS_MAIN(NoKeychainTest)
#include "test_nokeychain.moc"
