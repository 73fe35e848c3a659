// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/context.h"

#include "cli/terminal.h"
#include "client/exchange.h"
#include "client/hello.h"
#include "keys/keychainstore.h"
#include "keys/keychainthread.h"
#include "keys/secretfile.h"
#include "keys/serverkeys.h"
#include "keys/vaultstore.h"

#include <QFile>

namespace gatehouse::cli {

QVector<OptionSpec> commonOptions()
{
    return {{QStringLiteral("json"), {}, QStringLiteral("answer in JSON")},
            {QStringLiteral("help"), {}, QStringLiteral("say what the command does and takes")}};
}

QVector<OptionSpec> keyOptions()
{
    return {{QStringLiteral("vault"), QStringLiteral("FILE"),
             QStringLiteral("keep keys in this passphrase vault instead of the keychain")},
            {QStringLiteral("passphrase-fd"), QStringLiteral("N"),
             QStringLiteral("read the passphrase from this open descriptor instead of asking")}};
}

QVector<OptionSpec> serverOptions()
{
    return QVector<OptionSpec>{
               {QStringLiteral("server"), QStringLiteral("URL"),
                QStringLiteral("the server's management API")},
               {QStringLiteral("files-server"), QStringLiteral("URL"),
                QStringLiteral("where uploads go, when that is elsewhere")},
               {QStringLiteral("key-file"), QStringLiteral("FILE"),
                QStringLiteral("read the API key from this file (mode 0600) instead of the keychain")},
               {QStringLiteral("ca"), QStringLiteral("FILE"),
                QStringLiteral("trust this certificate authority (PEM), too")},
               {QStringLiteral("pin"), QStringLiteral("HEX"),
                QStringLiteral("the SHA-256 that the public key of the server's certificate must have")}} +
           keyOptions();
}

Context::Context(const Arguments &arguments, const Output &output, Operation &operation)
    : m_arguments(arguments)
    , m_output(output)
    , m_operation(operation)
{}

Context::~Context() = default;

Result<Secret> Context::passphrase(const QString &prompt)
{
    if (const std::optional<QString> text = m_arguments.value("passphrase-fd")) {
        bool isNumber = false;
        const int descriptor = text->toInt(&isNumber);
        if (!isNumber || descriptor < 0) {
            return makeError(ErrorKind::Invalid, "cli.passphrase",
                             QStringLiteral("\"%1\" is not the number of a descriptor.").arg(*text));
        }
        return keys::readSecretFromDescriptor(descriptor);
    }
    return askSecret(prompt);
}

Result<keys::KeyStore *> Context::keyStore()
{
    if (m_store) {
        return m_store.get();
    }
    if (const std::optional<QString> path = m_arguments.value("vault")) {
        GATEHOUSE_ASSIGN(const Secret secret, passphrase(QStringLiteral("Passphrase of the vault: ")));
        GATEHOUSE_ASSIGN(std::unique_ptr<keys::VaultStore> vault,
                         keys::VaultStore::exists(*path)
                             ? keys::VaultStore::open(*path, secret, m_operation)
                             : keys::VaultStore::create(*path, secret, m_operation));
        m_store = std::move(vault);
        return m_store.get();
    }
    m_keychain = std::make_unique<keys::KeychainThread>();
    m_store = std::make_unique<keys::KeychainStore>(*m_keychain);
    return m_store.get();
}

Result<client::TlsTrust> Context::trust() const
{
    client::TlsTrust trust;
    if (const std::optional<QString> path = m_arguments.value("ca")) {
        trust.authorities =
            QSslCertificate::fromPath(*path, QSsl::Pem, QSslCertificate::PatternSyntax::FixedString);
        if (trust.authorities.isEmpty()) {
            return makeError(ErrorKind::Invalid, "cli.ca",
                             QStringLiteral("The file \"%1\" holds no certificate.").arg(*path));
        }
    }
    if (const std::optional<QString> pin = m_arguments.value("pin")) {
        trust.pinnedKey = QByteArray::fromHex(pin->toLatin1());
        if (trust.pinnedKey.size() != 32) {
            return makeError(ErrorKind::Invalid, "cli.pin",
                             QStringLiteral("\"%1\" is not a SHA-256 in hex.").arg(*pin));
        }
    }
    return trust;
}

Result<std::shared_ptr<const Secret>> Context::apiKey(const std::shared_ptr<client::Transport> &transport,
                                                      const QUrl &api)
{
    if (const std::optional<QString> path = m_arguments.value("key-file")) {
        GATEHOUSE_ASSIGN(Secret key, keys::readSecretFile(*path, keys::FileSecrecy::OwnerOnly));
        while (!key.isEmpty() && (key.bytes().back() == '\n' || key.bytes().back() == '\r')) {
            key.truncate(key.size() - 1);
        }
        return std::make_shared<const Secret>(std::move(key));
    }
    GATEHOUSE_ASSIGN(keys::KeyStore * store, keyStore());
    keys::ServerKeys serverKeys(*store, m_clock);
    GATEHOUSE_ASSIGN(const QVector<keys::ServerKeyInfo> known, serverKeys.list(m_operation));
    for (const keys::ServerKeyInfo &server : known) {
        const bool isNamed =
            server.serverId == api.toString() || server.label == api.host() || server.label == api.toString();
        if (isNamed && !client::isLoopbackHost(api.host())) {
            GATEHOUSE_ASSIGN(Secret key, serverKeys.key(server.serverId, m_operation));
            return std::make_shared<const Secret>(std::move(key));
        }
    }
    // On this computer any program may own the port: the one that proves to know the key gets it.
    for (const keys::ServerKeyInfo &server : known) {
        if (!client::isLoopbackHost(api.host())) {
            break;
        }
        GATEHOUSE_ASSIGN(Secret key, serverKeys.key(server.serverId, m_operation));
        if (client::proveServer(*transport, api, key, m_operation)) {
            return std::make_shared<const Secret>(std::move(key));
        }
    }
    return makeError(
        ErrorKind::Denied, "cli.no_key",
        QStringLiteral("There is no API key for %1 in the keychain.").arg(api.toString()), {},
        QStringLiteral("Connect to the server in the desktop once, or name a file with --key-file."));
}

Result<client::SessionPtr> Context::session()
{
    if (m_session) {
        return m_session;
    }
    GATEHOUSE_ASSIGN(const QString typed, m_arguments.required("server"));
    client::ServerAddress address;
    address.api = QUrl(typed, QUrl::StrictMode);
    GATEHOUSE_TRY(client::checkUrl(address.api));
    if (const std::optional<QString> files = m_arguments.value("files-server")) {
        address.files = QUrl(*files, QUrl::StrictMode);
        GATEHOUSE_TRY(client::checkUrl(*address.files));
    }
    GATEHOUSE_ASSIGN(client::TlsTrust trusted, trust());
    const auto transport = std::make_shared<client::HttpTransport>(std::move(trusted));
    GATEHOUSE_ASSIGN(std::shared_ptr<const Secret> key, apiKey(transport, address.api));
    GATEHOUSE_ASSIGN(m_session, client::Session::open(transport, address, std::move(key), m_operation));
    return m_session;
}

} // namespace gatehouse::cli
