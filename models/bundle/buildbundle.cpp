// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bundle/buildbundle.h"

#include "bundle/archivepipeline.h"
#include "bundle/artifactsink.h"
#include "bundle/deflate.h"
#include "bundle/largefiles.h"
#include "core/sentences.h"

#include <optional>

namespace gatehouse::bundle {

namespace {
using Clock = std::chrono::steady_clock;

constexpr qint64 kLargeForDevices = qint64(20) << 20;

std::chrono::microseconds since(Clock::time_point &start)
{
    const auto now = Clock::now();
    const auto passed = std::chrono::duration_cast<std::chrono::microseconds>(now - start);
    start = now;
    return passed;
}

Result<void> checkRequest(const FolderScan &scan, const BuildRequest &request)
{
    if (!scan.canBeBuilt()) {
        const auto first =
            std::find_if(scan.findings.begin(), scan.findings.end(),
                         [](const Finding &finding) { return finding.severity == Severity::Error; });
        return makeError(ErrorKind::Invalid, "bundle.build.findings",
                         Sentences::tr("This folder cannot be made into a bundle."),
                         first->file.isEmpty() ? first->sentence
                                               : QStringLiteral("%1: %2").arg(first->file, first->sentence),
                         Sentences::tr("Correct what the check found, then try again."));
    }
    if (request.cipher != Cipher::None && request.privateKey == nullptr) {
        return makeError(ErrorKind::Invalid, "bundle.build.key",
                         Sentences::tr("An encrypted bundle needs the app's bundle key."), {},
                         Sentences::tr("Create or import the bundle key of this app first."));
    }
    return {};
}

Result<void> seal(BuiltBundle &built, const SessionKey &sessionKey, const crypto::RsaPrivateKey &privateKey)
{
    GATEHOUSE_ASSIGN(built.sessionKey, sessionKey.wrap(privateKey));
    GATEHOUSE_ASSIGN(built.checksum, sealChecksum(built.archiveSha256, privateKey));
    built.keyId = privateKey.publicKey().keyId();
    return {};
}

void addFindings(BuiltBundle &built)
{
    if (built.artifactBytes > kLargeForDevices) {
        built.findings.append(
            {QStringLiteral("bundle.size.large"),
             Severity::Warning,
             {},
             Sentences::tr(
                 "The bundle has %1 MiB; above 20 MiB slow connections do not finish the download in time.")
                 .arg(built.artifactBytes >> 20)});
    }
    if (built.cipher == Cipher::Aes256Cbc) {
        built.findings.append({QStringLiteral("bundle.cipher.aes256"),
                               Severity::Warning,
                               {},
                               Sentences::tr("Encrypted with AES-256: only apps with a plugin build of "
                                             "their own can read this bundle.")});
    }
}
} // namespace

Result<BuiltBundle> buildBundle(const FolderScan &scan, const BuildRequest &request, Operation &operation)
{
    GATEHOUSE_TRY(checkRequest(scan, request));
    GATEHOUSE_TRY(operation.check());
    BuiltBundle built;
    built.artifactPath = request.artifactPath;
    built.cipher = request.cipher;
    built.plainBytes = scan.totalBytes;
    built.fileCount = scan.files.size();
    built.encoder = encoderName();
    built.findings = scan.findings;

    auto clock = Clock::now();
    GATEHOUSE_ASSIGN(const auto large, lookAtLargeFiles(scan, request.workers, operation));
    built.timings.prepare = since(clock);

    std::optional<SessionKey> sessionKey;
    if (request.cipher != Cipher::None) {
        sessionKey = SessionKey::generate(request.cipher);
    }
    GATEHOUSE_ASSIGN(ArtifactSink sink,
                     ArtifactSink::create(request.artifactPath, sessionKey ? &*sessionKey : nullptr,
                                          request.maxUploadBytes));
    ZipWriter zip([&sink](QByteArrayView bytes) { return sink.add(bytes); });
    GATEHOUSE_ASSIGN(built.fileListDigest, ArchivePipeline(scan, large, zip, operation).run(request.workers));
    GATEHOUSE_ASSIGN(const ArtifactSink::Outcome outcome, sink.finish());
    built.timings.archive = since(clock);

    built.archiveSha256 = outcome.archiveSha256;
    built.artifactSha256 = outcome.artifactSha256;
    built.archiveBytes = outcome.archiveBytes;
    built.artifactBytes = outcome.artifactBytes;
    built.checksum = QString::fromLatin1(outcome.archiveSha256.toHex());
    operation.report(QStringLiteral("Checksum"), outcome.archiveBytes, outcome.archiveBytes,
                     Progress::Unit::Bytes);
    if (sessionKey) {
        GATEHOUSE_TRY(seal(built, *sessionKey, *request.privateKey));
        operation.report(QStringLiteral("Encrypt"), outcome.artifactBytes, outcome.artifactBytes,
                         Progress::Unit::Bytes);
    }
    addFindings(built);
    GATEHOUSE_TRY(operation.check());
    GATEHOUSE_TRY(sink.commit());
    built.timings.finish = since(clock);
    return built;
}

} // namespace gatehouse::bundle
