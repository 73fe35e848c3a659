// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Gallery: loading, empty, error.
#include "widgets/common/card.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/errorstate.h"
#include "widgets/common/gallerypages.h"
#include "widgets/common/skeleton.h"

#include <QBoxLayout>

namespace gatehouse::widgets::gallery {

namespace {

QVBoxLayout *columnOf(QWidget *page)
{
    return static_cast<QVBoxLayout *>(page->layout());
}

QWidget *empty(const Theme &theme)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Empty state"));
    auto *card = new Card(theme);
    card->body()->addWidget(new EmptyState(
        theme, Icon::Bundles,
        GalleryText::tr("No bundle has been uploaded yet. Build one from a folder of web assets."),
        GalleryText::tr("New bundle")));
    columnOf(page)->addWidget(card, 1);
    return page;
}

QWidget *error(const Theme &theme)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Error state"));
    auto *card = new Card(theme);
    auto *state = new ErrorState(theme);
    state->setError(makeError(ErrorKind::Offline, "gallery.example",
                              GalleryText::tr("The channels could not be read."),
                              GalleryText::tr("The server gallery.example did not answer within 10 s."),
                              GalleryText::tr("Check the connection, then retry.")));
    card->body()->addWidget(state);
    columnOf(page)->addWidget(card, 1);
    return page;
}

QWidget *skeleton(const Theme &theme)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Skeleton"));
    for (const Skeleton::Shape shape :
         {Skeleton::Shape::Cards, Skeleton::Shape::Rows, Skeleton::Shape::Chart}) {
        auto *card = new Card(theme);
        card->body()->addWidget(new Skeleton(theme, shape));
        columnOf(page)->addWidget(card, 1);
    }
    return page;
}

} // namespace

QVector<GalleryPage> statePages()
{
    const auto page = [](const char *name, QWidget *(*make)(const Theme &)) {
        return GalleryPage{QString::fromLatin1(name),
                           [make](const Theme &theme, Prompts &) { return make(theme); }};
    };
    return {page("empty-state", empty), page("error-state", error), page("skeleton", skeleton)};
}

} // namespace gatehouse::widgets::gallery
