// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/showme.h"

#include "core/sentences.h"
#include "release/packagebundle.h"
#include "release/ship.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

namespace gatehouse::workspace {

namespace {

// Long enough to see each part happen, short enough for two minutes in all.
constexpr double kEnoughOnFirst = 0.9;
constexpr double kEnoughOnGood = 0.6;
constexpr int kCheckinSeconds = 900;
constexpr int kSpeed = 90;

struct SampleKeys
{
    keys::BundleKeyInfo bundleKey;
    QString identity;
};

/// Everything that shipping one version of the sample needs.
struct SampleOrder
{
    QString version;
    std::optional<BasisPoints> share;
    std::optional<crypto::Fingerprint> key;
    QString identity;
};

Result<SampleKeys> prepareSample(const client::SessionPtr &session, keys::KeyStore &store, const Clock &clock,
                                 Operation &operation)
{
    GATEHOUSE_ASSIGN(const AppId app, AppId::parse(ShowMe::sampleApp()));
    GATEHOUSE_ASSIGN(const ChannelName channel, ChannelName::parse(ShowMe::sampleChannel()));
    GATEHOUSE_ASSIGN(const auto organizations, client::Apps(session).organizations(operation));
    if (organizations.isEmpty()) {
        return makeError(ErrorKind::Protocol, "workspace.sample.organization",
                         Sentences::tr("The server has no organization."));
    }
    GATEHOUSE_TRY(createApp(session, app, QStringLiteral("Field Notes"), organizations.constFirst().id,
                            channel, operation));
    GATEHOUSE_ASSIGN(keys::BundleKeyInfo bundleKey, keys::BundleKeys(store, clock).create(app, operation));
    GATEHOUSE_ASSIGN(
        const keys::IdentityInfo identity,
        keys::Identities(store, clock).create(QStringLiteral("Sample author"), nullptr, operation));
    return SampleKeys{std::move(bundleKey), identity.keyId()};
}

Result<release::ShipOutcome> shipSample(const client::SessionPtr &session, keys::KeyStore &store,
                                        const Clock &clock, const ShowMe::WriteSample &writeSample,
                                        const SampleOrder &order, Operation &operation)
{
    const QTemporaryDir folder;
    const QString web = folder.filePath(QStringLiteral("web"));
    GATEHOUSE_TRY(writeSample(web, order.version, operation));
    GATEHOUSE_ASSIGN(const AppId app, AppId::parse(ShowMe::sampleApp()));
    GATEHOUSE_ASSIGN(const ChannelName channel, ChannelName::parse(ShowMe::sampleChannel()));
    GATEHOUSE_ASSIGN(const BundleName version, BundleName::parse(order.version));
    GATEHOUSE_ASSIGN(bundle::FolderScan scan, bundle::scanFolder(web, {}, operation));
    release::PackageRequest request{app, version, std::move(scan)};
    request.artifactPath = folder.filePath(QStringLiteral("artifact.zip"));
    request.bundleKey = order.key;
    request.identity = order.identity;
    request.builderVersion = QCoreApplication::applicationVersion();
    GATEHOUSE_ASSIGN(const release::PackagedBundle packaged,
                     release::packageBundle(request, store, clock, operation));
    release::ShipRequest ship{release::uploadOf(request, packaged),
                              QString::fromLatin1(packaged.built.artifactSha256.toHex()),
                              release::Staging{channel, order.share}};
    ship.upload.stateFile.clear();
    return release::ship(session, ship, operation);
}

QByteArray scenario(int devices)
{
    const QJsonObject failure{{QStringLiteral("bundle"), ShowMe::badBundle()},
                              {QStringLiteral("platform"), QStringLiteral("android")},
                              {QStringLiteral("rate"), 0.6},
                              {QStringLiteral("action"), QStringLiteral("update_fail")}};
    const QJsonObject json{{QStringLiteral("devices"), devices},
                           {QStringLiteral("speed"), kSpeed},
                           {QStringLiteral("checkin_seconds"), kCheckinSeconds},
                           {QStringLiteral("failures"), QJsonArray{failure}}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

} // namespace

QString ShowMe::sampleApp()
{
    return QStringLiteral("com.example.fieldnotes");
}

QString ShowMe::sampleChannel()
{
    return QStringLiteral("production");
}

QString ShowMe::badBundle()
{
    return QStringLiteral("1.2.0");
}

ShowMe::ShowMe(Workspace &workspace, ServerDesk &desk, KeyRing &keyRing, QString fleetProgram,
               WriteSample writeSample, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_desk(desk)
    , m_keyRing(keyRing)
    , m_fleetProgram(std::move(fleetProgram))
    , m_writeSample(std::move(writeSample))
{
    connect(&workspace, &Workspace::linkChanged, this, &ShowMe::onLink);
    connect(&workspace.monitor(), &Repository::changed, this, &ShowMe::onNumbers);
    connect(&workspace, &Workspace::released, this, [this](const release::Effect &effect) {
        const bool isBack = effect.action.verb == wire::ActionVerb::TakeBack ||
                            effect.action.verb == wire::ActionVerb::RollBack;
        if (m_stage == Stage::BadBundle && isBack) {
            setStage(Stage::TakenBack);
        }
    });
    connect(&m_fleet, &FleetProcess::failed, this, &ShowMe::fail);
}

ShowMe::~ShowMe() = default;

void ShowMe::start(int devices)
{
    stop();
    m_devices = devices;
    m_error.reset();
    setStage(Stage::StartingServer);
    m_desk.openSandbox();
}

void ShowMe::stop()
{
    m_fleet.stop();
    m_isShipping = false;
    m_key.reset();
    setStage(Stage::Idle);
}

void ShowMe::setStage(Stage stage)
{
    if (m_stage != stage) {
        m_stage = stage;
        Q_EMIT stageChanged();
    }
}

void ShowMe::fail(const Error &error)
{
    if (m_stage == Stage::Idle) {
        return;
    }
    m_error = error;
    m_fleet.stop();
    setStage(Stage::Failed);
}

void ShowMe::onLink()
{
    if (m_stage == Stage::Idle) {
        return;
    }
    const bool isSandbox = m_workspace.server() && m_workspace.server()->kind == ServerKind::Sandbox;
    if (!isSandbox && m_stage != Stage::StartingServer) {
        stop(); // the person went to another server
        return;
    }
    if (m_stage == Stage::StartingServer && m_workspace.link() == Link::Failed && m_workspace.error()) {
        fail(*m_workspace.error());
    } else if (m_stage == Stage::StartingServer && isSandbox && m_workspace.isOpen()) {
        prepare();
    }
}

void ShowMe::prepare()
{
    setStage(Stage::Preparing);
    m_workspace.jobs().run(
        tr("Prepare the sample app"), JobVisibility::Shown, this,
        [session = m_workspace.session(), store = m_keyRing.store(), &clock = m_workspace.clock()](
            Operation &operation) { return prepareSample(session, *store, clock, operation); },
        [this](Result<SampleKeys> keys) {
            if (!keys) {
                fail(keys.error());
                return;
            }
            m_key = keys->bundleKey.fingerprint;
            m_publicPem = keys->bundleKey.publicPem;
            m_identity = keys->identity;
            m_keyRing.refresh();
            m_workspace.apps().refresh();
            shipNext(QStringLiteral("1.0.0"), std::nullopt, Stage::FirstBundle);
        });
}

void ShowMe::shipNext(const QString &version, std::optional<BasisPoints> share, Stage next)
{
    m_isShipping = true;
    const SampleOrder order{version, share, m_key, m_identity};
    m_workspace.jobs().run(
        tr("Build and ship the sample %1").arg(version), JobVisibility::Shown, this,
        [session = m_workspace.session(), store = m_keyRing.store(), &clock = m_workspace.clock(),
         write = m_writeSample,
         order](Operation &operation) { return shipSample(session, *store, clock, write, order, operation); },
        [this, next](Result<release::ShipOutcome> outcome) {
            m_isShipping = false;
            if (m_stage == Stage::Idle) {
                return;
            }
            if (!outcome) {
                fail(outcome.error());
                return;
            }
            m_workspace.bundles().refresh();
            m_workspace.channels().refresh();
            setStage(next);
            if (!m_fleet.isRunning()) {
                startFleet();
            }
        });
}

void ShowMe::startFleet()
{
    FleetProcess::Options options;
    options.program = m_fleetProgram;
    options.server = m_workspace.session()->api();
    options.app = sampleApp();
    options.publicKeyPem = m_publicPem;
    options.scenario = scenario(m_devices);
    m_fleet.start(options);
}

double ShowMe::shareOn(const QString &bundle) const
{
    double all = 0;
    double on = 0;
    for (const wire::SeriesLine &line : m_workspace.monitor().numbers().active.lines) {
        for (qsizetype i = line.values.size() - 1; i >= 0; --i) {
            if (line.values.at(i)) {
                all += *line.values.at(i);
                on += line.label == bundle ? *line.values.at(i) : 0;
                break;
            }
        }
    }
    // Devices that never checked in count as not there yet.
    return on / std::max(all, static_cast<double>(m_devices));
}

void ShowMe::onNumbers()
{
    if (m_isShipping) {
        return;
    }
    if (m_stage == Stage::FirstBundle && shareOn(QStringLiteral("1.0.0")) >= kEnoughOnFirst) {
        shipNext(QStringLiteral("1.1.0"), std::nullopt, Stage::GoodBundle);
    } else if (m_stage == Stage::GoodBundle && shareOn(QStringLiteral("1.1.0")) >= kEnoughOnGood) {
        shipNext(badBundle(), BasisPoints::clamp(2500), Stage::BadBundle);
    }
}

} // namespace gatehouse::workspace
