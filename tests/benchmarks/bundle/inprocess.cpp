// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inprocess.h"

#include "bundle/buildbundle.h"
#include "core/secret.h"

#include <QFile>

namespace gatehouse::benchmark {

std::chrono::duration<double> buildInProcess(const QString &folder, const QString &artifact,
                                             const QString &keyPem)
{
    QFile pem(keyPem);
    if (!pem.open(QIODevice::ReadOnly)) {
        qFatal("the benchmark's key cannot be read");
    }
    const auto key = crypto::RsaPrivateKey::fromPem(Secret::copyOf(pem.readAll()));
    if (!key) {
        qFatal("%s", qPrintable(key.error().toText()));
    }
    Operation operation;
    const auto start = std::chrono::steady_clock::now();
    const auto built = [&]() -> Result<bundle::BuiltBundle> {
        GATEHOUSE_ASSIGN(const bundle::FolderScan scan, bundle::scanFolder(folder, {}, operation));
        bundle::BuildRequest request;
        request.artifactPath = artifact;
        request.cipher = bundle::Cipher::Aes128Cbc;
        request.privateKey = &*key;
        return bundle::buildBundle(scan, request, operation);
    }();
    const auto took = std::chrono::steady_clock::now() - start;
    if (!built) {
        qFatal("%s", qPrintable(built.error().toText()));
    }
    return took;
}

} // namespace gatehouse::benchmark
