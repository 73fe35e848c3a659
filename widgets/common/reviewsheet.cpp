// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/reviewsheet.h"

#include "core/foreigntext.h"
#include "widgets/common/banner.h"
#include "widgets/common/button.h"
#include "widgets/common/changelist.h"
#include "widgets/common/pinnedarea.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>

namespace gatehouse::widgets {

ReviewSheet::ReviewSheet(const Theme &theme, const QString &title, QWidget *host)
    : SlideOver(theme, host)
    , m_theme(theme)
    , m_sections(new QVBoxLayout)
    , m_pinned(new QVBoxLayout)
{
    setObjectName(QStringLiteral("reviewSheet"));
    setAccessibleName(title);
    buildHead(title);
    buildBody();
    buildFoot();
}

void ReviewSheet::buildHead(const QString &title)
{
    auto *heading = new Label(m_theme, title, FontRole::PageTitle);
    heading->setWrap(true);
    m_close = quietButton(m_theme, tr("Esc"), QStringLiteral("closeSheetButton"));
    m_close->setAccessibleName(tr("Close the review sheet"));
    m_close->setSmall(true);
    connect(m_close, &QPushButton::clicked, this, &ReviewSheet::dismiss);
    auto *row = new QHBoxLayout;
    row->addWidget(heading, 1);
    row->addWidget(m_close, 0, Qt::AlignTop);
    column()->addLayout(row);
}

void ReviewSheet::buildBody()
{
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    auto *body = new QWidget;
    body->setAutoFillBackground(false);
    auto *rows = new QVBoxLayout(body);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(14);
    m_error = new Banner(m_theme, Tone::Danger);
    m_error->hide();
    rows->addWidget(m_error);
    m_changes = new ChangeList(m_theme);
    m_changes->hide();
    rows->addWidget(m_changes);
    m_impact = new ImpactStrip(m_theme);
    m_impact->hide();
    rows->addWidget(m_impact);
    m_sections->setSpacing(metrics::kSpace2);
    rows->addLayout(m_sections);

    m_commentHost = new QWidget;
    auto *comment = new QVBoxLayout(m_commentHost);
    comment->setContentsMargins(0, 0, 0, 0);
    comment->setSpacing(metrics::kSpace1);
    m_commentLabel = new Label(m_theme, tr("Comment"), FontRole::Small, ColorRole::Muted);
    m_comment = new QPlainTextEdit;
    m_comment->setObjectName(QStringLiteral("reviewCommentField"));
    m_comment->setAccessibleName(tr("Comment"));
    m_comment->setTabChangesFocus(true);
    m_comment->setFixedHeight(62);
    m_comment->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_comment->installEventFilter(this);
    connect(m_comment, &QPlainTextEdit::textChanged, this, &ReviewSheet::refreshVerb);
    comment->addWidget(m_commentLabel);
    comment->addWidget(m_comment);
    rows->addWidget(m_commentHost);

    m_typedHost = new QWidget;
    auto *typed = new QVBoxLayout(m_typedHost);
    typed->setContentsMargins(0, 0, 0, 0);
    typed->setSpacing(metrics::kSpace1);
    m_typedLabel = new Label(m_theme, {}, FontRole::Small, ColorRole::Muted);
    m_typedLabel->setWrap(true);
    m_typed = new QLineEdit;
    m_typed->setObjectName(QStringLiteral("typedConfirmationField"));
    m_typed->setAccessibleName(tr("Name typed to confirm"));
    connect(m_typed, &QLineEdit::textChanged, this, &ReviewSheet::refreshVerb);
    typed->addWidget(m_typedLabel);
    typed->addWidget(m_typed);
    m_typedHost->hide();
    rows->addWidget(m_typedHost);
    rows->addStretch(1);
    scroll->setWidget(body);
    body->setAutoFillBackground(false); // setWidget turns it on
    column()->addWidget(scroll, 1);
    column()->addLayout(m_pinned);
}

void ReviewSheet::buildFoot()
{
    m_footnote = new Label(m_theme, {}, FontRole::Small, ColorRole::Muted);
    m_footnote->setWrap(true);
    m_footButtons = new QWidget;
    auto *others = new QHBoxLayout(m_footButtons);
    others->setContentsMargins(0, 0, 0, 0);
    m_verb = filledButton(m_theme, tr("Apply"), QStringLiteral("reviewVerbButton"));
    connect(m_verb, &QPushButton::clicked, this, [this] { Q_EMIT confirmed(comment()); });
    auto *foot = new QHBoxLayout;
    foot->setSpacing(metrics::kSpace2);
    foot->addWidget(m_footnote, 1);
    foot->addWidget(m_footButtons);
    foot->addWidget(m_verb);
    column()->addLayout(foot);
}

void ReviewSheet::setChanges(const QVector<ReviewChange> &changes)
{
    static_cast<ChangeList *>(m_changes)->setChanges(changes);
    m_changes->setVisible(!changes.isEmpty());
}

void ReviewSheet::setImpact(const QVector<ImpactFigure> &figures)
{
    m_impact->setFigures(figures);
    m_impact->setVisible(!figures.isEmpty());
}

void ReviewSheet::addSection(QWidget *section)
{
    m_sections->addWidget(section);
}

void ReviewSheet::pinSection(QWidget *section)
{
    m_pinned->addWidget(new PinnedArea(section));
}

void ReviewSheet::setFirstFocus(QWidget *widget)
{
    m_firstFocus = widget;
}

void ReviewSheet::setCommentRequired(bool required)
{
    m_commentRequired = required;
    m_commentLabel->setText(required ? tr("Comment, required here") : tr("Comment"));
    refreshVerb();
}

void ReviewSheet::setCommentVisible(bool visible)
{
    m_commentHost->setVisible(visible);
    refreshVerb();
}

void ReviewSheet::setComment(const QString &comment)
{
    m_comment->setPlainText(comment);
    m_comment->moveCursor(QTextCursor::End);
}

QString ReviewSheet::comment() const
{
    return m_comment->toPlainText().trimmed();
}

void ReviewSheet::setTypedConfirmation(const QString &name)
{
    m_typedName = name;
    m_typedLabel->setText(tr("This can never be undone. Type %1 to confirm.").arg(displayable(name)));
    m_typedHost->setVisible(!name.isEmpty());
    refreshVerb();
}

void ReviewSheet::setVerb(const QString &text, Verb verb)
{
    m_verb->setText(text);
    m_verb->setKind(verb == Verb::Dangerous ? ButtonKind::DangerFilled : ButtonKind::Filled);
}

void ReviewSheet::setVerbEnabled(bool enabled)
{
    m_verbEnabled = enabled;
    refreshVerb();
}

void ReviewSheet::addButton(QWidget *button)
{
    m_footButtons->layout()->addWidget(button);
}

void ReviewSheet::setFootnote(const QString &text)
{
    m_footnote->setText(text);
}

void ReviewSheet::setBusy(bool busy)
{
    m_busy = busy;
    m_comment->setReadOnly(busy);
    m_footButtons->setEnabled(!busy);
    m_close->setEnabled(!busy);
    refreshVerb();
}

void ReviewSheet::showError(const Error &error)
{
    setBusy(false);
    const QString rest = error.cause + (error.remedy.isEmpty() ? QString() : QLatin1Char(' ') + error.remedy);
    m_error->setMessage(displayable(error.what, 400), displayable(rest, 600));
    m_error->show();
}

void ReviewSheet::refreshVerb()
{
    const bool commented = !m_commentRequired || m_commentHost->isHidden() || !comment().isEmpty();
    const bool typed = m_typedName.isEmpty() || m_typed->text() == m_typedName;
    m_verb->setEnabled(m_verbEnabled && !m_busy && commented && typed);
}

QWidget *ReviewSheet::firstFocus() const
{
    if (m_firstFocus) {
        return m_firstFocus;
    }
    if (!m_commentHost->isHidden()) {
        return m_comment;
    }
    return m_verb->isEnabled() ? m_verb : m_close;
}

void ReviewSheet::confirm()
{
    m_verb->click();
}

bool ReviewSheet::eventFilter(QObject *watched, QEvent *event)
{
    // The comment would take these keys for itself.
    if (watched == m_comment && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if ((enter && key->modifiers().testFlag(Qt::ControlModifier)) || key->key() == Qt::Key_Escape) {
            keyPressEvent(static_cast<QKeyEvent *>(event));
            return true;
        }
    }
    return SlideOver::eventFilter(watched, event);
}

} // namespace gatehouse::widgets
