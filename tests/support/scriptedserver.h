// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QMutex>
#include <QSslCertificate>
#include <QSslKey>
#include <QThread>
#include <QUrl>
#include <QVector>

#include <functional>
#include <memory>

namespace gatehouse::test {

/// A request as the server saw it.
struct Seen
{
    QByteArray method;
    QByteArray target;                     ///< path and query
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;
    /// The connection was closed by the script before the whole body was here.
    bool isCut = false;
};

/// What the server does with a request.
struct Reply
{
    QByteArray bytes; ///< the whole answer, head and body, right or wrong
    enum class Then { Keep, Close, Reset } then = Then::Keep;
    /// Nothing is ever sent and the connection stays open.
    bool isSilent = false;
};

[[nodiscard]] Reply json(int status, const QByteArray &body, const QByteArray &moreHeaders = {});

/// A real HTTP server on a loopback port, in a thread of its own, that does exactly what a test tells it:
/// also what no good server does.
class ScriptedServer
{
public:
    using Script = std::function<Reply(const Seen &)>;
    /// Called when a head is complete: how many bytes of the body to take before closing the connection; -1:
    /// all.
    using Cut = std::function<qint64(const Seen &head)>;
    struct Tls
    {
        QSslCertificate certificate;
        QSslKey key;
    };

    explicit ScriptedServer(Script script, Cut cut = {}, std::shared_ptr<Tls> tls = {});
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer &) = delete;
    ScriptedServer &operator=(const ScriptedServer &) = delete;

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QUrl url(const QString &path = {}) const;
    [[nodiscard]] QVector<Seen> seen() const;
    /// Sends on all open connections, as a stream of events goes on.
    void push(const QByteArray &bytes);
    /// Closes all open connections.
    void dropAll();

private:
    class Listener;
    friend class Listener;
    void remember(const Seen &seen);

    Script m_script;
    Cut m_cut;
    std::shared_ptr<Tls> m_tls;
    quint16 m_port = 0;
    mutable QMutex m_mutex;
    QVector<Seen> m_seen;
    QThread m_thread;
    Listener *m_listener = nullptr;
};

/// A self-signed certificate for a host name or address, made by openssl now.
[[nodiscard]] std::shared_ptr<ScriptedServer::Tls> makeCertificate(const QString &host,
                                                                   const QString &folder);

} // namespace gatehouse::test
