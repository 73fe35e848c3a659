// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/secretfile.h"
#include "keytest.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace gatehouse;
using namespace gatehouse::keys;
using namespace gatehouse::keys::test;

class SecretFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyTheOwnersFileIsTaken()
    {
        const QString path = m_folder.filePath(QStringLiteral("secret"));
        QVERIFY(writePrivateFile(path, "words"));
        QCOMPARE(bytesOf(readSecretFile(path, FileSecrecy::OwnerOnly).value()), QByteArray("words"));
        QVERIFY(QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::ReadGroup));
        const auto read = readSecretFile(path, FileSecrecy::OwnerOnly);
        QVERIFY(!read);
        QCOMPARE(read.error().id, QStringLiteral("keys.file.mode"));
        QVERIFY(read.error().remedy.contains(QStringLiteral("chmod 600")));
        QVERIFY(readSecretFile(path, FileSecrecy::Any));
    }

    void aPrivateFileStaysPrivateWhenReplaced()
    {
        const QString path = m_folder.filePath(QStringLiteral("open"));
        QVERIFY(writePublicFile(path, "a"));
        QVERIFY(QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner |
                                                QFileDevice::ReadOther));
        QVERIFY(writePrivateFile(path, "b"));
        QVERIFY((QFileInfo(path).permissions() & QFileDevice::ReadOther) == 0);
    }

    void aPassphraseComesFromADescriptor_data()
    {
        QTest::addColumn<QByteArray>("written");
        QTest::addColumn<QByteArray>("passphrase");
        QTest::newRow("a line") << QByteArray("some words\nnext") << QByteArray("some words");
        QTest::newRow("without line end") << QByteArray("some words") << QByteArray("some words");
        QTest::newRow("a line of Windows") << QByteArray("some words\r\n") << QByteArray("some words");
        QTest::newRow("spaces count") << QByteArray(" a \n") << QByteArray(" a ");
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("an empty line") << QByteArray("\nx") << QByteArray();
        QTest::newRow("endless") << QByteArray(5000, 'x') << QByteArray();
    }

    void aPassphraseComesFromADescriptor()
    {
        QFETCH(QByteArray, written);
        QFETCH(QByteArray, passphrase);
        int ends[2] = {-1, -1};
        QCOMPARE(::pipe(ends), 0);
        QCOMPARE(::write(ends[1], written.constData(), static_cast<std::size_t>(written.size())),
                 ssize_t(written.size()));
        ::close(ends[1]);
        const auto read = readSecretFromDescriptor(ends[0]);
        ::close(ends[0]);
        QCOMPARE(read.has_value(), !passphrase.isEmpty());
        if (read) {
            QCOMPARE(bytesOf(*read), passphrase);
        } else {
            QCOMPARE(read.error().id, QStringLiteral("keys.file.size"));
        }
    }

    void aClosedDescriptorIsAnError()
    {
        const auto read = readSecretFromDescriptor(987);
        QVERIFY(!read);
        QCOMPARE(read.error().id, QStringLiteral("keys.file.read"));
    }

    void whatCannotBeWrittenIsSaid()
    {
        const auto written = writePrivateFile(m_folder.filePath(QStringLiteral("none/file")), "x");
        QVERIFY(!written);
        QCOMPARE(written.error().id, QStringLiteral("keys.file.write"));
        QVERIFY(writePublicFile(m_folder.filePath(QStringLiteral("file")), "x"));
        QVERIFY(!makePrivateFolder(m_folder.filePath(QStringLiteral("file/below"))));
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(SecretFileTest)
#include "test_secretfile.moc"
