// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rollout/gate.h"

#include <QtTest>

using namespace gatehouse;
using namespace gatehouse::rollout;

class TestGate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rows_data();
    void rows();
    void anotherRolloutOpensIt();
    void noChannelsKeepItShut();
};

void TestGate::rows_data()
{
    QTest::addColumn<bool>("enabled");
    QTest::addColumn<bool>("paused");
    QTest::addColumn<int>("share");
    QTest::addColumn<QString>("current");
    QTest::addColumn<bool>("open");
    const QString other = QStringLiteral("1.0.0");
    const QString same = QStringLiteral("1.1.0");
    QTest::newRow("running") << true << false << 1 << other << true;
    QTest::newRow("running, on it") << true << false << 1 << same << true;
    QTest::newRow("paused") << true << true << 5000 << other << false;
    QTest::newRow("paused, on it") << true << true << 5000 << same << true;
    QTest::newRow("zero") << true << false << 0 << other << false;
    QTest::newRow("zero, on it") << true << false << 0 << same << false;
    QTest::newRow("zero, paused, on it") << true << true << 0 << same << false;
    QTest::newRow("disabled") << false << false << 10000 << other << false;
    QTest::newRow("disabled, on it") << false << false << 10000 << same << false;
    QTest::newRow("disabled, paused, on it") << false << true << 10000 << same << false;
}

void TestGate::rows()
{
    QFETCH(bool, enabled);
    QFETCH(bool, paused);
    QFETCH(int, share);
    QFETCH(QString, current);
    QFETCH(bool, open);
    const GateChannel channel{QStringLiteral("1.1.0"), BasisPoints::clamp(share), enabled, paused};
    QCOMPARE(isGateOpen({channel}, current), open);
}

void TestGate::anotherRolloutOpensIt()
{
    const GateChannel stopped{QStringLiteral("1.1.0"), BasisPoints::clamp(0), true, false};
    const GateChannel running{QStringLiteral("2.0.0"), BasisPoints::clamp(1), true, false};
    QVERIFY(!isGateOpen({stopped}, QStringLiteral("1.1.0")));
    QVERIFY(isGateOpen({stopped, running}, QStringLiteral("1.1.0")));
}

void TestGate::noChannelsKeepItShut()
{
    QVERIFY(!isGateOpen({}, QStringLiteral("1.1.0")));
    const GateChannel nameless{QString(), BasisPoints::clamp(5000), true, false};
    QVERIFY(!isGateOpen({nameless}, QString()));
}

QTEST_APPLESS_MAIN(TestGate)
#include "test_gate.moc"
