// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/scriptedserver.h"

#include <QFile>
#include <QHash>
#include <QProcess>
#include <QSslSocket>
#include <QTcpServer>

namespace gatehouse::test {

namespace {

Seen parseHead(const QByteArray &head)
{
    Seen seen;
    const QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> first = lines.value(0).trimmed().split(' ');
    seen.method = first.value(0);
    seen.target = first.value(1);
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines.at(i).indexOf(':');
        if (colon > 0) {
            seen.headers.insert(lines.at(i).left(colon).toLower(), lines.at(i).mid(colon + 1).trimmed());
        }
    }
    return seen;
}

} // namespace

Reply json(int status, const QByteArray &body, const QByteArray &moreHeaders)
{
    Reply reply;
    reply.bytes = "HTTP/1.1 " + QByteArray::number(status) +
                  " Scripted\r\nContent-Type: application/json\r\n" + moreHeaders +
                  "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    return reply;
}

/// Lives on the server's thread.
class ScriptedServer::Listener final : public QTcpServer
{
public:
    explicit Listener(ScriptedServer &server)
        : m_server(server)
    {}

    void push(const QByteArray &bytes)
    {
        for (auto state = m_states.begin(); state != m_states.end(); ++state) {
            state.key()->write(bytes);
            state.key()->flush();
        }
    }

    void dropAll()
    {
        const QList<QSslSocket *> sockets = m_states.keys();
        for (QSslSocket *socket : sockets) {
            socket->abort();
        }
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *socket = new QSslSocket(this);
        socket->setSocketDescriptor(descriptor);
        m_states.insert(socket, {});
        connect(socket, &QSslSocket::readyRead, this, [this, socket] { onReadyRead(socket); });
        connect(socket, &QSslSocket::disconnected, this, [this, socket] {
            m_states.remove(socket);
            socket->deleteLater();
        });
        if (m_server.m_tls) {
            socket->setLocalCertificate(m_server.m_tls->certificate);
            socket->setPrivateKey(m_server.m_tls->key);
            socket->startServerEncryption();
        }
    }

private:
    struct State
    {
        QByteArray input;
        bool hasHead = false;
        Seen seen;
        qint64 length = 0;
        qint64 cutAfter = -1;
    };

    void onReadyRead(QSslSocket *socket)
    {
        m_states[socket].input += socket->readAll();
        while (m_states.contains(socket) && step(socket, m_states[socket])) {
        }
    }

    /// @return whether there may be more to do
    bool step(QSslSocket *socket, State &state)
    {
        if (!state.hasHead) {
            const qsizetype end = state.input.indexOf("\r\n\r\n");
            if (end < 0) {
                return false;
            }
            state.seen = parseHead(state.input.left(end));
            state.input.remove(0, end + 4);
            state.length = state.seen.headers.value("content-length").toLongLong();
            state.cutAfter = m_server.m_cut ? m_server.m_cut(state.seen) : -1;
            state.hasHead = true;
        }
        if (state.cutAfter >= 0 && state.input.size() >= state.cutAfter) {
            state.seen.body = state.input.left(state.cutAfter);
            state.seen.isCut = true;
            m_server.remember(state.seen);
            m_server.m_script(state.seen);
            socket->abort();
            return false;
        }
        if (state.input.size() < state.length) {
            return false;
        }
        state.seen.body = state.input.left(state.length);
        state.input.remove(0, state.length);
        state.hasHead = false;
        m_server.remember(state.seen);
        answer(socket, m_server.m_script(state.seen));
        return true;
    }

    static void answer(QSslSocket *socket, const Reply &reply)
    {
        if (reply.isSilent) {
            return;
        }
        if (reply.then == Reply::Then::Reset) {
            socket->abort();
            return;
        }
        socket->write(reply.bytes);
        socket->flush();
        if (reply.then == Reply::Then::Close) {
            socket->disconnectFromHost();
        }
    }

    ScriptedServer &m_server;
    QHash<QSslSocket *, State> m_states;
};

ScriptedServer::ScriptedServer(Script script, Cut cut, std::shared_ptr<Tls> tls)
    : m_script(std::move(script))
    , m_cut(std::move(cut))
    , m_tls(std::move(tls))
    , m_listener(new Listener(*this))
{
    m_listener->listen(QHostAddress::LocalHost);
    m_port = m_listener->serverPort();
    m_listener->moveToThread(&m_thread);
    m_thread.start();
}

ScriptedServer::~ScriptedServer()
{
    QMetaObject::invokeMethod(
        m_listener,
        [this] {
            m_listener->dropAll();
            delete m_listener;
        },
        Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

QUrl ScriptedServer::url(const QString &path) const
{
    QUrl url;
    url.setScheme(m_tls ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(m_tls ? QStringLiteral("localhost") : QStringLiteral("127.0.0.1"));
    url.setPort(m_port);
    url.setPath(path);
    return url;
}

QVector<Seen> ScriptedServer::seen() const
{
    const QMutexLocker lock(&m_mutex);
    return m_seen;
}

void ScriptedServer::remember(const Seen &seen)
{
    const QMutexLocker lock(&m_mutex);
    m_seen.append(seen);
}

void ScriptedServer::push(const QByteArray &bytes)
{
    QMetaObject::invokeMethod(
        m_listener, [this, bytes] { m_listener->push(bytes); }, Qt::BlockingQueuedConnection);
}

void ScriptedServer::dropAll()
{
    QMetaObject::invokeMethod(
        m_listener, [this] { m_listener->dropAll(); }, Qt::BlockingQueuedConnection);
}

std::shared_ptr<ScriptedServer::Tls> makeCertificate(const QString &host, const QString &folder)
{
    const QString keyPath = folder + QStringLiteral("/key.pem");
    const QString certificatePath = folder + QStringLiteral("/certificate.pem");
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
                  {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                   QStringLiteral("rsa:2048"), QStringLiteral("-nodes"), QStringLiteral("-days"),
                   QStringLiteral("2"), QStringLiteral("-subj"), QStringLiteral("/CN=%1").arg(host),
                   QStringLiteral("-addext"), QStringLiteral("subjectAltName=DNS:%1").arg(host),
                   QStringLiteral("-keyout"), keyPath, QStringLiteral("-out"), certificatePath});
    QFile key(keyPath);
    QFile certificate(certificatePath);
    if (!openssl.waitForFinished(30000) || openssl.exitCode() != 0 || !key.open(QIODevice::ReadOnly) ||
        !certificate.open(QIODevice::ReadOnly)) {
        qFatal("openssl made no certificate: %s", openssl.readAllStandardError().constData());
    }
    auto tls = std::make_shared<ScriptedServer::Tls>();
    tls->key = QSslKey(key.readAll(), QSsl::Rsa);
    tls->certificate = QSslCertificate(certificate.readAll());
    return tls;
}

} // namespace gatehouse::test
