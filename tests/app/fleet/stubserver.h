// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>

#include <functional>
#include <optional>

namespace gatehouse::fleet {

/// A small HTTP/1.1 server on loopback that answers as a test tells it, also wrongly. Lives in the event loop
/// of the test.
class StubServer final : public QTcpServer
{
public:
    struct Request
    {
        QByteArray method;
        QByteArray target;
        QByteArray head;
        QByteArray body;
        int connection = 0; ///< which one, counted from 1
    };
    struct Reply
    {
        int status = 200;
        QByteArray body;
        QByteArray headers;                           ///< further ones, each with CRLF
        std::optional<QByteArray> raw = std::nullopt; ///< instead of all that
        bool isSilent = false;
        bool closesAfter = false; ///< without saying so
    };
    std::function<Reply(const Request &)> answer;
    std::optional<QSslConfiguration> tls;

    bool start() { return listen(QHostAddress::LocalHost); }
    [[nodiscard]] QString url() const
    {
        return QStringLiteral("%1://127.0.0.1:%2")
            .arg(tls ? QStringLiteral("https") : QStringLiteral("http"))
            .arg(serverPort());
    }
    [[nodiscard]] int connections() const { return m_connections; }

protected:
    void incomingConnection(qintptr handle) override
    {
        auto *socket = new QSslSocket(this);
        socket->setSocketDescriptor(handle);
        const int number = ++m_connections;
        connect(socket, &QTcpSocket::readyRead, this, [this, socket, number] { read(*socket, number); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_buffers.remove(socket);
            socket->deleteLater();
        });
        if (tls) {
            socket->setSslConfiguration(*tls);
            socket->startServerEncryption();
        }
    }

private:
    void read(QSslSocket &socket, int number)
    {
        QByteArray &buffer = m_buffers[&socket];
        buffer += socket.readAll();
        for (;;) {
            const qsizetype end = buffer.indexOf("\r\n\r\n");
            if (end < 0) {
                return;
            }
            const QByteArray head = buffer.left(end);
            const qsizetype at = head.toLower().indexOf("content-length:");
            const qsizetype length =
                at < 0 ? 0 : head.mid(at + 15, head.indexOf('\r', at) - at - 15).trimmed().toInt();
            if (buffer.size() < end + 4 + length) {
                return;
            }
            const QList<QByteArray> line = head.left(head.indexOf('\r')).split(' ');
            const Request request{line.value(0), line.value(1), head, buffer.mid(end + 4, length), number};
            buffer.remove(0, end + 4 + length);
            if (!write(socket, answer(request))) {
                return;
            }
        }
    }

    // False when nothing more is to be read from this connection.
    static bool write(QSslSocket &socket, const Reply &reply)
    {
        if (reply.isSilent) {
            return true;
        }
        if (reply.raw) {
            socket.write(*reply.raw);
        } else {
            socket.write("HTTP/1.1 " + QByteArray::number(reply.status) +
                         " X\r\nContent-Length: " + QByteArray::number(reply.body.size()) + "\r\n" +
                         reply.headers + "\r\n" + reply.body);
        }
        if (reply.closesAfter) {
            socket.disconnectFromHost();
        }
        return !reply.closesAfter;
    }

    QHash<QSslSocket *, QByteArray> m_buffers;
    int m_connections = 0;
};

} // namespace gatehouse::fleet
