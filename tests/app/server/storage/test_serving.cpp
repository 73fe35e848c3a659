// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/storefixture.h"

using namespace gatehouse;
using namespace gatehouse::server;

/// The one place through which everything goes that devices receive.
class ServingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<StoreFixture>();
        m_fixture->makeApp();
        m_stable = m_fixture->makeBundle(QStringLiteral("1.0.0"));
        m_next = m_fixture->makeBundle(QStringLiteral("1.1.0"));
        m_channel = m_fixture->makeChannel(QStringLiteral("production"), m_stable.id);
    }

    void channelIsWrittenAndRead()
    {
        const auto read = StoreFixture::must(store().channelByName(app(), QStringLiteral("production")));
        QVERIFY(read.has_value());
        QCOMPARE(read->row, m_channel.row);
        QCOMPARE(read->row.versionInfo->name, QStringLiteral("1.0.0"));
        QVERIFY(!read->row.rolloutId.isEmpty());
        QCOMPARE(StoreFixture::must(store().channels(app())).size(), 1);
        QVERIFY(!StoreFixture::must(store().channelByName(app(), QStringLiteral("Production"))));
    }

    void sameNameTwiceIsRefused()
    {
        ChannelRecord again;
        again.row.name = QStringLiteral("production");
        const auto made = m_fixture->apply(change::CreateChannel{again});
        QCOMPARE(made.error().id, QStringLiteral("store.channel.exists"));
    }

    void brokenRulesAreRefused_data()
    {
        QTest::addColumn<int>("what");
        for (int i = 0; i < 10; ++i) {
            QTest::newRow(qPrintable(QStringLiteral("rule %1").arg(i))) << i;
        }
    }
    void brokenRulesAreRefused()
    {
        QFETCH(int, what);
        const auto edited = m_fixture->edit(m_channel.row.id, [what](ChannelRecord &channel) {
            wire::ChannelRow &row = channel.row;
            switch (what) {
            case 0:
                row.disableAutoUpdate = QStringLiteral("sometimes");
                break;
            case 1:
                row.autoPauseAction = QStringLiteral("explode");
                break;
            case 2:
                row.rolloutCacheTtlSeconds = 59;
                break;
            case 3:
                row.autoPauseWindowMinutes = 0;
                break;
            case 4:
                row.autoPauseCooldownMinutes = 10'081;
                break;
            case 5:
                row.autoPauseFailureRateBps = 10'001;
                break;
            case 6:
                row.autoPauseConfidence = 1.0;
                break;
            case 7:
                row.autoPauseMinFailures = -1;
                break;
            case 8:
                row.name = QStringLiteral(" blank ");
                break;
            default:
                row.autoPauseConfidence = std::numeric_limits<double>::quiet_NaN();
                break;
            }
        });
        QVERIFY(!edited);
        QCOMPARE(edited.error().kind, ErrorKind::Invalid);
        QCOMPARE(StoreFixture::must(store().channel(m_channel.row.id))->revision, 1);
    }

    void unknownOrDeletedBundlesCannotBeServed()
    {
        const auto missing = point(99'999);
        QCOMPARE(missing.error().id, QStringLiteral("store.bundle"));
        StoreFixture::must(m_fixture->apply(change::DeleteBundle{m_next.id}));
        QCOMPARE(point(m_next.id).error().id, QStringLiteral("store.bundle"));
        m_fixture->makeApp(QStringLiteral("com.acme.other"));
        const auto foreign = m_fixture->makeBundle(QStringLiteral("9.0.0"), QStringLiteral("com.acme.other"));
        QCOMPARE(point(foreign.id).error().id, QStringLiteral("store.bundle"));
    }

    void etagTellsEveryChange()
    {
        const QString seen = m_channel.etag();
        StoreFixture::must(point(m_next.id));
        ServingChange change;
        change.appId = app();
        change.ifMatch = seen;
        change.edit = change::DeleteChannel{m_channel.row.id};
        const auto stale = store().applyServingChange(change);
        QCOMPARE(stale.error().id, QStringLiteral("store.stale"));
        change.ifMatch = StoreFixture::must(store().channel(m_channel.row.id))->etag();
        StoreFixture::must(store().applyServingChange(change));
        QVERIFY(!StoreFixture::must(store().channel(m_channel.row.id)));
    }

    void updatedAtAlwaysGrows()
    {
        const auto first = StoreFixture::must(point(m_next.id)).channel->row.updatedAt;
        const auto second = StoreFixture::must(point(m_stable.id)).channel->row.updatedAt;
        QVERIFY(m_channel.row.updatedAt < first);
        QVERIFY(first < second);
    }

    void rolloutIdAndSeed()
    {
        const ChannelRecord begun = *StoreFixture::must(rollOut(m_next.id)).channel;
        QCOMPARE(begun.rolloutSeed.size(), 16);
        QVERIFY(begun.row.rolloutId != m_channel.row.rolloutId);
        const ChannelRecord raised =
            *StoreFixture::must(m_fixture->edit(m_channel.row.id, [](ChannelRecord &channel) {
                 channel.row.rolloutPercentage = BasisPoints::clamp(5000);
                 channel.rolloutSeed = QByteArray(16, 'x');
                 channel.row.rolloutId = QStringLiteral("mine");
             })).channel;
        QCOMPARE(raised.row.rolloutId, begun.row.rolloutId);
        QCOMPARE(raised.rolloutSeed, begun.rolloutSeed);
        const auto fix = m_fixture->makeBundle(QStringLiteral("1.1.1"));
        const ChannelRecord fixed = *StoreFixture::must(rollOut(fix.id, true)).channel;
        QVERIFY(fixed.row.rolloutId != begun.row.rolloutId);
        QCOMPARE(fixed.rolloutSeed, begun.rolloutSeed);
        const ChannelRecord other = *StoreFixture::must(rollOut(m_next.id)).channel;
        QVERIFY(other.rolloutSeed != begun.rolloutSeed);
    }

    void newTargetClearsThePause()
    {
        StoreFixture::must(rollOut(m_next.id));
        const UtcTime now = m_fixture->clock.now();
        const ChannelRecord paused =
            *StoreFixture::must(m_fixture->edit(m_channel.row.id, [now](ChannelRecord &channel) {
                 channel.row.rolloutPausedAt = now;
                 channel.row.rolloutPauseReason = QStringLiteral("too many failures");
                 channel.row.autoPauseLastTriggeredAt = now;
             })).channel;
        QCOMPARE(paused.row.rolloutPauseReason, QStringLiteral("too many failures"));
        const auto fix = m_fixture->makeBundle(QStringLiteral("1.1.1"));
        const ChannelRecord fresh = *StoreFixture::must(rollOut(fix.id)).channel;
        QVERIFY(!fresh.row.rolloutPausedAt);
        QVERIFY(!fresh.row.rolloutPauseReason);
        QVERIFY(!fresh.row.autoPauseLastTriggeredAt);
    }

    void frozenChannelsDoNotMove()
    {
        StoreFixture::must(rollOut(m_next.id));
        StoreFixture::must(
            m_fixture->edit(m_channel.row.id, [](ChannelRecord &channel) { channel.frozen = true; }));
        QCOMPARE(point(m_next.id).error().id, QStringLiteral("store.frozen"));
        const auto raised = m_fixture->edit(m_channel.row.id, [](ChannelRecord &channel) {
            channel.row.rolloutPercentage = BasisPoints::clamp(2000);
        });
        QCOMPARE(raised.error().id, QStringLiteral("store.frozen"));
        QCOMPARE(m_fixture->apply(change::DeleteChannel{m_channel.row.id}).error().id,
                 QStringLiteral("store.frozen"));
        const UtcTime now = m_fixture->clock.now();
        StoreFixture::must(m_fixture->edit(
            m_channel.row.id, [now](ChannelRecord &channel) { channel.row.rolloutPausedAt = now; }));
        const auto resumed = m_fixture->edit(
            m_channel.row.id, [](ChannelRecord &channel) { channel.row.rolloutPausedAt.reset(); });
        QCOMPARE(resumed.error().id, QStringLiteral("store.frozen"));
        // Together with lifting it is still one change under the freeze.
        const auto sneaky = m_fixture->edit(m_channel.row.id, [this](ChannelRecord &channel) {
            channel.frozen = false;
            channel.row.version = m_next.id;
        });
        QCOMPARE(sneaky.error().id, QStringLiteral("store.frozen"));
        StoreFixture::must(
            m_fixture->edit(m_channel.row.id, [](ChannelRecord &channel) { channel.frozen = false; }));
        StoreFixture::must(point(m_next.id));
    }

    void onePublicChannelForEachPlatform()
    {
        const ChannelRecord beta = m_fixture->makeChannel(QStringLiteral("beta"), m_next.id, true);
        QVERIFY(beta.row.isPublic);
        QVERIFY(!StoreFixture::must(store().channel(m_channel.row.id))->row.isPublic);
        StoreFixture::must(
            m_fixture->edit(beta.row.id, [](ChannelRecord &channel) { channel.row.ios = false; }));
        StoreFixture::must(m_fixture->edit(m_channel.row.id, [](ChannelRecord &channel) {
            channel.row.isPublic = true;
            channel.row.android = false;
            channel.row.electron = false;
        }));
        QCOMPARE(StoreFixture::must(store().publicChannel(app(), QStringLiteral("ios")))->row.name,
                 QStringLiteral("production"));
        QCOMPARE(StoreFixture::must(store().publicChannel(app(), QStringLiteral("android")))->row.name,
                 QStringLiteral("beta"));
        QVERIFY(!StoreFixture::must(store().publicChannel(app(), QStringLiteral("amiga"))));
    }

    void sameIntentTwiceGivesTheFirstOutcome()
    {
        ServingChange change;
        change.appId = app();
        change.what = QStringLiteral("promote");
        change.intent = QStringLiteral("2f6d0000-0000-4000-8000-000000000001");
        change.intentBody = "promote 1.1.0";
        change::EditChannel wish;
        wish.channelId = m_channel.row.id;
        wish.edit = [this](ChannelRecord now) -> Result<ChannelRecord> {
            now.row.version = m_next.id;
            return now;
        };
        change.edit = wish;
        const auto first = StoreFixture::must(store().applyServingChange(change));
        QVERIFY(!first.replayed);
        StoreFixture::must(point(m_stable.id));
        const auto second = StoreFixture::must(store().applyServingChange(change));
        QVERIFY(second.replayed);
        QCOMPARE(second.channel->etag(), first.channel->etag());
        QCOMPARE(StoreFixture::must(store().channel(m_channel.row.id))->row.version, m_stable.id);
        change.intentBody = "something else";
        QCOMPARE(store().applyServingChange(change).error().id, QStringLiteral("store.intent"));
    }

    void failedIntentMayBeTriedAgain()
    {
        ServingChange change;
        change.appId = app();
        change.intent = QStringLiteral("2f6d0000-0000-4000-8000-000000000002");
        bool isBroken = true;
        change::EditChannel wish;
        wish.channelId = m_channel.row.id;
        wish.edit = [&isBroken](ChannelRecord now) -> Result<ChannelRecord> {
            if (isBroken) {
                return makeError(ErrorKind::Invalid, "test.edit", QStringLiteral("Not yet."));
            }
            return now;
        };
        change.edit = wish;
        QCOMPARE(store().applyServingChange(change).error().id, QStringLiteral("test.edit"));
        isBroken = false;
        QVERIFY(!StoreFixture::must(store().applyServingChange(change)).replayed);
    }

    void checkByEffectSeesBeforeAndAfter()
    {
        QStringList seen;
        store().setEffectCheck([&seen](const ServingEffect &effect) -> Result<void> {
            seen.append(effect.change.what);
            if (effect.channelAfter && effect.channelAfter->row.version && effect.channelBefore &&
                effect.channelBefore->row.version != effect.channelAfter->row.version) {
                return makeError(ErrorKind::Denied, "approvals.missing",
                                 QStringLiteral("Nobody approved this."));
            }
            return {};
        });
        QCOMPARE(point(m_next.id).error().id, QStringLiteral("approvals.missing"));
        QCOMPARE(StoreFixture::must(store().channel(m_channel.row.id))->row.version, m_stable.id);
        StoreFixture::must(
            m_fixture->apply(change::SetOverride{device(), m_channel.row.id}, QStringLiteral("override")));
        StoreFixture::must(m_fixture->apply(change::RemoveOverride{device()}, QStringLiteral("free")));
        StoreFixture::must(
            m_fixture->apply(change::AssignSelf{device(), m_channel.row.id}, QStringLiteral("self")));
        StoreFixture::must(m_fixture->apply(change::UnassignSelf{device()}, QStringLiteral("unself")));
        StoreFixture::must(m_fixture->apply(change::DeleteBundle{m_next.id}, QStringLiteral("bundle")));
        StoreFixture::must(
            m_fixture->apply(change::DeleteChannel{m_channel.row.id}, QStringLiteral("channel")));
        StoreFixture::must(m_fixture->apply(change::DeleteApp{}, QStringLiteral("app")));
        QCOMPARE(seen,
                 (QStringList{QStringLiteral("edited"), QStringLiteral("override"), QStringLiteral("free"),
                              QStringLiteral("self"), QStringLiteral("unself"), QStringLiteral("bundle"),
                              QStringLiteral("channel"), QStringLiteral("app")}));
    }

    void bundlesInUseStay()
    {
        QCOMPARE(m_fixture->apply(change::DeleteBundle{m_stable.id}).error().id,
                 QStringLiteral("store.bundle.linked"));
        StoreFixture::must(rollOut(m_next.id));
        QCOMPARE(m_fixture->apply(change::DeleteBundle{m_next.id}).error().id,
                 QStringLiteral("store.bundle.linked"));
    }

    void namesAreNeverUsedAgain()
    {
        StoreFixture::must(m_fixture->apply(change::DeleteBundle{m_next.id}));
        wire::BundleRow again;
        again.appId = app();
        again.name = QStringLiteral("1.1.0");
        again.storageProvider = QStringLiteral("r2-direct");
        QCOMPARE(store().createBundle(again, m_fixture->actor).error().id,
                 QStringLiteral("store.bundle.exists"));
        StoreFixture::must(m_fixture->apply(change::DeleteApp{}));
        m_fixture->makeApp();
        QCOMPARE(store().createBundle(again, m_fixture->actor).error().id,
                 QStringLiteral("store.bundle.exists"));
        QVERIFY(StoreFixture::must(store().channels(app())).isEmpty());
    }

    void namesThatAreNoVersionsAreRefused_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"", "v1.0.0", "1.0", "builtin", "unknown", "1.0.0 ", "01.0.0"}) {
            QTest::newRow(name) << QString::fromLatin1(name);
        }
    }
    void namesThatAreNoVersionsAreRefused()
    {
        QFETCH(QString, name);
        wire::BundleRow bundle;
        bundle.appId = app();
        bundle.name = name;
        bundle.storageProvider = QStringLiteral("r2-direct");
        QVERIFY(!store().createBundle(bundle, m_fixture->actor));
    }

    void readyContentIsLocked()
    {
        const auto edit = [this](auto function) {
            change::EditBundle wish;
            wish.bundleId = m_stable.id;
            wish.edit = [function](wire::BundleRow now) -> Result<wire::BundleRow> {
                function(now);
                return now;
            };
            return m_fixture->apply(wish);
        };
        QCOMPARE(edit([](wire::BundleRow &row) { row.checksum = QStringLiteral("other"); }).error().id,
                 QStringLiteral("store.bundle.locked"));
        QCOMPARE(edit([](wire::BundleRow &row) { row.externalUrl = QStringLiteral("https://evil.example"); })
                     .error()
                     .id,
                 QStringLiteral("store.bundle.locked"));
        QCOMPARE(
            edit([](wire::BundleRow &row) { row.storageProvider = QStringLiteral("r2-direct"); }).error().id,
            QStringLiteral("store.bundle.locked"));
        QCOMPARE(
            edit([](wire::BundleRow &row) { row.minUpdateVersion = QStringLiteral("one"); }).error().kind,
            ErrorKind::Invalid);
        const auto commented = edit([](wire::BundleRow &row) { row.comment = QStringLiteral("Fix login"); });
        QCOMPARE(commented->bundle->comment, QStringLiteral("Fix login"));
    }

    void historyAndAudit()
    {
        StoreFixture::must(rollOut(m_next.id));
        StoreFixture::must(point(m_next.id));
        const auto history = StoreFixture::must(store().channelHistory(m_channel.row.id, 10));
        QCOMPARE(history.size(), 3);
        QCOMPARE(history.last().what, QStringLiteral("created"));
        QCOMPARE(history.first().bundle, QStringLiteral("1.1.0"));
        QCOMPARE(history.first().actor, QStringLiteral("tester"));
        QCOMPARE(StoreFixture::must(store().deployHistory(app(), m_channel.row.id, {})).size(), 2);
        AuditQuery query;
        query.tableName = QStringLiteral("channels");
        const auto audit = StoreFixture::must(store().audit(query));
        QCOMPARE(audit.size(), 3);
        QCOMPARE(audit.last().operation, QStringLiteral("INSERT"));
        QVERIFY(audit.first().changedFields.contains(QStringLiteral("version")));
        QCOMPARE(StoreFixture::must(store().countAudit(query)), 3);
    }

    void changesAreAnnounced()
    {
        const auto subscription = store().events().subscribe(app(), std::nullopt, [] {});
        StoreFixture::must(point(m_next.id));
        QVERIFY(!point(99'999));
        const auto events = subscription->take();
        QCOMPARE(events.size(), 1);
        QCOMPARE(events.front().type, QStringLiteral("channel"));
        QCOMPARE(events.front().data.value(QLatin1String("name")).toString(), QStringLiteral("production"));
    }

    void appsAreToldApart()
    {
        ServingChange change;
        change.appId = QStringLiteral("com.acme.none");
        change.edit = change::DeleteChannel{m_channel.row.id};
        QCOMPARE(store().applyServingChange(change).error().id, QStringLiteral("store.app"));
        m_fixture->makeApp(QStringLiteral("com.acme.other"));
        change.appId = QStringLiteral("com.acme.other");
        QCOMPARE(store().applyServingChange(change).error().id, QStringLiteral("store.channel"));
        AppRecord twice;
        twice.row.appId = app();
        QCOMPARE(store().createApp(twice, m_fixture->actor).error().id, QStringLiteral("store.app.exists"));
    }

    void keysAreFoundByHash()
    {
        ApiKeyRecord key;
        key.name = QStringLiteral("CI");
        key.keySha256 = QByteArray(32, 'k');
        const ApiKeyRecord made = StoreFixture::must(store().createApiKey(key));
        QVERIFY(made.id > 0);
        QVERIFY(!made.userId.isEmpty());
        QCOMPARE(StoreFixture::must(store().apiKeyByHash(QByteArray(32, 'k')))->name, QStringLiteral("CI"));
        QVERIFY(!StoreFixture::must(store().apiKeyByHash(QByteArray(32, 'j'))));
        StoreFixture::must(store().deleteApiKey(made.id));
        QCOMPARE(store().deleteApiKey(made.id).error().kind, ErrorKind::NotFound);
    }

private:
    Store &store() { return *m_fixture->store; }
    static QString app() { return QStringLiteral("com.acme.app"); }
    static QString device() { return QStringLiteral("44f128a5-ac7a-4c9a-be4c-224b6bf81b20"); }
    Result<ServingOutcome> point(qint64 bundle)
    {
        return m_fixture->edit(m_channel.row.id,
                               [bundle](ChannelRecord &channel) { channel.row.version = bundle; });
    }
    Result<ServingOutcome> rollOut(qint64 bundle, bool keepSeed = false)
    {
        return m_fixture->edit(
            m_channel.row.id,
            [bundle](ChannelRecord &channel) {
                channel.row.rolloutVersion = bundle;
                channel.row.rolloutEnabled = true;
                channel.row.rolloutPercentage = BasisPoints::clamp(1000);
            },
            keepSeed);
    }

    std::unique_ptr<StoreFixture> m_fixture;
    wire::BundleRow m_stable;
    wire::BundleRow m_next;
    ChannelRecord m_channel;
};

QTEST_GUILESS_MAIN(ServingTest)
#include "test_serving.moc"
