// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bundles/comparepage.h"

#include "core/foreigntext.h"
#include "core/semver.h"
#include "widgets/bundles/jobline.h"
#include "widgets/common/button.h"
#include "widgets/common/card.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/errorstate.h"
#include "widgets/common/format.h"
#include "widgets/common/pageheader.h"
#include "widgets/common/searchfield.h"
#include "widgets/common/segmentedcontrol.h"
#include "widgets/common/tableview.h"
#include "widgets/common/tile.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <cstdlib>

namespace gatehouse::widgets {

namespace {

using bundle::FileChange;

PillLook lookOf(FileChange change)
{
    switch (change) {
    case FileChange::Added:
        return {Tone::Ok, Icon::Plus};
    case FileChange::Changed:
        return {Tone::Accent, Icon::Edit};
    case FileChange::Removed:
        return {Tone::Warning, Icon::Minus};
    }
    return {};
}

QString wordOf(FileChange change)
{
    switch (change) {
    case FileChange::Added:
        return ComparePage::tr("added");
    case FileChange::Changed:
        return ComparePage::tr("changed");
    case FileChange::Removed:
        return ComparePage::tr("removed");
    }
    return {};
}

/// The table's change column as words: the model answers with the enum.
class WordedDifferences final : public tables::DifferenceFilter
{
public:
    using DifferenceFilter::DifferenceFilter;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        if (role == Qt::DisplayRole && index.column() == tables::DifferenceTable::Change) {
            return wordOf(static_cast<FileChange>(index.data(tables::StateRole).toInt()));
        }
        return DifferenceFilter::data(index, role);
    }
};

} // namespace

ComparePage::ComparePage(Theme &theme, workspace::Workspace &workspace, workspace::BundleShelf &shelf,
                         QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_shelf(shelf)
    , m_table(formatBytes)
    , m_filter(std::make_unique<WordedDifferences>(m_table))
    , m_before(new QComboBox(this))
    , m_after(new QComboBox(this))
    , m_job(new JobLine(theme, tr("Cancel the comparison"), QStringLiteral("cancelCompareButton"), this))
    , m_states(new QStackedWidget(this))
    , m_empty(new EmptyState(theme, Icon::Compare, tr("Choose two bundles.")))
    , m_error(new ErrorState(theme))
    , m_beforeFrom(new Label(theme, {}, FontRole::Small, ColorRole::Muted, this))
    , m_afterFrom(new Label(theme, {}, FontRole::Small, ColorRole::Muted, this))
{
    setObjectName(QStringLiteral("comparePage"));
    auto *header = new PageHeader(theme, tr("Compare"), this);
    header->setCrumb(tr("Bundles"));
    m_result = makeResult();
    m_states->addWidget(m_empty);
    m_states->addWidget(m_error);
    m_states->addWidget(m_result);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kPagePadding, 20, metrics::kPagePadding, metrics::kSpace4);
    layout->setSpacing(metrics::kSpace3);
    layout->addWidget(header);
    layout->addWidget(makeChoice());
    layout->addWidget(m_states, 1);

    connect(header, &PageHeader::crumbActivated, this, [this] {
        m_job->cancel();
        Q_EMIT left();
    });
    connect(m_before, &QComboBox::activated, this, &ComparePage::start);
    connect(m_after, &QComboBox::activated, this, &ComparePage::start);
    connect(m_error, &ErrorState::retryRequested, this, &ComparePage::start);
    connect(&workspace.bundles(), &workspace::Repository::changed, this, &ComparePage::fillChoices);
    fillChoices();
}

QWidget *ComparePage::makeChoice()
{
    auto *card = new Card(m_theme, {}, this);
    m_before->setObjectName(QStringLiteral("compareBeforeField"));
    m_before->setAccessibleName(tr("Bundle before"));
    m_after->setObjectName(QStringLiteral("compareAfterField"));
    m_after->setAccessibleName(tr("Bundle after"));
    auto *swap = iconButton(m_theme, Icon::Sort, tr("Swap before and after"),
                            QStringLiteral("swapCompareButton"), this);
    connect(swap, &QPushButton::clicked, this, [this] {
        const int before = m_before->currentIndex();
        m_before->setCurrentIndex(m_after->currentIndex());
        m_after->setCurrentIndex(before);
        start();
    });
    m_beforeFrom->setWrap(true);
    m_afterFrom->setWrap(true);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(metrics::kSpace4);
    grid->setVerticalSpacing(metrics::kSpace1);
    grid->addWidget(new Label(m_theme, tr("Before"), FontRole::Small, ColorRole::Muted, card), 0, 0);
    grid->addWidget(new Label(m_theme, tr("After"), FontRole::Small, ColorRole::Muted, card), 0, 2);
    grid->addWidget(m_before, 1, 0);
    grid->addWidget(swap, 1, 1);
    grid->addWidget(m_after, 1, 2);
    grid->addWidget(m_beforeFrom, 2, 0);
    grid->addWidget(m_afterFrom, 2, 2);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(2, 1);
    card->body()->addLayout(grid);
    card->body()->addWidget(m_job);
    return card;
}

QWidget *ComparePage::makeResult()
{
    auto *host = new QWidget;
    m_added = new Tile(m_theme, tr("Files added"));
    m_changed = new Tile(m_theme, tr("Files changed"));
    m_removed = new Tile(m_theme, tr("Files removed"));
    m_size = new Tile(m_theme, tr("All files"));
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(metrics::kCardGap);
    for (Tile *tile : {m_added, m_changed, m_removed, m_size}) {
        tiles->addWidget(tile, 1);
    }
    m_kind = new SegmentedControl(m_theme, tr("Which files"),
                                  {tr("All"), tr("Added"), tr("Changed"), tr("Removed")},
                                  QStringLiteral("differenceKind"));
    auto *search = new SearchField(m_theme, tr("Search path"), QStringLiteral("differenceSearchField"), host);
    search->setAccessibleName(tr("Search path"));
    search->setFixedWidth(240);
    m_view = new TableView(m_theme);
    m_view->setObjectName(QStringLiteral("differenceTable"));
    m_view->setAccessibleName(tr("Files that differ"));
    m_view->setModel(m_filter.get());
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(tables::DifferenceTable::Path, Qt::AscendingOrder);
    ColumnLook path;
    path.font = FontRole::Mono;
    m_view->setColumnLook(tables::DifferenceTable::Path, path);
    ColumnLook change;
    change.pill = [](const QModelIndex &index) -> std::optional<PillLook> {
        return lookOf(static_cast<FileChange>(index.data(tables::StateRole).toInt()));
    };
    m_view->setColumnLook(tables::DifferenceTable::Change, change);
    QHeaderView *columns = m_view->horizontalHeader();
    columns->setSectionResizeMode(QHeaderView::ResizeToContents);
    columns->setSectionResizeMode(tables::DifferenceTable::Path, QHeaderView::Stretch);
    columns->setStretchLastSection(false);
    auto *card = new Card(m_theme);
    card->setFlush(true);
    card->body()->addWidget(m_view);
    auto *filters = new QHBoxLayout;
    filters->addWidget(m_kind);
    filters->addWidget(search);
    filters->addStretch();
    auto *column = new QVBoxLayout(host);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kSpace3);
    column->addLayout(tiles);
    column->addLayout(filters);
    column->addWidget(card, 1);
    connect(search, &SearchField::searchChanged, m_filter.get(), &tables::DifferenceFilter::setWords);
    connect(m_kind, &SegmentedControl::currentChanged, this, [this](int index) {
        m_filter->setChange(index == 0 ? std::nullopt : std::optional(static_cast<FileChange>(index - 1)));
    });
    return host;
}

void ComparePage::fillChoices()
{
    QStringList names;
    for (const wire::BundleRow &row : m_workspace.bundles().rows()) {
        if (row.isReady()) {
            names.append(row.name);
        }
    }
    if (names == m_names) {
        return;
    }
    m_names = names;
    for (QComboBox *choice : {m_before, m_after}) {
        const QString chosen = choice->currentData().toString();
        choice->clear();
        for (const QString &name : std::as_const(m_names)) {
            choice->addItem(displayable(name, 64), name);
        }
        choice->setCurrentIndex(choice->findData(chosen));
    }
}

QString ComparePage::baseFor(const QString &bundle) const
{
    for (const wire::ChannelState &state : m_workspace.channels().rows()) {
        const bool isRollout =
            state.channel.rolloutVersionInfo && state.channel.rolloutVersionInfo->name == bundle;
        if (isRollout && state.channel.versionInfo) {
            return state.channel.versionInfo->name;
        }
    }
    const Result<SemanticVersion> own = SemanticVersion::parse(bundle);
    std::optional<SemanticVersion> best;
    QString base;
    for (const wire::BundleRow &row : m_workspace.bundles().rows()) {
        const Result<SemanticVersion> version = SemanticVersion::parse(row.name);
        if (row.isReady() && own && version && *version < *own && (!best || *version > *best)) {
            best = *version;
            base = row.name;
        }
    }
    for (const QString &other : m_names) {
        base = base.isEmpty() && other != bundle ? other : base;
    }
    return base;
}

void ComparePage::compare(const QString &before, const QString &after)
{
    fillChoices();
    m_after->setCurrentIndex(m_after->findData(after));
    m_before->setCurrentIndex(m_before->findData(before.isEmpty() ? baseFor(after) : before));
    start();
}

void ComparePage::start()
{
    const quint64 attempt = ++m_attempt;
    m_job->cancel();
    m_job->clear();
    m_beforeFrom->setText({});
    m_afterFrom->setText({});
    const QString before = m_before->currentData().toString();
    const QString after = m_after->currentData().toString();
    m_states->setCurrentWidget(m_empty);
    if (before.isEmpty() || after.isEmpty() || before == after) {
        m_empty->set(Icon::Compare, before == after && !after.isEmpty()
                                        ? tr("Both are the same bundle. Choose another one.")
                                        : tr("Choose two bundles."));
        return;
    }
    m_empty->set(Icon::Compare, tr("Both bundles are opened on this computer and compared file by file."));
    m_job->follow(m_shelf.compare(before, after, this,
                                  [this, attempt](const Result<workspace::BundleDifference> &difference) {
                                      if (attempt != m_attempt) {
                                          return;
                                      }
                                      m_job->clear();
                                      if (difference) {
                                          show(*difference);
                                      } else {
                                          m_error->setError(difference.error());
                                          m_states->setCurrentWidget(m_error);
                                      }
                                  }));
}

void ComparePage::showSide(Label *label, const workspace::BundleSide &side) const
{
    const QString source = side.source == release::ArtifactFile::Source::Local
                               ? tr("the artifact on this computer")
                               : tr("downloaded from the server");
    label->setText(side.key ? tr("%1, decrypted with the key %2")
                                  .arg(source, side.key->fingerprint.words().mid(0, 3).join(QLatin1Char(' ')))
                            : tr("%1, not encrypted").arg(source));
}

void ComparePage::show(const workspace::BundleDifference &difference)
{
    showSide(m_beforeFrom, difference.before);
    showSide(m_afterFrom, difference.after);
    const bundle::BundleComparison &found = difference.comparison;
    qint64 counts[3] = {};
    qint64 growth[3] = {};
    for (const bundle::FileDifference &file : found.differences) {
        ++counts[static_cast<int>(file.change)];
        growth[static_cast<int>(file.change)] += file.newSize - file.oldSize;
    }
    const auto fill = [&](Tile *tile, FileChange change) {
        const int at = static_cast<int>(change);
        tile->setFigure(formatCount(counts[at]));
        const QString size = formatBytes(std::abs(growth[at]));
        tile->setContext(counts[at] == 0  ? tr("none")
                         : growth[at] < 0 ? tr("%1 less").arg(size)
                                          : tr("%1 more").arg(size));
    };
    fill(m_added, FileChange::Added);
    fill(m_changed, FileChange::Changed);
    fill(m_removed, FileChange::Removed);
    m_size->setFigure(tr("%1 → %2").arg(formatBytes(found.oldBytes), formatBytes(found.newBytes)));
    m_size->setContext(tr("%n files are the same", nullptr, static_cast<int>(found.unchanged)));
    m_table.setRows(found.differences);
    m_states->setCurrentWidget(found.isSame() ? static_cast<QWidget *>(m_empty) : m_result);
    if (found.isSame()) {
        m_empty->set(Icon::Check, tr("Both bundles hold the same files."));
    }
}

} // namespace gatehouse::widgets
