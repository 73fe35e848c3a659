// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/codeblock.h"

#include "widgets/common/button.h"
#include "widgets/common/copybutton.h"

#include <QBoxLayout>
#include <QFontMetrics>
#include <QPlainTextEdit>
#include <QScrollBar>

namespace gatehouse::widgets {

CodeBlock::CodeBlock(const Theme &theme, const QString &name, const QString &objectName, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_text(new QPlainTextEdit)
    , m_copy(copyButton(theme, tr("Copy %1").arg(name), objectName + QStringLiteral("CopyButton"),
                        [this] { return code(); }))
{
    setObjectName(objectName);
    m_text->setObjectName(objectName + QStringLiteral("Text"));
    m_text->setAccessibleName(name);
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(theme.font(FontRole::Mono));
    // As high as its lines, wherever there is room for more.
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    // Code reads from the left in every language.
    m_text->setLayoutDirection(Qt::LeftToRight);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kSpace1);
    row->addWidget(m_text, 1);
    row->addWidget(m_copy, 0, Qt::AlignTop);
    fit();
}

void CodeBlock::setCode(const QString &code)
{
    m_text->setPlainText(code);
    fit();
}

QString CodeBlock::code() const
{
    return m_text->toPlainText();
}

void CodeBlock::setVisibleLines(int lines)
{
    m_visibleLines = qMax(1, lines);
    fit();
}

void CodeBlock::fit()
{
    const int lines = qBound(1, m_text->blockCount(), m_visibleLines);
    const QFontMetrics metrics(m_text->font());
    int widest = 0;
    for (const QString &line : code().split(QLatin1Char('\n'))) {
        widest = qMax(widest, metrics.horizontalAdvance(line));
    }
    const int bar = widest > 600 ? m_text->horizontalScrollBar()->sizeHint().height() : 0;
    m_text->setFixedHeight(qMax(metrics::kControlHeight, lines * metrics.lineSpacing() + 18 + bar));
}

} // namespace gatehouse::widgets
