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
#include <QCoreApplication>

namespace gatehouse::widgets::gallery {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Gallery", text);
}

QVBoxLayout *columnOf(QWidget *page)
{
    return static_cast<QVBoxLayout *>(page->layout());
}

QWidget *empty(const Theme &theme)
{
    QWidget *page = emptyPage(theme, tr("Empty state"));
    auto *card = new Card(theme);
    card->body()->addWidget(new EmptyState(
        theme, Icon::Bundles, tr("No bundle has been uploaded yet. Build one from a folder of web assets."),
        tr("New bundle")));
    columnOf(page)->addWidget(card, 1);
    return page;
}

QWidget *error(const Theme &theme)
{
    QWidget *page = emptyPage(theme, tr("Error state"));
    auto *card = new Card(theme);
    auto *state = new ErrorState(theme);
    state->setError(makeError(ErrorKind::Offline, "gallery.example", tr("The channels could not be read."),
                              tr("The server gallery.example did not answer within 10 s."),
                              tr("Check the connection, then retry.")));
    card->body()->addWidget(state);
    columnOf(page)->addWidget(card, 1);
    return page;
}

QWidget *skeleton(const Theme &theme)
{
    QWidget *page = emptyPage(theme, tr("Skeleton"));
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
