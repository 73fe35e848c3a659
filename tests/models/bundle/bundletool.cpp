// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the interop test and the benchmarks drive: builds, verifies, decrypts and unpacks bundles from a
// shell.
#include "bundle/archive.h"
#include "bundle/buildbundle.h"
#include "bundle/verifybundle.h"
#include "core/secret.h"
#include "crypto/securememory.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTextStream>

using namespace gatehouse;
using namespace gatehouse::bundle;

namespace {

struct Arguments
{
    QStringList positional;
    QString keyPath;
    QString publicKeyPath;
    QString sessionKey;
    QString checksum;
    QString cipher;
    int workers = 0;
    bool dropMaps = false;
};

Result<QByteArray> readAll(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return makeError(ErrorKind::NotFound, "tool.read", QStringLiteral("No file “%1”.").arg(path));
    }
    return file.readAll();
}

Result<crypto::RsaPublicKey> publicKey(const Arguments &arguments)
{
    GATEHOUSE_ASSIGN(const QByteArray pem, readAll(arguments.publicKeyPath));
    return crypto::RsaPublicKey::fromPem(pem);
}

void print(const QJsonObject &object)
{
    QTextStream(stdout) << QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)) << '\n';
}

// build FOLDER ARTIFACT
Result<void> build(const Arguments &arguments, Operation &operation)
{
    ScanOptions options;
    options.sourceMaps = arguments.dropMaps ? SourceMaps::Drop : SourceMaps::Keep;
    GATEHOUSE_ASSIGN(const FolderScan scan, scanFolder(arguments.positional.at(1), options, operation));
    BuildRequest request;
    request.artifactPath = arguments.positional.at(2);
    request.workers = arguments.workers;
    request.cipher = arguments.cipher == QLatin1String("none")     ? Cipher::None
                     : arguments.cipher == QLatin1String("aes256") ? Cipher::Aes256Cbc
                                                                   : Cipher::Aes128Cbc;
    std::optional<crypto::RsaPrivateKey> key;
    if (request.cipher != Cipher::None) {
        GATEHOUSE_ASSIGN(QByteArray pem, readAll(arguments.keyPath));
        GATEHOUSE_ASSIGN(key, crypto::RsaPrivateKey::fromPem(Secret::copyOf(pem)));
        wipe(pem);
        request.privateKey = &*key;
    }
    GATEHOUSE_ASSIGN(const BuiltBundle built, buildBundle(scan, request, operation));
    print({{QStringLiteral("checksum"), built.checksum},
           {QStringLiteral("sessionKey"), built.sessionKey},
           {QStringLiteral("keyId"), built.keyId},
           {QStringLiteral("sha256"), QString::fromLatin1(built.archiveSha256.toHex())},
           {QStringLiteral("archiveBytes"), built.archiveBytes},
           {QStringLiteral("plainBytes"), built.plainBytes},
           {QStringLiteral("fileListDigest"), built.fileListDigest},
           {QStringLiteral("encoder"), built.encoder},
           {QStringLiteral("prepareUs"), qint64(built.timings.prepare.count())},
           {QStringLiteral("archiveUs"), qint64(built.timings.archive.count())},
           {QStringLiteral("finishUs"), qint64(built.timings.finish.count())}});
    return {};
}

// verify ARTIFACT, with --checksum and, when encrypted, --session-key and --public-key
Result<void> verify(const Arguments &arguments, Operation &operation)
{
    std::optional<crypto::RsaPublicKey> key;
    if (!arguments.publicKeyPath.isEmpty()) {
        GATEHOUSE_ASSIGN(key, publicKey(arguments));
    }
    GATEHOUSE_ASSIGN(const VerifiedBundle verified,
                     verifyBundle(arguments.positional.at(1), {arguments.sessionKey, arguments.checksum},
                                  key ? &*key : nullptr, operation));
    print({{QStringLiteral("cipher"), cipherName(verified.cipher)},
           {QStringLiteral("sha256"), QString::fromLatin1(verified.archiveSha256.toHex())},
           {QStringLiteral("files"), verified.entries.size()},
           {QStringLiteral("fileListDigest"), verified.fileListDigest}});
    return {};
}

// decrypt ARTIFACT ZIP
Result<void> decrypt(const Arguments &arguments, Operation &operation)
{
    GATEHOUSE_ASSIGN(const auto key, publicKey(arguments));
    return decryptBundle(arguments.positional.at(1), {arguments.sessionKey, arguments.checksum}, &key,
                         arguments.positional.at(2), operation);
}

// unpack ZIP FOLDER
Result<void> unpack(const Arguments &arguments, Operation &operation)
{
    GATEHOUSE_TRY(unpackArchive(arguments.positional.at(1), arguments.positional.at(2), {}, operation));
    return {};
}

Result<void> run(const Arguments &arguments, Operation &operation)
{
    const QString verb = arguments.positional.value(0);
    const qsizetype count = arguments.positional.size();
    if (verb == QLatin1String("build") && count == 3) {
        return build(arguments, operation);
    }
    if (verb == QLatin1String("verify") && count == 2) {
        return verify(arguments, operation);
    }
    if (verb == QLatin1String("decrypt") && count == 3) {
        return decrypt(arguments, operation);
    }
    if (verb == QLatin1String("unpack") && count == 3) {
        return unpack(arguments, operation);
    }
    return makeError(
        ErrorKind::Invalid, "tool.usage",
        QStringLiteral("build FOLDER ARTIFACT | verify ARTIFACT | decrypt ARTIFACT ZIP | unpack ZIP FOLDER"));
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    const auto option = [&parser](const char *name) {
        parser.addOption({QLatin1String(name), QLatin1String(name), QStringLiteral("value")});
    };
    for (const char *name : {"key", "public-key", "session-key", "checksum", "cipher", "workers"}) {
        option(name);
    }
    parser.addOption({QStringLiteral("drop-maps"), QStringLiteral("drop source maps")});
    parser.process(application);
    Arguments arguments;
    arguments.positional = parser.positionalArguments();
    arguments.keyPath = parser.value(QStringLiteral("key"));
    arguments.publicKeyPath = parser.value(QStringLiteral("public-key"));
    arguments.sessionKey = parser.value(QStringLiteral("session-key"));
    arguments.checksum = parser.value(QStringLiteral("checksum"));
    arguments.cipher = parser.value(QStringLiteral("cipher"));
    arguments.workers = parser.value(QStringLiteral("workers")).toInt();
    arguments.dropMaps = parser.isSet(QStringLiteral("drop-maps"));

    Operation operation;
    auto outcome = prepareProcessForSecrets();
    if (outcome) {
        outcome = crypto::prepareOpenSslForSecrets();
    }
    if (outcome) {
        outcome = run(arguments, operation);
    }
    if (!outcome) {
        QTextStream(stderr) << outcome.error().id << ": " << outcome.error().toText() << '\n';
        return exitCode(outcome.error().kind);
    }
    return 0;
}
