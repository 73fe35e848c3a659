// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"

#include <QVector>

#include <functional>

class QWidget;

namespace gatehouse::widgets {

class Prompts;

/// One page of the widget gallery: a piece in its states, with example values that belong to the gallery
/// alone.
struct GalleryPage
{
    QString name; ///< "share-slider": also the name of its picture
    std::function<QWidget *(const Theme &theme, Prompts &prompts)> make;
};

/// Every piece of widgets/common, one page each, in the order of visual.md.
[[nodiscard]] QVector<GalleryPage> galleryPages();

} // namespace gatehouse::widgets
