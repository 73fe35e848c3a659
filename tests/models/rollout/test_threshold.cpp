// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ids.h"
#include "rollout/threshold.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <array>

using namespace gatehouse;
using namespace gatehouse::rollout;

class TestThreshold : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void drawVectors_data();
    void drawVectors();
    void sharedVectors();
    void caseOfTheIdDoesNotMatter();
    void seedDecides();
    void spreadsEvenly();
};

void TestThreshold::drawVectors_data()
{
    QTest::addColumn<quint32>("bits");
    QTest::addColumn<int>("draw");
    QTest::newRow("none") << 0x00000000U << 0;
    QTest::newRow("last of 0") << 0x00068DB8U << 0;
    QTest::newRow("first of 1") << 0x00068DB9U << 1;
    QTest::newRow("711") << 0x12345678U << 711;
    QTest::newRow("last of 2499") << 0x3FFFFFFFU << 2499;
    QTest::newRow("quarter") << 0x40000000U << 2500;
    QTest::newRow("last of 4999") << 0x7FFFFFFFU << 4999;
    QTest::newRow("half") << 0x80000000U << 5000;
    QTest::newRow("all") << 0xFFFFFFFFU << 9999;
}

void TestThreshold::drawVectors()
{
    QFETCH(quint32, bits);
    QFETCH(int, draw);
    QCOMPARE(drawFrom(bits), draw);
}

void TestThreshold::sharedVectors()
{
    QFile file(QStringLiteral(GATEHOUSE_FIXTURES "/gatehouse-v1/vectors.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject vectors =
        QJsonDocument::fromJson(file.readAll()).object().value(QLatin1String("thresholds")).toObject();
    const QByteArray seed = QByteArray::fromHex(vectors.value(QLatin1String("seed")).toString().toLatin1());
    QCOMPARE(seed.size(), kSeedBytes);
    const QJsonObject devices = vectors.value(QLatin1String("devices")).toObject();
    QVERIFY(devices.size() >= 3);
    for (auto device = devices.constBegin(); device != devices.constEnd(); ++device) {
        QCOMPARE(deviceThreshold(seed, device.key()), device.value().toInt(-1));
    }
}

void TestThreshold::caseOfTheIdDoesNotMatter()
{
    const QByteArray seed(kSeedBytes, 'x');
    QCOMPARE(deviceThreshold(seed, QStringLiteral("ABCDEF00-0000-4000-8000-00000000000A")),
             deviceThreshold(seed, QStringLiteral("abcdef00-0000-4000-8000-00000000000a")));
}

void TestThreshold::seedDecides()
{
    const QString device = QStringLiteral("44f128a5-ac7a-4c9a-be4c-224b6bf81b20");
    int different = 0;
    for (char c = 'a'; c <= 'z'; ++c) {
        different += deviceThreshold(QByteArray(kSeedBytes, c), device) !=
                             deviceThreshold(QByteArray(kSeedBytes, 'A'), device)
                         ? 1
                         : 0;
    }
    QVERIFY(different >= 24);
}

void TestThreshold::spreadsEvenly()
{
    const QByteArray seed = QByteArray::fromHex("00112233445566778899aabbccddeeff");
    std::array<int, 10> tenths{};
    constexpr int devices = 20'000;
    for (int i = 0; i < devices; ++i) {
        const QString id = QStringLiteral("00000000-0000-4000-8000-%1").arg(i, 12, 16, QLatin1Char('0'));
        const int threshold = deviceThreshold(seed, id);
        QVERIFY(threshold >= 0 && threshold < BasisPoints::kAll);
        ++tenths.at(static_cast<std::size_t>(threshold / 1000));
    }
    // Standard deviation of a tenth is 42: five of them.
    for (const int count : tenths) {
        QVERIFY2(std::abs(count - devices / 10) < 212, qPrintable(QString::number(count)));
    }
}

QTEST_APPLESS_MAIN(TestThreshold)
#include "test_threshold.moc"
