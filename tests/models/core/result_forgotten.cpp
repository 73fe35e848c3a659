// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result.h"

// Must not compile: the Result is dropped.
gatehouse::Result<void> save();
void forget()
{
    save();
}
