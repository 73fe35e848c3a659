// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// All resources of a server at once, for those who use most of them.
#include "client/apps.h"
#include "client/bundles.h"
#include "client/channels.h"
#include "client/devices.h"
#include "client/releases.h"
#include "client/statistics.h"
