// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Gallery: buttons, fields, tables, icons.
#include "widgets/common/button.h"
#include "widgets/common/card.h"
#include "widgets/common/format.h"
#include "widgets/common/gallerypages.h"
#include "widgets/common/tableview.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QRadioButton>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QTabBar>

namespace gatehouse::widgets::gallery {

namespace {

QVBoxLayout *columnOf(QWidget *page)
{
    return static_cast<QVBoxLayout *>(page->layout());
}

QWidget *buttons(const Theme &theme)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Buttons"));
    struct Kind
    {
        const char *text;
        ButtonKind kind;
        Icon icon;
    };
    const Kind kinds[] = {
        {QT_TRANSLATE_NOOP("Gallery", "New bundle"), ButtonKind::Filled, Icon::Plus},
        {QT_TRANSLATE_NOOP("Gallery", "Pause"), ButtonKind::Outline, Icon::Pause},
        {QT_TRANSLATE_NOOP("Gallery", "Roll back to…"), ButtonKind::Danger, Icon::RollBack},
        {QT_TRANSLATE_NOOP("Gallery", "Take back from 41 devices"), ButtonKind::DangerFilled, Icon::RollBack},
        {QT_TRANSLATE_NOOP("Gallery", "Open"), ButtonKind::Quiet, Icon::ExternalLink}};
    const char *rowNames[] = {
        QT_TRANSLATE_NOOP("Gallery", "normal"), QT_TRANSLATE_NOOP("Gallery", "with icon"),
        QT_TRANSLATE_NOOP("Gallery", "small"), QT_TRANSLATE_NOOP("Gallery", "disabled")};
    auto *card = new Card(theme, GalleryText::tr("Kinds"));
    int number = 0;
    for (int row = 0; row < 4; ++row) {
        auto *line = new QHBoxLayout;
        for (const Kind &kind : kinds) {
            auto *button = new Button(theme, kind.kind, GalleryText::tr(kind.text),
                                      QStringLiteral("kind%1Button").arg(++number));
            button->setAccessibleName(
                GalleryText::tr("%1, %2").arg(GalleryText::tr(kind.text), GalleryText::tr(rowNames[row])));
            if (row == 1 || row == 2) {
                button->setLineIcon(kind.icon);
            }
            button->setSmall(row == 2);
            button->setEnabled(row != 3);
            line->addWidget(button);
        }
        line->addStretch(1);
        card->body()->addLayout(line);
    }
    auto *icons = new QHBoxLayout;
    icons->addWidget(iconButton(theme, Icon::Copy, GalleryText::tr("Copy"), QStringLiteral("copyButton")));
    icons->addWidget(iconButton(theme, Icon::More, GalleryText::tr("More"), QStringLiteral("moreButton")));
    icons->addWidget(linkButton(theme, GalleryText::tr("see why"), QStringLiteral("seeWhyButton")));
    icons->addStretch(1);
    card->body()->addLayout(icons);
    columnOf(page)->addWidget(card);
    columnOf(page)->addStretch(1);
    return page;
}

QWidget *fields(const Theme &theme)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Fields"));
    auto *card = new Card(theme, GalleryText::tr("Standard controls in the style"));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(metrics::kSpace4);
    grid->setVerticalSpacing(metrics::kSpace3);
    auto *line = new QLineEdit(GalleryText::tr("typed text"));
    line->setAccessibleName(GalleryText::tr("A field"));
    auto *hint = new QLineEdit;
    hint->setPlaceholderText(GalleryText::tr("what could stand here"));
    hint->setAccessibleName(GalleryText::tr("A field with a hint"));
    auto *off = new QLineEdit(GalleryText::tr("cannot be changed"));
    off->setEnabled(false);
    off->setAccessibleName(GalleryText::tr("A disabled field"));
    auto *wrong = new QLineEdit(GalleryText::tr("breaks a rule"));
    wrong->setProperty(kInvalidProperty, true);
    wrong->setAccessibleName(GalleryText::tr("A field with a mistake"));
    auto *combo = new QComboBox;
    combo->addItems({GalleryText::tr("production"), GalleryText::tr("beta")});
    combo->setItemIcon(0, theme.icon(Icon::Channels, ColorRole::Text));
    combo->setAccessibleName(GalleryText::tr("A choice"));
    auto *spin = new QSpinBox;
    spin->setRange(0, 100);
    spin->setValue(25);
    spin->setSuffix(withPercentSign({}));
    spin->setAccessibleName(GalleryText::tr("A number"));
    auto *text = new QPlainTextEdit(GalleryText::tr("Several lines of text, as in a comment of a review."));
    text->setFixedHeight(70);
    text->setAccessibleName(GalleryText::tr("A comment"));
    auto *checks = new QHBoxLayout;
    auto *on = new QCheckBox(GalleryText::tr("checked"));
    on->setChecked(true);
    auto *partly = new QCheckBox(GalleryText::tr("partly"));
    partly->setTristate(true);
    partly->setCheckState(Qt::PartiallyChecked);
    auto *one = new QRadioButton(GalleryText::tr("one"));
    one->setChecked(true);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{on, partly, new QCheckBox(GalleryText::tr("unchecked")), one,
                                          new QRadioButton(GalleryText::tr("other"))}) {
        checks->addWidget(widget);
    }
    checks->addStretch(1);
    auto *progress = new QProgressBar;
    progress->setValue(62);
    progress->setTextVisible(false);
    progress->setAccessibleName(GalleryText::tr("Progress"));
    auto *done = new QProgressBar;
    done->setValue(100);
    done->setTextVisible(false);
    done->setProperty(kToneProperty, static_cast<int>(ColorRole::Ok));
    done->setAccessibleName(GalleryText::tr("Finished progress"));
    auto *tabs = new QTabBar;
    tabs->addTab(GalleryText::tr("Files"));
    tabs->addTab(GalleryText::tr("Findings"));
    tabs->addTab(GalleryText::tr("Signatures"));
    tabs->setAccessibleName(GalleryText::tr("Tabs"));
    tabs->setExpanding(false);
    grid->addWidget(line, 0, 0);
    grid->addWidget(hint, 0, 1);
    grid->addWidget(off, 1, 0);
    grid->addWidget(wrong, 1, 1);
    grid->addWidget(combo, 2, 0);
    grid->addWidget(spin, 2, 1);
    grid->addWidget(text, 3, 0, 1, 2);
    grid->addLayout(checks, 4, 0, 1, 2);
    grid->addWidget(progress, 5, 0);
    grid->addWidget(done, 5, 1);
    grid->addWidget(tabs, 6, 0, 1, 2);
    card->body()->addLayout(grid);
    columnOf(page)->addWidget(card);
    columnOf(page)->addStretch(1);
    return page;
}

QWidget *tables(const Theme &theme)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Table"));
    auto *card = new Card(theme, GalleryText::tr("Who gets what"));
    card->setSubtitle(GalleryText::tr("example rows of the gallery"));
    card->setFlush(true);
    auto *table = new TableView(theme);
    auto *model = new QStandardItemModel(4, 4, table);
    model->setHorizontalHeaderLabels({GalleryText::tr("Version"), GalleryText::tr("Member"),
                                      GalleryText::tr("State"), GalleryText::tr("Devices")});
    model->setHeaderData(3, Qt::Horizontal, static_cast<int>(Qt::AlignRight | Qt::AlignVCenter),
                         Qt::TextAlignmentRole);
    const char *states[] = {QT_TRANSLATE_NOOP("Gallery", "Quiet"), QT_TRANSLATE_NOOP("Gallery", "Paused"),
                            QT_TRANSLATE_NOOP("Gallery", "Built"), QT_TRANSLATE_NOOP("Gallery", "Quiet")};
    for (int row = 0; row < 4; ++row) {
        model->setItem(row, 0, new QStandardItem(QStringLiteral("1.2.%1").arg(row)));
        model->setItem(row, 1, new QStandardItem(QStringLiteral("member%1@gallery.example").arg(row)));
        model->setItem(row, 2, new QStandardItem(GalleryText::tr(states[row])));
        auto *count = new QStandardItem(formatCount(438 * (row + 1)));
        count->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        model->setItem(row, 3, count);
    }
    table->setModel(model);
    table->setObjectName(QStringLiteral("galleryTable"));
    table->setAccessibleName(GalleryText::tr("Example table"));
    table->setColumnLook(0, {FontRole::Mono});
    ColumnLook state;
    state.pill = [](const QModelIndex &index) {
        return std::optional(index.row() == 1   ? PillLook{Tone::Danger, Icon::Pause}
                             : index.row() == 2 ? PillLook{}
                                                : PillLook{Tone::Ok, Icon::Eye});
    };
    table->setColumnLook(2, state);
    table->setSortingEnabled(true);
    table->sortByColumn(0, Qt::AscendingOrder);
    table->setColumnWidth(0, 160);
    table->setColumnWidth(1, 320);
    table->setColumnWidth(2, 240);
    table->setFitRows(true);
    table->setCurrentRow(1);
    card->body()->addWidget(table);
    columnOf(page)->addWidget(card);
    columnOf(page)->addStretch(1);
    return page;
}

QWidget *icons(const Theme &theme)
{
    QWidget *page = emptyPage(theme, GalleryText::tr("Icons"));
    auto *card = new Card(theme);
    auto *grid = new QGridLayout;
    grid->setSpacing(metrics::kSpace4);
    for (int i = 0; i < kIconCount; ++i) {
        grid->addWidget(new IconLabel(theme, static_cast<Icon>(i), ColorRole::Text, 20), i / 16, i % 16);
    }
    card->body()->addLayout(grid);
    columnOf(page)->addWidget(card);
    columnOf(page)->addStretch(1);
    return page;
}

} // namespace

QVector<GalleryPage> controlPages()
{
    const auto page = [](const char *name, QWidget *(*make)(const Theme &)) {
        return GalleryPage{QString::fromLatin1(name),
                           [make](const Theme &theme, Prompts &) { return make(theme); }};
    };
    return {page("button", buttons), page("field", fields), page("table", tables), page("icon", icons)};
}

} // namespace gatehouse::widgets::gallery
