// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>

#include <memory>

/// An HTTP answer as it came.
struct RawAnswer
{
    int status = 0;
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    [[nodiscard]] QString error() const { return json().value(QLatin1String("error")).toString(); }
};

/// Writes exactly the bytes it is told and reads what comes: for requests that no proper client would send.
class RawClient
{
public:
    explicit RawClient(quint16 port, std::unique_ptr<QTcpSocket> socket = std::make_unique<QTcpSocket>())
        : m_socket(std::move(socket))
    {
        m_socket->connectToHost(QStringLiteral("127.0.0.1"), port);
        m_socket->waitForConnected(kPatienceMs);
    }

    void send(const QByteArray &bytes)
    {
        m_socket->write(bytes);
        while (m_socket->bytesToWrite() > 0 && m_socket->waitForBytesWritten(kPatienceMs)) {
        }
    }

    /// One answer; status 0 when the connection ended before.
    RawAnswer answer(bool isHead = false)
    {
        RawAnswer answer;
        if (!fill([this] { return m_buffer.contains("\r\n\r\n"); })) {
            return answer;
        }
        const qsizetype end = m_buffer.indexOf("\r\n\r\n");
        const QList<QByteArray> lines = m_buffer.left(end).split('\n');
        m_buffer.remove(0, end + 4);
        answer.status = lines.first().mid(9, 3).toInt();
        for (const QByteArray &line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            answer.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
        }
        const qsizetype length = isHead ? 0 : answer.headers.value("content-length", "0").toLongLong();
        fill([this, length] { return m_buffer.size() >= length; });
        answer.body = m_buffer.left(length);
        m_buffer.remove(0, length);
        return answer;
    }

    RawAnswer exchange(const QByteArray &bytes)
    {
        send(bytes);
        return answer(bytes.startsWith("HEAD "));
    }

    /// Waits until the text came; false when it did not.
    bool waitFor(const QByteArray &text)
    {
        return fill([this, text] { return m_buffer.contains(text); });
    }
    bool waitForEnd()
    {
        fill([] { return false; });
        return m_socket->state() != QAbstractSocket::ConnectedState;
    }
    [[nodiscard]] const QByteArray &received() const { return m_buffer; }
    void disconnect() { m_socket->abort(); }
    void clear() { m_buffer.clear(); }
    QTcpSocket &socket() { return *m_socket; }

private:
    static constexpr int kPatienceMs = 10'000;

    template<typename Condition>
    bool fill(Condition condition)
    {
        QElapsedTimer timer;
        timer.start();
        m_buffer += m_socket->readAll();
        while (!condition()) {
            if (timer.elapsed() > kPatienceMs) {
                return false;
            }
            const bool isMore = m_socket->waitForReadyRead(200);
            m_buffer += m_socket->readAll();
            if (!isMore && m_socket->state() != QAbstractSocket::ConnectedState) {
                return condition();
            }
        }
        return true;
    }

    std::unique_ptr<QTcpSocket> m_socket;
    QByteArray m_buffer;
};

/// A request with Host, Content-Length and what else is wanted.
inline QByteArray rawRequest(const QByteArray &method, const QByteArray &target, quint16 port,
                             const QByteArray &body = {}, const QByteArray &moreHeaders = {})
{
    return method + ' ' + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) + "\r\n" +
           moreHeaders + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}
