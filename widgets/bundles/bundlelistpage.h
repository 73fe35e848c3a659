// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tables/bundletable.h"
#include "widgets/theme/theme.h"
#include "workspace/workspace.h"

#include <QSortFilterProxyModel>
#include <QWidget>

#include <memory>

namespace gatehouse::widgets {

class Banner;
class BundleDetails;
class SearchField;
class StatePage;
class TableView;

/// The bundles of the app as a table, with search and the details of the selected one.
class BundleListPage final : public QWidget
{
    Q_OBJECT

public:
    BundleListPage(Theme &theme, workspace::Workspace &workspace, QWidget *parent = nullptr);
    void select(const QString &bundle);
    void focusSearch();

Q_SIGNALS:
    void newBundleRequested();
    void rollOutRequested(const QString &bundle);

private:
    void follow();
    void showSelected();
    void removeBundle(const QString &bundle);

    Theme &m_theme;
    workspace::Workspace &m_workspace;
    tables::BundleTable m_table;
    std::unique_ptr<QSortFilterProxyModel> m_proxy;
    SearchField *m_search;
    Banner *m_trouble;
    StatePage *m_states;
    TableView *m_view;
    BundleDetails *m_details;
};

} // namespace gatehouse::widgets
