// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bundles/bundlelistpage.h"

#include "widgets/bundles/bundledetails.h"
#include "widgets/bundles/deletesheet.h"
#include "widgets/bundles/inspectsheet.h"
#include "widgets/common/button.h"
#include "widgets/common/card.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/format.h"
#include "widgets/common/pageheader.h"
#include "widgets/common/searchfield.h"
#include "widgets/common/segmentedcontrol.h"
#include "widgets/common/statepage.h"
#include "widgets/common/tableview.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::widgets {

namespace {

constexpr int kDetailsWidth = 300;

QString wordOf(tables::BundleUse use)
{
    switch (use) {
    case tables::BundleUse::Unused:
        return BundleListPage::tr("ready");
    case tables::BundleUse::Live:
        return BundleListPage::tr("live");
    case tables::BundleUse::RollingOut:
        return BundleListPage::tr("rolling out");
    case tables::BundleUse::Uploading:
        return BundleListPage::tr("uploading");
    }
    return {};
}

/// The table's state column as words: the model answers with the enum.
class WordedBundles final : public tables::BundleFilter
{
public:
    using BundleFilter::BundleFilter;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        if (role == Qt::DisplayRole && index.column() == tables::BundleTable::State) {
            return wordOf(static_cast<tables::BundleUse>(index.data(tables::StateRole).toInt()));
        }
        return BundleFilter::data(index, role);
    }
};

PillLook pillOf(tables::BundleUse use)
{
    switch (use) {
    case tables::BundleUse::Unused:
        return {Tone::Neutral, Icon::Check};
    case tables::BundleUse::Live:
        return {Tone::Ok, Icon::Live};
    case tables::BundleUse::RollingOut:
        return {Tone::Accent, Icon::Play};
    case tables::BundleUse::Uploading:
        return {Tone::Warning, Icon::Upload};
    }
    return {};
}

} // namespace

BundleListPage::BundleListPage(Theme &theme, workspace::Workspace &workspace, workspace::BundleShelf &shelf,
                               Prompts &prompts, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_shelf(shelf)
    , m_prompts(prompts)
    , m_table(workspace.bundles(), workspace.channels(), formatBytes)
    , m_proxy(std::make_unique<WordedBundles>(m_table))
    , m_search(
          new SearchField(theme, tr("Search version or notes"), QStringLiteral("bundleSearchField"), this))
    , m_show(new SegmentedControl(theme, tr("Which bundles"), {tr("All"), tr("In use"), tr("Not used")},
                                  QStringLiteral("bundleFilter"), this))
    , m_states(new StatePage(theme, Skeleton::Shape::Rows, this))
    , m_view(new TableView(theme))
    , m_noMatch(new EmptyState(theme, Icon::Filter, tr("No bundle matches."), tr("Show all bundles")))
    , m_details(new BundleDetails(theme))
{
    auto *header = new PageHeader(theme, tr("Bundles"), this);
    m_search->setFixedWidth(240);
    header->addFilter(m_search);
    header->addFilter(m_show);
    auto *create = filledButton(theme, tr("New bundle"), QStringLiteral("newBundleButton"), header);
    create->setLineIcon(Icon::Plus);
    create->setAccessibleName(tr("New bundle"));
    header->setPrimary(create);

    m_view->setObjectName(QStringLiteral("bundleTable"));
    m_view->setAccessibleName(tr("Bundles of the app"));
    m_view->setModel(m_proxy.get());
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(tables::BundleTable::Created, Qt::DescendingOrder);
    ColumnLook version;
    version.font = FontRole::MonoStrong;
    m_view->setColumnLook(tables::BundleTable::Version, version);
    ColumnLook state;
    state.pill = [](const QModelIndex &index) -> std::optional<PillLook> {
        return pillOf(static_cast<tables::BundleUse>(index.data(tables::StateRole).toInt()));
    };
    m_view->setColumnLook(tables::BundleTable::State, state);
    QHeaderView *columns = m_view->horizontalHeader();
    columns->setSectionResizeMode(QHeaderView::ResizeToContents);
    columns->setSectionResizeMode(tables::BundleTable::Notes, QHeaderView::Stretch);

    auto *tableCard = new Card(theme);
    tableCard->setFlush(true);
    tableCard->body()->addWidget(m_view);
    tableCard->body()->addWidget(m_noMatch, 1);
    auto *content = new QWidget;
    auto *row = new QHBoxLayout(content);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kCardGap);
    row->addWidget(tableCard, 1);
    row->addWidget(m_details, 0, Qt::AlignTop);
    m_details->setFixedWidth(kDetailsWidth);
    m_states->setContent(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kPagePadding, 20, metrics::kPagePadding, metrics::kSpace4);
    layout->setSpacing(metrics::kSpace3);
    layout->addWidget(header);
    layout->addWidget(m_states, 1);

    connect(m_search, &SearchField::searchChanged, this, [this](const QString &text) {
        m_proxy->setWords(text);
        showMatches();
    });
    connect(m_show, &SegmentedControl::currentChanged, this, [this](int index) {
        m_proxy->setShow(static_cast<tables::BundleFilter::Show>(index));
        showMatches();
    });
    connect(m_noMatch, &EmptyState::actionRequested, this, [this] {
        m_search->clear();
        m_proxy->setWords({});
        m_show->setCurrent(0);
        m_proxy->setShow(tables::BundleFilter::Show::All);
        showMatches();
    });
    connect(create, &QPushButton::clicked, this, &BundleListPage::newBundleRequested);
    connect(m_states, &StatePage::emptyActionRequested, this, &BundleListPage::newBundleRequested);
    connect(m_states, &StatePage::retryRequested, &workspace.bundles(),
            &workspace::BundlesRepository::refresh);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &BundleListPage::showSelected);
    connect(&m_table, &QAbstractItemModel::dataChanged, this, &BundleListPage::showSelected);
    connect(m_details, &BundleDetails::rollOutRequested, this, &BundleListPage::rollOutRequested);
    connect(m_details, &BundleDetails::compareRequested, this, &BundleListPage::compareRequested);
    connect(m_details, &BundleDetails::inspectRequested, this, &BundleListPage::inspect);
    connect(m_details, &BundleDetails::removeRequested, this, &BundleListPage::askRemove);
    connect(&workspace.bundles(), &workspace::Repository::stateChanged, this, &BundleListPage::follow);
    connect(&workspace.bundles(), &workspace::Repository::changed, this, &BundleListPage::follow);
    follow();
}

void BundleListPage::follow()
{
    workspace::BundlesRepository &bundles = m_workspace.bundles();
    switch (bundles.state()) {
    case workspace::LoadState::Nothing:
    case workspace::LoadState::Loading:
        m_states->showLoading();
        return;
    case workspace::LoadState::Failed:
        m_states->showError(*bundles.error());
        return;
    case workspace::LoadState::Ready:
        break;
    }
    if (bundles.rows().isEmpty()) {
        m_states->showEmpty(Icon::Bundles, tr("No bundle yet. Build one from your web folder."),
                            tr("Build the first bundle"));
        return;
    }
    m_states->showContent();
    showMatches();
}

void BundleListPage::showMatches()
{
    const bool isAny = m_proxy->rowCount() > 0;
    m_view->setVisible(isAny);
    m_noMatch->setVisible(!isAny);
    if (!m_view->currentIndex().isValid() && isAny) {
        m_view->setCurrentRow(0);
    }
    showSelected();
}

void BundleListPage::showSelected()
{
    const QModelIndex index = m_proxy->mapToSource(m_view->currentIndex());
    const tables::BundleEntry *entry = m_table.rowAt(index);
    m_details->setVisible(entry != nullptr);
    if (entry != nullptr) {
        m_details->show(*entry, wordOf(tables::useOf(*entry)), pillOf(tables::useOf(*entry)).tone);
    }
}

void BundleListPage::select(const QString &bundle)
{
    for (int row = 0; row < m_proxy->rowCount(); ++row) {
        if (m_proxy->index(row, 0).data(tables::KeyRole).toString() == bundle) {
            m_view->setCurrentRow(row);
            return;
        }
    }
}

void BundleListPage::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

void BundleListPage::inspect(const QString &bundle)
{
    (new InspectSheet(m_theme, m_shelf, m_prompts, bundle, this))->begin();
}

void BundleListPage::askRemove(const QString &bundle)
{
    const auto entry = std::find_if(
        m_table.rows().begin(), m_table.rows().end(),
        [&bundle](const tables::BundleEntry &candidate) { return candidate.bundle.name == bundle; });
    if (entry != m_table.rows().end()) {
        (new DeleteSheet(m_theme, m_workspace, m_shelf, *entry, this))->begin();
    }
}

} // namespace gatehouse::widgets
