// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/terminal.h"

#include <array>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace gatehouse::cli {

namespace {

/// The terminal, whatever standard input is. Shows again what is typed when it goes.
class Terminal
{
public:
    Terminal()
        : m_descriptor(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY))
    {}
    ~Terminal()
    {
        if (m_isHidden) {
            tcsetattr(m_descriptor, TCSAFLUSH, &m_before);
        }
        if (isOpen()) {
            ::close(m_descriptor);
        }
    }
    Terminal(const Terminal &) = delete;
    Terminal &operator=(const Terminal &) = delete;

    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }
    void hide()
    {
        if (tcgetattr(m_descriptor, &m_before) == 0) {
            termios hidden = m_before;
            hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            m_isHidden = tcsetattr(m_descriptor, TCSAFLUSH, &hidden) == 0;
        }
    }
    void write(const QByteArray &text) const
    {
        [[maybe_unused]] const ssize_t written =
            ::write(m_descriptor, text.constData(), static_cast<size_t>(text.size()));
    }
    /// One line into buffer. @return its length, without the line feed
    [[nodiscard]] std::size_t readLine(std::span<unsigned char> buffer) const
    {
        std::size_t length = 0;
        while (length < buffer.size() && ::read(m_descriptor, &buffer[length], 1) == 1 &&
               buffer[length] != '\n') {
            ++length;
        }
        return length;
    }

private:
    int m_descriptor;
    termios m_before{};
    bool m_isHidden = false;
};

} // namespace

Result<Secret> askSecret(const QString &prompt)
{
    Terminal terminal;
    if (!terminal.isOpen()) {
        return makeError(
            ErrorKind::Invalid, "cli.passphrase",
            QStringLiteral("A passphrase is needed, and there is no terminal to ask on."), {},
            QStringLiteral("Hand it over an open descriptor and name that with --passphrase-fd."));
    }
    terminal.hide();
    terminal.write(prompt.toUtf8());
    Secret typed(4096);
    typed.truncate(terminal.readLine(typed.bytes()));
    terminal.write("\n");
    return typed;
}

bool askYes(const QString &question)
{
    Terminal terminal;
    if (!terminal.isOpen()) {
        return false;
    }
    terminal.write(question.toUtf8() + " [y/N] ");
    std::array<unsigned char, 16> answer{};
    const std::size_t length = terminal.readLine(answer);
    return length > 0 && (answer[0] == 'y' || answer[0] == 'Y');
}

} // namespace gatehouse::cli
