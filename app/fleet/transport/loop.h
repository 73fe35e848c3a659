// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <chrono>
#include <functional>
#include <memory>

namespace boost::asio {
class io_context;
}

namespace gatehouse::fleet {

/// The one thread on which a fleet lives, and a second one for work that takes long. Hides Boost.Asio.
class Loop
{
public:
    Loop();
    ~Loop();
    Loop(const Loop &) = delete;
    Loop &operator=(const Loop &) = delete;

    /// Until stop().
    void run();
    /// @thread any
    void stop();
    /// @thread any
    void post(std::function<void()> function);
    /// One more run of function after the time; a new call takes the place of the one before.
    /// Which: a small number that names the timer.
    void after(int which, std::chrono::nanoseconds time, std::function<void()> function);
    /// work on the second thread, then done on the loop's.
    void work(std::function<void()> work, std::function<void()> done);
    /// Waits for the second thread to end what it does; what has not begun is dropped. Call it before what
    /// the work uses goes away.
    void endWork();
    /// SIGTERM and SIGINT.
    void onSignal(std::function<void()> function);
    /// Each line of standard input, then its end. Lines over 64 KiB end it.
    void onInput(std::function<void(const QByteArray &)> line, std::function<void()> end);

    [[nodiscard]] boost::asio::io_context &context();

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

} // namespace gatehouse::fleet
