// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QString>

class QCoreApplication;

namespace gatehouse::desktop {

/// Texts, direction of layout, numbers and dates in the language of the person: the first of the system's
/// languages that Gatehouse speaks, or the wanted one. Call it before the first text is made. Returns the
/// language of the texts.
///
/// Numbers and dates stay the system's, which may differ from its language; they are the language's where a
/// language is wanted, or where the system says nothing about them (the C locale).
QLocale speak(QCoreApplication &application, const QString &wanted = {});

} // namespace gatehouse::desktop
