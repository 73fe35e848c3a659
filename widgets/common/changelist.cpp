// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/changelist.h"

#include "core/foreigntext.h"

#include <QGridLayout>
#include <QPainter>

namespace gatehouse::widgets {

ChangeList::ChangeList(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(10, 6, 10, 7);
    m_grid->setHorizontalSpacing(metrics::kSpace4);
    m_grid->setVerticalSpacing(13);
    m_grid->setColumnStretch(0, 4);
    m_grid->setColumnStretch(1, 2);
    m_grid->setColumnStretch(2, 5);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ChangeList::addCell(int row, int column, const QString &text, FontRole font, ColorRole color)
{
    auto *cell = new Label(m_theme, displayable(text), font, color);
    cell->setWrap(true);
    m_grid->addWidget(cell, row, column, Qt::AlignVCenter);
    m_cells.append(cell);
}

void ChangeList::setChanges(const QVector<ReviewChange> &changes)
{
    qDeleteAll(m_cells);
    m_cells.clear();
    const QStringList heads = {tr("What changes"), tr("Now"), tr("Then")};
    for (int column = 0; column < heads.size(); ++column) {
        addCell(0, column, heads.at(column), FontRole::SmallStrong, ColorRole::Muted);
    }
    int row = 1;
    for (const ReviewChange &change : changes) {
        const bool same = change.now == change.then;
        addCell(row, 0, change.what, FontRole::Body, ColorRole::Text);
        addCell(row, 1, change.now, FontRole::Body, ColorRole::Muted);
        addCell(row, 2, change.then, same ? FontRole::Body : FontRole::BodyStrong,
                same ? ColorRole::Muted : ColorRole::Text);
        ++row;
    }
    update();
}

void ChangeList::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.color(ColorRole::Border));
    painter.setBrush(m_theme.color(ColorRole::Surface));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::kControlRadius,
                            metrics::kControlRadius);
    painter.setRenderHint(QPainter::Antialiasing, false);
    constexpr int kColumns = 3;
    for (qsizetype first = kColumns; first + 2 < m_cells.size(); first += kColumns) {
        int top = height();
        for (qsizetype column = 0; column < kColumns; ++column) {
            top = qMin(top, m_cells.at(first + column)->geometry().top());
        }
        painter.drawLine(1, top - 7, width() - 2, top - 7);
    }
}

} // namespace gatehouse::widgets
