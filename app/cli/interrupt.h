// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <thread>

namespace gatehouse::cli {

/// Turns Ctrl+C and termination into a stop request, so that a command ends cleanly; a second one ends the
/// program. Make it first in main(): threads made later must have these signals blocked.
class Interrupt
{
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt &) = delete;
    Interrupt &operator=(const Interrupt &) = delete;
    [[nodiscard]] std::stop_token token() const { return m_stop.get_token(); }

private:
    void wait(const std::stop_token &quit);
    std::stop_source m_stop;
    std::jthread m_thread;
};

} // namespace gatehouse::cli
