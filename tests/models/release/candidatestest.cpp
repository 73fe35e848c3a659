// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/candidates.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::release;

namespace {

wire::BundleRow ready(qint64 id, const char *name)
{
    wire::BundleRow row;
    row.id = id;
    row.name = QString::fromLatin1(name);
    row.storageProvider = QStringLiteral("r2");
    return row;
}

wire::ChannelState channel(qint64 stable, const QVector<std::pair<const char *, const char *>> &history)
{
    wire::ChannelState state;
    state.channel.version = stable;
    for (const auto &[what, bundle] : history) {
        wire::ChannelHistoryEntry entry;
        entry.what = QString::fromLatin1(what);
        entry.bundle = QString::fromLatin1(bundle);
        state.history.append(entry);
    }
    return state;
}

} // namespace

class CandidatesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theStableOneAndUnfinishedOnesAreNone()
    {
        wire::BundleRow unfinished = ready(4, "1.3.0");
        unfinished.storageProvider = QStringLiteral("r2-direct");
        QCOMPARE(candidatesFor(channel(2, {}), {unfinished, ready(3, "1.2.0"), ready(2, "1.1.0")}),
                 (QVector<Candidate>{{QStringLiteral("1.2.0"), false}}));
    }

    void whatHappenedLastCounts()
    {
        const QVector<wire::BundleRow> bundles = {ready(3, "1.2.0"), ready(4, "1.3.0")};
        const auto taken = candidatesFor(
            channel(2, {{"take_back", "1.2.0"}, {"take_back", "1.3.0"}, {"start_rollout", "1.2.0"}}),
            bundles);
        QVERIFY(taken.at(0).wasTakenBack);
        QVERIFY(taken.at(1).wasTakenBack);
        const auto again =
            candidatesFor(channel(2, {{"start_rollout", "1.2.0"}, {"take_back", "1.2.0"}}), bundles);
        QVERIFY(!again.at(0).wasTakenBack);
    }

    void theHighestAboveTheStableOneIsMeant_data()
    {
        QTest::addColumn<QVector<Candidate>>("candidates");
        QTest::addColumn<QString>("likely");
        const auto is = [](const char *bundle, bool taken = false) {
            return Candidate{QString::fromLatin1(bundle), taken};
        };
        QTest::newRow("newer") << QVector<Candidate>{is("1.0.0"), is("1.1.1"), is("1.10.0"), is("1.9.0")}
                               << QStringLiteral("1.10.0");
        QTest::newRow("taken back") << QVector<Candidate>{is("1.2.0", true), is("1.1.1"), is("1.0.0")}
                                    << QStringLiteral("1.1.1");
        QTest::newRow("only older") << QVector<Candidate>{is("1.2.0", true), is("1.0.0")}
                                    << QStringLiteral("1.0.0");
        QTest::newRow("only taken back") << QVector<Candidate>{is("1.2.0", true)} << QStringLiteral("1.2.0");
        QTest::newRow("no versions") << QVector<Candidate>{is("spring"), is("winter")}
                                     << QStringLiteral("spring");
        QTest::newRow("none") << QVector<Candidate>{} << QString();
    }
    void theHighestAboveTheStableOneIsMeant()
    {
        QFETCH(const QVector<Candidate>, candidates);
        QFETCH(const QString, likely);
        QCOMPARE(likelyCandidate(candidates, QStringLiteral("1.1.0")), likely);
    }
};

QTEST_APPLESS_MAIN(CandidatesTest)
#include "candidatestest.moc"
