// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "widgets/common/card.h"
#include "widgets/common/chartdata.h"

#include <QElapsedTimer>
#include <QTimer>

class QStackedWidget;

namespace gatehouse::widgets {

class Button;
class ChartLegend;
class ChartTable;
class ChartView;
class Prompts;
class TableView;

/// A chart in a card: title, legend, a switch to the same data as a table, export as picture or CSV. Takes at
/// most two updates a second; what comes faster waits, and only the newest is drawn.
class ChartPanel : public Card
{
    Q_OBJECT

public:
    /// @param prompts  asks where to export; must outlive the panel
    ChartPanel(const Theme &theme, Prompts &prompts, const QString &title, const QString &objectName,
               QWidget *parent = nullptr);

    void setData(const ChartData &data);
    [[nodiscard]] const ChartData &data() const { return m_data; }
    void setTableVisible(bool visible);
    void setLegendVisible(bool visible);
    /// Without a card's outline and padding, for use inside another card.
    [[nodiscard]] ChartView *view() const { return m_view; }

    /// Writes what is shown. @error Io "chart.export"
    [[nodiscard]] Result<void> exportPng(const QString &path) const;
    [[nodiscard]] Result<void> exportCsv(const QString &path) const;

Q_SIGNALS:
    void exported(const QString &path);
    void exportFailed(const gatehouse::Error &error);
    void rangeChosen(std::optional<gatehouse::UtcTime> from, std::optional<gatehouse::UtcTime> to);

private:
    void apply();
    void askExport(bool picture);

    const Theme &m_theme;
    Prompts &m_prompts;
    QString m_title;
    ChartData m_data;
    ChartLegend *m_legend;
    ChartView *m_view;
    ChartTable *m_model;
    TableView *m_table;
    QStackedWidget *m_stack;
    Button *m_tableSwitch;
    QTimer m_pending;
    QElapsedTimer m_sinceApplied;
};

} // namespace gatehouse::widgets
