// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet/transport/loop.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/thread_pool.hpp>

#include <csignal>
#include <map>

#include <unistd.h>

namespace gatehouse::fleet {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {
constexpr std::size_t kMaxLine = 64 * 1024;
}

class Loop::Private
{
public:
    void readLine();

    asio::io_context context{1};
    asio::executor_work_guard<asio::io_context::executor_type> guard{context.get_executor()};
    std::map<int, asio::steady_timer> timers;
    asio::signal_set signalSet{context};
    asio::streambuf input{kMaxLine};
    std::unique_ptr<asio::posix::stream_descriptor> standardInput;
    std::function<void(const QByteArray &)> onLine;
    std::function<void()> onEnd;
    // Last, so that it ends first: its tasks post to the context.
    asio::thread_pool worker{1};
};

Loop::Loop()
    : m_private(std::make_unique<Private>())
{}

Loop::~Loop()
{
    endWork();
}

void Loop::endWork()
{
    m_private->worker.stop();
    m_private->worker.join();
}

asio::io_context &Loop::context()
{
    return m_private->context;
}

void Loop::run()
{
    m_private->context.run();
}

void Loop::stop()
{
    m_private->context.stop();
}

void Loop::post(std::function<void()> function)
{
    asio::post(m_private->context, std::move(function));
}

void Loop::after(int which, std::chrono::nanoseconds time, std::function<void()> function)
{
    auto [timer, isNew] = m_private->timers.try_emplace(which, m_private->context);
    timer->second.expires_after(std::chrono::duration_cast<asio::steady_timer::duration>(time));
    timer->second.async_wait([run = std::move(function)](error_code failed) {
        if (!failed) {
            run();
        }
    });
}

void Loop::work(std::function<void()> work, std::function<void()> done)
{
    asio::post(m_private->worker, [this, job = std::move(work), after = std::move(done)]() mutable {
        job();
        post(std::move(after));
    });
}

void Loop::onSignal(std::function<void()> function)
{
    m_private->signalSet.add(SIGTERM);
    m_private->signalSet.add(SIGINT);
    m_private->signalSet.async_wait([run = std::move(function)](error_code failed, int) {
        if (!failed) {
            run();
        }
    });
}

void Loop::onInput(std::function<void(const QByteArray &)> line, std::function<void()> end)
{
    m_private->onLine = std::move(line);
    m_private->onEnd = std::move(end);
    // A copy of the descriptor: closing it must not close standard input for others.
    m_private->standardInput =
        std::make_unique<asio::posix::stream_descriptor>(m_private->context, ::dup(STDIN_FILENO));
    m_private->readLine();
}

void Loop::Private::readLine()
{
    asio::async_read_until(*standardInput, input, '\n', [this](error_code failed, std::size_t size) {
        if (failed) {
            onEnd();
            return;
        }
        const auto data = input.data();
        const QByteArray line(static_cast<const char *>(data.data()), static_cast<qsizetype>(size) - 1);
        input.consume(size);
        onLine(line);
        readLine();
    });
}

} // namespace gatehouse::fleet
