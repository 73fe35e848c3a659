// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/eventstream.h"
#include "client/hello.h"
#include "client/resources.h"
#include "release/execute.h"
#include "release/inspectbundle.h"
#include "release/ship.h"
#include "support/serverprocess.h"

#include <QMutex>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::client;
using test::ServerMode;
using test::ServerProcess;

Q_DECLARE_METATYPE(gatehouse::test::ServerMode)

namespace {

AppId app()
{
    return *AppId::parse(QStringLiteral("com.example.app"));
}

ChannelName production()
{
    return *ChannelName::parse(QStringLiteral("production"));
}

BundleName version(const char *text)
{
    return *BundleName::parse(QString::fromLatin1(text));
}

template<typename T>
const char *failureOf(const Result<T> &result)
{
    static QByteArray text;
    text = result ? QByteArray()
                  : (result.error().id + QLatin1Char(' ') + result.error().toText() + QLatin1Char(' ') +
                     result.error().details.join(QLatin1Char(' ')))
                        .toUtf8();
    return text.constData();
}

/// One server, one app, and what is needed to ship to it.
class Desk
{
public:
    explicit Desk(ServerMode mode)
        : m_server(mode)
    {
        const QString trouble = m_server.start();
        if (!trouble.isEmpty()) {
            qFatal("no server: %s", qPrintable(trouble));
        }
        connectAgain();
        Operation operation;
        const auto organizations = Apps(session).organizations(operation);
        if (!organizations || organizations->isEmpty()) {
            qFatal("no organization: %s", failureOf(organizations));
        }
        const auto made =
            Apps(session).create(app(), QStringLiteral("Example"), organizations->first().id, operation);
        if (!made) {
            qFatal("no app: %s", failureOf(made));
        }
    }

    void connectAgain()
    {
        Operation operation;
        Result<SessionPtr> opened =
            Session::open(std::make_shared<HttpTransport>(), {m_server.url(), {}}, m_server.key(), operation);
        if (!opened) {
            qFatal("no session: %s", failureOf(opened));
        }
        session = *opened;
    }

    release::ShipRequest shipment(const char *name, const QByteArray &content)
    {
        const QString path = m_folder.filePath(QString::fromLatin1(name));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
            qFatal("no file");
        }
        const QByteArray digest = QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex();
        return {UploadRequest{app(), version(name), path, QString::fromLatin1(digest), {}, {}},
                QString::fromLatin1(digest),
                {}};
    }

    /// A file of a release that goes up file by file.
    UploadFile file(const char *path, const QByteArray &content)
    {
        const QString hash =
            QString::fromLatin1(QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex());
        const QString outer = QString::fromLatin1(
            QCryptographicHash::hash(hash.toLatin1(), QCryptographicHash::Sha256).toHex());
        const QString payload = m_folder.filePath(outer);
        QFile stored(payload);
        if (!stored.open(QIODevice::WriteOnly) || stored.write(content) != content.size()) {
            qFatal("no file");
        }
        return {QString::fromLatin1(path), hash,
                outer + QLatin1Char('_') +
                    QString::fromLatin1(QUrl::toPercentEncoding(QString::fromLatin1(path), "/")),
                payload, content.size()};
    }

    ServerProcess &server() { return m_server; }
    SessionPtr session;

private:
    ServerProcess m_server;
    QTemporaryDir m_folder;
};

} // namespace

/// The whole way from upload to take-back, against the real server, with its extensions and as a plain Capgo.
class RealServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void helloProvesTheServer();
    void capabilities_data() { modes(); }
    void capabilities();
    void aReleaseFromUploadToTakeBack_data() { modes(); }
    void aReleaseFromUploadToTakeBack();
    void filesGoUpOneByOne_data() { modes(); }
    void filesGoUpOneByOne();
    void namesAreUsedOnce_data() { modes(); }
    void namesAreUsedOnce();
    void cancelledUploadFreesTheName_data() { modes(); }
    void cancelledUploadFreesTheName();
    void staleReviewIsRefused_data() { modes(); }
    void staleReviewIsRefused();
    void rulesAndDevices_data() { modes(); }
    void rulesAndDevices();
    void aDefaultTakesTheOthersPlace_data() { modes(); }
    void aDefaultTakesTheOthersPlace();
    void undoBringsBackWhatWas_data() { modes(); }
    void undoBringsBackWhatWas();
    void whatIsWrongWithABundleIsSaid_data() { modes(); }
    void whatIsWrongWithABundleIsSaid();
    void frozenChannelRefuses();
    void eventsArriveLive();
    void acknowledgedWriteSurvivesACrash();

private:
    static void modes();
};

void RealServerTest::modes()
{
    QTest::addColumn<ServerMode>("mode");
    QTest::newRow("gatehouse-server") << ServerMode::Gatehouse;
    QTest::newRow("as a plain Capgo") << ServerMode::StrictCapgo;
}

void RealServerTest::helloProvesTheServer()
{
    ServerProcess server;
    QCOMPARE(server.start(), QString());
    HttpTransport transport;
    Operation operation;
    const Result<wire::Hello> hello = proveServer(transport, server.url(), *server.key(), operation);
    QVERIFY2(hello, failureOf(hello));
    QCOMPARE(hello->serverId, server.serverId());
    const Result<wire::Hello> wrong =
        proveServer(transport, server.url(), Secret::copyOf("other"), operation);
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().id, QStringLiteral("client.hello"));
}

void RealServerTest::capabilities()
{
    QFETCH(const ServerMode, mode);
    const Desk desk(mode);
    const Capabilities &can = desk.session->capabilities();
    const bool isGatehouse = mode == ServerMode::Gatehouse;
    QCOMPARE(can.kind() == ServerKind::Gatehouse, isGatehouse);
    for (const Feature feature :
         {Feature::LiveEvents, Feature::Series, Feature::ReleaseState, Feature::ReleaseActions}) {
        QVERIFY2(can.has(feature) == isGatehouse, qPrintable(featureName(feature)));
    }
    Operation operation;
    const Result<QVector<wire::AppRow>> apps = Apps(desk.session).list(operation);
    QVERIFY2(apps, failureOf(apps));
    QCOMPARE(apps->size(), 1);
    const Result<SessionPtr> wrong = Session::open(
        std::make_shared<HttpTransport>(), {desk.session->api(), {}},
        std::make_shared<const Secret>(Secret::copyOf("00000000-0000-4000-8000-000000000000")), operation);
    const bool isRefused = !wrong || !Apps(*wrong).list(operation);
    QVERIFY2(isRefused, "a key that does not exist must open nothing");
}

void RealServerTest::aReleaseFromUploadToTakeBack()
{
    QFETCH(const ServerMode, mode);
    Desk desk(mode);
    Operation operation;
    // 20 MB in chunks of 8: more than one, and not a multiple.
    QByteArray content(20000001, 'x');
    content.replace(0, 4, "one!");
    release::ShipRequest first = desk.shipment("1.0.0", content);
    first.staging = release::Staging{production()};
    const Result<release::ShipOutcome> shipped = release::ship(desk.session, first, operation);
    QVERIFY2(shipped, failureOf(shipped));
    QVERIFY(shipped->isReadBack);
    QVERIFY(shipped->staged && shipped->staged->isConfirmed);

    release::ShipRequest second = desk.shipment("1.1.0", "two!");
    second.staging = release::Staging{production(), BasisPoints::clamp(1000)};
    const Result<release::ShipOutcome> staged = release::ship(desk.session, second, operation);
    QVERIFY2(staged, failureOf(staged));
    QCOMPARE(staged->staged->after.channel.rolloutPercentage.value(), 1000);
    QCOMPARE(staged->staged->after.channel.rolloutState(), wire::RolloutState::Running);

    const Result<QVector<wire::BundleRow>> bundles = Bundles(desk.session).list(app(), operation);
    QVERIFY2(bundles, failureOf(bundles));
    QCOMPARE(bundles->size(), 2);
    QCOMPARE(bundles->at(0).name, QStringLiteral("1.1.0"));
    QCOMPARE(bundles->at(1).size, std::optional<qint64>(content.size()));

    const auto carryOut = [&](const release::ReleaseAction &action) {
        const Result<release::Review> review = release::plan(desk.session, action, operation);
        if (!review) {
            return Result<release::Effect>(review.error());
        }
        return release::execute(desk.session, *review, operation);
    };
    const QVector<release::ReleaseAction> actions = {
        release::setShare(app(), production(), BasisPoints::clamp(2500)),
        release::pause(app(), production(), QStringLiteral("looks odd")),
        release::resume(app(), production()),
        release::takeBack(app(), production(), QStringLiteral("it was odd")),
        release::startRollout(app(), production(), QStringLiteral("1.1.0"), BasisPoints::clamp(5000)),
        release::promote(app(), production(), QStringLiteral("1.1.0")),
        release::rollBack(app(), production(), QStringLiteral("1.0.0"), QStringLiteral("broken")),
        release::rollBack(app(), production(), {}, QStringLiteral("all broken"))};
    for (const release::ReleaseAction &action : actions) {
        const Result<release::Effect> effect = carryOut(action);
        QVERIFY2(effect, qPrintable(wire::verbName(action.verb) + QLatin1String(": ") +
                                    QString::fromUtf8(failureOf(effect))));
        QVERIFY(effect->isConfirmed);
    }
    const Result<wire::ChannelState> end = Releases(desk.session).state(app(), production(), operation);
    QVERIFY2(end, failureOf(end));
    QVERIFY(!end->channel.version);
    QVERIFY(!end->channel.rolloutVersion);
}

void RealServerTest::filesGoUpOneByOne()
{
    QFETCH(const ServerMode, mode);
    Desk desk(mode);
    Operation operation;
    release::ShipRequest first = desk.shipment("1.0.0", "the archive");
    first.upload.files = {desk.file("index.html", "<p>one</p>"), desk.file("img/a+b%c.svg", "<svg/>"),
                          desk.file("big.js.br", QByteArray(300000, 'b'))};
    const Result<release::ShipOutcome> shipped = release::ship(desk.session, first, operation);
    QVERIFY2(shipped, failureOf(shipped));
    QCOMPARE(shipped->upload.bundle.manifestCount, 3);

    // What is there from the first is not sent again, so its payloads may be gone.
    release::ShipRequest second = desk.shipment("1.1.0", "another archive");
    second.upload.files = first.upload.files;
    second.upload.files.append(desk.file("new.js", "new"));
    for (const UploadFile &file : first.upload.files) {
        QVERIFY(QFile::remove(file.payload));
    }
    const Result<release::ShipOutcome> again = release::ship(desk.session, second, operation);
    QVERIFY2(again, failureOf(again));
    QCOMPARE(again->upload.bundle.manifestCount, 4);

    // Half a release is none: the name is free again.
    release::ShipRequest third = desk.shipment("1.2.0", "a third archive");
    third.upload.files = {desk.file("other.js", "other")};
    QVERIFY(QFile::remove(third.upload.files.constFirst().payload));
    const Result<release::ShipOutcome> failed = release::ship(desk.session, third, operation);
    QVERIFY(!failed);
    QCOMPARE(failed.error().id, QStringLiteral("client.file"));
    QVERIFY(!Bundles(desk.session).one(app(), version("1.2.0"), operation));
    third.upload.files = {desk.file("other.js", "other")};
    QVERIFY(release::ship(desk.session, third, operation));
}

void RealServerTest::namesAreUsedOnce()
{
    QFETCH(const ServerMode, mode);
    Desk desk(mode);
    Operation operation;
    QVERIFY(uploadBundle(*desk.session, desk.shipment("1.0.0", "one").upload, operation));
    const Result<UploadOutcome> again =
        uploadBundle(*desk.session, desk.shipment("1.0.0", "two").upload, operation);
    QVERIFY(!again);
    QCOMPARE(again.error().id, QStringLiteral("client.bundle_exists"));
    QVERIFY(Bundles(desk.session).one(app(), version("1.0.0"), operation));
}

void RealServerTest::cancelledUploadFreesTheName()
{
    QFETCH(const ServerMode, mode);
    Desk desk(mode);
    std::stop_source stop;
    Operation cancelled(stop.get_token(), [&](const Progress &progress) {
        if (progress.done > 100000) {
            stop.request_stop();
        }
    });
    UploadSettings settings;
    settings.chunkBytes = 64LL * 1024;
    const release::ShipRequest shipment = desk.shipment("1.0.0", QByteArray(1000000, 'y'));
    const Result<UploadOutcome> outcome = uploadBundle(*desk.session, shipment.upload, cancelled, settings);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::Cancelled);
    Operation operation;
    const Result<wire::BundleRow> row = Bundles(desk.session).one(app(), version("1.0.0"), operation);
    QVERIFY(!row);
    QCOMPARE(row.error().id, QStringLiteral("client.bundle"));
    const Result<UploadOutcome> again = uploadBundle(*desk.session, shipment.upload, operation);
    QVERIFY2(again, failureOf(again));
}

void RealServerTest::staleReviewIsRefused()
{
    QFETCH(const ServerMode, mode);
    Desk desk(mode);
    Operation operation;
    release::ShipRequest first = desk.shipment("1.0.0", "one");
    first.staging = release::Staging{production()};
    QVERIFY(release::ship(desk.session, first, operation));
    release::ShipRequest second = desk.shipment("1.1.0", "two");
    second.staging = release::Staging{production(), BasisPoints::clamp(1000)};
    QVERIFY(release::ship(desk.session, second, operation));

    const Result<release::Review> looked = release::plan(
        desk.session, release::setShare(app(), production(), BasisPoints::clamp(2000)), operation);
    QVERIFY2(looked, failureOf(looked));
    // Somebody pauses meanwhile.
    QVERIFY(release::executeNow(desk.session, release::pause(app(), production(), {}), operation));
    const Result<release::Effect> effect = release::execute(desk.session, *looked, operation);
    QVERIFY(!effect);
    QCOMPARE(effect.error().id, QStringLiteral("client.channel_changed"));
    const Result<wire::ChannelState> state = Releases(desk.session).state(app(), production(), operation);
    QCOMPARE(state->channel.rolloutPercentage.value(), 1000);
    const Result<release::Effect> notSafer =
        release::executeNow(desk.session, release::resume(app(), production()), operation);
    QVERIFY(!notSafer);
    QCOMPARE(notSafer.error().id, QStringLiteral("release.not_safer"));
}

void RealServerTest::rulesAndDevices()
{
    QFETCH(const ServerMode, mode);
    Desk desk(mode);
    Operation operation;
    const Channels channels(desk.session);
    const Result<void> made =
        channels.put(app(), production(), {{QStringLiteral("public"), true}}, operation);
    QVERIFY2(made, failureOf(made));
    const Result<release::Review> review = release::plan(
        desk.session,
        release::setRules(app(), production(),
                          {{QStringLiteral("allow_emulator"), false}, {QStringLiteral("android"), false}}),
        operation);
    QVERIFY2(review, failureOf(review));
    const Result<release::Effect> effect = release::execute(desk.session, *review, operation);
    QVERIFY2(effect, failureOf(effect));
    const Result<QVector<wire::ChannelRow>> list = channels.list(app(), operation);
    QVERIFY2(list, failureOf(list));
    QCOMPARE(list->size(), 1);
    QCOMPARE(list->at(0).allowEmulator, false);
    QCOMPARE(list->at(0).android, false);
    QCOMPARE(list->at(0).ios, true);

    // Another person's rules since the look: nothing is overwritten, and undoing is refused, too.
    const Result<release::Review> looked = release::plan(
        desk.session, release::setRules(app(), production(), {{QStringLiteral("ios"), false}}), operation);
    QVERIFY2(looked, failureOf(looked));
    const Result<void> theirs =
        channels.put(app(), production(), {{QStringLiteral("allow_dev"), false}}, operation);
    QVERIFY2(theirs, failureOf(theirs));
    const Result<release::Effect> late = release::execute(desk.session, *looked, operation);
    QVERIFY(!late);
    QCOMPARE(late.error().id, QStringLiteral("client.channel_changed"));
    const Result<release::Effect> lateUndo = release::undo(desk.session, *effect, operation);
    QVERIFY(!lateUndo);
    QCOMPARE(lateUndo.error().id, QStringLiteral("release.undo_late"));
    QCOMPARE(channels.list(app(), operation)->at(0).android, false);

    const Result<QHash<qint64, qint64>> pinned = Devices(desk.session).pinnedByChannel(app(), operation);
    QVERIFY2(pinned, failureOf(pinned));
    QVERIFY(pinned->isEmpty());
    const Result<qint64> holders = Devices(desk.session).countOn(app(), version("1.0.0"), operation);
    QVERIFY2(holders, failureOf(holders));
    QCOMPARE(*holders, 0);

    const Result<DevicePage> devices = Devices(desk.session).page(app(), {}, operation);
    QVERIFY2(devices, failureOf(devices));
    QVERIFY(devices->rows.isEmpty());
    SeriesQuery query;
    query.metric = QStringLiteral("installs");
    query.to = SystemClock().now();
    query.from = query.to - std::chrono::hours(1);
    const Result<wire::SeriesAnswer> series = Statistics(desk.session).series(app(), query, operation);
    QVERIFY2(series, failureOf(series));
    query.metric = QStringLiteral("active_devices");
    const Result<wire::SeriesAnswer> active = Statistics(desk.session).series(app(), query, operation);
    QVERIFY2(active, failureOf(active));
    QVERIFY(channels.remove(app(), production(), operation));
}

void RealServerTest::aDefaultTakesTheOthersPlace()
{
    QFETCH(const ServerMode, mode);
    Desk desk(mode);
    Operation operation;
    const Channels channels(desk.session);
    const ChannelName beta = *ChannelName::parse(QStringLiteral("beta"));
    QVERIFY(channels.put(app(), production(), {{QStringLiteral("public"), true}}, operation));
    QVERIFY(channels.put(app(), beta, {}, operation));
    const Result<release::Review> review = release::plan(
        desk.session, release::setRules(app(), beta, {{QStringLiteral("public"), true}}), operation);
    QVERIFY2(review, failureOf(review));
    QVERIFY(std::any_of(review->obstacles.begin(), review->obstacles.end(), [](const auto &obstacle) {
        return obstacle.sentence.id == QLatin1String("obstacle.rules_other_default");
    }));
    const Result<release::Effect> effect = release::execute(desk.session, *review, operation);
    QVERIFY2(effect, failureOf(effect));
    QVERIFY(!effect->undo);
    QVERIFY(channels.one(app(), beta, operation)->row.isPublic);
    QVERIFY(!channels.one(app(), production(), operation)->row.isPublic);
}

void RealServerTest::undoBringsBackWhatWas()
{
    QFETCH(const ServerMode, mode);
    Desk desk(mode);
    Operation operation;
    release::ShipRequest first = desk.shipment("1.0.0", "one");
    first.staging = release::Staging{production()};
    QVERIFY(release::ship(desk.session, first, operation));
    release::ShipRequest second = desk.shipment("1.1.0", "two");
    second.staging = release::Staging{production(), BasisPoints::clamp(1000)};
    const Result<release::ShipOutcome> shipped = release::ship(desk.session, second, operation);
    QVERIFY2(shipped, failureOf(shipped));
    const Result<release::Effect> undone = release::undo(desk.session, *shipped->staged, operation);
    QVERIFY2(undone, failureOf(undone));
    QVERIFY(undone->isConfirmed);
    QVERIFY(!Releases(desk.session).state(app(), production(), operation)->channel.rolloutVersion);
}

void RealServerTest::whatIsWrongWithABundleIsSaid()
{
    QFETCH(const ServerMode, mode);
    Desk desk(mode);
    Operation operation;
    QVERIFY(uploadBundle(*desk.session, desk.shipment("1.0.0", "no archive").upload, operation));
    const Result<wire::BundleRow> row = Bundles(desk.session).one(app(), version("1.0.0"), operation);
    QVERIFY2(row, failureOf(row));
    const QTemporaryDir folder;
    using Kind = release::BundleCheck::Kind;
    using Verdict = release::BundleCheck::Verdict;
    const auto inspected = [&](const wire::BundleRow &claimed) {
        return release::inspectBundle(
            desk.session, {claimed, {}, {}, folder.path(), folder.filePath(QStringLiteral("none"))},
            operation);
    };

    const Result<release::BundleInspection> asStored = inspected(*row);
    QVERIFY2(asStored, failureOf(asStored));
    QVERIFY(!asStored->isGood() && !asStored->opened);
    QCOMPARE(asStored->failure()->kind, Kind::Files);
    QVector<Verdict> verdicts;
    for (const release::BundleCheck &check : asStored->checks) {
        verdicts.append(check.verdict);
    }
    QCOMPARE(verdicts, (QVector<Verdict>{Verdict::Passed, Verdict::Skipped, Verdict::Passed, Verdict::Failed,
                                         Verdict::Skipped}));

    wire::BundleRow wrong = *row;
    wrong.checksum = QString(64, QLatin1Char('0'));
    const Result<release::BundleInspection> other = inspected(wrong);
    QVERIFY2(other, failureOf(other));
    QCOMPARE(other->failure()->kind, Kind::Checksum);
    QCOMPARE(other->failure()->error->id, QStringLiteral("bundle.checksum.mismatch"));

    wrong = *row;
    wrong.size = 7;
    const Result<release::BundleInspection> cut = inspected(wrong);
    QVERIFY2(cut, failureOf(cut));
    QCOMPARE(cut->failure()->kind, Kind::Download);

    wrong = *row;
    wrong.sessionKey = QStringLiteral("iv:key");
    const Result<release::BundleInspection> locked = inspected(wrong);
    QVERIFY2(locked, failureOf(locked));
    QCOMPARE(locked->failure()->kind, Kind::Decrypt);
    QCOMPARE(locked->failure()->error->id, QStringLiteral("release.no_key"));

    wrong = *row;
    wrong.r2Path.reset();
    const Result<release::BundleInspection> elsewhere = inspected(wrong);
    QVERIFY(!elsewhere);
    QCOMPARE(elsewhere.error().id, QStringLiteral("release.artifact.elsewhere"));
}

void RealServerTest::frozenChannelRefuses()
{
    Desk desk(ServerMode::Gatehouse);
    Operation operation;
    release::ShipRequest first = desk.shipment("1.0.0", "one");
    first.staging = release::Staging{production()};
    QVERIFY(release::ship(desk.session, first, operation));
    QVERIFY(uploadBundle(*desk.session, desk.shipment("1.1.0", "two").upload, operation));
    const Result<release::Effect> frozen = release::executeNow(
        desk.session, release::freeze(app(), production(), QStringLiteral("holiday")), operation);
    QVERIFY2(frozen, failureOf(frozen));
    const Result<release::Review> review = release::plan(
        desk.session, release::promote(app(), production(), QStringLiteral("1.1.0")), operation);
    QVERIFY2(review, failureOf(review));
    QVERIFY(review->isBlocked());
    // And the server itself refuses, whoever asks.
    const Result<wire::ChannelState> forced =
        Releases(desk.session).act(app(), production(), release::toWire(review->action), {}, operation);
    QVERIFY(!forced);
    QCOMPARE(forced.error().id, QStringLiteral("server.frozen"));
}

void RealServerTest::eventsArriveLive()
{
    Desk desk(ServerMode::Gatehouse);
    QMutex mutex;
    QStringList types;
    std::optional<EventStream::Link> link;
    const EventStream stream(desk.session, app(),
                             {[&](const QVector<wire::LiveEvent> &events) {
                                  const QMutexLocker lock(&mutex);
                                  for (const wire::LiveEvent &event : events) {
                                      types.append(event.type);
                                  }
                              },
                              [&](EventStream::Link now, const std::optional<Error> &) {
                                  const QMutexLocker lock(&mutex);
                                  link = now;
                              }});
    const auto hears = [&](const char *type) {
        const QMutexLocker lock(&mutex);
        return types.contains(QLatin1String(type));
    };
    const auto isLive = [&] {
        const QMutexLocker lock(&mutex);
        return link == EventStream::Link::Live;
    };
    QTRY_VERIFY(isLive());
    Operation operation;
    release::ShipRequest first = desk.shipment("1.0.0", "one");
    first.staging = release::Staging{production()};
    const Result<release::ShipOutcome> shipped = release::ship(desk.session, first, operation);
    QVERIFY2(shipped, failureOf(shipped));
    QTRY_VERIFY_WITH_TIMEOUT(hears("channel"), 3000);
}

void RealServerTest::acknowledgedWriteSurvivesACrash()
{
    Desk desk(ServerMode::Gatehouse);
    Operation operation;
    release::ShipRequest first = desk.shipment("1.0.0", "one");
    first.staging = release::Staging{production()};
    QVERIFY(release::ship(desk.session, first, operation));
    desk.server().kill();
    const Result<wire::ChannelState> gone = Releases(desk.session).state(app(), production(), operation);
    QVERIFY(!gone);
    QCOMPARE(gone.error().kind, ErrorKind::Offline);
    QCOMPARE(desk.server().start(), QString());
    desk.connectAgain();
    const Result<wire::ChannelState> state = Releases(desk.session).state(app(), production(), operation);
    QVERIFY2(state, failureOf(state));
    QCOMPARE(state->channel.versionInfo->name, QStringLiteral("1.0.0"));
}

QTEST_GUILESS_MAIN(RealServerTest)
#include "realservertest.moc"
