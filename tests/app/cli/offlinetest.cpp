// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "clirun.h"
#include "support/scriptedcapgo.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/types.h>

using gatehouse::test::CliRun;
using gatehouse::test::OnDescriptor;
using gatehouse::test::Reply;
using gatehouse::test::runCli;
using gatehouse::test::ScriptedCapgo;
using gatehouse::test::Seen;

/// The real program, for what needs no server of ours: keys, bundles, help, completion, failures.
class OfflineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void helpNamesEveryCommand();
    void wrongWordsAreRefused_data();
    void wrongWordsAreRefused();
    void keysLiveInAVault();
    void wrongPassphraseOpensNothing();
    void noTerminalMeansNoQuestion();
    void backupGoesToAnotherVault();
    void importTakesThePeersKey();
    void bundleIsBuiltVerifiedAndDecrypted();
    void sameFolderGivesTheSameArchive();
    void brokenFolderIsRefused();
    void changedArtifactIsFound();
    void statementIsSignedAndChecked();
    void keyFileOfOthersIsRefused();
    void completionIsValidShell_data();
    void completionIsValidShell();
    void interruptEndsAnUploadCleanly();
    void offlineServerHasItsExitCode();

private:
    [[nodiscard]] QString path(const char *name) const
    {
        return m_folder->filePath(QString::fromLatin1(name));
    }
    void write(const char *name, const QByteArray &content) const;
    [[nodiscard]] QByteArray read(const char *name) const;
    [[nodiscard]] CliRun run(const QStringList &arguments, const QVector<OnDescriptor> &secrets = {}) const;
    /// With a vault that opens.
    [[nodiscard]] CliRun runWithVault(QStringList arguments, QVector<OnDescriptor> secrets = {}) const;
    void makeWebFolder() const;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void OfflineTest::initTestCase()
{
    QVERIFY2(QFile::exists(gatehouse::test::cliProgram()), "gatehouse-cli is not built");
}

void OfflineTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void OfflineTest::write(const char *name, const QByteArray &content) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

QByteArray OfflineTest::read(const char *name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

CliRun OfflineTest::run(const QStringList &arguments, const QVector<OnDescriptor> &secrets) const
{
    return runCli(m_folder->path(), arguments, secrets);
}

CliRun OfflineTest::runWithVault(QStringList arguments, QVector<OnDescriptor> secrets) const
{
    arguments << QStringLiteral("--vault") << path("keys.vault") << QStringLiteral("--json");
    secrets.append({QStringLiteral("--passphrase-fd"), "correct horse\n"});
    return run(arguments, secrets);
}

void OfflineTest::makeWebFolder() const
{
    QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("web/assets")));
    write("web/index.html", "<script src=\"app.js\"></script>");
    write("web/app.js", "CapacitorUpdater.notifyAppReady();");
    write("web/assets/data.txt", QByteArray(100000, 'd'));
}

void OfflineTest::helpNamesEveryCommand()
{
    const CliRun help = run({QStringLiteral("--help")});
    QCOMPARE(help.code, 0);
    for (const char *name :
         {"key create",    "key list",        "key export",       "key import",     "key backup",
          "key restore",   "bundle build",    "bundle verify",    "bundle decrypt", "bundle list",
          "upload",        "channel list",    "channel show",     "channel set",    "channel rollout",
          "channel pause", "channel promote", "channel rollback", "status",         "completion"}) {
        QVERIFY2(help.out.contains(name), name);
        const CliRun one = run(QString::fromLatin1(name).split(QLatin1Char(' ')) << QStringLiteral("--help"));
        QCOMPARE(one.code, 0);
        QVERIFY2(one.out.contains(QByteArray("Usage: gatehouse-cli ").append(name)), one.out.constData());
    }
    QCOMPARE(run({QStringLiteral("--version")}).out.left(14), QByteArray("gatehouse-cli "));
}

void OfflineTest::wrongWordsAreRefused_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("nothing") << QStringList{};
    QTest::newRow("a command that is none") << QStringList{QStringLiteral("fly")};
    QTest::newRow("half a command") << QStringList{QStringLiteral("key")};
    QTest::newRow("an unknown option")
        << QStringList{QStringLiteral("key"), QStringLiteral("list"), QStringLiteral("--password=x")};
    QTest::newRow("an option twice") << QStringList{QStringLiteral("key"), QStringLiteral("list"),
                                                    QStringLiteral("--app=a.b"), QStringLiteral("--app=a.b")};
    QTest::newRow("no value") << QStringList{QStringLiteral("key"), QStringLiteral("list"),
                                             QStringLiteral("--app")};
    QTest::newRow("a value for a switch")
        << QStringList{QStringLiteral("key"), QStringLiteral("list"), QStringLiteral("--json=yes")};
    QTest::newRow("a word too many") << QStringList{QStringLiteral("key"), QStringLiteral("list"),
                                                    QStringLiteral("all")};
    QTest::newRow("no app") << QStringList{QStringLiteral("channel"), QStringLiteral("list")};
    QTest::newRow("an app that is none") << QStringList{QStringLiteral("channel"), QStringLiteral("list"),
                                                        QStringLiteral("--app"), QStringLiteral("app")};
    QTest::newRow("a share that is none")
        << QStringList{QStringLiteral("channel"), QStringLiteral("rollout"), QStringLiteral("production"),
                       QStringLiteral("--app"),   QStringLiteral("a.b"),     QStringLiteral("--share"),
                       QStringLiteral("120")};
    QTest::newRow("plain http elsewhere") << QStringList{QStringLiteral("status"), QStringLiteral("--server"),
                                                         QStringLiteral("http://example.org")};
    QTest::newRow("both plain and AES-256")
        << QStringList{QStringLiteral("bundle"), QStringLiteral("build"),   QStringLiteral("web"),
                       QStringLiteral("--app"),  QStringLiteral("a.b"),     QStringLiteral("--version"),
                       QStringLiteral("1.0.0"),  QStringLiteral("--plain"), QStringLiteral("--aes256")};
    QTest::newRow("an unknown shell") << QStringList{QStringLiteral("completion"), QStringLiteral("csh")};
}

void OfflineTest::wrongWordsAreRefused()
{
    QFETCH(const QStringList, words);
    const CliRun refused = run(words);
    QCOMPARE(refused.code, 2);
    QVERIFY(!refused.err.isEmpty() || words.isEmpty());
}

void OfflineTest::keysLiveInAVault()
{
    const CliRun made = runWithVault({QStringLiteral("key"), QStringLiteral("create"),
                                      QStringLiteral("--app"), QStringLiteral("com.example.app")});
    QCOMPARE(made.code, 0);
    const QString fingerprint = made.json().value(QLatin1String("fingerprint")).toString();
    QCOMPARE(fingerprint.size(), 64);
    const CliRun listed = runWithVault({QStringLiteral("key"), QStringLiteral("list")});
    QCOMPARE(listed.code, 0);
    const QJsonArray keys = listed.json().value(QLatin1String("bundle_keys")).toArray();
    QCOMPARE(keys.size(), 1);
    QCOMPARE(keys.at(0)[QLatin1String("fingerprint")].toString(), fingerprint);
    const CliRun exported = runWithVault({QStringLiteral("key"), QStringLiteral("export"), path("public.pem"),
                                          QStringLiteral("--app"), QStringLiteral("com.example.app")});
    QCOMPARE(exported.code, 0);
    QVERIFY(read("public.pem").startsWith("-----BEGIN RSA PUBLIC KEY-----"));
    for (const QByteArray &printed : {made.out, made.err, listed.out, exported.out}) {
        QVERIFY(!printed.contains("PRIVATE"));
    }
    QVERIFY(!read("keys.vault").contains("PRIVATE"));
    // Two keys: which one must be said.
    QCOMPARE(runWithVault({QStringLiteral("key"), QStringLiteral("create"), QStringLiteral("--app"),
                           QStringLiteral("com.example.app")})
                 .code,
             0);
    const CliRun which = runWithVault({QStringLiteral("key"), QStringLiteral("export"), path("public.pem"),
                                       QStringLiteral("--app"), QStringLiteral("com.example.app")});
    QCOMPARE(which.code, 2);
    QCOMPARE(which.errorId(), QStringLiteral("cli.which_key"));
}

void OfflineTest::wrongPassphraseOpensNothing()
{
    QCOMPARE(runWithVault({QStringLiteral("key"), QStringLiteral("create"), QStringLiteral("--app"),
                           QStringLiteral("com.example.app")})
                 .code,
             0);
    const QByteArray before = read("keys.vault");
    const CliRun wrong = run({QStringLiteral("key"), QStringLiteral("list"), QStringLiteral("--json"),
                              QStringLiteral("--vault"), path("keys.vault")},
                             {{QStringLiteral("--passphrase-fd"), "wrong horse\n"}});
    QCOMPARE(wrong.code, 5);
    QCOMPARE(wrong.errorId(), QStringLiteral("crypto.seal.passphrase"));
    QCOMPARE(read("keys.vault"), before);
}

void OfflineTest::noTerminalMeansNoQuestion()
{
    const CliRun asked = run({QStringLiteral("key"), QStringLiteral("list"), QStringLiteral("--json"),
                              QStringLiteral("--vault"), path("keys.vault")});
    QCOMPARE(asked.code, 2);
    QCOMPARE(asked.errorId(), QStringLiteral("cli.passphrase"));
}

void OfflineTest::backupGoesToAnotherVault()
{
    const CliRun made = runWithVault({QStringLiteral("key"), QStringLiteral("create"),
                                      QStringLiteral("--app"), QStringLiteral("com.example.app")});
    const OnDescriptor backupPassphrase{QStringLiteral("--backup-passphrase-fd"), "for the safe\n"};
    QCOMPARE(runWithVault({QStringLiteral("key"), QStringLiteral("backup"), path("key.seal"),
                           QStringLiteral("--app"), QStringLiteral("com.example.app")},
                          {backupPassphrase})
                 .code,
             0);
    const OnDescriptor otherVault{QStringLiteral("--passphrase-fd"), "another\n"};
    const QStringList restore = {QStringLiteral("key"), QStringLiteral("restore"),
                                 path("key.seal"),      QStringLiteral("--vault"),
                                 path("other.vault"),   QStringLiteral("--json")};
    const CliRun otherApp =
        run(restore + QStringList{QStringLiteral("--app"), QStringLiteral("com.example.other")},
            {backupPassphrase, otherVault});
    QCOMPARE(otherApp.code, 5);
    QCOMPARE(otherApp.errorId(), QStringLiteral("keys.backup.other_app"));
    const CliRun wrong =
        run(restore + QStringList{QStringLiteral("--app"), QStringLiteral("com.example.app")},
            {{QStringLiteral("--backup-passphrase-fd"), "wrong\n"}, otherVault});
    QCOMPARE(wrong.code, 5);
    QCOMPARE(wrong.errorId(), QStringLiteral("crypto.seal.passphrase"));
    const CliRun restored =
        run(restore + QStringList{QStringLiteral("--app"), QStringLiteral("com.example.app")},
            {backupPassphrase, otherVault});
    QCOMPARE(restored.code, 0);
    QCOMPARE(restored.json().value(QLatin1String("fingerprint")),
             made.json().value(QLatin1String("fingerprint")));
}

void OfflineTest::importTakesThePeersKey()
{
    const QString fixture = QStringLiteral(GATEHOUSE_FIXTURES "/capgo-cli/throwaway_private.pem");
    QVERIFY(QFile::exists(fixture));
    const CliRun imported = runWithVault({QStringLiteral("key"), QStringLiteral("import"), fixture,
                                          QStringLiteral("--app"), QStringLiteral("com.example.app")});
    QCOMPARE(imported.code, 0);
    write("broken.pem", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
    const CliRun broken = runWithVault({QStringLiteral("key"), QStringLiteral("import"), path("broken.pem"),
                                        QStringLiteral("--app"), QStringLiteral("com.example.app")});
    QCOMPARE(broken.code, 2);
    const CliRun missing = runWithVault({QStringLiteral("key"), QStringLiteral("import"), path("nowhere.pem"),
                                         QStringLiteral("--app"), QStringLiteral("com.example.app")});
    QCOMPARE(missing.code, 3);
}

void OfflineTest::bundleIsBuiltVerifiedAndDecrypted()
{
    makeWebFolder();
    QCOMPARE(runWithVault({QStringLiteral("key"), QStringLiteral("create"), QStringLiteral("--app"),
                           QStringLiteral("com.example.app")})
                 .code,
             0);
    QCOMPARE(runWithVault({QStringLiteral("key"), QStringLiteral("export"), path("public.pem"),
                           QStringLiteral("--app"), QStringLiteral("com.example.app")})
                 .code,
             0);
    const CliRun built =
        runWithVault({QStringLiteral("bundle"), QStringLiteral("build"), path("web"), QStringLiteral("--app"),
                      QStringLiteral("com.example.app"), QStringLiteral("--version"), QStringLiteral("1.0.0"),
                      QStringLiteral("--output"), path("bundle")});
    QCOMPARE(built.code, 0);
    QCOMPARE(built.json().value(QLatin1String("files")).toInt(), 3);
    QCOMPARE(built.json().value(QLatin1String("checksum")).toString().size(), 512);
    QVERIFY(QFile::exists(path("bundle.json")));
    const QStringList publicKey = {QStringLiteral("--public-key"), path("public.pem"),
                                   QStringLiteral("--json")};
    const CliRun good =
        run(QStringList{QStringLiteral("bundle"), QStringLiteral("verify"), path("bundle")} + publicKey);
    QCOMPARE(good.code, 0);
    QCOMPARE(good.json().value(QLatin1String("archive_sha256")),
             built.json().value(QLatin1String("archive_sha256")));
    const CliRun decrypted = run(QStringList{QStringLiteral("bundle"), QStringLiteral("decrypt"),
                                             path("bundle"), QStringLiteral("--output"), path("plain.zip")} +
                                 publicKey);
    QCOMPARE(decrypted.code, 0);
    QVERIFY(read("plain.zip").startsWith("PK"));
    const CliRun noKey =
        run({QStringLiteral("bundle"), QStringLiteral("verify"), path("bundle"), QStringLiteral("--json")});
    QCOMPARE(noKey.code, 2);
    QCOMPARE(noKey.errorId(), QStringLiteral("bundle.verify.key"));
}

void OfflineTest::sameFolderGivesTheSameArchive()
{
    makeWebFolder();
    QJsonValue digests[2];
    for (QJsonValue &digest : digests) {
        const CliRun built =
            run({QStringLiteral("bundle"), QStringLiteral("build"), path("web"), QStringLiteral("--app"),
                 QStringLiteral("com.example.app"), QStringLiteral("--version"), QStringLiteral("1.0.0"),
                 QStringLiteral("--plain"), QStringLiteral("--json"), QStringLiteral("--output"),
                 path("bundle")});
        QCOMPARE(built.code, 0);
        digest = built.json().value(QLatin1String("archive_sha256"));
    }
    QCOMPARE(digests[0], digests[1]);
}

void OfflineTest::brokenFolderIsRefused()
{
    makeWebFolder();
    QVERIFY(QFile::remove(path("web/index.html")));
    const CliRun refused = run(
        {QStringLiteral("bundle"), QStringLiteral("build"), path("web"), QStringLiteral("--app"),
         QStringLiteral("com.example.app"), QStringLiteral("--version"), QStringLiteral("1.0.0"),
         QStringLiteral("--plain"), QStringLiteral("--json"), QStringLiteral("--output"), path("bundle")});
    QCOMPARE(refused.code, 2);
    QCOMPARE(refused.errorId(), QStringLiteral("bundle.build.findings"));
    QVERIFY(refused.out.contains("index"));
    QVERIFY(!QFile::exists(path("bundle")));
    QVERIFY(!QFile::exists(path("bundle.json")));
    QCOMPARE(run({QStringLiteral("bundle"), QStringLiteral("build"), path("nowhere"), QStringLiteral("--app"),
                  QStringLiteral("com.example.app"), QStringLiteral("--version"), QStringLiteral("1.0.0"),
                  QStringLiteral("--plain")})
                 .code,
             3);
}

void OfflineTest::changedArtifactIsFound()
{
    makeWebFolder();
    QCOMPARE(run({QStringLiteral("bundle"), QStringLiteral("build"), path("web"), QStringLiteral("--app"),
                  QStringLiteral("com.example.app"), QStringLiteral("--version"), QStringLiteral("1.0.0"),
                  QStringLiteral("--plain"), QStringLiteral("--output"), path("bundle")})
                 .code,
             0);
    QByteArray content = read("bundle");
    content[content.size() / 2] = static_cast<char>(content.at(content.size() / 2) ^ 1);
    write("bundle", content);
    const CliRun found =
        run({QStringLiteral("bundle"), QStringLiteral("verify"), path("bundle"), QStringLiteral("--json")});
    QCOMPARE(found.code, 10);
    QCOMPARE(found.errorId(), QStringLiteral("bundle.checksum.mismatch"));
}

void OfflineTest::statementIsSignedAndChecked()
{
    makeWebFolder();
    const CliRun identity = runWithVault({QStringLiteral("key"), QStringLiteral("create"),
                                          QStringLiteral("--identity"), QStringLiteral("Ada")});
    QCOMPARE(identity.code, 0);
    const QString keyId = identity.json().value(QLatin1String("key_id")).toString();
    QCOMPARE(runWithVault({QStringLiteral("key"), QStringLiteral("export"), path("ada.pem"),
                           QStringLiteral("--identity"), keyId})
                 .code,
             0);
    const CliRun built =
        runWithVault({QStringLiteral("bundle"), QStringLiteral("build"), path("web"), QStringLiteral("--app"),
                      QStringLiteral("com.example.app"), QStringLiteral("--version"), QStringLiteral("1.0.0"),
                      QStringLiteral("--plain"), QStringLiteral("--identity"), keyId,
                      QStringLiteral("--output"), path("bundle")});
    QVERIFY2(built.code == 0, built.out.constData());
    const QStringList verify = {QStringLiteral("bundle"), QStringLiteral("verify"),         path("bundle"),
                                QStringLiteral("--json"), QStringLiteral("--identity-key"), path("ada.pem")};
    const CliRun good = run(verify);
    QVERIFY2(good.code == 0, good.out.constData());
    QCOMPARE(good.json().value(QLatin1String("signers")).toArray().at(0).toString(), keyId);
    // Another bundle under the same statement.
    write("web/app.js", "CapacitorUpdater.notifyAppReady(); evil();");
    QVERIFY(QFile::rename(path("bundle.statement.json"), path("kept")));
    QCOMPARE(run({QStringLiteral("bundle"), QStringLiteral("build"), path("web"), QStringLiteral("--app"),
                  QStringLiteral("com.example.app"), QStringLiteral("--version"), QStringLiteral("1.0.0"),
                  QStringLiteral("--plain"), QStringLiteral("--output"), path("bundle")})
                 .code,
             0);
    QVERIFY(QFile::rename(path("kept"), path("bundle.statement.json")));
    const CliRun other = run(verify);
    QCOMPARE(other.code, 10);
    QCOMPARE(other.errorId(), QStringLiteral("trust.statement.mismatch"));
}

void OfflineTest::keyFileOfOthersIsRefused()
{
    write("key", "c0ffee00-0000-4000-8000-000000000003\n");
    QFile::setPermissions(path("key"), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther);
    ScriptedCapgo capgo;
    const CliRun refused = run({QStringLiteral("status"), QStringLiteral("--server"), capgo.url().toString(),
                                QStringLiteral("--key-file"), path("key"), QStringLiteral("--json")});
    QCOMPARE(refused.code, 5);
    QCOMPARE(refused.errorId(), QStringLiteral("keys.file.mode"));
    QVERIFY(capgo.calls().isEmpty());
}

void OfflineTest::completionIsValidShell_data()
{
    QTest::addColumn<QString>("shell");
    QTest::addColumn<QString>("checker");
    QTest::newRow("bash") << QStringLiteral("bash") << QStringLiteral("bash");
    QTest::newRow("zsh") << QStringLiteral("zsh") << QStringLiteral("zsh");
    QTest::newRow("fish") << QStringLiteral("fish") << QStringLiteral("fish");
}

void OfflineTest::completionIsValidShell()
{
    QFETCH(const QString, shell);
    QFETCH(const QString, checker);
    const CliRun made = run({QStringLiteral("completion"), shell});
    QCOMPARE(made.code, 0);
    QVERIFY(made.out.contains("rollback"));
    write("completion", made.out);
    QProcess check;
    check.start(checker, {QStringLiteral("-n"), path("completion")});
    if (!check.waitForStarted()) {
        QVERIFY2(shell != QLatin1String("bash"), "bash is always there");
        QSKIP("this shell is not installed");
    }
    QVERIFY(check.waitForFinished());
    QVERIFY2(check.exitCode() == 0, check.readAllStandardError().constData());
    if (shell == QLatin1String("bash")) {
        QProcess use;
        use.start(QStringLiteral("bash"),
                  {QStringLiteral("-c"),
                   QStringLiteral(
                       "source '%1'; COMP_WORDS=(gatehouse-cli channel ro); COMP_CWORD=2; _gatehouse_cli; "
                       "echo \"${COMPREPLY[@]}\"")
                       .arg(path("completion"))});
        QVERIFY(use.waitForFinished());
        QCOMPARE(use.readAllStandardOutput().trimmed(), QByteArray("rollout rollback"));
    }
}

void OfflineTest::interruptEndsAnUploadCleanly()
{
    makeWebFolder();
    write("key", "c0ffee00-0000-4000-8000-000000000003\n");
    QFile::setPermissions(path("key"), QFile::ReadOwner | QFile::WriteOwner);
    QCOMPARE(run({QStringLiteral("bundle"), QStringLiteral("build"), path("web"), QStringLiteral("--app"),
                  QStringLiteral("com.example.app"), QStringLiteral("--version"), QStringLiteral("1.0.0"),
                  QStringLiteral("--plain"), QStringLiteral("--output"), path("bundle")})
                 .code,
             0);
    QProcess process;
    ScriptedCapgo capgo([&](const Seen &seen) -> std::optional<Reply> {
        if (seen.method == "PATCH" && seen.target.startsWith("/files/")) {
            ::kill(static_cast<pid_t>(process.processId()), SIGINT);
            return Reply{{}, Reply::Then::Keep, true};
        }
        return std::nullopt;
    });
    process.start(gatehouse::test::cliProgram(),
                  {QStringLiteral("upload"), path("bundle"), QStringLiteral("--server"),
                   capgo.url().toString(), QStringLiteral("--key-file"), path("key"),
                   QStringLiteral("--json")});
    QVERIFY(process.waitForFinished(20000));
    QCOMPARE(process.exitCode(), 130);
    QCOMPARE(capgo.memory().deletions, 1);
    QVERIFY(!capgo.memory().row);
    QVERIFY(process.readAllStandardOutput().contains("operation.cancelled"));
}

void OfflineTest::offlineServerHasItsExitCode()
{
    write("key", "key\n");
    QFile::setPermissions(path("key"), QFile::ReadOwner | QFile::WriteOwner);
    QUrl url;
    {
        const ScriptedCapgo gone;
        url = gone.url();
    }
    const CliRun offline = run({QStringLiteral("status"), QStringLiteral("--server"), url.toString(),
                                QStringLiteral("--key-file"), path("key"), QStringLiteral("--json")});
    QCOMPARE(offline.code, 6);
    QCOMPARE(offline.errorId(), QStringLiteral("client.offline"));
    const CliRun text = run({QStringLiteral("status"), QStringLiteral("--server"), url.toString(),
                             QStringLiteral("--key-file"), path("key")});
    QVERIFY(text.out.isEmpty());
    QVERIFY(text.err.contains("cannot be reached"));
}

QTEST_GUILESS_MAIN(OfflineTest)
#include "offlinetest.moc"
