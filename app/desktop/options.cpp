// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "options.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

namespace gatehouse::desktop {

namespace {

const QString kTour = QStringLiteral("tour");
const QString kTourSize = QStringLiteral("tour-size");
const QString kMeasureStart = QStringLiteral("measure-start");
const QString kLanguage = QStringLiteral("language");

class Words
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse)
};

void fill(QCommandLineParser &parser)
{
    parser.setApplicationDescription(Words::tr("Release desk for over-the-air updates of Capacitor apps"));
    parser.addOption(
        {kTour,
         Words::tr("Drive the program through its main job and save pictures of all screens in <folder>"),
         QStringLiteral("folder")});
    parser.addOption(
        {kTourSize, Words::tr("Size of the tour's window, as 1920x1080"), QStringLiteral("size")});
    parser.addOption(
        {kMeasureStart,
         Words::tr("Print the milliseconds from the start of main() to the painted window, and end")});
    parser.addOption({kLanguage,
                      Words::tr("Speak the language of <locale>, as \"de\" or \"ar_EG\", and write numbers "
                                "and dates as it does"),
                      QStringLiteral("locale")});
}

Result<QSize> sizeFrom(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^([1-9][0-9]{2,3})x([1-9][0-9]{2,3})$"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch()) {
        return makeError(ErrorKind::Invalid, "desktop.tour_size",
                         Words::tr("\"%1\" is no size of a window. Try \"1920x1080\".").arg(text));
    }
    return QSize(match.captured(1).toInt(), match.captured(2).toInt());
}

} // namespace

QString wantedLanguage(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addOption({kLanguage, {}, QStringLiteral("locale")});
    // What else is wrong with the arguments is said later.
    parser.parse(arguments);
    return parser.value(kLanguage);
}

void answerQuestions(const QStringList &arguments)
{
    QCommandLineParser parser;
    fill(parser);
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    parser.parse(arguments);
    if (parser.isSet(version)) {
        parser.showVersion();
    }
    if (parser.isSet(help)) {
        parser.showHelp();
    }
}

Result<Options> readOptions(const QCoreApplication &application)
{
    QCommandLineParser parser;
    fill(parser);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.process(application);
    if (parser.isSet(kLanguage) && QLocale(parser.value(kLanguage)).language() == QLocale::C) {
        return makeError(
            ErrorKind::Invalid, "desktop.language",
            Words::tr("\"%1\" names no language. Try \"de\" or \"ar_EG\".").arg(parser.value(kLanguage)));
    }
    Options options;
    options.tourFolder = parser.value(kTour);
    options.measuresStart = parser.isSet(kMeasureStart);
    if (parser.isSet(kTourSize)) {
        GATEHOUSE_ASSIGN(options.tourSize, sizeFrom(parser.value(kTourSize)));
    }
    return options;
}

bool hasDisplay()
{
#ifdef Q_OS_LINUX
    return qEnvironmentVariableIsSet("QT_QPA_PLATFORM") || !qEnvironmentVariableIsEmpty("DISPLAY") ||
           !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
#else
    return true;
#endif
}

} // namespace gatehouse::desktop
