// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "child.h"

#include <QFile>
#include <QTemporaryFile>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <vector>

namespace gatehouse::benchmark {

namespace {
[[noreturn]] void becomeChild(const std::vector<QByteArray> &words, const QByteArray &folder, int output,
                              int errors)
{
    std::vector<char *> arguments;
    arguments.reserve(words.size() + 1);
    for (const QByteArray &word : words) {
        arguments.push_back(const_cast<char *>(word.constData()));
    }
    arguments.push_back(nullptr);
    if (::chdir(folder.constData()) == 0 && ::dup2(output, STDOUT_FILENO) >= 0 &&
        ::dup2(errors, STDERR_FILENO) >= 0) {
        ::execvp(arguments.front(), arguments.data());
    }
    ::_exit(127);
}
} // namespace

ChildRun runChild(const QStringList &command, const QString &folder)
{
    std::vector<QByteArray> words;
    for (const QString &word : command) {
        words.push_back(QFile::encodeName(word));
    }
    QTemporaryFile output;
    QTemporaryFile errors;
    if (!output.open() || !errors.open()) {
        qFatal("no temporary file");
    }
    const QByteArray place = QFile::encodeName(folder);
    const auto start = std::chrono::steady_clock::now();
    const pid_t child = ::fork();
    if (child < 0) {
        qFatal("no child process");
    }
    if (child == 0) {
        becomeChild(words, place, output.handle(), errors.handle());
    }
    int status = 0;
    rusage usage = {};
    ::wait4(child, &status, 0, &usage);
    ChildRun run;
    run.wall = std::chrono::steady_clock::now() - start;
    run.peakBytes = qint64(usage.ru_maxrss) * 1024;
    output.seek(0);
    run.output = output.readAll();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        errors.seek(0);
        qFatal("%s failed:\n%s\n%s", qPrintable(command.join(QLatin1Char(' '))), run.output.constData(),
               errors.readAll().constData());
    }
    return run;
}

} // namespace gatehouse::benchmark
