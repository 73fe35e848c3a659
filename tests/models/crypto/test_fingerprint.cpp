// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/ed25519.h"
#include "crypto/fingerprint.h"
#include "crypto/fingerprintwords.h"
#include "crypto/rsakey.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::crypto;

namespace {
QByteArray fixture(const char *path)
{
    QFile file(QStringLiteral(GATEHOUSE_FIXTURES "/") + QLatin1String(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList texts(const QJsonValue &value)
{
    QStringList list;
    for (const QJsonValue &element : value.toArray()) {
        list.append(element.toString());
    }
    return list;
}
} // namespace

class FingerprintTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_vectors = QJsonDocument::fromJson(fixture("gatehouse-v1/vectors.json")).object();
        QVERIFY(!m_vectors.isEmpty());
    }

    void ofAnIdentity()
    {
        const auto key = Ed25519PublicKey::fromBase64(m_vectors.value(QLatin1String("publicKey")).toString());
        QVERIFY(key);
        const QStringList words = texts(m_vectors.value(QLatin1String("identityWords")));
        QCOMPARE(words.size(), 6);
        QCOMPARE(key->fingerprint().words(), words);
        QCOMPARE(key->fingerprint().wordText(), words.join(QLatin1Char(' ')));
    }

    void ofABundleKey()
    {
        const QJsonObject expected = m_vectors.value(QLatin1String("rsa")).toObject();
        const auto key = RsaPublicKey::fromPem(fixture("capgo-cli/throwaway_public.pem"));
        QVERIFY2(key, key ? "" : qPrintable(key.error().toText()));
        const auto fingerprint = Fingerprint::of(key->spkiDer());
        QCOMPARE(fingerprint.hex(), expected.value(QLatin1String("fingerprint")).toString());
        QCOMPARE(fingerprint.words(), texts(expected.value(QLatin1String("words"))));
        QCOMPARE(key->keyId(), expected.value(QLatin1String("key_id")).toString());
    }

    void groupsOfFourReadBack()
    {
        const auto fingerprint = Fingerprint::of("anything");
        const QString grouped = fingerprint.groupedHex();
        QCOMPARE(grouped.size(), 64 + 15);
        for (const QString &group : grouped.split(QLatin1Char(' '))) {
            QCOMPARE(group.size(), 4);
        }
        QCOMPARE(Fingerprint::parse(grouped).value(), fingerprint);
        QCOMPARE(Fingerprint::parse(grouped.toUpper().replace(QLatin1Char(' '), QLatin1Char(':'))).value(),
                 fingerprint);
    }

    void refusesWhatIsNone_data()
    {
        QTest::addColumn<QString>("text");
        const QString good = Fingerprint::of("x").hex();
        QTest::newRow("empty") << QString();
        QTest::newRow("short") << good.chopped(1);
        QTest::newRow("long") << good + QLatin1Char('0');
        QTest::newRow("another letter") << good.chopped(1) + QLatin1Char('g');
        QTest::newRow("a full-width digit") << good.chopped(1) + QChar(0xff11);
        // Cut to eight bits this character would be the digit 1.
        QTest::newRow("a digit only when cut to eight bits") << good.chopped(1) + QChar(0x0131);
    }

    void refusesWhatIsNone()
    {
        QFETCH(QString, text);
        const auto fingerprint = Fingerprint::parse(text);
        QVERIFY(!fingerprint);
        QCOMPARE(fingerprint.error().id, QStringLiteral("crypto.fingerprint"));
    }

    void theListOfWordsIsWhole()
    {
        QSet<QByteArray> beginnings;
        for (std::size_t i = 0; i < kFingerprintWords.size(); ++i) {
            const QByteArray word(kFingerprintWords.at(i));
            QVERIFY2(word.size() >= 3 && word.size() <= 8, word.constData());
            beginnings.insert(word.first(std::min<qsizetype>(word.size(), 4)));
            QVERIFY2(i == 0 || QByteArray(kFingerprintWords.at(i - 1)) < word, word.constData());
        }
        QCOMPARE(beginnings.size(), 2048);
    }

private:
    QJsonObject m_vectors;
};

QTEST_GUILESS_MAIN(FingerprintTest)
#include "test_fingerprint.moc"
