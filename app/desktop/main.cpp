// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "composition.h"
#include "language.h"
#include "options.h"
#include "tour.h"

#include "core/secret.h"
#include "crypto/securememory.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTimer>
#include <QWindow>

#include <cstdio>
#include <cstdlib>

namespace {

class NoDisplay
{
    Q_DECLARE_TR_FUNCTIONS(gatehouse)
};

/// A tour leaves nothing behind but its pictures: settings and data live in a folder that goes away.
int runTour(const gatehouse::desktop::Options &options)
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
    desktop::Tour tour(composition, options.tourFolder, options.tourSize);
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

int complain(const gatehouse::Error &error)
{
    std::fputs(qPrintable(error.toText() + QLatin1Char('\n')), stderr);
    return gatehouse::exitCode(error.kind);
}

/// Help and version need no display; where a window is wanted and there is none, that is said in plain words
/// and the program ends.
void answerWithoutDisplay(int argc, char *argv[])
{
    using namespace gatehouse;
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    desktop::speak(application, desktop::wantedLanguage(arguments));
    desktop::answerQuestions(arguments);
    if (!desktop::hasDisplay() && !arguments.contains(QStringLiteral("-platform"))) {
        std::exit(complain(makeError(
            ErrorKind::Unusable, "desktop.display", NoDisplay::tr("There is no display to open a window on."),
            {}, NoDisplay::tr("Start Gatehouse on a desktop, or use gatehouse-cli, which needs none."))));
    }
}

} // namespace

int main(int argc, char *argv[])
{
    using namespace gatehouse;
    QElapsedTimer sinceStart;
    sinceStart.start();
    if (const Result<void> prepared = prepareProcessForSecrets(); !prepared) {
        return complain(prepared.error());
    }
    if (const Result<void> prepared = crypto::prepareOpenSslForSecrets(); !prepared) {
        return complain(prepared.error());
    }
    Q_INIT_RESOURCE(gatehouse_demo);
    Q_INIT_RESOURCE(gatehouse_translations);
    QCoreApplication::setApplicationName(QStringLiteral("gatehouse"));
    QCoreApplication::setApplicationVersion(QStringLiteral(GATEHOUSE_VERSION));
    if (argc > 1 || !desktop::hasDisplay()) {
        answerWithoutDisplay(argc, argv);
    }
    QApplication application(argc, argv);
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Gatehouse"));
    QGuiApplication::setDesktopFileName(QStringLiteral("gatehouse"));

    desktop::speak(application, desktop::wantedLanguage(QCoreApplication::arguments()));
    const Result<desktop::Options> options = desktop::readOptions(application);
    if (!options) {
        return complain(options.error());
    }
    if (!options->tourFolder.isEmpty()) {
        return runTour(*options);
    }
    desktop::Composition composition(desktop::Places::ofThisUser());
    composition.begin();
    if (options->measuresStart) {
        printWhenUsable(composition.window(), sinceStart);
    }
    return QApplication::exec();
}
