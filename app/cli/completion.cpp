// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"

namespace gatehouse::cli {

namespace {

QStringList firstWords()
{
    QStringList words;
    for (const Command &command : commands()) {
        const QString &word = command.group.isEmpty() ? command.name : command.group;
        if (!words.contains(word)) {
            words.append(word);
        }
    }
    return words;
}

QStringList secondWords(const QString &group)
{
    QStringList words;
    for (const Command &command : commands()) {
        if (command.group == group) {
            words.append(command.name);
        }
    }
    return words;
}

QString optionsOf(const Command &command)
{
    QStringList options;
    for (const OptionSpec &option : command.options) {
        options.append(QStringLiteral("--") + option.name);
    }
    return options.join(QLatin1Char(' '));
}

/// Options by command as the arms of a case statement, which bash and zsh share.
QStringList optionArms()
{
    QStringList lines;
    for (const Command &command : commands()) {
        const QString pattern = command.group.isEmpty() ? QString(command.name + QStringLiteral(" \"*"))
                                                        : QString(command.title() + QLatin1Char('"'));
        lines.append(QStringLiteral("        \"%1) options=\"%2\" ;;").arg(pattern, optionsOf(command)));
    }
    return lines;
}

QStringList groupArms()
{
    QStringList lines;
    for (const QString &word : firstWords()) {
        const QStringList second = secondWords(word);
        if (!second.isEmpty()) {
            lines.append(
                QStringLiteral("        %1) words=\"%2\" ;;").arg(word, second.join(QLatin1Char(' '))));
        }
    }
    return lines;
}

QStringList bash()
{
    return QStringList{
               QStringLiteral("_gatehouse_cli() {"),
               QStringLiteral("    local current=\"${COMP_WORDS[COMP_CWORD]}\" words=\"\" options=\"\""),
               QStringLiteral("    COMPREPLY=()"),
               QStringLiteral("    if [ \"$COMP_CWORD\" -eq 1 ]; then"),
               QStringLiteral("        COMPREPLY=($(compgen -W \"%1\" -- \"$current\"))")
                   .arg(firstWords().join(QLatin1Char(' '))),
               QStringLiteral("        return"),
               QStringLiteral("    fi"),
               QStringLiteral("    if [ \"$COMP_CWORD\" -eq 2 ]; then"),
               QStringLiteral("        case \"${COMP_WORDS[1]}\" in")} +
           groupArms() +
           QStringList{QStringLiteral("        esac"),
                       QStringLiteral("        if [ -n \"$words\" ]; then"),
                       QStringLiteral("            COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))"),
                       QStringLiteral("            return"),
                       QStringLiteral("        fi"),
                       QStringLiteral("    fi"),
                       QStringLiteral("    case \"${COMP_WORDS[1]} ${COMP_WORDS[2]}\" in")} +
           optionArms() +
           QStringList{
               QStringLiteral("    esac"),
               QStringLiteral("    case \"$current\" in"),
               QStringLiteral("        -*) COMPREPLY=($(compgen -W \"$options\" -- \"$current\")) ;;"),
               QStringLiteral("        *) COMPREPLY=($(compgen -f -- \"$current\")) ;;"),
               QStringLiteral("    esac"),
               QStringLiteral("}"),
               QStringLiteral("complete -o filenames -F _gatehouse_cli gatehouse-cli")};
}

QStringList zsh()
{
    return QStringList{QStringLiteral("#compdef gatehouse-cli"),
                       QStringLiteral("_gatehouse_cli() {"),
                       QStringLiteral("    local words_here=\"\" options=\"\""),
                       QStringLiteral("    if (( CURRENT == 2 )); then"),
                       QStringLiteral("        compadd -- %1").arg(firstWords().join(QLatin1Char(' '))),
                       QStringLiteral("        return"),
                       QStringLiteral("    fi"),
                       QStringLiteral("    if (( CURRENT == 3 )); then"),
                       QStringLiteral("        case \"${words[2]}\" in")} +
           groupArms().replaceInStrings(QStringLiteral("words="), QStringLiteral("words_here=")) +
           QStringList{QStringLiteral("        esac"),
                       QStringLiteral("        if [[ -n \"$words_here\" ]]; then"),
                       QStringLiteral("            compadd -- ${=words_here}"),
                       QStringLiteral("            return"),
                       QStringLiteral("        fi"),
                       QStringLiteral("    fi"),
                       QStringLiteral("    case \"${words[2]} ${words[3]}\" in")} +
           optionArms() +
           QStringList{QStringLiteral("    esac"),
                       QStringLiteral("    if [[ \"${words[CURRENT]}\" == -* ]]; then"),
                       QStringLiteral("        compadd -- ${=options}"),
                       QStringLiteral("    else"),
                       QStringLiteral("        _files"),
                       QStringLiteral("    fi"),
                       QStringLiteral("}"),
                       QStringLiteral("compdef _gatehouse_cli gatehouse-cli")};
}

QString quotedForFish(QString text)
{
    text.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('\''), QLatin1String("\\'"));
    return QLatin1Char('\'') + text + QLatin1Char('\'');
}

QStringList fish()
{
    QStringList lines;
    for (const QString &word : firstWords()) {
        lines.append(QStringLiteral("complete -c gatehouse-cli -n __fish_use_subcommand -f -a %1").arg(word));
    }
    for (const Command &command : commands()) {
        QString condition;
        if (command.group.isEmpty()) {
            condition = QStringLiteral("'__fish_seen_subcommand_from %1'").arg(command.name);
        } else {
            lines.append(
                QStringLiteral("complete -c gatehouse-cli -n '__fish_seen_subcommand_from %1; and not "
                               "__fish_seen_subcommand_from %2' -f -a %3 -d %4")
                    .arg(command.group, secondWords(command.group).join(QLatin1Char(' ')), command.name,
                         quotedForFish(command.summary)));
            condition = QStringLiteral("'__fish_seen_subcommand_from %1; and __fish_seen_subcommand_from %2'")
                            .arg(command.group, command.name);
        }
        for (const OptionSpec &option : command.options) {
            lines.append(QStringLiteral("complete -c gatehouse-cli -n %1 -l %2%3 -d %4")
                             .arg(condition, option.name,
                                  option.value.isEmpty() ? QString() : QStringLiteral(" -r"),
                                  quotedForFish(option.help)));
        }
    }
    return lines;
}

} // namespace

Result<void> runCompletion(Context &context)
{
    GATEHOUSE_ASSIGN(const QString shell, context.arguments().positional(0, "The shell (bash, zsh or fish)"));
    GATEHOUSE_TRY(context.arguments().atMost(1));
    if (shell == QLatin1String("bash")) {
        context.output().result({}, bash());
    } else if (shell == QLatin1String("zsh")) {
        context.output().result({}, zsh());
    } else if (shell == QLatin1String("fish")) {
        context.output().result({}, fish());
    } else {
        return makeError(ErrorKind::Invalid, "cli.shell",
                         QStringLiteral("There is no completion for \"%1\".").arg(shell), {},
                         QStringLiteral("Name bash, zsh or fish."));
    }
    return {};
}

} // namespace gatehouse::cli
