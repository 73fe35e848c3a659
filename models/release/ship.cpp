// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/ship.h"

#include "client/bundles.h"
#include "client/channels.h"
#include "core/sentences.h"

#include <QCryptographicHash>
#include <QFile>

namespace gatehouse::release {

namespace {

/// Reads the artifact back as a device gets it. @return false when the server does not let us read it
Result<bool> readBack(const client::SessionPtr &session, const wire::BundleRow &bundle,
                      const QString &expectedSha256, qint64 expectedBytes, Operation &operation)
{
    if (!bundle.r2Path) {
        return false;
    }
    QCryptographicHash hash(QCryptographicHash::Sha256);
    qint64 bytes = 0;
    const Result<void> read = client::Bundles(session).download(
        *bundle.r2Path,
        [&](QByteArrayView chunk) -> Result<void> {
            hash.addData(chunk);
            bytes += chunk.size();
            return {};
        },
        expectedBytes, operation);
    if (!read) {
        const bool isHidden =
            read.error().kind == ErrorKind::NotFound || read.error().kind == ErrorKind::Denied;
        return isHidden ? Result<bool>(false) : Result<bool>(read.error());
    }
    if (bytes != expectedBytes || QString::fromLatin1(hash.result().toHex()) != expectedSha256) {
        return makeError(ErrorKind::Crypto, "release.read_back",
                         Sentences::tr("The server does not hold what was uploaded."),
                         Sentences::tr("%1 bytes were sent; %2 came back, or their digest differs.")
                             .arg(expectedBytes)
                             .arg(bytes),
                         Sentences::tr("Upload the bundle again under another version."));
    }
    return true;
}

Result<Effect> stage(const client::SessionPtr &session, const ShipRequest &request, const Staging &staging,
                     Operation &operation)
{
    const AppId &app = request.upload.app;
    const QString name = request.upload.name.text();
    const client::Channels channels(session);
    const Result<client::MarkedChannel> channel = channels.one(app, staging.channel, operation);
    if (!channel && channel.error().kind == ErrorKind::NotFound) {
        GATEHOUSE_TRY(channels.put(app, staging.channel, {}, operation));
    } else {
        GATEHOUSE_TRY(channel);
    }
    const ReleaseAction action = staging.share ? startRollout(app, staging.channel, name, *staging.share)
                                               : promote(app, staging.channel, name);
    GATEHOUSE_ASSIGN(const Review looked, plan(session, action, operation));
    return execute(session, looked, operation);
}

} // namespace

Result<QString> sha256OfFile(const QString &path, Operation &operation)
{
    QFile file(path);
    const auto unreadable = [&] {
        return makeError(ErrorKind::Io, "client.file",
                         Sentences::tr("The file \"%1\" cannot be read.").arg(path), file.errorString());
    };
    if (!file.open(QIODevice::ReadOnly)) {
        return unreadable();
    }
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const qint64 total = file.size();
    qint64 done = 0;
    while (!file.atEnd()) {
        GATEHOUSE_TRY(operation.check());
        const QByteArray chunk = file.read(1LL << 20);
        if (chunk.isEmpty()) {
            return unreadable();
        }
        hash.addData(chunk);
        done += chunk.size();
        operation.report(QStringLiteral("Checksum"), done, total, Progress::Unit::Bytes);
    }
    return QString::fromLatin1(hash.result().toHex());
}

Result<ShipOutcome> ship(const client::SessionPtr &session, const ShipRequest &request, Operation &operation)
{
    ShipOutcome outcome;
    GATEHOUSE_ASSIGN(const QString sha256, sha256OfFile(request.upload.file, operation));
    if (!request.archiveSha256.isEmpty() && sha256 != request.archiveSha256) {
        return makeError(
            ErrorKind::Crypto, "release.changed",
            Sentences::tr("The file \"%1\" is not the one that was built.").arg(request.upload.file));
    }
    GATEHOUSE_ASSIGN(outcome.upload, client::uploadBundle(*session, request.upload, operation));
    const Result<bool> read =
        readBack(session, outcome.upload.bundle, sha256, outcome.upload.bytes, operation);
    if (!read) {
        Operation cleanUp;
        cleanUp.setTimeout(std::chrono::seconds(20));
        const Result<void> removed =
            client::Bundles(session).remove(request.upload.app, request.upload.name, cleanUp);
        return removed ? read.error() : read.error().withDetail(removed.error().toText());
    }
    outcome.isReadBack = *read;
    if (request.staging) {
        GATEHOUSE_ASSIGN(outcome.staged, stage(session, request, *request.staging, operation));
    }
    return outcome;
}

} // namespace gatehouse::release
