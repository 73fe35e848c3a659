// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace gatehouse {

/// What models say to people: the fact, cause and remedy of an error, what a check found, why something is
/// not there. Where no translation is installed, as in the command line, the server and the tests, it stays
/// English.
class Sentences
{
    Q_DECLARE_TR_FUNCTIONS(Sentences)
};

} // namespace gatehouse
