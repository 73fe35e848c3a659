// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Gallery: toast, steps, timeline, trend lines, fingerprints, form fields and other small pieces.
#include "widgets/common/card.h"
#include "widgets/common/codeblock.h"
#include "widgets/common/fingerprintview.h"
#include "widgets/common/formfield.h"
#include "widgets/common/gallerypages.h"
#include "widgets/common/searchfield.h"
#include "widgets/common/segmentedcontrol.h"
#include "widgets/common/sparkline.h"
#include "widgets/common/statusdot.h"
#include "widgets/common/stepper.h"
#include "widgets/common/timeline.h"
#include "widgets/common/toast.h"

#include <QBoxLayout>
#include <QLineEdit>

#include <cmath>

namespace gatehouse::widgets::gallery {

namespace {

QVBoxLayout *columnOf(QWidget *page)
{
    return static_cast<QVBoxLayout *>(page->layout());
}

QWidget *toast(const Theme &theme)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Toast"));
    columnOf(page)->addStretch(1);
    auto *shown = new Toast(theme, page);
    const auto show = [shown] {
        shown->showMessage(GalleryText::tr("Channel 2 now serves 1.2.2."), GalleryText::tr("Undo"));
        shown->setNote(GalleryText::tr("3 devices have taken it"));
    };
    QMetaObject::invokeMethod(shown, show, Qt::QueuedConnection);
    return page;
}

QWidget *stepper(const Theme &theme)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Stepper"));
    auto *bar = new Card(theme);
    bar->setFlush(true);
    bar->body()->setContentsMargins(0, 0, 0, 0);
    auto *urgent = new Stepper(theme, Qt::Horizontal);
    urgent->setCurrentTone(Tone::Danger);
    urgent->setSteps({{GalleryText::tr("Assess"), {}, Step::State::Done},
                      {GalleryText::tr("Contain"), {}, Step::State::Current},
                      {GalleryText::tr("Recover")}});
    urgent->setAccessibleName(GalleryText::tr("Steps of the emergency"));
    bar->body()->addWidget(urgent);
    columnOf(page)->addWidget(bar);
    auto *card = new Card(theme);
    card->setFixedWidth(220);
    auto *steps = new Stepper(theme, Qt::Vertical);
    steps->setNavigable(true);
    steps->setAccessibleName(GalleryText::tr("Steps of the assistant"));
    steps->setSteps(
        {{GalleryText::tr("Folder"), GalleryText::tr("dist · 412 files, 11.8 MB"), Step::State::Done},
         {GalleryText::tr("Checks"), GalleryText::tr("24 passed, 2 to look at"), Step::State::Done},
         {GalleryText::tr("Version and notes"), GalleryText::tr("1.2.3 exists already"), Step::State::Failed},
         {GalleryText::tr("Sign and encrypt"), GalleryText::tr("in progress"), Step::State::Current},
         {GalleryText::tr("Upload")},
         {GalleryText::tr("Stage")}});
    card->body()->addWidget(steps);
    columnOf(page)->addWidget(card);
    columnOf(page)->addStretch(1);
    return page;
}

QWidget *timeline(const Theme &theme)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Timeline"));
    auto *card = new Card(theme, GalleryText::tr("Recent activity"));
    auto *list = new Timeline(theme);
    list->setEntries({{Icon::Pause,
                       ColorRole::Text,
                       {{GalleryText::tr("Guard paused ")},
                        {QStringLiteral("1.2.3"), FontRole::MonoStrong},
                        {GalleryText::tr(" on channel 2")}},
                       GalleryText::tr("19:58 · evidence 41 devices")},
                      {Icon::ArrowRight,
                       ColorRole::Text,
                       {{GalleryText::tr("You moved channel 2 from 5 % to 10 %")}},
                       GalleryText::tr("19:41 · approved by lead@gallery.example")},
                      {Icon::Upload,
                       ColorRole::Text,
                       {{GalleryText::tr("You uploaded ")}, {QStringLiteral("1.2.3"), FontRole::MonoStrong}},
                       GalleryText::tr("18:20 · 4.2 MB, signed, encrypted")}});
    card->body()->addWidget(list);
    columnOf(page)->addWidget(card);
    columnOf(page)->addStretch(1);
    return page;
}

QWidget *sparkline(const Theme &theme)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Sparkline and status"));
    auto *card = new Card(theme, GalleryText::tr("Trends"));
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::kSpace6);
    for (int kind = 0; kind < 3; ++kind) {
        QVector<double> values;
        for (int i = 0; i < 24; ++i) {
            const double wave = 0.4 + 0.1 * std::sin(i);
            values.append(kind == 0         ? wave
                          : kind == 1       ? wave + 1.0 / (1.0 + std::exp(18.0 - i))
                          : i > 8 && i < 12 ? std::nan("")
                                            : wave);
        }
        auto *line = new Sparkline(theme, GalleryText::tr("Example trend %1").arg(kind + 1));
        line->setValues(values);
        row->addWidget(line);
    }
    card->body()->addLayout(row);
    columnOf(page)->addWidget(card);
    auto *states = new Card(theme, GalleryText::tr("States"));
    auto *dots = new QHBoxLayout;
    dots->setSpacing(metrics::kSpace6);
    dots->addWidget(new StatusDot(theme, Tone::Ok, GalleryText::tr("running")));
    dots->addWidget(new StatusDot(theme, Tone::Accent, GalleryText::tr("starting")));
    dots->addWidget(new StatusDot(theme, Tone::Warning, GalleryText::tr("stale")));
    dots->addWidget(new StatusDot(theme, Tone::Danger, GalleryText::tr("failed")));
    dots->addWidget(new StatusDot(theme, Tone::Neutral, GalleryText::tr("unknown")));
    dots->addStretch(1);
    states->body()->addLayout(dots);
    columnOf(page)->addWidget(states);
    columnOf(page)->addStretch(1);
    return page;
}

QWidget *fingerprint(const Theme &theme)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Fingerprint and code"));
    auto *card = new Card(theme, GalleryText::tr("Identity of the gallery"));
    auto *view = new FingerprintView(theme, QStringLiteral("galleryFingerprint"));
    view->setFingerprint({QStringLiteral("amber"), QStringLiteral("canyon"), QStringLiteral("ferry"),
                          QStringLiteral("lunar"), QStringLiteral("olive"), QStringLiteral("stamp")},
                         QStringLiteral("00112233445566778899aabbccddeeff"));
    view->setCompareVisible(true);
    const QString typed = QStringLiteral("Amber canyon ferry lunar olive stamp");
    view->findChild<QLineEdit *>()->setText(typed);
    card->body()->addWidget(view);
    columnOf(page)->addWidget(card);
    auto *code = new Card(theme, GalleryText::tr("Command"));
    auto *block = new CodeBlock(theme, GalleryText::tr("Example command"), QStringLiteral("galleryCode"));
    block->setCode(QStringLiteral("gatehouse-cli status --server https://gallery.example --json"));
    code->body()->addWidget(block);
    columnOf(page)->addWidget(code);
    columnOf(page)->addStretch(1);
    return page;
}

QWidget *form(const Theme &theme)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Form field, search, choice"));
    auto *card = new Card(theme, GalleryText::tr("A form"));
    auto *good = new FormField(theme, GalleryText::tr("Version"), new QLineEdit(QStringLiteral("1.2.3")));
    good->setHint(GalleryText::tr("Semantic version, higher than what is live."));
    auto *wrong = new FormField(theme, GalleryText::tr("Server address"),
                                new QLineEdit(QStringLiteral("http://gallery.example")));
    wrong->setError(GalleryText::tr("Only HTTPS is accepted outside this computer."));
    card->body()->addWidget(good);
    card->body()->addWidget(wrong);
    columnOf(page)->addWidget(card);
    auto *row = new QHBoxLayout;
    auto *range =
        new SegmentedControl(theme, GalleryText::tr("Time range"),
                             {GalleryText::tr("1 h"), GalleryText::tr("24 h"), GalleryText::tr("7 d"),
                              GalleryText::tr("30 d"), GalleryText::tr("90 d")},
                             QStringLiteral("rangeControl"));
    range->setCurrent(2);
    row->addWidget(range);
    row->addStretch(1);
    row->addWidget(new SearchField(theme, GalleryText::tr("Filter"), QStringLiteral("filterField")));
    columnOf(page)->addLayout(row);
    columnOf(page)->addStretch(1);
    return page;
}

} // namespace

QVector<GalleryPage> smallPages()
{
    const auto page = [](const char *name, QWidget *(*make)(const Theme &)) {
        return GalleryPage{QString::fromLatin1(name),
                           [make](const Theme &theme, Prompts &) { return make(theme); }};
    };
    return {page("toast", toast),         page("stepper", stepper),         page("timeline", timeline),
            page("sparkline", sparkline), page("fingerprint", fingerprint), page("form-field", form)};
}

} // namespace gatehouse::widgets::gallery
