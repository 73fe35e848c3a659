// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "composition.h"
#include "language.h"
#include "tour.h"

#include "core/secret.h"
#include "crypto/securememory.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTimer>
#include <QWindow>

#include <cstdio>

namespace {

class Options
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse)
};

const char kLanguageOption[] = "language";

/// The language is needed before the first text is made, those of the options among them.
QString wantedLanguage(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addOption({QLatin1String(kLanguageOption), {}, QStringLiteral("locale")});
    // What else is wrong with the arguments is said later.
    parser.parse(arguments);
    return parser.value(QLatin1String(kLanguageOption));
}

/// A tour leaves nothing behind but its pictures: settings and data live in a folder that goes away.
int runTour(const QString &folder)
{
    using namespace gatehouse;
    const QTemporaryDir home;
    desktop::Places places;
    places.settingsFile = home.filePath(QStringLiteral("gatehouse.ini"));
    places.dataFolder = home.filePath(QStringLiteral("data"));
    places.programFolder = QCoreApplication::applicationDirPath();
    places.fontFamily = QStringLiteral("Noto Sans");
    desktop::Composition composition(places);
    composition.theme().setReducedMotion(true);
    composition.begin();
    desktop::Tour tour(composition, folder);
    int exitCode = 0;
    QObject::connect(&tour, &desktop::Tour::finished, &tour, [&exitCode](int code) {
        exitCode = code;
        QCoreApplication::quit();
    });
    tour.start();
    QApplication::exec();
    return exitCode;
}

/// Once the event loop has nothing left to do after the first paint, a person can work.
void printWhenUsable(QWidget &window, const QElapsedTimer &sinceStart)
{
    auto *idle = new QTimer(&window);
    idle->setInterval(0);
    QObject::connect(idle, &QTimer::timeout, &window, [&window, idle, sinceStart] {
        if (window.windowHandle() != nullptr && window.windowHandle()->isExposed()) {
            idle->stop();
            std::fprintf(stdout, "%lld\n", static_cast<long long>(sinceStart.elapsed()));
            std::fflush(stdout);
            QCoreApplication::quit();
        }
    });
    idle->start();
}

} // namespace

int main(int argc, char *argv[])
{
    using namespace gatehouse;
    QElapsedTimer sinceStart;
    sinceStart.start();
    if (const Result<void> prepared = prepareProcessForSecrets(); !prepared) {
        std::fputs(qPrintable(prepared.error().toText()), stderr);
        return exitCode(prepared.error().kind);
    }
    if (const Result<void> prepared = crypto::prepareOpenSslForSecrets(); !prepared) {
        std::fputs(qPrintable(prepared.error().toText()), stderr);
        return exitCode(prepared.error().kind);
    }
    Q_INIT_RESOURCE(gatehouse_demo);
    Q_INIT_RESOURCE(gatehouse_translations);
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("gatehouse"));
    QCoreApplication::setApplicationVersion(QStringLiteral(GATEHOUSE_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Gatehouse"));
    QGuiApplication::setDesktopFileName(QStringLiteral("gatehouse"));

    desktop::speak(application, wantedLanguage(QCoreApplication::arguments()));

    QCommandLineParser parser;
    parser.setApplicationDescription(Options::tr("Release desk for over-the-air updates of Capacitor apps"));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption tourOption(
        QStringLiteral("tour"),
        Options::tr("Drive the program through its main job and save pictures of all screens in <folder>"),
        QStringLiteral("folder"));
    const QCommandLineOption startupOption(
        QStringLiteral("measure-start"),
        Options::tr("Print the milliseconds from the start of main() to the painted window, and end"));
    const QCommandLineOption languageOption(
        QLatin1String(kLanguageOption),
        Options::tr(
            "Speak the language of <locale>, as \"de\" or \"ar_EG\", and write numbers and dates as it does"),
        QStringLiteral("locale"));
    parser.addOption(tourOption);
    parser.addOption(startupOption);
    parser.addOption(languageOption);
    parser.process(application);
    if (parser.isSet(languageOption) && QLocale(parser.value(languageOption)).language() == QLocale::C) {
        const QString sentence = Options::tr("\"%1\" names no language. Try \"de\" or \"ar_EG\".")
                                     .arg(parser.value(languageOption));
        std::fputs(qPrintable(sentence + QLatin1Char('\n')), stderr);
        return exitCode(ErrorKind::Invalid);
    }
    if (parser.isSet(tourOption)) {
        return runTour(parser.value(tourOption));
    }
    desktop::Composition composition(desktop::Places::ofThisUser());
    composition.begin();
    if (parser.isSet(startupOption)) {
        printWhenUsable(composition.window(), sinceStart);
    }
    return QApplication::exec();
}
