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

QVector<ImpactFigure> exampleImpact()
{
    return {{tr("Active devices reached"),
             ImpactStrip::beforeAfter(QStringLiteral("4 810"), QStringLiteral("12 050"))},
            {tr("Failures to expect in 24 h"), QStringLiteral("15"), tr("6 to 31, estimated")},
            {tr("Time to take 90 % back"), tr("about 3 h"), tr("estimated")}};
}

QWidget *slider(const Theme &theme)
{
    QWidget *page = emptyPage(theme, tr("Share slider"));
    auto *card = new Card(theme, tr("Rollout"));
    card->addBesideTitle(new Pill(theme, Tone::Ok, tr("2 of 2 approvals"), Icon::CheckAll));
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
    actions->addWidget(outlineButton(theme, tr("Discard"), QStringLiteral("discardButton")));
    actions->addWidget(filledButton(theme, tr("Review: 10 % → 25 %"), QStringLiteral("reviewButton")));
    card->body()->addLayout(actions);
    columnOf(page)->addWidget(card);
    columnOf(page)->addStretch(1);
    return page;
}

QWidget *impact(const Theme &theme)
{
    QWidget *page = emptyPage(theme, tr("Impact strip"));
    auto *known = new ImpactStrip(theme);
    known->setFigures(exampleImpact());
    columnOf(page)->addWidget(known);
    auto *unknown = new ImpactStrip(theme);
    unknown->setFigures({{tr("Active devices reached"), QStringLiteral("0 → 2 390")},
                         {tr("Failures to expect in 24 h"), {}, {}, tr("No device has this bundle yet.")},
                         {tr("Time to take 90 % back"), {}, {}, tr("Too few check-ins to say.")}});
    columnOf(page)->addWidget(unknown);
    columnOf(page)->addStretch(1);
    return page;
}

QWidget *review(const Theme &theme)
{
    QWidget *page = emptyPage(theme, tr("Review sheet"));
    for (int i = 1; i <= 3; ++i) {
        auto *card = new Card(theme, tr("Card %1 of the page below").arg(i));
        card->body()->addWidget(
            new Label(theme, tr("The scrim lies over it."), FontRole::Body, ColorRole::Muted));
        columnOf(page)->addWidget(card, 1);
    }
    auto *sheet = new ReviewSheet(theme, tr("Approve 1.2.3 for channel 1"), page);
    sheet->setChanges({{tr("channel 1, rolling out"), tr("nothing"), tr("1.2.3 at 5 %, then 25 %")},
                       {tr("channel 1, stable"), QStringLiteral("1.2.2"), QStringLiteral("1.2.2")}});
    sheet->setImpact({{tr("Devices reached"), QStringLiteral("0 → 2 390")},
                      {tr("Failures in 24 h"), QStringLiteral("7"), tr("2 to 16")},
                      {tr("90 % back in"), QStringLiteral("3 h"), tr("est.")}});
    auto *checks = new QWidget;
    auto *list = new QVBoxLayout(checks);
    list->setContentsMargins(0, 0, 0, 0);
    list->addWidget(new Label(theme, tr("Checked on this computer, just now"), FontRole::CardTitle));
    for (const char *line :
         {"Downloaded as a device would", "Digest and signature hold", "Decrypts with the key"}) {
        auto *row = new QHBoxLayout;
        row->addWidget(new IconLabel(theme, Icon::Check, ColorRole::Ok));
        row->addWidget(new Label(theme, tr(line)), 1);
        list->addLayout(row);
    }
    sheet->addSection(checks);
    sheet->setComment(tr("The host change is the new crash reporter."));
    sheet->setFootnote(tr("Your identity asks for its passphrase"));
    auto *decline = outlineButton(theme, tr("Decline…"), QStringLiteral("declineButton"));
    sheet->addButton(decline);
    sheet->setVerb(tr("Sign approval 2 of 2"));
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
