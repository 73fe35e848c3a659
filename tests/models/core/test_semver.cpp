// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/semver.h"

#include <QTest>

#include <random>

using namespace gatehouse;

class SemverTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesVersions_data();
    void takesVersions();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void looseFormTakesPrefixAndBlanks_data();
    void looseFormTakesPrefixAndBlanks();
    void nativeVersionsAreCompleted_data();
    void nativeVersionsAreCompleted();
    void precedence();
    void buildMetadataDoesNotCount();
    void orderIsTheSameHoweverItIsShuffled();
};

void SemverTest::takesVersions_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"0.0.0", "1.2.3", "10.20.30", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-0.3.7", "1.0.0-x-y-z.--",
          "1.0.0+20130313144700", "1.0.0-beta+exp.sha.5114f85", "1.0.0+21AF26D3", "1.0.0-0A.is.legal",
          "1.2.3-beta.1+5", "9007199254740991.0.0", "1.0.0+001"}) {
        QTest::newRow(text) << QString::fromLatin1(text);
    }
    QTest::newRow("256 characters") << QStringLiteral("1.0.0-") + QString(250, QLatin1Char('a'));
}

void SemverTest::takesVersions()
{
    QFETCH(QString, text);
    const auto version = SemanticVersion::parse(text);
    QVERIFY2(version.has_value(), qPrintable(text));
    QCOMPARE(version->toString(), text);
}

void SemverTest::refusesWhatIsNone_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"",
                             "1",
                             "1.2",
                             "1.2.",
                             "1.2.3.4",
                             "01.2.3",
                             "1.02.3",
                             "1.2.03",
                             "v1.2.3",
                             "V1.2.3",
                             "=1.0.0",
                             " 1.2.3",
                             "1.2.3 ",
                             "1.2.3\n",
                             "1.0.0-",
                             "1.0.0+",
                             "1.0.0-01",
                             "1.0.0-a..b",
                             "1.0.0-a_b",
                             "1.0.0+a+b",
                             "-1.0.0",
                             "1.-2.0",
                             "a.b.c",
                             "9007199254740992.0.0",
                             "99999999999999999999.0.0",
                             "1.0.0-$",
                             "builtin",
                             "unknown"}) {
        QTest::newRow(qPrintable(QStringLiteral("\"%1\"").arg(QString::fromLatin1(text))))
            << QString::fromLatin1(text);
    }
    QTest::newRow("digits of another script") << QStringLiteral("١.٢.٣");
    QTest::newRow("full-width digits") << QStringLiteral("１.２.３");
    QTest::newRow("a zero byte") << QStringLiteral("1.2.3") + QChar(0);
    QTest::newRow("257 characters") << QStringLiteral("1.0.0-") + QString(251, QLatin1Char('a'));
}

void SemverTest::refusesWhatIsNone()
{
    QFETCH(QString, text);
    const auto version = SemanticVersion::parse(text);
    QVERIFY2(!version.has_value(), qPrintable(text));
    QCOMPARE(version.error().id, QStringLiteral("core.semver"));
    QCOMPARE(version.error().kind, ErrorKind::Invalid);
}

void SemverTest::looseFormTakesPrefixAndBlanks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("canonical"); // empty: refused
    QTest::newRow("prefix") << QStringLiteral("v8.51.14") << QStringLiteral("8.51.14");
    QTest::newRow("blanks") << QStringLiteral(" \t8.51.14\n") << QStringLiteral("8.51.14");
    QTest::newRow("blanks and prefix") << QStringLiteral(" v8.51.14-rc.1 ") << QStringLiteral("8.51.14-rc.1");
    QTest::newRow("two prefixes") << QStringLiteral("vv1.0.0") << QString();
    QTest::newRow("upper-case prefix") << QStringLiteral("V1.0.0") << QString();
    QTest::newRow("equals sign") << QStringLiteral("=1.0.0") << QString();
    QTest::newRow("blank after the prefix") << QStringLiteral("v 1.0.0") << QString();
    QTest::newRow("nothing") << QString() << QString();
}

void SemverTest::looseFormTakesPrefixAndBlanks()
{
    QFETCH(QString, text);
    QFETCH(QString, canonical);
    const auto version = SemanticVersion::parseLoose(text);
    QCOMPARE(version.has_value(), !canonical.isEmpty());
    if (version) {
        QCOMPARE(version->toString(), canonical);
    }
}

// Source: spec device-protocol, sections 1.1 and 11 (found by running the reference server).
void SemverTest::nativeVersionsAreCompleted_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("canonical"); // empty: refused
    const auto row = [](const char *text, const char *canonical) {
        QTest::newRow(qPrintable(QStringLiteral("\"%1\"").arg(QString::fromLatin1(text))))
            << QString::fromLatin1(text) << QString::fromLatin1(canonical);
    };
    row("1", "1.0.0");
    row("1.2", "1.2.0");
    row("1.2.3", "1.2.3");
    row("v1.2.3", "1.2.3");
    row("v1", "1.0.0");
    row("1.2.3-beta.1+5", "1.2.3-beta.1+5");
    row("builtin", "0.0.0");
    row("unknown", "0.0.0");
    row("\t1.2.3\n", "1.2.3");
    row(" 1.2 ", "");
    row("1.2.3.4", "");
    row("1.02.3", "");
    row("V1.0.0", "");
    row("=1.0.0", "");
    row("vv1.0.0", "");
    row("1.0.", "");
    row("1.2-beta", "");
    row("Builtin", "");
    row("", "");
}

void SemverTest::nativeVersionsAreCompleted()
{
    QFETCH(QString, text);
    QFETCH(QString, canonical);
    const auto version = SemanticVersion::coerceNative(text);
    QCOMPARE(version.has_value(), !canonical.isEmpty());
    if (version) {
        QCOMPARE(version->toString(), canonical);
    }
}

namespace {

/// Rising. The middle is the standard's own example (semver.org, section 11).
QVector<SemanticVersion> rising()
{
    QVector<SemanticVersion> versions;
    for (const char *text : {"0.0.0-0",
                             "0.0.0",
                             "0.9.10",
                             "0.10.0",
                             "1.0.0-alpha",
                             "1.0.0-alpha.1",
                             "1.0.0-alpha.beta",
                             "1.0.0-beta",
                             "1.0.0-beta.2",
                             "1.0.0-beta.11",
                             "1.0.0-rc.1",
                             "1.0.0",
                             "1.0.1-2",
                             "1.0.1-10",
                             "1.0.1-99999999999999999999",
                             "1.0.1-100000000000000000000",
                             "1.0.1-1a",
                             "1.0.1-A",
                             "1.0.1-a",
                             "1.0.1",
                             "2.0.0",
                             "10.0.0"}) {
        versions.append(SemanticVersion::parse(QString::fromLatin1(text)).value());
    }
    return versions;
}

} // namespace

void SemverTest::precedence()
{
    const QVector<SemanticVersion> versions = rising();
    for (qsizetype i = 0; i < versions.size(); ++i) {
        for (qsizetype j = 0; j < versions.size(); ++j) {
            const QString pair =
                versions.at(i).toString() + QStringLiteral(" and ") + versions.at(j).toString();
            QVERIFY2((versions.at(i) <=> versions.at(j)) == (i <=> j), qPrintable(pair));
            QVERIFY2((versions.at(i) == versions.at(j)) == (i == j), qPrintable(pair));
        }
    }
}

void SemverTest::buildMetadataDoesNotCount()
{
    const auto plain = SemanticVersion::parse(QStringLiteral("1.0.0"));
    const auto built = SemanticVersion::parse(QStringLiteral("1.0.0+5"));
    QVERIFY(*plain == *built);
    QVERIFY(built->toString() != plain->toString());
}

void SemverTest::orderIsTheSameHoweverItIsShuffled()
{
    std::mt19937 random(20261123);
    for (int round = 0; round < 50; ++round) {
        QVector<SemanticVersion> shuffled = rising();
        std::shuffle(shuffled.begin(), shuffled.end(), random);
        std::sort(shuffled.begin(), shuffled.end());
        QVERIFY(shuffled == rising());
    }
}

QTEST_APPLESS_MAIN(SemverTest)
#include "test_semver.moc"
