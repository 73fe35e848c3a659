// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/interrupt.h"

#include <csignal>
#include <pthread.h>
#include <unistd.h>

namespace gatehouse::cli {

namespace {

constexpr int kExitInterrupted = 130;

sigset_t watched()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    // Ours: wakes the waiting thread at the end.
    sigaddset(&signals, SIGUSR2);
    return signals;
}

} // namespace

Interrupt::Interrupt()
{
    const sigset_t signals = watched();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    m_thread = std::jthread([this](const std::stop_token &quit) { wait(quit); });
}

Interrupt::~Interrupt()
{
    m_thread.request_stop();
    pthread_kill(m_thread.native_handle(), SIGUSR2);
    m_thread.join();
}

void Interrupt::wait(const std::stop_token &quit)
{
    const sigset_t signals = watched();
    for (;;) {
        int signal = 0;
        if (sigwait(&signals, &signal) != 0 || quit.stop_requested()) {
            return;
        }
        if (m_stop.stop_requested()) {
            ::_exit(kExitInterrupted);
        }
        m_stop.request_stop();
    }
}

} // namespace gatehouse::cli
