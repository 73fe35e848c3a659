// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Gallery: the share slider, the impact strip and the review sheet.
#include "widgets/common/button.h"
#include "widgets/common/card.h"
#include "widgets/common/gallerypages.h"
#include "widgets/common/impactstrip.h"
#include "widgets/common/pill.h"
#include "widgets/common/reviewsheet.h"
#include "widgets/common/shareslider.h"

#include <QBoxLayout>

namespace gatehouse::widgets::gallery {

namespace {

QVBoxLayout *columnOf(QWidget *page)
{
    return static_cast<QVBoxLayout *>(page->layout());
}

QVector<ImpactFigure> exampleImpact()
{
    return {{GalleryText::tr("Active devices reached"),
             ImpactStrip::beforeAfter(QStringLiteral("4 810"), QStringLiteral("12 050"))},
            {GalleryText::tr("Failures to expect in 24 h"), QStringLiteral("15"),
             GalleryText::tr("6 to 31, estimated")},
            {GalleryText::tr("Time to take 90 % back"), GalleryText::tr("about 3 h"),
             GalleryText::tr("estimated")}};
}

QWidget *slider(const Theme &theme)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Share slider"));
    auto *card = new Card(theme, GalleryText::tr("Rollout"));
    card->addBesideTitle(new Pill(theme, Tone::Ok, GalleryText::tr("2 of 2 approvals"), Icon::CheckAll));
    auto *share = new ShareSlider(theme);
    share->setServerShare(1000);
    share->setShare(2500);
    share->setStages({100, 1000, 5000});
    card->body()->addWidget(share);
    auto *impact = new ImpactStrip(theme);
    impact->setFigures(exampleImpact());
    card->body()->addWidget(impact);
    auto *actions = new QHBoxLayout;
    actions->addStretch(1);
    actions->addWidget(outlineButton(theme, GalleryText::tr("Discard"), QStringLiteral("discardButton")));
    actions->addWidget(
        filledButton(theme, GalleryText::tr("Review: 10 % → 25 %"), QStringLiteral("reviewButton")));
    card->body()->addLayout(actions);
    columnOf(page)->addWidget(card);
    columnOf(page)->addStretch(1);
    return page;
}

QWidget *impact(const Theme &theme)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Impact strip"));
    auto *known = new ImpactStrip(theme);
    known->setFigures(exampleImpact());
    columnOf(page)->addWidget(known);
    auto *unknown = new ImpactStrip(theme);
    unknown->setFigures(
        {{GalleryText::tr("Active devices reached"), QStringLiteral("0 → 2 390")},
         {GalleryText::tr("Failures to expect in 24 h"),
          {},
          {},
          GalleryText::tr("No device has this bundle yet.")},
         {GalleryText::tr("Time to take 90 % back"), {}, {}, GalleryText::tr("Too few check-ins to say.")}});
    columnOf(page)->addWidget(unknown);
    columnOf(page)->addStretch(1);
    return page;
}

QWidget *review(const Theme &theme)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Review sheet"));
    for (int i = 1; i <= 3; ++i) {
        auto *card = new Card(theme, GalleryText::tr("Card %1 of the page below").arg(i));
        card->body()->addWidget(
            new Label(theme, GalleryText::tr("The scrim lies over it."), FontRole::Body, ColorRole::Muted));
        columnOf(page)->addWidget(card, 1);
    }
    auto *sheet = new ReviewSheet(theme, GalleryText::tr("Approve 1.2.3 for channel 1"), page);
    sheet->setChanges(
        {{GalleryText::tr("channel 1, rolling out"), GalleryText::tr("nothing"),
          GalleryText::tr("1.2.3 at 5 %, then 25 %")},
         {GalleryText::tr("channel 1, stable"), QStringLiteral("1.2.2"), QStringLiteral("1.2.2")}});
    sheet->setImpact({{GalleryText::tr("Devices reached"), QStringLiteral("0 → 2 390")},
                      {GalleryText::tr("Failures in 24 h"), QStringLiteral("7"), GalleryText::tr("2 to 16")},
                      {GalleryText::tr("90 % back in"), QStringLiteral("3 h"), GalleryText::tr("est.")}});
    auto *checks = new QWidget;
    auto *list = new QVBoxLayout(checks);
    list->setContentsMargins(0, 0, 0, 0);
    list->addWidget(
        new Label(theme, GalleryText::tr("Checked on this computer, just now"), FontRole::CardTitle));
    for (const char *line : {QT_TRANSLATE_NOOP("Gallery", "Downloaded as a device would"),
                             QT_TRANSLATE_NOOP("Gallery", "Digest and signature hold"),
                             QT_TRANSLATE_NOOP("Gallery", "Decrypts with the key")}) {
        auto *row = new QHBoxLayout;
        row->addWidget(new IconLabel(theme, Icon::Check, ColorRole::Ok));
        row->addWidget(new Label(theme, GalleryText::tr(line)), 1);
        list->addLayout(row);
    }
    sheet->addSection(checks);
    sheet->setComment(GalleryText::tr("The host change is the new crash reporter."));
    sheet->setFootnote(GalleryText::tr("Your identity asks for its passphrase"));
    auto *decline = outlineButton(theme, GalleryText::tr("Decline…"), QStringLiteral("declineButton"));
    sheet->addButton(decline);
    sheet->setVerb(GalleryText::tr("Sign approval 2 of 2"));
    QMetaObject::invokeMethod(sheet, &ReviewSheet::openSheet, Qt::QueuedConnection);
    return page;
}

} // namespace

QVector<GalleryPage> rolloutPages()
{
    const auto page = [](const char *name, QWidget *(*make)(const Theme &)) {
        return GalleryPage{QString::fromLatin1(name),
                           [make](const Theme &theme, Prompts &) { return make(theme); }};
    };
    return {page("share-slider", slider), page("impact-strip", impact), page("review-sheet", review)};
}

} // namespace gatehouse::widgets::gallery
