// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bundles/bundlelistpage.h"

#include "core/foreigntext.h"
#include "widgets/bundles/bundledetails.h"
#include "widgets/common/banner.h"
#include "widgets/common/button.h"
#include "widgets/common/card.h"
#include "widgets/common/pageheader.h"
#include "widgets/common/searchfield.h"
#include "widgets/common/statepage.h"
#include "widgets/common/tableview.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

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
class WordedBundles final : public QSortFilterProxyModel
{
public:
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        if (role == Qt::DisplayRole && index.column() == tables::BundleTable::State) {
            return wordOf(static_cast<tables::BundleUse>(index.data(tables::StateRole).toInt()));
        }
        return QSortFilterProxyModel::data(index, role);
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

BundleListPage::BundleListPage(Theme &theme, workspace::Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_table(workspace.bundles(), workspace.channels())
    , m_proxy(std::make_unique<WordedBundles>())
    , m_search(
          new SearchField(theme, tr("Search version or notes"), QStringLiteral("bundleSearchField"), this))
    , m_trouble(new Banner(theme, Tone::Danger, this))
    , m_states(new StatePage(theme, Skeleton::Shape::Rows, this))
    , m_view(new TableView(theme))
    , m_details(new BundleDetails(theme, workspace))
{
    auto *header = new PageHeader(theme, tr("Bundles"), this);
    m_search->setFixedWidth(240);
    header->addFilter(m_search);
    auto *create = filledButton(theme, tr("New bundle"), QStringLiteral("newBundleButton"), header);
    create->setLineIcon(Icon::Plus);
    create->setAccessibleName(tr("New bundle"));
    header->setPrimary(create);

    m_proxy->setSourceModel(&m_table);
    m_proxy->setSortRole(tables::SortRole);
    m_proxy->setFilterKeyColumn(-1);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
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
    layout->addWidget(m_trouble);
    layout->addWidget(m_states, 1);
    m_trouble->hide();

    connect(m_search, &SearchField::searchChanged, m_proxy.get(),
            &QSortFilterProxyModel::setFilterFixedString);
    connect(create, &QPushButton::clicked, this, &BundleListPage::newBundleRequested);
    connect(m_states, &StatePage::emptyActionRequested, this, &BundleListPage::newBundleRequested);
    connect(m_states, &StatePage::retryRequested, &workspace.bundles(),
            &workspace::BundlesRepository::refresh);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &BundleListPage::showSelected);
    connect(&m_table, &QAbstractItemModel::dataChanged, this, &BundleListPage::showSelected);
    connect(m_details, &BundleDetails::rollOutRequested, this, &BundleListPage::rollOutRequested);
    connect(m_details, &BundleDetails::removeRequested, this, &BundleListPage::removeBundle);
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
    if (!m_view->currentIndex().isValid() && m_proxy->rowCount() > 0) {
        m_view->selectRow(0);
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
            m_view->selectRow(row);
            return;
        }
    }
}

void BundleListPage::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

void BundleListPage::removeBundle(const QString &bundle)
{
    m_workspace.bundles().remove(bundle, this, [this](const Result<void> &done) {
        m_trouble->setVisible(!done);
        if (!done) {
            m_trouble->setMessage(
                displayable(done.error().what, 300),
                displayable(QString(done.error().cause + QLatin1Char(' ') + done.error().remedy), 600));
        }
    });
}

} // namespace gatehouse::widgets
