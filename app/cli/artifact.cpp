// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/artifact.h"

#include "core/jsonreader.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

namespace gatehouse::cli {

namespace {

// Some hundred bytes a file.
constexpr qint64 kMostBytes = 64LL << 20;

Result<client::UploadFile> readFile(const QJsonObject &object, const QString &path)
{
    JsonReader in(object, path);
    client::UploadFile file;
    file.fileName = in.text("file_name");
    file.fileHash = in.text("file_hash");
    file.storageName = in.text("storage_name");
    // A name in the folder beside the artifact, never a path out of it.
    file.payload = in.text("payload");
    if (file.payload != QFileInfo(file.payload).fileName()) {
        in.complain("payload", QStringLiteral("%1 should be a file name."));
    }
    file.bytes = in.integer("bytes");
    GATEHOUSE_TRY(in.finish());
    return file;
}

} // namespace

QString descriptionPath(const QString &artifact)
{
    return artifact + QStringLiteral(".json");
}

QString payloadPath(const QString &artifact)
{
    return artifact + QStringLiteral(".files");
}

QString statementPath(const QString &artifact)
{
    return artifact + QStringLiteral(".statement.json");
}

QJsonObject ArtifactDescription::toJson() const
{
    QJsonArray fileList;
    for (const client::UploadFile &file : files) {
        fileList.append(QJsonObject{{QStringLiteral("file_name"), file.fileName},
                                    {QStringLiteral("file_hash"), file.fileHash},
                                    {QStringLiteral("storage_name"), file.storageName},
                                    {QStringLiteral("payload"), QFileInfo(file.payload).fileName()},
                                    {QStringLiteral("bytes"), file.bytes}});
    }
    return {{QStringLiteral("v"), 1},
            {QStringLiteral("app"), app},
            {QStringLiteral("version"), version},
            {QStringLiteral("cipher"), cipher},
            {QStringLiteral("session_key"), sessionKey},
            {QStringLiteral("checksum"), checksum},
            {QStringLiteral("key_id"), keyId},
            {QStringLiteral("archive_sha256"), archiveSha256},
            {QStringLiteral("artifact_sha256"), artifactSha256},
            {QStringLiteral("artifact_bytes"), artifactBytes},
            {QStringLiteral("native_packages"), wire::toArray(nativePackages)},
            {QStringLiteral("delta"), fileList}};
}

Result<ArtifactDescription> ArtifactDescription::fromJson(const QByteArray &body)
{
    const QString path = QStringLiteral("description");
    const auto broken = [](const Error &error) {
        return makeError(ErrorKind::Invalid, "cli.description",
                         QStringLiteral("The description of the artifact cannot be read."), error.cause);
    };
    const Result<QJsonObject> object = parseJsonObject(body, path);
    if (!object) {
        return broken(object.error());
    }
    JsonReader in(*object, path);
    ArtifactDescription description;
    if (in.integer("v") != 1) {
        in.complain("v", QStringLiteral("%1 should be 1."));
    }
    description.app = in.text("app");
    description.version = in.text("version");
    description.cipher = in.text("cipher");
    description.sessionKey = in.text("session_key");
    description.checksum = in.text("checksum");
    description.keyId = in.text("key_id");
    description.archiveSha256 = in.text("archive_sha256");
    description.artifactSha256 = in.text("artifact_sha256");
    description.artifactBytes = in.integer("artifact_bytes");
    const QJsonArray packages = in.array("native_packages");
    // Artifacts that were built before there were any have none.
    const QJsonArray files = in.optArray("delta");
    if (const Result<void> read = in.finish(); !read) {
        return broken(read.error());
    }
    Result<QVector<wire::NativePackage>> native = readEach<wire::NativePackage>(
        packages, path + QStringLiteral(".native_packages"), wire::NativePackage::fromJson);
    if (!native) {
        return broken(native.error());
    }
    description.nativePackages = std::move(*native);
    Result<QVector<client::UploadFile>> read =
        readEach<client::UploadFile>(files, path + QStringLiteral(".delta"), readFile);
    if (!read) {
        return broken(read.error());
    }
    description.files = std::move(*read);
    return description;
}

Result<ArtifactDescription> readDescription(const QString &artifact)
{
    QFile file(descriptionPath(artifact));
    if (!file.open(QIODevice::ReadOnly)) {
        return makeError(
            ErrorKind::NotFound, "cli.description",
            QStringLiteral("There is no description \"%1\" beside the artifact.").arg(file.fileName()), {},
            QStringLiteral("gatehouse-cli bundle build writes it."));
    }
    Result<ArtifactDescription> description = ArtifactDescription::fromJson(file.read(kMostBytes));
    if (description) {
        const QDir payloads(payloadPath(artifact));
        for (client::UploadFile &each : description->files) {
            each.payload = payloads.filePath(each.payload);
        }
    }
    return description;
}

} // namespace gatehouse::cli
