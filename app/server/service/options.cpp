// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service/options.h"

#include "core/jsonreader.h"

#include <QDir>
#include <QHostAddress>
#include <QUrl>

namespace gatehouse::server {

namespace {

constexpr quint16 kDefaultPort = 8443;
constexpr qsizetype kSha256Bytes = 32;

Error argumentError(const QString &what)
{
    return makeError(ErrorKind::Invalid, "server.arguments", what, {},
                     QStringLiteral("“gatehouse-server --help” shows what can be said."));
}

Error orderError(const QString &what)
{
    return makeError(ErrorKind::Invalid, "server.order", what);
}

/// Certificates are needed where others can listen, unless a proxy brings them.
Result<void> checkListener(const ListenOptions &listener)
{
    if (listener.certificatePath.isEmpty() != listener.keyPath.isEmpty()) {
        return argumentError(QStringLiteral("A TLS certificate and its key belong together."));
    }
    const bool isLoopback = QHostAddress(listener.address).isLoopback();
    if (!isLoopback && listener.certificatePath.isEmpty() && listener.proxies.isEmpty()) {
        return argumentError(
            QStringLiteral("To listen on “%1” a TLS certificate is needed.").arg(listener.address));
    }
    const QUrl url(listener.publicUrl, QUrl::StrictMode);
    const bool isWeb = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    if (!listener.publicUrl.isEmpty() &&
        (!url.isValid() || !isWeb || url.host().isEmpty() || url.hasQuery())) {
        return argumentError(QStringLiteral("“%1” is no address of a web server.").arg(listener.publicUrl));
    }
    return {};
}

/// Options with a value, one after another.
class Arguments
{
public:
    explicit Arguments(QStringList arguments)
        : m_left(std::move(arguments))
    {}
    [[nodiscard]] bool isEmpty() const { return m_left.isEmpty(); }
    QString take() { return m_left.takeFirst(); }
    Result<QString> valueOf(const QString &option)
    {
        if (m_left.isEmpty() || m_left.first().startsWith(QLatin1String("--"))) {
            return argumentError(QStringLiteral("%1 needs a value.").arg(option));
        }
        return m_left.takeFirst();
    }

private:
    QStringList m_left;
};

Result<void> takeOption(const QString &option, Arguments &arguments, CommandLine &line,
                        ListenOptions &listener)
{
    if (option == QLatin1String("--strict-capgo")) {
        line.service.strictCapgo = true;
        return {};
    }
    static const QStringList kWithValue{QStringLiteral("--data"),       QStringLiteral("--listen"),
                                        QStringLiteral("--tls-cert"),   QStringLiteral("--tls-key"),
                                        QStringLiteral("--public-url"), QStringLiteral("--proxy")};
    if (!kWithValue.contains(option)) {
        return argumentError(QStringLiteral("“%1” is not known.").arg(option));
    }
    GATEHOUSE_ASSIGN(const QString value, arguments.valueOf(option));
    if (option == QLatin1String("--data")) {
        line.service.dataFolder = QDir(value).absolutePath();
    } else if (option == QLatin1String("--tls-cert")) {
        listener.certificatePath = value;
    } else if (option == QLatin1String("--tls-key")) {
        listener.keyPath = value;
    } else if (option == QLatin1String("--public-url")) {
        listener.publicUrl = value;
    } else if (option == QLatin1String("--proxy")) {
        listener.proxies.append(value);
    } else {
        GATEHOUSE_ASSIGN(const ListenOptions place, parseListen(value, kDefaultPort));
        listener.address = place.address;
        listener.port = place.port;
    }
    return {};
}

} // namespace

QString helpText()
{
    return QStringLiteral(
        "gatehouse-server: over-the-air updates for Capacitor apps\n"
        "\n"
        "  gatehouse-server --data DIR --listen ADDRESS[:PORT] --tls-cert FILE --tls-key FILE\n"
        "      [--public-url URL]   where devices reach this server; links are made from it\n"
        "      [--proxy ADDRESS]    a proxy (or network) whose X-Forwarded-For counts; may be repeated\n"
        "      [--strict-capgo]     hide everything that Capgo does not have\n"
        "  gatehouse-server create-key NAME --data DIR\n"
        "      makes a key with all rights and shows it once\n"
        "  gatehouse-server --child\n"
        "      beside a desktop, which gives its order on standard input\n"
        "  gatehouse-server --help | --version\n");
}

Result<ListenOptions> parseListen(const QString &text, quint16 defaultPort)
{
    ListenOptions place;
    QString address = text;
    QString port;
    const qsizetype colon = text.lastIndexOf(QLatin1Char(':'));
    if (text.startsWith(QLatin1Char('['))) {
        const qsizetype end = text.indexOf(QLatin1Char(']'));
        address = text.mid(1, end - 1);
        port = colon > end ? text.mid(colon + 1) : QString();
    } else if (colon >= 0 && text.count(QLatin1Char(':')) == 1) {
        address = text.left(colon);
        port = text.mid(colon + 1);
    }
    if (address == QLatin1String("localhost")) {
        address = QStringLiteral("127.0.0.1");
    }
    bool isNumber = true;
    const uint number = port.isEmpty() ? defaultPort : port.toUInt(&isNumber);
    if (QHostAddress(address).isNull() || !isNumber || number > 65535) {
        return makeError(ErrorKind::Invalid, "server.listen",
                         QStringLiteral("“%1” is no address to listen on.").arg(text), {},
                         QStringLiteral("Say an IP address and, if wished, a port: 0.0.0.0:8443."));
    }
    place.address = address;
    place.port = static_cast<quint16>(number);
    return place;
}

Result<CommandLine> parseCommandLine(const QStringList &arguments)
{
    CommandLine line;
    ListenOptions listener;
    listener.port = kDefaultPort;
    Arguments left(arguments);
    line.action = CommandLine::Action::Serve;
    while (!left.isEmpty()) {
        const QString argument = left.take();
        if (argument == QLatin1String("--help") || argument == QLatin1String("-h")) {
            line.action = CommandLine::Action::Help;
            return line;
        }
        if (argument == QLatin1String("--version")) {
            line.action = CommandLine::Action::Version;
            return line;
        }
        if (argument == QLatin1String("--child")) {
            line.action = CommandLine::Action::Child;
        } else if (argument == QLatin1String("create-key")) {
            line.action = CommandLine::Action::CreateKey;
            GATEHOUSE_ASSIGN(line.keyName, left.valueOf(argument));
        } else {
            GATEHOUSE_TRY(takeOption(argument, left, line, listener));
        }
    }
    if (line.action == CommandLine::Action::Child) {
        return line;
    }
    if (line.service.dataFolder.isEmpty()) {
        return argumentError(QStringLiteral("--data is missing."));
    }
    if (line.action == CommandLine::Action::Serve) {
        GATEHOUSE_TRY(checkListener(listener));
        line.service.listeners.push_back(listener);
    }
    return line;
}

Result<ServiceOptions> parseChildOrder(const QByteArray &line)
{
    GATEHOUSE_ASSIGN(const QJsonObject object, parseJsonObject(line, QStringLiteral("order")));
    JsonReader in(object, QStringLiteral("order"));
    const QString digest = in.text("key_sha256");
    const QString folder = in.text("data");
    const qint64 port = in.optInteger("port").value_or(0);
    const QString listen = in.optText("listen").value_or(QString());
    ListenOptions outside;
    outside.certificatePath = in.optText("tls_cert").value_or(QString());
    outside.keyPath = in.optText("tls_key").value_or(QString());
    outside.publicUrl = in.optText("public_url").value_or(QString());
    GATEHOUSE_TRY(in.finish());
    ServiceOptions options;
    options.strictCapgo = object.value(QLatin1String("strict_capgo")).toBool();
    const QByteArray key = QByteArray::fromHex(digest.toLatin1());
    if (key.size() != kSha256Bytes || QString::fromLatin1(key.toHex()) != digest.toLower()) {
        return orderError(QStringLiteral("key_sha256 is no SHA-256 in hex."));
    }
    if (!QDir::isAbsolutePath(folder)) {
        return orderError(QStringLiteral("data is no absolute path."));
    }
    if (port < 0 || port > 65535) {
        return orderError(QStringLiteral("port is no port."));
    }
    options.dataFolder = folder;
    options.ownerKeySha256 = key;
    ListenOptions loopback;
    loopback.port = static_cast<quint16>(port);
    loopback.isPortWish = true;
    options.listeners.push_back(loopback);
    if (!listen.isEmpty()) {
        GATEHOUSE_ASSIGN(const ListenOptions place, parseListen(listen, kDefaultPort));
        outside.address = place.address;
        outside.port = place.port;
        GATEHOUSE_TRY(checkListener(outside));
        options.listeners.push_back(outside);
    }
    return options;
}

} // namespace gatehouse::server
