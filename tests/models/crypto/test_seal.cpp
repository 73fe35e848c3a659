// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/seal.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::crypto;

namespace {
// Cheap to try: these tests are about the format. One test uses what people get.
constexpr SealCost kCheap{1, 64 * 1024};

Secret patterned(std::size_t size)
{
    Secret bytes(size);
    for (std::size_t i = 0; i < size; ++i) {
        bytes.data()[i] = static_cast<unsigned char>(i % 251);
    }
    return bytes;
}

QJsonObject aboutApp(const char *app)
{
    return {{QStringLiteral("app"), QLatin1String(app)}};
}

QByteArray replaced(QByteArray bytes, const QByteArray &from, const QByteArray &to)
{
    return bytes.replace(from, to);
}
} // namespace

class SealTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_passphrase = Secret::copyOf("correct horse battery");
        m_wrong = Secret::copyOf("correct horse batterz");
        auto sealedBytes = seal(patterned(200), m_passphrase, SealPurpose::Backup,
                                aboutApp("com.example.app"), m_op, kCheap);
        QVERIFY(sealedBytes);
        m_small = *sealedBytes;
        sealedBytes = seal(patterned(3 * 65536 + 5), m_passphrase, SealPurpose::Backup,
                           aboutApp("com.example.app"), m_op, kCheap);
        QVERIFY(sealedBytes);
        m_large = *sealedBytes;
    }

    void opensWhatItSealed_data()
    {
        QTest::addColumn<qsizetype>("size");
        for (const qsizetype size : {0, 1, 200, 65535, 65536, 65537, 131072, 300000}) {
            QTest::addRow("%lld bytes", static_cast<long long>(size)) << size;
        }
    }

    void opensWhatItSealed()
    {
        QFETCH(qsizetype, size);
        const Secret plain = patterned(static_cast<std::size_t>(size));
        const auto sealedBytes =
            seal(plain, m_passphrase, SealPurpose::Exchange, aboutApp("com.example.app"), m_op, kCheap);
        QVERIFY(sealedBytes);
        QVERIFY(isSealed(*sealedBytes));
        const auto opened =
            openSealed(*sealedBytes, m_passphrase, SealPurpose::Exchange, aboutApp("com.example.app"), m_op);
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().toText()));
        QVERIFY(opened->equals(plain));
    }

    void theContentCannotBeSeen()
    {
        const QByteArray plain = patterned(200).view().toByteArray();
        QVERIFY(!m_small.contains(plain.first(16)));
        QVERIFY(!m_small.contains(m_passphrase.view().toByteArray()));
        const auto again = seal(patterned(200), m_passphrase, SealPurpose::Backup,
                                aboutApp("com.example.app"), m_op, kCheap);
        QVERIFY(again);
        QVERIFY(*again != m_small);
    }

    void theDefaultIsWhatTheFormatSays()
    {
        const auto sealedBytes = seal(patterned(1), m_passphrase, SealPurpose::Vault, {}, m_op);
        QVERIFY(sealedBytes);
        const auto header = readSealHeader(*sealedBytes);
        QVERIFY(header);
        QCOMPARE(header->cost.operations, std::uint64_t(3));
        QCOMPARE(header->cost.memoryBytes, std::uint64_t(268435456));
        QCOMPARE(header->salt.size(), 16);
        QCOMPARE(header->about.value(QLatin1String("bytes")).toInteger(), 1);
    }

    void opensTheFileOfAnotherMaker()
    {
        QFile file(QStringLiteral(GATEHOUSE_FIXTURES "/sealed/other-maker.ghseal"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        const auto opened =
            openSealed(bytes, m_passphrase, SealPurpose::Backup, aboutApp("com.example.app"), m_op);
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().toText()));
        QVERIFY(opened->equals(patterned(65546)));
        // It does not tell its length: a cut last chunk is still known as a cut file.
        const auto cut = openSealed(bytes.chopped(3), m_passphrase, SealPurpose::Backup, {}, m_op);
        QVERIFY(!cut);
        QCOMPARE(cut.error().id, QStringLiteral("crypto.seal.truncated"));
        const auto between = openSealed(bytes.chopped(10 + 17), m_passphrase, SealPurpose::Backup, {}, m_op);
        QVERIFY(!between);
        QCOMPARE(between.error().id, QStringLiteral("crypto.seal.truncated"));
    }

    void aWrongPassphraseIsDenied()
    {
        const auto opened = openSealed(m_small, m_wrong, SealPurpose::Backup, {}, m_op);
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, ErrorKind::Denied);
        QCOMPARE(opened.error().id, QStringLiteral("crypto.seal.passphrase"));
    }

    void everyCutIsTruncation()
    {
        for (qsizetype length = 1; length < m_small.size(); ++length) {
            const auto opened = openSealed(QByteArrayView(m_small).first(length), m_passphrase,
                                           SealPurpose::Backup, {}, m_op);
            QVERIFY2(!opened, qPrintable(QString::number(length)));
            QCOMPARE(opened.error().id, QStringLiteral("crypto.seal.truncated"));
        }
        for (qsizetype cut = 1; cut < 3 * 65600; cut += 9973) {
            const auto opened =
                openSealed(QByteArrayView(m_large).chopped(cut), m_passphrase, SealPurpose::Backup, {}, m_op);
            QVERIFY(!opened);
            QCOMPARE(opened.error().id, QStringLiteral("crypto.seal.truncated"));
        }
    }

    void everyFlippedBitIsNoticed()
    {
        const SealHeader header = readSealHeader(m_small).value();
        const SealKey key = SealKey::forHeader(header, m_passphrase, m_op).value();
        for (qsizetype bit = 0; bit < m_small.size() * 8; ++bit) {
            QByteArray broken = m_small;
            broken[bit / 8] = static_cast<char>(broken.at(bit / 8) ^ (1 << (bit % 8)));
            QVERIFY2(!openSealed(broken, key, SealPurpose::Backup, {}, m_op),
                     qPrintable(QStringLiteral("bit %1").arg(bit)));
        }
    }

    void aLaterChunkThatWasAlteredIsDamage()
    {
        QByteArray broken = m_large;
        broken[broken.size() - 100000] = static_cast<char>(broken.at(broken.size() - 100000) ^ 1);
        const auto opened = openSealed(broken, m_passphrase, SealPurpose::Backup, {}, m_op);
        QVERIFY(!opened);
        QCOMPARE(opened.error().id, QStringLiteral("crypto.seal.damaged"));
    }

    void chunksCannotChangePlaces()
    {
        constexpr qsizetype kSealedChunk = 65536 + 17;
        const qsizetype body = m_large.size() - 3 * kSealedChunk - 5 - 17;
        QByteArray swapped = m_large.first(body);
        swapped += m_large.mid(body + kSealedChunk, kSealedChunk);
        swapped += m_large.mid(body, kSealedChunk);
        swapped += m_large.mid(body + 2 * kSealedChunk);
        QCOMPARE(swapped.size(), m_large.size());
        QVERIFY(!openSealed(swapped, m_passphrase, SealPurpose::Backup, {}, m_op));
    }

    void bytesBehindTheEndAreNoticed()
    {
        const auto opened =
            openSealed(QByteArray(m_small + 'x'), m_passphrase, SealPurpose::Backup, {}, m_op);
        QVERIFY(!opened);
        QCOMPARE(opened.error().id, QStringLiteral("crypto.seal.damaged"));
    }

    void anotherPurposeIsRefused()
    {
        const auto opened = openSealed(m_small, m_passphrase, SealPurpose::Vault, {}, m_op);
        QVERIFY(!opened);
        QCOMPARE(opened.error().id, QStringLiteral("crypto.seal.purpose"));
        // Renaming the purpose in the readable line does not help: the line is part of what is sealed.
        const QByteArray renamed = replaced(m_small, "\"backup\"", "\"vault\"");
        const auto forged = openSealed(renamed, m_passphrase, SealPurpose::Vault, {}, m_op);
        QVERIFY(!forged);
        QCOMPARE(forged.error().id, QStringLiteral("crypto.seal.passphrase"));
    }

    void anotherAppIsRefused()
    {
        const auto opened =
            openSealed(m_small, m_passphrase, SealPurpose::Backup, aboutApp("com.example.other"), m_op);
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, ErrorKind::Denied);
        QCOMPARE(opened.error().id, QStringLiteral("crypto.seal.about"));
        QVERIFY(opened.error().cause.contains(QStringLiteral("com.example.other")));
        const QByteArray renamed = replaced(m_small, "com.example.app", "com.example.oth");
        const auto forged =
            openSealed(renamed, m_passphrase, SealPurpose::Backup, aboutApp("com.example.oth"), m_op);
        QVERIFY(!forged);
        QCOMPARE(forged.error().id, QStringLiteral("crypto.seal.passphrase"));
    }

    void anEmptyPassphraseIsRefused()
    {
        const auto sealedBytes = seal(patterned(1), Secret(), SealPurpose::Backup, {}, m_op, kCheap);
        QVERIFY(!sealedBytes);
        QCOMPARE(sealedBytes.error().id, QStringLiteral("crypto.seal.passphrase_empty"));
    }

    void hostileHeadsAskForNothing_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("id");
        const QString header = QStringLiteral("crypto.seal.header");
        const QByteArray cost = "\"mem\":65536";
        QTest::newRow("a terabyte of memory") << replaced(m_small, cost, "\"mem\":1099511627776") << header;
        QTest::newRow("more than we spend") << replaced(m_small, cost, "\"mem\":1073741825") << header;
        QTest::newRow("negative memory") << replaced(m_small, cost, "\"mem\":-1") << header;
        QTest::newRow("memory as a text") << replaced(m_small, cost, "\"mem\":\"65536\"") << header;
        QTest::newRow("memory as a fraction") << replaced(m_small, cost, "\"mem\":65536.5") << header;
        QTest::newRow("huge number") << replaced(m_small, cost, "\"mem\":1e300") << header;
        QTest::newRow("endless work") << replaced(m_small, "\"ops\":1", "\"ops\":4294967295") << header;
        QTest::newRow("no work") << replaced(m_small, "\"ops\":1", "\"ops\":0") << header;
        QTest::newRow("another way") << replaced(m_small, "argon2id", "argon2xx") << header;
        QTest::newRow("another purpose") << replaced(m_small, "\"backup\"", "\"other\"") << header;
        QTest::newRow("no salt") << replaced(m_small, "\"salt\"", "\"sald\"") << header;
        QTest::newRow("no JSON") << QByteArray("GHSEAL1\nhello\n") + QByteArray(100, 'x') << header;
        QTest::newRow("a list") << QByteArray("GHSEAL1\n[]\n") + QByteArray(100, 'x') << header;
        QTest::newRow("a line that never ends")
            << QByteArray("GHSEAL1\n") + QByteArray(1 << 20, ' ') << header;
        QTest::newRow("another file")
            << QByteArray("-----BEGIN RSA PRIVATE KEY-----\n") << QStringLiteral("crypto.seal.format");
        QTest::newRow("nothing") << QByteArray() << QStringLiteral("crypto.seal.format");
        QTest::newRow("a later format")
            << replaced(m_small, "GHSEAL1", "GHSEAL2") << QStringLiteral("crypto.seal.format");
    }

    void hostileHeadsAskForNothing()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, id);
        const auto header = readSealHeader(bytes);
        QVERIFY(!header);
        QCOMPARE(header.error().id, id);
        const auto opened = openSealed(bytes, m_passphrase, SealPurpose::Backup, {}, m_op);
        QVERIFY(!opened);
        QCOMPARE(opened.error().id, id);
    }

    void aToldLengthThatIsWrongHelpsNobody_data()
    {
        QTest::addColumn<QByteArray>("told");
        QTest::newRow("huge") << QByteArray("9223372036854775807");
        QTest::newRow("negative") << QByteArray("-9223372036854775808");
        QTest::newRow("smaller") << QByteArray("1");
        QTest::newRow("larger") << QByteArray("201");
        QTest::newRow("no number") << QByteArray("\"x\"");
    }

    void aToldLengthThatIsWrongHelpsNobody()
    {
        QFETCH(QByteArray, told);
        const QByteArray bytes = replaced(m_small, "\"bytes\":200", QByteArray("\"bytes\":" + told));
        QVERIFY(bytes != m_small);
        QVERIFY(!openSealed(bytes, m_passphrase, SealPurpose::Backup, {}, m_op));
    }

    void aTooLongAboutIsRefused()
    {
        const QJsonObject about{{QStringLiteral("note"), QString(20000, QLatin1Char('x'))}};
        const auto sealedBytes = seal(patterned(1), m_passphrase, SealPurpose::Backup, about, m_op, kCheap);
        QVERIFY(!sealedBytes);
        QCOMPARE(sealedBytes.error().id, QStringLiteral("crypto.seal.header"));
    }

    void aStoppedOperationStops()
    {
        std::stop_source source;
        source.request_stop();
        Operation stopped(source.get_token());
        QCOMPARE(seal(patterned(1), m_passphrase, SealPurpose::Backup, {}, stopped, kCheap).error().kind,
                 ErrorKind::Cancelled);
        QCOMPARE(openSealed(m_small, m_passphrase, SealPurpose::Backup, {}, stopped).error().kind,
                 ErrorKind::Cancelled);
    }

private:
    Operation m_op;
    Secret m_passphrase;
    Secret m_wrong;
    QByteArray m_small;
    QByteArray m_large;
};

QTEST_GUILESS_MAIN(SealTest)
#include "test_seal.moc"
