// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/inspectbundle.h"

#include "core/sentences.h"
#include "keys/secretfile.h"
#include "trust/releasestatement.h"

#include <QFileInfo>

#include <algorithm>

namespace gatehouse::release {

namespace {

using Kind = BundleCheck::Kind;
using Verdict = BundleCheck::Verdict;

constexpr qint64 kMostStatementBytes = 4LL << 20;

/// Which check an error of openBundle() belongs to: the ones before it passed.
Kind kindOf(const Error &error)
{
    if (error.id.startsWith(QLatin1String("bundle.archive"))) {
        return Kind::Files;
    }
    if (error.id == QLatin1String("bundle.checksum.mismatch") ||
        error.id == QLatin1String("bundle.checksum.crc32") ||
        error.id == QLatin1String("bundle.checksum.format")) {
        return Kind::Checksum;
    }
    return Kind::Decrypt;
}

/// Trouble of this computer says nothing about the bundle.
bool isOurTrouble(const Error &error)
{
    return error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::Io ||
           error.kind == ErrorKind::Internal;
}

/// @param error  of opening it; null when that went well
void addOpening(BundleInspection &inspection, const Error *error)
{
    bool hasFailed = false;
    for (const Kind kind : {Kind::Decrypt, Kind::Checksum, Kind::Files}) {
        const bool isPlain = kind == Kind::Decrypt && !inspection.row.isEncrypted();
        if (hasFailed) {
            inspection.checks.append({kind, Verdict::Skipped});
        } else if (error != nullptr && kindOf(*error) == kind) {
            inspection.checks.append({kind, Verdict::Failed, *error});
            hasFailed = true;
        } else {
            inspection.checks.append({kind, isPlain ? Verdict::Skipped : Verdict::Passed});
        }
    }
}

Result<QVector<QString>> signersOf(const InspectRequest &request, const OpenedBundle &opened)
{
    GATEHOUSE_ASSIGN(const QByteArray envelope,
                     keys::readFileBytes(request.statementPath, kMostStatementBytes));
    QVector<crypto::Ed25519PublicKey> believed;
    for (const keys::IdentityInfo &identity : request.identities) {
        believed.append(identity.key);
    }
    trust::StatementExpectation expectation;
    GATEHOUSE_ASSIGN(expectation.app, AppId::parse(request.row.appId));
    GATEHOUSE_ASSIGN(expectation.version, BundleName::parse(request.row.name));
    expectation.archiveSha256 = QString::fromLatin1(opened.content.archiveSha256.toHex());
    if (opened.content.cipher != bundle::Cipher::None) {
        expectation.artifactSha256 = QString::fromLatin1(opened.content.artifactSha256.toHex());
    }
    GATEHOUSE_ASSIGN(const trust::VerifiedStatement statement,
                     trust::verifyStatement(envelope, believed, expectation));
    return statement.signers();
}

void addStatement(BundleInspection &inspection, const InspectRequest &request)
{
    if (!inspection.opened || !QFileInfo::exists(request.statementPath)) {
        inspection.checks.append({Kind::Statement, Verdict::Skipped});
        return;
    }
    const Result<QVector<QString>> signers = signersOf(request, *inspection.opened);
    if (signers) {
        inspection.signers = QStringList(*signers);
        inspection.checks.append({Kind::Statement, Verdict::Passed});
    } else {
        inspection.checks.append({Kind::Statement, Verdict::Failed, signers.error()});
    }
}

} // namespace

const BundleCheck *BundleInspection::failure() const
{
    const auto found = std::find_if(checks.begin(), checks.end(), [](const BundleCheck &check) {
        return check.verdict == Verdict::Failed;
    });
    return found == checks.end() ? nullptr : &*found;
}

bool BundleInspection::isGood() const
{
    return failure() == nullptr;
}

Result<BundleInspection> inspectBundle(const client::SessionPtr &session, const InspectRequest &request,
                                       Operation &operation)
{
    BundleInspection inspection{request.row, {}, {}};
    GATEHOUSE_ASSIGN(inspection.file, downloadArtifact(session, request.row, request.folder, operation));
    if (request.row.size && *request.row.size != inspection.file.bytes) {
        const Error cut = makeError(
            ErrorKind::Protocol, "release.artifact.length",
            Sentences::tr("The artifact is not as long as the server says."),
            Sentences::tr("%1 bytes came; it says %2.").arg(inspection.file.bytes).arg(*request.row.size));
        inspection.checks.append({Kind::Download, Verdict::Failed, cut});
    } else {
        inspection.checks.append({Kind::Download, Verdict::Passed});
    }
    Result<OpenedBundle> opened = openBundle(request.row, inspection.file, request.keys, operation);
    if (!opened && isOurTrouble(opened.error())) {
        return opened.error();
    }
    addOpening(inspection, opened ? nullptr : &opened.error());
    if (opened) {
        inspection.opened = std::move(*opened);
    }
    addStatement(inspection, request);
    return inspection;
}

} // namespace gatehouse::release
