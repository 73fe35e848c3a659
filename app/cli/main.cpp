// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"
#include "cli/interrupt.h"
#include "core/secret.h"
#include "crypto/securememory.h"

#include <QCoreApplication>

namespace {

using namespace gatehouse;
using namespace gatehouse::cli;

Result<void> runWords(const QStringList &words, const Output &output, Operation &operation)
{
    GATEHOUSE_TRY(prepareProcessForSecrets());
    GATEHOUSE_TRY(crypto::prepareOpenSslForSecrets());
    GATEHOUSE_ASSIGN(const FoundCommand found, findCommand(words));
    const QStringList rest = words.mid(found.words);
    if (rest.contains(QStringLiteral("--help"))) {
        Output(Format::Text).result({}, commandHelp(*found.command));
        return {};
    }
    GATEHOUSE_ASSIGN(const Arguments arguments, Arguments::parse(rest, found.command->options));
    Context context(arguments, output, operation);
    return found.command->run(context);
}

} // namespace

int main(int argc, char **argv)
{
    const Interrupt interrupt;
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("gatehouse"));
    QCoreApplication::setApplicationVersion(QStringLiteral(GATEHOUSE_VERSION));
    const QStringList words = QCoreApplication::arguments().mid(1);
    if (words.isEmpty() || words.first() == QLatin1String("--help")) {
        Output(Format::Text).result({}, programHelp());
        return words.isEmpty() ? exitCode(ErrorKind::Invalid) : 0;
    }
    if (words.first() == QLatin1String("--version")) {
        Output(Format::Text).result({}, QStringList{QStringLiteral("gatehouse-cli " GATEHOUSE_VERSION)});
        return 0;
    }
    const Output output(words.contains(QStringLiteral("--json")) ? Format::Json : Format::Text);
    Operation operation(interrupt.token(),
                        [&output](const Progress &progress) { output.progress(progress); });
    const Result<void> done = runWords(words, output, operation);
    if (!done) {
        output.failure(done.error());
        return exitCode(done.error().kind);
    }
    return 0;
}
