// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet/run/options.h"

#include "core/ids.h"

#include <QCommandLineParser>
#include <QFile>

namespace gatehouse::fleet {

namespace {

constexpr qint64 kMaxFile = 4 * 1024 * 1024;

Error optionError(const QString &option, const QString &cause)
{
    return makeError(ErrorKind::Invalid, "fleet.option",
                     QStringLiteral("The option --%1 cannot be used so.").arg(option), cause,
                     QStringLiteral("gatehouse-fleet --help lists the options."));
}

QList<QCommandLineOption> allOptions()
{
    const auto option = [](const char *name, const char *text, const char *value = "") {
        return QCommandLineOption(QString::fromLatin1(name), QString::fromUtf8(text),
                                  QString::fromLatin1(value));
    };
    return {
        option("server",
               "Address of the server; devices call URL/updates and URL/stats. https, or http "
               "on this machine.",
               "URL"),
        option("app", "App id, as in com.example.app.", "ID"),
        option("public-key", "PEM file with the app's public key. Without it devices take plain bundles.",
               "FILE"),
        option("devices", "How many devices: 1 to 1000000. Default 2000.", "N"),
        option("scenario", "JSON file that says how the fleet is made up and what happens to it.", "FILE"),
        option("speed", "Simulated seconds a second: 0.01 to 10000. Default 1.", "N"),
        option("seed", "The same seed gives the same devices. Default 1.", "N"),
        option("duration", "Ends after this many real seconds. Default: runs until stopped.", "S"),
        option("channel", "The channel devices ask for (defaultChannel). Default: none.", "NAME"),
        option("failure-rate",
               "Share of the devices, 0 to 1, on which no bundle comes up (update_fail), "
               "on top of the scenario.",
               "R"),
        option("connections", "Connections at once: 1 to 256. Default 16.", "N"),
        option("ca", "PEM file with the authority of the server's certificate. Default: the system's.",
               "FILE"),
        option("aes256", "Devices with a plugin build of their own that takes AES-256."),
        option("json", "One JSON object a second on standard output instead of text."),
        option("child", "Ends with standard input; reads commands from it, one JSON object a line."),
        option("help-scenario", "Describes scenario files and commands."),
        option("version", "Prints the version."),
        option("help", "Prints this.")};
}

void describe(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        QStringLiteral("Simulated devices that speak the update protocol: check, download, verify, decrypt, "
                       "unpack, report."));
    parser.addOptions(allOptions());
}

Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return makeError(ErrorKind::NotFound, "fleet.file",
                         QStringLiteral("The file \"%1\" cannot be read.").arg(path), file.errorString());
    }
    if (file.size() > kMaxFile) {
        return makeError(ErrorKind::Invalid, "fleet.file",
                         QStringLiteral("The file \"%1\" is too large.").arg(path));
    }
    return file.readAll();
}

class Reader
{
public:
    explicit Reader(const QCommandLineParser &parser)
        : m_parser(parser)
    {}

    Result<void> number(const char *option, double low, double high, double &value) const
    {
        const QString name = QString::fromLatin1(option);
        if (!m_parser.isSet(name)) {
            return {};
        }
        bool isNumber = false;
        const double read = m_parser.value(name).toDouble(&isNumber);
        if (!isNumber || !(read >= low && read <= high)) {
            return optionError(name, QStringLiteral("It takes a number from %1 to %2, not \"%3\".")
                                         .arg(low)
                                         .arg(high, 0, 'f', 0)
                                         .arg(m_parser.value(name)));
        }
        value = read;
        return {};
    }

    Result<void> integer(const char *option, double low, double high, qint64 &value) const
    {
        double read = static_cast<double>(value);
        GATEHOUSE_TRY(number(option, low, high, read));
        if (read != static_cast<double>(static_cast<qint64>(read))) {
            return optionError(QString::fromLatin1(option), QStringLiteral("It takes a whole number."));
        }
        value = static_cast<qint64>(read);
        return {};
    }

    [[nodiscard]] bool has(const char *option) const { return m_parser.isSet(QString::fromLatin1(option)); }
    [[nodiscard]] QString text(const char *option) const
    {
        return m_parser.value(QString::fromLatin1(option));
    }

private:
    const QCommandLineParser &m_parser;
};

Result<void> readScenario(const Reader &in, Scenario &scenario)
{
    if (in.has("scenario")) {
        GATEHOUSE_ASSIGN(const QByteArray json, readFile(in.text("scenario")));
        GATEHOUSE_ASSIGN(scenario, Scenario::parse(json));
    }
    qint64 devices = scenario.devices;
    qint64 seed = static_cast<qint64>(scenario.seed);
    GATEHOUSE_TRY(in.integer("devices", 1, kMaxDevices, devices));
    GATEHOUSE_TRY(in.integer("seed", 0, 9'007'199'254'740'991.0, seed));
    GATEHOUSE_TRY(in.number("speed", 0.01, kMaxSpeed, scenario.speed));
    scenario.devices = static_cast<int>(devices);
    scenario.seed = static_cast<std::uint64_t>(seed);
    if (in.has("channel")) {
        scenario.channel = in.text("channel");
    }
    if (in.has("failure-rate")) {
        FaultRule rule;
        rule.action = QStringLiteral("update_fail");
        GATEHOUSE_TRY(in.number("failure-rate", 0, 1, rule.rate));
        scenario.faults.append(rule);
    }
    return {};
}

Result<void> readServer(const Reader &in, FleetSettings &fleet)
{
    for (const char *needed : {"server", "app"}) {
        if (!in.has(needed)) {
            return optionError(QString::fromLatin1(needed), QStringLiteral("It is needed."));
        }
    }
    QString base = in.text("server");
    while (base.endsWith(QLatin1Char('/'))) {
        base.chop(1);
    }
    fleet.updateUrl = QUrl(base + QStringLiteral("/updates"), QUrl::StrictMode);
    fleet.statsUrl = QUrl(base + QStringLiteral("/stats"), QUrl::StrictMode);
    GATEHOUSE_TRY(originOf(fleet.updateUrl));
    GATEHOUSE_ASSIGN(const AppId app, AppId::parse(in.text("app")));
    fleet.appId = app.text();
    if (in.has("public-key")) {
        GATEHOUSE_ASSIGN(const QByteArray pem, readFile(in.text("public-key")));
        GATEHOUSE_ASSIGN(fleet.crypto.publicKey, crypto::RsaPublicKey::fromPem(pem));
    }
    fleet.crypto.takesAes256 = in.has("aes256");
    return {};
}

Options::Task taskOf(const Reader &in)
{
    if (in.has("help")) {
        return Options::Task::Help;
    }
    if (in.has("help-scenario")) {
        return Options::Task::ScenarioHelp;
    }
    return in.has("version") ? Options::Task::Version : Options::Task::Run;
}

} // namespace

Result<Options> readOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    describe(parser);
    const QStringList withName = QStringList{QStringLiteral("gatehouse-fleet")} + arguments;
    if (!parser.parse(withName)) {
        return makeError(ErrorKind::Invalid, "fleet.option", parser.errorText(), {},
                         QStringLiteral("gatehouse-fleet --help lists the options."));
    }
    const Reader in(parser);
    Options options;
    options.task = taskOf(in);
    if (options.task != Options::Task::Run) {
        return options;
    }
    if (!parser.positionalArguments().isEmpty()) {
        return optionError(parser.positionalArguments().constFirst(),
                           QStringLiteral("Everything is said by options."));
    }
    GATEHOUSE_TRY(readScenario(in, options.fleet.scenario));
    GATEHOUSE_TRY(readServer(in, options.fleet));
    qint64 connections = options.pool.connections;
    GATEHOUSE_TRY(in.integer("connections", 1, 256, connections));
    options.pool.connections = static_cast<int>(connections);
    options.pool.caFile = in.text("ca");
    options.isJson = in.has("json");
    options.isChild = in.has("child");
    double seconds = 0;
    GATEHOUSE_TRY(in.number("duration", 0.001, 1e9, seconds));
    if (seconds > 0) {
        options.duration = std::chrono::duration<double>(seconds);
    }
    return options;
}

// QCommandLineParser::helpText() wants a running application: the list is written here instead.
QString helpText()
{
    QString text = QStringLiteral("Usage: gatehouse-fleet --server URL --app ID [options]\n\n"
                                  "Simulated devices that speak the update protocol: they check, download, "
                                  "verify, decrypt, unpack and report.\n\nOptions:\n");
    const QList<QCommandLineOption> options = allOptions();
    for (const QCommandLineOption &option : options) {
        const QString head = QStringLiteral("  --%1 %2").arg(option.names().constFirst(), option.valueName());
        text += head.leftJustified(24) + option.description() + QLatin1Char('\n');
    }
    text += QStringLiteral("\nExit codes are those of gatehouse-cli: 0 after a stop, see its manual for the "
                           "others.\n");
    return text;
}

} // namespace gatehouse::fleet
