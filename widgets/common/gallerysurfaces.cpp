// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Gallery: cards, pills, tiles, banners, headers.
#include "widgets/common/banner.h"
#include "widgets/common/button.h"
#include "widgets/common/card.h"
#include "widgets/common/gallerypages.h"
#include "widgets/common/pageheader.h"
#include "widgets/common/pill.h"
#include "widgets/common/tile.h"

#include <QBoxLayout>
#include <QProgressBar>

namespace gatehouse::widgets::gallery {

namespace {

QVBoxLayout *columnOf(QWidget *page)
{
    return static_cast<QVBoxLayout *>(page->layout());
}

Card *channelCard(const Theme &theme, int number)
{
    auto *card = new Card(theme, GalleryText::tr("channel %1").arg(number));
    card->addBesideTitle(new IconLabel(theme, Icon::Lock, ColorRole::Muted, 14));
    card->addAction(number == 2
                        ? new Pill(theme, Tone::Danger, GalleryText::tr("Paused by guard"), Icon::Pause)
                        : new Pill(theme, Tone::Ok, GalleryText::tr("Quiet"), Icon::Eye));
    auto *stable = new QHBoxLayout;
    stable->addWidget(new Label(theme, GalleryText::tr("Stable"), FontRole::Small, ColorRole::Muted));
    stable->addSpacing(40);
    stable->addWidget(new Label(theme, QStringLiteral("1.2.%1").arg(number), FontRole::MonoStrong));
    stable->addStretch(1);
    stable->addWidget(new Label(theme, GalleryText::tr("since 12 Nov"), FontRole::Small, ColorRole::Muted));
    card->body()->addLayout(stable);
    auto *progress = new QProgressBar;
    progress->setValue(10);
    progress->setTextVisible(false);
    card->body()->addWidget(progress);
    auto *figures = new QHBoxLayout;
    for (const auto &[label, figure] :
         {std::pair(GalleryText::tr("On newest, 24 h"), QStringLiteral("96.1 %")),
          std::pair(GalleryText::tr("Failures"), QStringLiteral("0.31 %"))}) {
        auto *tile = new Tile(theme, label, Tile::Frame::None);
        tile->setFigure(figure);
        figures->addWidget(tile);
    }
    card->body()->addLayout(figures);
    auto *actions = new QHBoxLayout;
    auto *back =
        outlineButton(theme, GalleryText::tr("Roll back…"), QStringLiteral("rollBack%1Button").arg(number));
    back->setSmall(true);
    back->setLineIcon(Icon::RollBack);
    back->setAccessibleName(GalleryText::tr("Roll back channel %1").arg(number));
    auto *open = quietButton(theme, GalleryText::tr("Open"), QStringLiteral("open%1Button").arg(number));
    open->setSmall(true);
    open->setAccessibleName(GalleryText::tr("Open channel %1").arg(number));
    actions->addWidget(back);
    actions->addStretch(1);
    actions->addWidget(open);
    card->body()->addLayout(actions);
    return card;
}

QWidget *cards(const Theme &theme)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Card"));
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::kCardGap);
    for (int number = 1; number <= 3; ++number) {
        Card *card = channelCard(theme, number);
        card->setSelected(number == 3);
        row->addWidget(card, 1);
    }
    columnOf(page)->addLayout(row);
    auto *wide = new Card(theme, GalleryText::tr("A card with an explanation"));
    wide->setSubtitle(GalleryText::tr("one line beside the title"));
    auto *text = new Label(theme, {}, FontRole::Body, ColorRole::Text);
    text->setWrap(true);
    text->setSpans({{GalleryText::tr("Because the trust root, version 3, lists this identity with the role "),
                     FontRole::Body, ColorRole::Muted},
                    {GalleryText::tr("qa"), FontRole::BodyStrong, ColorRole::Text},
                    {GalleryText::tr(", and the policy takes two signatures. The bundle is "), FontRole::Body,
                     ColorRole::Muted},
                    {QStringLiteral("1.2.3"), FontRole::MonoStrong, ColorRole::Text},
                    {QStringLiteral("."), FontRole::Body, ColorRole::Muted}});
    wide->body()->addWidget(text);
    columnOf(page)->addWidget(wide);
    columnOf(page)->addStretch(1);
    return page;
}

QWidget *pills(const Theme &theme)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Pill"));
    auto *card = new Card(theme, GalleryText::tr("Tones, with and without an icon"));
    struct Example
    {
        Tone tone;
        const char *text;
        Icon icon;
    };
    const Example examples[] = {{Tone::Ok, QT_TRANSLATE_NOOP("Gallery", "Quiet"), Icon::Eye},
                                {Tone::Accent, QT_TRANSLATE_NOOP("Gallery", "Watching"), Icon::Eye},
                                {Tone::Warning, QT_TRANSLATE_NOOP("Gallery", "Wants approval"), Icon::Clock},
                                {Tone::Danger, QT_TRANSLATE_NOOP("Gallery", "Paused by guard"), Icon::Pause},
                                {Tone::Neutral, QT_TRANSLATE_NOOP("Gallery", "No guard"), Icon::Eye}};
    for (const bool withIcon : {true, false}) {
        auto *row = new QHBoxLayout;
        for (const Example &example : examples) {
            row->addWidget(new Pill(theme, example.tone, GalleryText::tr(example.text),
                                    withIcon ? std::optional(example.icon) : std::nullopt));
        }
        row->addStretch(1);
        card->body()->addLayout(row);
    }
    columnOf(page)->addWidget(card);
    columnOf(page)->addStretch(1);
    return page;
}

QWidget *tiles(const Theme &theme)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Tile"));
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::kCardGap);
    auto *good = new Tile(theme, GalleryText::tr("On the newest bundle after 24 h"));
    good->setFigure(QStringLiteral("96.1 %"));
    good->setContext(GalleryText::tr("reference 95 %"), Tone::Ok, true);
    auto *plain = new Tile(theme, GalleryText::tr("Publish to install, median"));
    plain->setFigure(QStringLiteral("2 h 40 min"));
    plain->setContext(GalleryText::tr("p95 19 h"));
    auto *noted = new Tile(theme, GalleryText::tr("Failures to expect"));
    noted->setFigure(QStringLiteral("15"), GalleryText::tr("6 to 31, estimated"));
    noted->setContext(GalleryText::tr("limit 2 %"), Tone::Warning, true);
    auto *none = new Tile(theme, GalleryText::tr("Update success"));
    none->setUnknown(GalleryText::tr("No device has reported in this range."));
    for (Tile *tile : {good, plain, noted, none}) {
        row->addWidget(tile, 1);
    }
    columnOf(page)->addLayout(row);
    columnOf(page)->addStretch(1);
    return page;
}

QWidget *banners(const Theme &theme)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Banner"));
    int number = 0;
    for (const Tone tone : {Tone::Danger, Tone::Warning, Tone::Accent, Tone::Ok}) {
        auto *banner = new Banner(theme, tone);
        banner->setMessage(
            GalleryText::tr("The guard paused the rollout of 1.2.2 on channel 2 at 19:58."),
            GalleryText::tr(
                "9 of 41 devices failed to install; the limit is 2 %. 8 of the 9 run one old system "
                "version, and none of them has reported since."));
        auto *why =
            outlineButton(theme, GalleryText::tr("Why?"), QStringLiteral("why%1Button").arg(++number));
        why->setSmall(true);
        why->setAccessibleName(GalleryText::tr("Why, banner %1").arg(number));
        banner->addButton(why);
        if (tone == Tone::Danger) {
            auto *take =
                new Button(theme, ButtonKind::DangerFilled, GalleryText::tr("Take back from 41 devices"),
                           QStringLiteral("takeBackButton"));
            take->setSmall(true);
            take->setLineIcon(Icon::RollBack);
            banner->addButton(take);
        }
        columnOf(page)->addWidget(banner);
    }
    columnOf(page)->addStretch(1);
    return page;
}

QWidget *headers(const Theme &theme)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Page header"));
    auto *plain = new PageHeader(theme, GalleryText::tr("Overview"));
    plain->setAge(GalleryText::tr("Updated 2 s ago"));
    auto *add = filledButton(theme, GalleryText::tr("New bundle"), QStringLiteral("newBundleButton"));
    add->setLineIcon(Icon::Plus);
    plain->setPrimary(add);
    auto *crumbed = new PageHeader(theme, GalleryText::tr("New bundle"));
    crumbed->setCrumb(GalleryText::tr("Bundles"));
    auto *urgent = new PageHeader(theme, GalleryText::tr("Emergency: 1.2.2 fails on one system version"));
    urgent->setTitleIcon(Icon::Emergency, ColorRole::Danger);
    urgent->setAge(GalleryText::tr("Stale 4 min"), true);
    for (PageHeader *header : {plain, crumbed, urgent}) {
        columnOf(page)->addWidget(header);
    }
    columnOf(page)->addStretch(1);
    return page;
}

} // namespace

QVector<GalleryPage> surfacePages()
{
    const auto page = [](const char *name, QWidget *(*make)(const Theme &)) {
        return GalleryPage{QString::fromLatin1(name),
                           [make](const Theme &theme, Prompts &) { return make(theme); }};
    };
    return {page("card", cards), page("pill", pills), page("tile", tiles), page("banner", banners),
            page("page-header", headers)};
}

} // namespace gatehouse::widgets::gallery
