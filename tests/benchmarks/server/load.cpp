// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "load.h"

#include <QtGlobal>

#include <array>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <vector>

namespace gatehouse::benchmark {

namespace {

struct Caller
{
    int socket = -1;
    QByteArray input;
};

int connectTo(quint16 port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0) {
        qFatal("nobody listens on port %d", port);
    }
    const int one = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return socket;
}

void sendWhole(int socket, const QByteArray &bytes)
{
    if (::send(socket, bytes.constData(), static_cast<std::size_t>(bytes.size()), MSG_NOSIGNAL) !=
        bytes.size()) {
        qFatal("a request could not be sent");
    }
}

/// The size of the first whole answer, 0 when it is not whole yet.
qsizetype wholeAnswer(const QByteArray &input)
{
    const qsizetype head = input.indexOf("\r\n\r\n");
    if (head < 0) {
        return 0;
    }
    static const QByteArray kLength = "Content-Length: ";
    const qsizetype at = input.indexOf(kLength);
    if (at < 0 || at > head) {
        qFatal("an answer without a length: %s", input.constData());
    }
    const qsizetype from = at + kLength.size();
    const qsizetype size = head + 4 + input.mid(from, input.indexOf('\r', from) - from).toLongLong();
    return input.size() >= size ? size : 0;
}

} // namespace

LoadRun load(quint16 port, int connections, std::chrono::duration<double> time,
             const std::function<QByteArray(qint64)> &request)
{
    LoadRun run;
    const int poll = ::epoll_create1(EPOLL_CLOEXEC);
    std::vector<Caller> callers(static_cast<std::size_t>(connections));
    qint64 sent = 0;
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < callers.size(); ++i) {
        callers[i].socket = connectTo(port);
        epoll_event wanted{};
        wanted.events = EPOLLIN;
        wanted.data.u64 = i;
        ::epoll_ctl(poll, EPOLL_CTL_ADD, callers[i].socket, &wanted);
        sendWhole(callers[i].socket, request(sent++));
    }
    std::array<epoll_event, 64> events{};
    std::array<char, 65536> bytes{};
    bool isOver = false;
    while (run.requests < sent) {
        const int ready = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()), 10'000);
        if (ready <= 0) {
            qFatal("the server does not answer");
        }
        for (int i = 0; i < ready; ++i) {
            Caller &caller = callers[events.at(static_cast<std::size_t>(i)).data.u64];
            const ssize_t got = ::recv(caller.socket, bytes.data(), bytes.size(), 0);
            if (got <= 0) {
                qFatal("the server closed a connection");
            }
            caller.input.append(bytes.data(), got);
            const qsizetype size = wholeAnswer(caller.input);
            if (size == 0) {
                continue;
            }
            ++run.requests;
            run.refused += caller.input.startsWith("HTTP/1.1 200 ") ? 0 : 1;
            run.lastAnswer = caller.input.left(size);
            caller.input.remove(0, size);
            isOver = isOver || std::chrono::steady_clock::now() - start >= time;
            if (!isOver) {
                sendWhole(caller.socket, request(sent++));
            }
        }
    }
    run.wall = std::chrono::steady_clock::now() - start;
    for (const Caller &caller : callers) {
        ::close(caller.socket);
    }
    ::close(poll);
    return run;
}

} // namespace gatehouse::benchmark
