// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ids.h"

#include <QSet>
#include <QTest>

#include <limits>

using namespace gatehouse;

class IdsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void appIds_data();
    void appIds();
    void deviceIds_data();
    void deviceIds();
    void channelNames_data();
    void channelNames();
    void bundleNames();
    void idsCompareAndHashByText();
    void sharesStayBetweenNothingAndAll();
    void sharesFromPercentAreRounded_data();
    void sharesFromPercentAreRounded();
};

// Source: spec device-protocol, section 1.1.
void IdsTest::appIds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isOne");
    QTest::newRow("usual") << QStringLiteral("com.example.app") << true;
    QTest::newRow("upper case") << QStringLiteral("Com.Example.App") << true;
    QTest::newRow("two labels") << QStringLiteral("a.b") << true;
    QTest::newRow("digits first") << QStringLiteral("1.2") << true;
    QTest::newRow("dash and underscore later") << QStringLiteral("com.my-app.my_app") << true;
    QTest::newRow("no dot") << QStringLiteral("example") << false;
    QTest::newRow("dash in the first label") << QStringLiteral("my-com.app") << false;
    QTest::newRow("underscore in the first label") << QStringLiteral("my_com.app") << false;
    QTest::newRow("empty label") << QStringLiteral("com..app") << false;
    QTest::newRow("dot at the end") << QStringLiteral("com.app.") << false;
    QTest::newRow("dot at the start") << QStringLiteral(".com.app") << false;
    QTest::newRow("blank") << QStringLiteral("com.app ") << false;
    QTest::newRow("line end") << QStringLiteral("com.app\n") << false;
    QTest::newRow("slash") << QStringLiteral("com.app/x") << false;
    QTest::newRow("letters of another script") << QStringLiteral("com.пример") << false;
    QTest::newRow("Kelvin sign, whose lower case is k") << QStringLiteral("com.") + QChar(0x212A) << false;
    QTest::newRow("long s, whose upper case is S") << QStringLiteral("com.") + QChar(0x017F) << false;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("too long") << QStringLiteral("a.") + QString(255, QLatin1Char('b')) << false;
}

void IdsTest::appIds()
{
    QFETCH(QString, text);
    QFETCH(bool, isOne);
    const auto id = AppId::parse(text);
    QCOMPARE(id.has_value(), isOne);
    if (id) {
        QCOMPARE(id->text(), text);
    } else {
        QCOMPARE(id.error().id, QStringLiteral("core.app_id"));
    }
}

void IdsTest::deviceIds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("canonical"); // empty: refused
    const QString lower = QStringLiteral("0a1b2c3d-0000-1111-2222-abcdefabcdef");
    QTest::newRow("lower case") << lower << lower;
    QTest::newRow("upper case is lowered") << lower.toUpper() << lower;
    QTest::newRow("braces") << QStringLiteral("{0a1b2c3d-0000-1111-2222-abcdefabcdef}") << QString();
    QTest::newRow("too short") << lower.chopped(1) << QString();
    QTest::newRow("too long") << lower + QLatin1Char('0') << QString();
    QTest::newRow("line end") << lower + QLatin1Char('\n') << QString();
    QTest::newRow("no hex") << QStringLiteral("0a1b2c3g-0000-1111-2222-abcdefabcdef") << QString();
    QTest::newRow("full-width digit") << QStringLiteral("０a1b2c3d-0000-1111-2222-abcdefabcdef") << QString();
    QTest::newRow("empty") << QString() << QString();
}

void IdsTest::deviceIds()
{
    QFETCH(QString, text);
    QFETCH(QString, canonical);
    const auto id = DeviceId::parse(text);
    QCOMPARE(id.has_value(), !canonical.isEmpty());
    if (id) {
        QCOMPARE(id->text(), canonical);
    }
}

void IdsTest::channelNames_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isOne");
    QTest::newRow("usual") << QStringLiteral("production") << true;
    QTest::newRow("blank inside") << QStringLiteral("beta testers") << true;
    QTest::newRow("another script") << QStringLiteral("生産") << true;
    QTest::newRow("markup stays text") << QStringLiteral("<b>") << true;
    QTest::newRow("128 characters") << QString(128, QLatin1Char('c')) << true;
    QTest::newRow("129 characters") << QString(129, QLatin1Char('c')) << false;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("blank at the end") << QStringLiteral("production ") << false;
    QTest::newRow("line break") << QStringLiteral("a\nb") << false;
    QTest::newRow("zero byte") << QStringLiteral("a") + QChar(0) + QStringLiteral("b") << false;
    QTest::newRow("right-to-left override")
        << QStringLiteral("a") + QChar(0x202E) + QStringLiteral("b") << false;
}

void IdsTest::channelNames()
{
    QFETCH(QString, text);
    QFETCH(bool, isOne);
    QCOMPARE(ChannelName::parse(text).has_value(), isOne);
}

void IdsTest::bundleNames()
{
    QVERIFY(BundleName::parse(QStringLiteral("2.4.1")).has_value());
    QVERIFY(BundleName::parse(QStringLiteral("2.4.1-beta.1+7")).has_value());
    for (const char *text : {"builtin", "unknown", "v2.4.1", "2.4", "", "2.4.1 "}) {
        const auto name = BundleName::parse(QString::fromLatin1(text));
        QVERIFY2(!name.has_value(), text);
        QCOMPARE(name.error().id, QStringLiteral("core.bundle_name"));
    }
}

void IdsTest::idsCompareAndHashByText()
{
    const auto a = ChannelName::parse(QStringLiteral("alpha")).value();
    const auto again = ChannelName::parse(QStringLiteral("alpha")).value();
    const auto b = ChannelName::parse(QStringLiteral("beta")).value();
    QVERIFY(a == again);
    QVERIFY(a < b);
    QCOMPARE((QSet<ChannelName>{a, again, b}.size()), 2);
}

void IdsTest::sharesStayBetweenNothingAndAll()
{
    QCOMPARE(BasisPoints::parse(0).value().value(), 0);
    QCOMPARE(BasisPoints::parse(10000).value().value(), 10000);
    QVERIFY(!BasisPoints::parse(-1).has_value());
    QVERIFY(!BasisPoints::parse(10001).has_value());
    QVERIFY(!BasisPoints::parse(std::numeric_limits<qint64>::max()).has_value());
    QCOMPARE(BasisPoints::clamp(-5).value(), 0);
    QCOMPARE(BasisPoints::clamp(1234).value(), 1234);
    QCOMPARE(BasisPoints::clamp(std::numeric_limits<qint64>::max()).value(), 10000);
    QVERIFY(BasisPoints::clamp(1) < BasisPoints::clamp(2));
    QCOMPARE(BasisPoints::clamp(1234).percent(), 12.34);
}

void IdsTest::sharesFromPercentAreRounded_data()
{
    QTest::addColumn<double>("percent");
    QTest::addColumn<int>("value"); // negative: refused
    QTest::newRow("nothing") << 0.0 << 0;
    QTest::newRow("all") << 100.0 << 10000;
    QTest::newRow("hundredths") << 12.34 << 1234;
    QTest::newRow("not exact in binary") << 0.29 << 29;
    QTest::newRow("rounded") << 0.006 << 1;
    QTest::newRow("below nothing") << -0.01 << -1;
    QTest::newRow("above all") << 100.01 << -1;
    QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN() << -1;
    QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << -1;
}

void IdsTest::sharesFromPercentAreRounded()
{
    QFETCH(double, percent);
    QFETCH(int, value);
    const auto share = BasisPoints::fromPercent(percent);
    QCOMPARE(share.has_value(), value >= 0);
    if (share) {
        QCOMPARE(share->value(), value);
    } else {
        QCOMPARE(share.error().id, QStringLiteral("core.basis_points"));
    }
}

QTEST_APPLESS_MAIN(IdsTest)
#include "test_ids.moc"
