// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "composition.h"
#include "tour.h"

#include "core/secret.h"
#include "crypto/securememory.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTemporaryDir>

#include <cstdio>

namespace {

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

} // namespace

int main(int argc, char *argv[])
{
    using namespace gatehouse;
    if (const Result<void> prepared = prepareProcessForSecrets(); !prepared) {
        std::fputs(qPrintable(prepared.error().toText()), stderr);
        return exitCode(prepared.error().kind);
    }
    if (const Result<void> prepared = crypto::prepareOpenSslForSecrets(); !prepared) {
        std::fputs(qPrintable(prepared.error().toText()), stderr);
        return exitCode(prepared.error().kind);
    }
    Q_INIT_RESOURCE(gatehouse_demo);
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("gatehouse"));
    QCoreApplication::setApplicationVersion(QStringLiteral(GATEHOUSE_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Gatehouse"));
    QGuiApplication::setDesktopFileName(QStringLiteral("gatehouse"));

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("gatehouse", "Release desk for over-the-air updates of Capacitor apps"));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption tourOption(
        QStringLiteral("tour"),
        QCoreApplication::translate(
            "gatehouse",
            "Drive the program through its main job and save pictures of all screens in <folder>"),
        QStringLiteral("folder"));
    parser.addOption(tourOption);
    parser.process(application);
    if (parser.isSet(tourOption)) {
        return runTour(parser.value(tourOption));
    }
    desktop::Composition composition(desktop::Places::ofThisUser());
    composition.begin();
    return QApplication::exec();
}
