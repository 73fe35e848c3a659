// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "language.h"

#include <QGuiApplication>
#include <QLibraryInfo>
#include <QTranslator>

#include <memory>

namespace gatehouse::desktop {

namespace {

const QLatin1String kFolder(":/translations");
const QLatin1String kPrefix("gatehouse");
const QLatin1String kQtPrefix("qtbase");
const QLatin1String kSeparator("_");

/// Empty when there is no file for any of the locale's languages.
QString install(QCoreApplication &application, const QLocale &locale, QLatin1String prefix,
                const QString &folder)
{
    auto translator = std::make_unique<QTranslator>();
    if (!translator->load(locale, prefix, kSeparator, folder)) {
        return {};
    }
    QString language = translator->language();
    translator->setParent(&application);
    QCoreApplication::installTranslator(translator.release());
    return language;
}

// LANGUAGE alone may name the language of texts while all else is the C locale; Qt then mixes German words
// with the numbers of C.
bool systemSaysHowNumbersLook()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    for (const char *name : {"LC_ALL", "LC_NUMERIC", "LANG"}) {
        const QByteArray value = qgetenv(name);
        if (!value.isEmpty()) {
            return value != "C" && value != "POSIX" && !value.startsWith("C.");
        }
    }
    return false;
#else
    return true;
#endif
}

} // namespace

QLocale speak(QCoreApplication &application, const QString &wanted)
{
    const QLocale locale = wanted.isEmpty() ? QLocale::system() : QLocale(wanted);
    const QLocale english(QLocale::English);
    // English below all others: it has the plural forms of texts that no other file has.
    install(application, english, kPrefix, kFolder);
    const QString language = install(application, locale, kPrefix, kFolder);
    const QLocale spoken = language.isEmpty() ? english : QLocale(language);
    if (spoken.language() != QLocale::English) {
        install(application, spoken, kQtPrefix, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    }
    if (!wanted.isEmpty()) {
        QLocale::setDefault(locale);
    } else if (!language.isEmpty() && !systemSaysHowNumbersLook()) {
        QLocale::setDefault(spoken);
    }
    if (qobject_cast<QGuiApplication *>(&application) != nullptr) {
        QGuiApplication::setLayoutDirection(spoken.textDirection());
    }
    return spoken;
}

} // namespace gatehouse::desktop
