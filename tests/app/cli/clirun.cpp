// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "clirun.h"

#include <QJsonDocument>

#include <array>
#include <unistd.h>

namespace gatehouse::test {

QJsonObject CliRun::json() const
{
    return QJsonDocument::fromJson(out).object();
}

QString CliRun::errorId() const
{
    return json().value(QLatin1String("error")).toObject().value(QLatin1String("id")).toString();
}

QString cliProgram()
{
    return QStringLiteral(GATEHOUSE_BIN_DIR "/gatehouse-cli");
}

CliRun runCli(const QString &folder, QStringList arguments, const QVector<OnDescriptor> &secrets)
{
    QVector<int> readEnds;
    for (const OnDescriptor &secret : secrets) {
        std::array<int, 2> ends{};
        // Inherited on purpose: the program reads it by its number.
        if (::pipe(ends.data()) != 0 ||
            ::write(ends[1], secret.text.constData(), static_cast<size_t>(secret.text.size())) !=
                secret.text.size()) {
            qFatal("no pipe");
        }
        ::close(ends[1]);
        readEnds.append(ends[0]);
        arguments << secret.option << QString::number(ends[0]);
    }
    QProcess process;
    process.setWorkingDirectory(folder);
    // A session of its own: it must not find a terminal to ask on.
    process.setChildProcessModifier([] { ::setsid(); });
    process.start(cliProgram(), arguments);
    CliRun run;
    if (process.waitForStarted() && process.waitForFinished(60000)) {
        run = {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    } else {
        qWarning("gatehouse-cli did not end");
        process.kill();
        process.waitForFinished();
    }
    for (const int descriptor : readEnds) {
        ::close(descriptor);
    }
    return run;
}

} // namespace gatehouse::test
