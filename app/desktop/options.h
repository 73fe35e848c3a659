// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QSize>
#include <QString>

class QCoreApplication;

namespace gatehouse::desktop {

/// What the command line asks for.
struct Options
{
    QString tourFolder; ///< empty: no tour
    QSize tourSize{1280, 800};
    bool measuresStart = false;
};

/// The language that --language names; empty without one. It is needed before the first text is made, those
/// of the options among them.
[[nodiscard]] QString wantedLanguage(const QStringList &arguments);

/// Answers --help and --version and ends the program then. What is wrong with the arguments is left to
/// readOptions(), which knows those that Qt takes for itself.
void answerQuestions(const QStringList &arguments);

/// Ends the program with a word when an argument is not known.
/// @error Invalid  a language, or a size, that is none
[[nodiscard]] Result<Options> readOptions(const QCoreApplication &application);

/// Whether a window can be opened here: false on a Linux machine with neither X nor Wayland, unless another
/// platform is asked for.
[[nodiscard]] bool hasDisplay();

} // namespace gatehouse::desktop
