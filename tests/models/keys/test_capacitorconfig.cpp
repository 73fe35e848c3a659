// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/capacitorconfig.h"
#include "keys/jsontext.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::keys;

namespace {
QByteArray set(const QByteArray &text)
{
    const QStringList path{QStringLiteral("plugins"), QStringLiteral("CapacitorUpdater"),
                           QStringLiteral("publicKey")};
    const auto changed = withJsonText(text, path, QStringLiteral("K\n"));
    return changed ? *changed : changed.error().id.toUtf8();
}
} // namespace

class CapacitorConfigTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void formattingStays_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("an existing key is replaced where it stands")
            << QByteArray("{\n  \"plugins\" : {\n\t\"CapacitorUpdater\":{ \"publicKey\" :  \"old\" , "
                          "\"z\":1}\n  }\n}")
            << QByteArray("{\n  \"plugins\" : {\n\t\"CapacitorUpdater\":{ \"publicKey\" :  \"K\\n\" , "
                          "\"z\":1}\n  }\n}");
        QTest::newRow("an existing value of another kind")
            << QByteArray("{\"plugins\":{\"CapacitorUpdater\":{\"publicKey\":null}}}")
            << QByteArray("{\"plugins\":{\"CapacitorUpdater\":{\"publicKey\":\"K\\n\"}}}");
        QTest::newRow("behind the last member")
            << QByteArray("{\n    \"plugins\": {\n        \"CapacitorUpdater\": {\n            "
                          "\"autoUpdate\": true\n        }\n    }\n}\n")
            << QByteArray("{\n    \"plugins\": {\n        \"CapacitorUpdater\": {\n            "
                          "\"autoUpdate\": true,\n"
                          "            \"publicKey\": \"K\\n\"\n        }\n    }\n}\n");
        QTest::newRow("the plugin is missing")
            << QByteArray("{\n\t\"appId\": \"a\",\n\t\"plugins\": {\n\t\t\"Splash\": {}\n\t}\n}\n")
            << QByteArray("{\n\t\"appId\": \"a\",\n\t\"plugins\": {\n\t\t\"Splash\": "
                          "{},\n\t\t\"CapacitorUpdater\": {\n"
                          "\t\t\t\"publicKey\": \"K\\n\"\n\t\t}\n\t}\n}\n");
        QTest::newRow("plugins are missing") << QByteArray("{\n  \"appId\": \"a\",\n  \"list\": [1, 2]\n}")
                                             << QByteArray("{\n  \"appId\": \"a\",\n  \"list\": [1, 2],\n  "
                                                           "\"plugins\": {\n    \"CapacitorUpdater\": {\n"
                                                           "      \"publicKey\": \"K\\n\"\n    }\n  }\n}");
        QTest::newRow("empty objects in a file with lines")
            << QByteArray("{\n  \"plugins\": {}\n}\n")
            << QByteArray("{\n  \"plugins\": {\n    \"CapacitorUpdater\": {\n      \"publicKey\": \"K\\n\"\n "
                          "   }\n  }\n}\n");
        QTest::newRow("an empty plugin on its lines")
            << QByteArray("{\n  \"plugins\": {\n    \"CapacitorUpdater\": {\n    }\n  }\n}\n")
            << QByteArray("{\n  \"plugins\": {\n    \"CapacitorUpdater\": {\n      \"publicKey\": \"K\\n\"\n "
                          "   }\n  }\n}\n");
        QTest::newRow("line ends of Windows")
            << QByteArray("{\r\n  \"plugins\": {\r\n    \"A\": 1\r\n  }\r\n}\r\n")
            << QByteArray("{\r\n  \"plugins\": {\r\n    \"A\": 1,\r\n    \"CapacitorUpdater\": {\r\n      "
                          "\"publicKey\": \"K\\n\"\r\n"
                          "    }\r\n  }\r\n}\r\n");
        QTest::newRow("one line, no spaces")
            << QByteArray("{\"appId\":\"a\"}")
            << QByteArray("{\"appId\":\"a\",\"plugins\":{\"CapacitorUpdater\":{\"publicKey\":\"K\\n\"}}}");
        QTest::newRow("one line with spaces")
            << QByteArray("{ \"appId\": \"a\" }")
            << QByteArray(
                   "{ \"appId\": \"a\", \"plugins\": {\"CapacitorUpdater\": {\"publicKey\": \"K\\n\"}} }");
        QTest::newRow("an empty file's object")
            << QByteArray("{}")
            << QByteArray("{\"plugins\": {\"CapacitorUpdater\": {\"publicKey\": \"K\\n\"}}}");
        QTest::newRow("mark of byte order in front")
            << QByteArray("\xef\xbb\xbf{\"a\":1}")
            << QByteArray(
                   "\xef\xbb\xbf{\"a\":1,\"plugins\":{\"CapacitorUpdater\":{\"publicKey\":\"K\\n\"}}}");
        QTest::newRow("a key of this name elsewhere, and in a text")
            << QByteArray("{\"publicKey\":\"x\",\"t\":\"\\\"plugins\\\":{\",\"plugins\":{\"B\":{"
                          "\"publicKey\":\"y\"},\"CapacitorUpdater\":{\"publicKey\":\"z\"}}}")
            << QByteArray("{\"publicKey\":\"x\",\"t\":\"\\\"plugins\\\":{\",\"plugins\":{\"B\":{"
                          "\"publicKey\":\"y\"},\"CapacitorUpdater\":{\"publicKey\":\"K\\n\"}}}");
        QTest::newRow("a key written with an escape")
            << QByteArray("{\"plu\\u0067ins\":{\"CapacitorUpdater\":{\"publicKey\":\"z\"}}}")
            << QByteArray("{\"plu\\u0067ins\":{\"CapacitorUpdater\":{\"publicKey\":\"K\\n\"}}}");
    }

    void formattingStays()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QCOMPARE(set(before), after);
        QCOMPARE(set(after), after);
    }

    void badFilesAreRefusedAndStay_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("id");
        const QString json = QStringLiteral("keys.config.json");
        const QString shape = QStringLiteral("keys.config.shape");
        QTest::newRow("no brace at the end") << QByteArray("{\"a\":1") << json;
        QTest::newRow("trailing comma") << QByteArray("{\"a\":1,}") << json;
        QTest::newRow("comment") << QByteArray("{ // note\n \"a\":1}") << json;
        QTest::newRow("single quotes") << QByteArray("{'a':1}") << json;
        QTest::newRow("something behind") << QByteArray("{} {}") << json;
        QTest::newRow("a bare word") << QByteArray("{\"a\":yes}") << json;
        QTest::newRow("a number without digits") << QByteArray("{\"a\":1.}") << json;
        QTest::newRow("leading zero") << QByteArray("{\"a\":01}") << json;
        QTest::newRow("text without end") << QByteArray("{\"a\":\"x}") << json;
        QTest::newRow("line break in a text") << QByteArray("{\"a\":\"x\ny\"}") << json;
        QTest::newRow("unknown escape") << QByteArray("{\"a\":\"\\x\"}") << json;
        QTest::newRow("nested without end")
            << QByteArray("{\"a\":") + QByteArray("[").repeated(100000) << json;
        QTest::newRow("a list") << QByteArray("[]") << shape;
        QTest::newRow("plugins is a list") << QByteArray("{\"plugins\":[]}") << shape;
        QTest::newRow("the plugin is a text")
            << QByteArray("{\"plugins\":{\"CapacitorUpdater\":\"x\"}}") << shape;
        QTest::newRow("plugins twice") << QByteArray("{\"plugins\":{},\"plugins\":{}}") << shape;
        QTest::newRow("the key twice")
            << QByteArray("{\"plugins\":{\"CapacitorUpdater\":{\"publicKey\":1,\"publicKey\":2}}}") << shape;
        QTest::newRow("broken UTF-8") << QByteArray("{\"a\":\"\xff\"}") << shape;
    }

    void badFilesAreRefusedAndStay()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, id);
        const QString path = write("capacitor.config.json", text);
        const auto plan = planPublicKey(path, m_pem);
        QVERIFY(!plan);
        QCOMPARE(plan.error().id, id);
        QCOMPARE(plan.error().kind, ErrorKind::Invalid);
        QVERIFY(!plan.error().remedy.isEmpty());
        QCOMPARE(read(path), text);
    }

    void theErrorNamesThePlace()
    {
        const auto plan = planPublicKey(write("capacitor.config.json", "{\n  \"a\": 1,\n  b: 2\n}"), m_pem);
        QVERIFY2(plan.error().cause.startsWith(
                     QStringLiteral("Line 3, column 3: a key in double quotes is expected")),
                 qPrintable(plan.error().cause));
    }

    void theDifferenceIsShownFirst()
    {
        const QByteArray before =
            "{\n  \"appId\": \"a\",\n  \"webDir\": \"dist\",\n  \"plugins\": {\n    \"CapacitorUpdater\": {\n"
            "      \"autoUpdate\": true\n    }\n  },\n  \"x\": 1,\n  \"y\": 2\n}\n";
        const QString path = write("capacitor.config.json", before);
        const auto plan = planPublicKey(path, m_pem);
        QVERIFY(plan);
        QVERIFY(plan->changesAnything());
        QCOMPARE(read(path), before);
        QCOMPARE(plan->diffText(), QStringLiteral("    \"webDir\": \"dist\",\n"
                                                  "    \"plugins\": {\n"
                                                  "      \"CapacitorUpdater\": {\n"
                                                  "-       \"autoUpdate\": true\n"
                                                  "+       \"autoUpdate\": true,\n"
                                                  "+       \"publicKey\": \"-----BEGIN RSA PUBLIC "
                                                  "KEY-----\\nAAAA\\n-----END RSA PUBLIC KEY-----\\n\"\n"
                                                  "      }\n"
                                                  "    },\n"
                                                  "    \"x\": 1,\n"));
        const QVector<DiffLine> lines = plan->diff();
        QCOMPARE(lines.at(3),
                 (DiffLine{DiffLine::Kind::Removed, 6, 0, QStringLiteral("      \"autoUpdate\": true")}));
        QCOMPARE(lines.at(4).newLine, 6);
        QCOMPARE(lines.at(6).oldLine, 7);
        QCOMPARE(lines.at(6).newLine, 8);

        QVERIFY(applyConfigPlan(*plan));
        QCOMPARE(read(path), plan->after);
        const auto again = planPublicKey(path, m_pem);
        QVERIFY(!again->changesAnything());
        QVERIFY(again->diff().isEmpty());
        QVERIFY(applyConfigPlan(*again));
    }

    void aFileThatChangedMeanwhileStays()
    {
        const QString path = write("capacitor.config.json", "{\"a\":1}");
        const auto plan = planPublicKey(path, m_pem);
        write("capacitor.config.json", "{\"a\":2}");
        const auto applied = applyConfigPlan(*plan);
        QVERIFY(!applied);
        QCOMPARE(applied.error().kind, ErrorKind::Conflict);
        QCOMPARE(read(path), QByteArray("{\"a\":2}"));
    }

    void modeAndLinksStay()
    {
        const QString path = write("real.json", "{\"a\":1}");
        const auto mode = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadGroup;
        QVERIFY(QFile::setPermissions(path, mode));
        const QString link = m_folder->filePath(QStringLiteral("capacitor.config.json"));
        QVERIFY(QFile::link(path, link));
        QVERIFY(applyConfigPlan(*planPublicKey(link, m_pem)));
        QVERIFY(QFileInfo(link).isSymLink());
        QVERIFY(read(path).contains("BEGIN RSA PUBLIC KEY"));
        QVERIFY((QFileInfo(path).permissions() & QFileDevice::ReadGroup) != 0);
        QVERIFY((QFileInfo(path).permissions() & QFileDevice::ReadOther) == 0);
    }

    void scriptsAreShownNotChanged()
    {
        const QString path = write("capacitor.config.ts", "export default {}\n");
        QCOMPARE(planPublicKey(path, m_pem).error().id, QStringLiteral("keys.config.script"));
        QCOMPARE(read(path), QByteArray("export default {}\n"));
        QCOMPARE(
            publicKeySnippet(m_pem),
            QStringLiteral(
                "plugins: {\n  CapacitorUpdater: {\n    publicKey: '-----BEGIN RSA PUBLIC KEY-----\\nAAAA\\n"
                "-----END RSA PUBLIC KEY-----\\n',\n  },\n},\n"));
    }

    void theConfigurationIsFoundAsCapacitorDoes()
    {
        QVERIFY(!findCapacitorConfig(m_folder->path()));
        for (const char *name : {"capacitor.config.json", "capacitor.config.js", "capacitor.config.ts"}) {
            const QString path = write(name, "{}");
            QCOMPARE(findCapacitorConfig(m_folder->path()), std::optional(path));
        }
    }

    void aMissingFileIsSaid()
    {
        QCOMPARE(planPublicKey(m_folder->filePath(QStringLiteral("no.json")), m_pem).error().id,
                 QStringLiteral("keys.file.missing"));
    }

private:
    QString write(const char *name, const QByteArray &text)
    {
        QFile file(m_folder->filePath(QLatin1String(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) {
            return {};
        }
        return file.fileName();
    }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QByteArray m_pem = "-----BEGIN RSA PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----\n";
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(CapacitorConfigTest)
#include "test_capacitorconfig.moc"
