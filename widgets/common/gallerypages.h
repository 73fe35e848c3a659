// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/gallery.h"

#include <QCoreApplication>

namespace gatehouse::widgets::gallery {

/// The pages are free functions: their texts get a context by this class, the same for lupdate and at run
/// time.
class GalleryText
{
    Q_DECLARE_TR_FUNCTIONS(Gallery)
};

/// The pages by topic; galleryPages() puts them together.
[[nodiscard]] QVector<GalleryPage> surfacePages();
[[nodiscard]] QVector<GalleryPage> controlPages();
[[nodiscard]] QVector<GalleryPage> statePages();
[[nodiscard]] QVector<GalleryPage> rolloutPages();
[[nodiscard]] QVector<GalleryPage> chartPages();
[[nodiscard]] QVector<GalleryPage> smallPages();

/// An empty page with the window's padding and a title.
[[nodiscard]] QWidget *emptyPage(const Theme &theme, const QString &title);

} // namespace gatehouse::widgets::gallery
