// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/artifact.h"
#include "cli/command.h"

#include "release/ship.h"

#include <QCryptographicHash>
#include <QStandardPaths>

namespace gatehouse::cli {

namespace {

/// Where the notes of a started upload are, so that the same command goes on after a crash.
QString stateFile(const client::Session &session, const AppId &app, const BundleName &name)
{
    const QString key = session.identity() + QLatin1Char('\n') + app.text() + QLatin1Char('\n') + name.text();
    const QByteArray digest = QCryptographicHash::hash(key.toUtf8(), QCryptographicHash::Sha256).toHex();
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/gatehouse/uploads/%1.json").arg(QString::fromLatin1(digest.left(32)));
}

Result<std::optional<release::Staging>> stagingOf(const Arguments &arguments)
{
    if (!arguments.has("channel")) {
        if (arguments.has("share")) {
            return makeError(ErrorKind::Invalid, "cli.missing", QStringLiteral("--share needs --channel."));
        }
        return std::optional<release::Staging>();
    }
    GATEHOUSE_ASSIGN(const ChannelName channel, arguments.required("channel").then(ChannelName::parse));
    release::Staging staging{channel};
    if (const std::optional<QString> share = arguments.value("share")) {
        GATEHOUSE_ASSIGN(staging.share, Arguments::share(*share));
    }
    return std::optional(staging);
}

Result<release::ShipRequest> shipmentOf(const Arguments &arguments, const client::Session &session)
{
    GATEHOUSE_ASSIGN(const QString file, arguments.positional(0, "The artifact"));
    GATEHOUSE_TRY(arguments.atMost(1));
    GATEHOUSE_ASSIGN(const ArtifactDescription description, readDescription(file));
    GATEHOUSE_ASSIGN(const AppId app, AppId::parse(arguments.value("app").value_or(description.app)));
    GATEHOUSE_ASSIGN(const BundleName name,
                     BundleName::parse(arguments.value("version").value_or(description.version)));
    if (app.text() != description.app) {
        return makeError(
            ErrorKind::Invalid, "cli.other_app",
            QStringLiteral("The artifact was built for %1, not for %2.").arg(description.app, app.text()));
    }
    release::ShipRequest shipment{client::UploadRequest{app, name, file, description.checksum,
                                                        description.sessionKey, description.keyId},
                                  description.artifactSha256};
    shipment.upload.nativePackages = description.nativePackages;
    shipment.upload.files = description.files;
    shipment.upload.comment = arguments.value("comment").value_or(QString());
    shipment.upload.link = arguments.value("link").value_or(QString());
    shipment.upload.minUpdateVersion = arguments.value("min-version");
    shipment.upload.stateFile = stateFile(session, app, name);
    GATEHOUSE_ASSIGN(shipment.staging, stagingOf(arguments));
    return shipment;
}

} // namespace

Result<void> runUpload(Context &context)
{
    GATEHOUSE_ASSIGN(const client::SessionPtr session, context.session());
    GATEHOUSE_ASSIGN(const release::ShipRequest shipment, shipmentOf(context.arguments(), *session));
    GATEHOUSE_ASSIGN(const release::ShipOutcome shipped,
                     release::ship(session, shipment, context.operation()));
    QStringList lines = {QStringLiteral("Bundle     %1, %2 bytes%3")
                             .arg(shipped.upload.bundle.name, QString::number(shipped.upload.bytes),
                                  shipped.upload.wasResumed ? QStringLiteral(", resumed") : QString()),
                         shipped.isReadBack ? QStringLiteral("Read back  the server holds the same bytes")
                                            : QStringLiteral("Read back  not possible on this server")};
    QJsonObject json{{QStringLiteral("bundle"), shipped.upload.bundle.toJson()},
                     {QStringLiteral("bytes"), shipped.upload.bytes},
                     {QStringLiteral("resumed"), shipped.upload.wasResumed},
                     {QStringLiteral("read_back"), shipped.isReadBack}};
    if (shipped.staged) {
        json.insert(QStringLiteral("channel"), shipped.staged->after.toJson());
        lines.append(QStringLiteral("Channel    ") + shipped.staged->action.channel.text());
    }
    context.output().result(json, lines);
    return {};
}

} // namespace gatehouse::cli
