// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result.h"

// Compiles: the counterpart of result_forgotten.cpp, so that the failure there has one cause only.
gatehouse::Result<void> save();
bool isSaved()
{
    return save().has_value();
}
