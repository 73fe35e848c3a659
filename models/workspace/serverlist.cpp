// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/serverlist.h"

#include "core/sentences.h"

#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>

namespace gatehouse::workspace {

namespace {

constexpr std::array kKinds{"this_computer", "capgo_cloud", "other", "sandbox"};
constexpr std::array kEnvironments{"production", "test", "development", "sandbox"};

template<std::size_t N>
int indexOf(const std::array<const char *, N> &words, const QString &word, int otherwise)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (word == QLatin1String(words[i])) {
            return static_cast<int>(i);
        }
    }
    return otherwise;
}

QJsonObject toJson(const ServerEntry &entry)
{
    return {{QStringLiteral("id"), entry.id},
            {QStringLiteral("name"), entry.name},
            {QStringLiteral("kind"), QString::fromLatin1(kKinds.at(static_cast<std::size_t>(entry.kind)))},
            {QStringLiteral("environment"),
             QString::fromLatin1(kEnvironments.at(static_cast<std::size_t>(entry.environment)))},
            {QStringLiteral("api"), entry.api.toString()}};
}

ServerEntry fromJson(const QJsonObject &json)
{
    ServerEntry entry;
    entry.id = json.value(QLatin1String("id")).toString();
    entry.name = json.value(QLatin1String("name")).toString();
    entry.kind = static_cast<ServerKind>(indexOf(kKinds, json.value(QLatin1String("kind")).toString(), 2));
    // An unknown word is treated as the most dangerous one.
    entry.environment = static_cast<Environment>(
        indexOf(kEnvironments, json.value(QLatin1String("environment")).toString(), 0));
    entry.api = QUrl(json.value(QLatin1String("api")).toString());
    return entry;
}

bool isLoopback(const QString &host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

} // namespace

Result<QUrl> parseServerAddress(const QString &typed)
{
    QString text = typed.trimmed();
    if (!text.isEmpty() && !text.contains(QLatin1String("://"))) {
        text.prepend(QStringLiteral("https://"));
    }
    while (text.endsWith(QLatin1Char('/'))) {
        text.chop(1);
    }
    const QUrl url(text, QUrl::StrictMode);
    const auto refuse = [](const QString &cause, const QString &remedy) {
        return makeError(ErrorKind::Invalid, "workspace.server.address",
                         Sentences::tr("This is not the address of a server."), cause, remedy);
    };
    const QString example = Sentences::tr("An address looks like https://updates.example.com.");
    if (!url.isValid() || url.host().isEmpty()) {
        return refuse(QString(), example);
    }
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment()) {
        return refuse(Sentences::tr("It holds more than scheme, host, port and path."), example);
    }
    if (url.scheme() == QLatin1String("http")) {
        if (!isLoopback(url.host())) {
            return refuse(Sentences::tr("Plain http is accepted for this computer alone."),
                          Sentences::tr("Use https."));
        }
    } else if (url.scheme() != QLatin1String("https")) {
        return refuse(Sentences::tr("Its scheme is neither https nor http."), example);
    }
    return url;
}

QUrl capgoCloudAddress()
{
    return QUrl(QStringLiteral("https://api.capgo.app"));
}

ServerList::ServerList(Settings &settings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
{
    const QJsonArray stored = QJsonDocument::fromJson(settings.value(settings::kServers)).array();
    for (const QJsonValue &value : stored) {
        const ServerEntry entry = fromJson(value.toObject());
        if (!entry.id.isEmpty()) {
            m_servers.append(entry);
        }
    }
}

std::optional<ServerEntry> ServerList::find(const QString &id) const
{
    const auto found = std::find_if(m_servers.begin(), m_servers.end(),
                                    [&id](const ServerEntry &entry) { return entry.id == id; });
    return found == m_servers.end() ? std::nullopt : std::optional(*found);
}

void ServerList::put(const ServerEntry &entry)
{
    const auto found = std::find_if(m_servers.begin(), m_servers.end(),
                                    [&entry](const ServerEntry &known) { return known.id == entry.id; });
    if (found == m_servers.end()) {
        m_servers.append(entry);
    } else if (*found == entry) {
        return;
    } else {
        *found = entry;
    }
    save();
}

void ServerList::remove(const QString &id)
{
    const auto gone = m_servers.removeIf([&id](const ServerEntry &entry) { return entry.id == id; });
    if (gone > 0) {
        save();
    }
}

void ServerList::save()
{
    QJsonArray array;
    for (const ServerEntry &entry : std::as_const(m_servers)) {
        if (entry.kind != ServerKind::Sandbox) {
            array.append(toJson(entry));
        }
    }
    m_settings.setValue(settings::kServers, QJsonDocument(array).toJson(QJsonDocument::Compact));
    Q_EMIT changed();
}

} // namespace gatehouse::workspace
