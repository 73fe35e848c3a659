// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/chartpanel.h"

#include "widgets/common/button.h"
#include "widgets/common/chartlegend.h"
#include "widgets/common/charttable.h"
#include "widgets/common/chartview.h"
#include "widgets/common/prompts.h"
#include "widgets/common/tableview.h"

#include <QBoxLayout>
#include <QBuffer>
#include <QHeaderView>
#include <QMenu>
#include <QSaveFile>
#include <QStackedWidget>

namespace gatehouse::widgets {

namespace {

constexpr int kUpdateMs = 500;
constexpr qreal kExportScale = 2.0;

Result<void> writeFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.flush() ||
        !file.commit()) {
        return makeError(ErrorKind::Io, "chart.export",
                         ChartPanel::tr("The chart could not be written to \"%1\".").arg(path),
                         file.errorString(), ChartPanel::tr("Choose another folder, or free some space."));
    }
    return {};
}

} // namespace

ChartPanel::ChartPanel(const Theme &theme, Prompts &prompts, const QString &title, const QString &objectName,
                       QWidget *parent)
    : Card(theme, title, parent)
    , m_theme(theme)
    , m_prompts(prompts)
    , m_title(title)
    , m_legend(new ChartLegend(theme))
    , m_view(new ChartView(theme))
    , m_model(new ChartTable(this))
    , m_table(new TableView(theme))
    , m_stack(new QStackedWidget)
    , m_tableSwitch(quietButton(theme, tr("Table"), objectName + QStringLiteral("TableButton")))
{
    setObjectName(objectName);
    m_tableSwitch->setSmall(true);
    m_tableSwitch->setCheckable(true);
    m_tableSwitch->setAccessibleName(tr("%1 as a table").arg(title));
    auto *exports = iconButton(theme, Icon::Download, tr("Export %1").arg(title),
                               objectName + QStringLiteral("ExportButton"));
    m_view->setObjectName(objectName + QStringLiteral("View"));
    m_view->setAccessibleName(title);
    m_table->setObjectName(objectName + QStringLiteral("Table"));
    m_table->setAccessibleName(tr("Values of %1").arg(title));
    m_table->setCompact(true);
    m_table->setEdgePadding(metrics::kSpace2);
    m_table->setModel(m_model);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_table);
    addAction(m_legend);
    addAction(m_tableSwitch);
    addAction(exports);
    body()->addWidget(m_stack, 1);
    m_pending.setSingleShot(true);

    connect(&m_pending, &QTimer::timeout, this, &ChartPanel::apply);
    connect(m_tableSwitch, &QPushButton::toggled, this, &ChartPanel::setTableVisible);
    connect(m_view, &ChartView::rangeChosen, this, &ChartPanel::rangeChosen);
    connect(exports, &QPushButton::clicked, this, [this, exports] {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        connect(menu->addAction(tr("Picture (PNG)…")), &QAction::triggered, this,
                [this] { askExport(true); });
        connect(menu->addAction(tr("Values (CSV)…")), &QAction::triggered, this,
                [this] { askExport(false); });
        menu->popup(exports->mapToGlobal(QPoint(0, exports->height() + 2)));
    });
}

void ChartPanel::setData(const ChartData &data)
{
    m_data = data;
    if (!m_sinceApplied.isValid() || m_sinceApplied.elapsed() >= kUpdateMs) {
        apply();
    } else if (!m_pending.isActive()) {
        m_pending.start(static_cast<int>(kUpdateMs - m_sinceApplied.elapsed()));
    }
}

void ChartPanel::apply()
{
    m_sinceApplied.start();
    m_legend->setData(m_data);
    m_view->setData(m_data);
    m_view->setAccessibleDescription(describe(m_data));
    m_model->setChart(m_data);
    for (int column = 0; column < m_model->columnCount(); ++column) {
        m_table->setColumnWidth(column, qMax(120, m_table->width() / qMax(1, m_model->columnCount())));
    }
}

void ChartPanel::setTableVisible(bool visible)
{
    m_tableSwitch->setChecked(visible);
    m_stack->setCurrentWidget(visible ? static_cast<QWidget *>(m_table) : m_view);
}

void ChartPanel::setLegendVisible(bool visible)
{
    m_legend->setVisible(visible);
}

void ChartPanel::askExport(bool picture)
{
    QString name = m_title.toLower().replace(QLatin1Char(' '), QLatin1Char('-'));
    name += picture ? QStringLiteral(".png") : QStringLiteral(".csv");
    const QString filter = picture ? tr("PNG picture (*.png)") : tr("Comma separated values (*.csv)");
    m_prompts.saveFile(this, tr("Export %1").arg(m_title), name, filter,
                       [this, picture](const QString &path) {
                           const Result<void> written = picture ? exportPng(path) : exportCsv(path);
                           if (written) {
                               Q_EMIT exported(path);
                           } else {
                               Q_EMIT exportFailed(written.error());
                           }
                       });
}

Result<void> ChartPanel::exportPng(const QString &path) const
{
    QPixmap picture((QSizeF(size()) * kExportScale).toSize());
    picture.setDevicePixelRatio(kExportScale);
    picture.fill(m_theme.color(ColorRole::Surface));
    const_cast<ChartPanel *>(this)->render(&picture); // render() is not const, but changes nothing here
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    picture.save(&buffer, "PNG");
    return writeFile(path, bytes);
}

Result<void> ChartPanel::exportCsv(const QString &path) const
{
    return writeFile(path, toCsv(m_data));
}

} // namespace gatehouse::widgets
