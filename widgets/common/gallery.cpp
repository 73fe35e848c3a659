// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/gallery.h"

#include "widgets/common/gallerypages.h"
#include "widgets/common/pageheader.h"

#include <QBoxLayout>

namespace gatehouse::widgets {

QVector<GalleryPage> galleryPages()
{
    return gallery::surfacePages() + gallery::controlPages() + gallery::statePages() +
           gallery::rolloutPages() + gallery::chartPages() + gallery::smallPages();
}

QWidget *gallery::emptyPage(const Theme &theme, const QString &title)
{
    auto *page = new QWidget;
    page->setAutoFillBackground(true);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(metrics::kPagePadding, 20, metrics::kPagePadding, metrics::kPagePadding);
    column->setSpacing(metrics::kCardGap);
    column->addWidget(new PageHeader(theme, title));
    return page;
}

} // namespace gatehouse::widgets
