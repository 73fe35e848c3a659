// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/reviewsheet.h"

#include "core/foreigntext.h"
#include "widgets/common/accessibility.h"
#include "widgets/common/banner.h"
#include "widgets/common/button.h"
#include "widgets/common/changelist.h"

#include <QApplication>
#include <QBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QStyle>

namespace gatehouse::widgets {

namespace {

constexpr int kPanelWidth = 500;
constexpr int kShadowWidth = 24;
constexpr int kSlideMs = 140;

} // namespace

ReviewSheet::ReviewSheet(const Theme &theme, const QString &title, QWidget *host)
    : QWidget(withAccessibility(host))
    , m_theme(theme)
    , m_panel(new QWidget(this))
    , m_column(new QVBoxLayout(m_panel))
    , m_sections(new QVBoxLayout)
{
    setObjectName(QStringLiteral("reviewSheet"));
    setAccessibleName(title);
    setFocusPolicy(Qt::StrongFocus);
    m_panel->setObjectName(QStringLiteral("reviewPanel"));
    m_column->setContentsMargins(22, 18, 22, 18);
    m_column->setSpacing(14);
    buildHead(title);
    buildBody();
    buildFoot();
    m_animation.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_animation, &QVariantAnimation::valueChanged, this, [this](const QVariant &value) {
        m_shown = value.toDouble();
        layPanel();
        update();
    });
    connect(&m_animation, &QVariantAnimation::finished, this, [this] {
        if (m_closing) {
            hide();
            deleteLater();
        }
    });
    host->installEventFilter(this);
    hide();
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
    m_column->addLayout(row);
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
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(14);
    m_error = new Banner(m_theme, Tone::Danger);
    m_error->hide();
    column->addWidget(m_error);
    m_changes = new ChangeList(m_theme);
    m_changes->hide();
    column->addWidget(m_changes);
    m_impact = new ImpactStrip(m_theme);
    m_impact->hide();
    column->addWidget(m_impact);
    m_sections->setSpacing(metrics::kSpace2);
    column->addLayout(m_sections);

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
    m_comment->installEventFilter(this);
    connect(m_comment, &QPlainTextEdit::textChanged, this, &ReviewSheet::refreshVerb);
    comment->addWidget(m_commentLabel);
    comment->addWidget(m_comment);
    column->addWidget(m_commentHost);

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
    column->addWidget(m_typedHost);
    column->addStretch(1);
    scroll->setWidget(body);
    body->setAutoFillBackground(false); // setWidget turns it on
    m_column->addWidget(scroll, 1);
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
    m_column->addLayout(foot);
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

void ReviewSheet::openSheet()
{
    m_focusBefore = QApplication::focusWidget();
    m_closing = false;
    setGeometry(parentWidget()->rect());
    m_shown = 0.0;
    layPanel();
    show();
    raise();
    slide(0.0, 1.0);
    if (!m_commentHost->isHidden()) {
        m_comment->setFocus();
    } else if (m_verb->isEnabled()) {
        m_verb->setFocus();
    } else {
        m_close->setFocus();
    }
}

void ReviewSheet::closeSheet()
{
    if (m_closing) {
        return;
    }
    m_closing = true;
    if (m_focusBefore && m_focusBefore->isVisible()) {
        m_focusBefore->setFocus();
    }
    slide(m_shown, 0.0);
}

void ReviewSheet::dismiss()
{
    if (m_busy || m_closing) {
        return;
    }
    Q_EMIT dismissed();
    closeSheet();
}

void ReviewSheet::slide(double from, double to)
{
    m_animation.stop();
    m_animation.setStartValue(from);
    m_animation.setEndValue(to);
    m_animation.setDuration(m_theme.motionMs(kSlideMs));
    m_animation.start();
}

void ReviewSheet::layPanel()
{
    const int panelWidth = qMin(kPanelWidth, width() - 40);
    const int hidden = static_cast<int>((1.0 - m_shown) * panelWidth);
    const QRect place(width() - panelWidth + hidden, 0, panelWidth, height());
    m_panel->setGeometry(QStyle::visualRect(layoutDirection(), rect(), place));
}

void ReviewSheet::resizeEvent(QResizeEvent *event)
{
    layPanel();
    QWidget::resizeEvent(event);
}

bool ReviewSheet::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && !isHidden()) {
        setGeometry(parentWidget()->rect());
    }
    if (watched == m_comment && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if ((enter && key->modifiers().testFlag(Qt::ControlModifier)) || key->key() == Qt::Key_Escape) {
            keyPressEvent(static_cast<QKeyEvent *>(event));
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ReviewSheet::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape) {
        dismiss();
    } else if (enter && event->modifiers().testFlag(Qt::ControlModifier)) {
        m_verb->click();
    } else {
        // Swallowed: the page below must not act on keys while it is covered.
        event->accept();
    }
}

void ReviewSheet::mousePressEvent(QMouseEvent *event)
{
    if (!m_panel->geometry().contains(event->position().toPoint())) {
        dismiss();
    }
    event->accept();
}

bool ReviewSheet::focusNextPrevChild(bool next)
{
    QList<QWidget *> stops;
    QWidget *first = m_panel->nextInFocusChain();
    for (QWidget *widget = first; widget; widget = widget->nextInFocusChain()) {
        const bool canFocus = widget->focusPolicy() & Qt::TabFocus;
        if (m_panel->isAncestorOf(widget) && canFocus && widget->isEnabled() && widget->isVisibleTo(this) &&
            !widget->focusProxy()) {
            stops.append(widget);
        }
        if (widget->nextInFocusChain() == first) {
            break;
        }
    }
    if (stops.isEmpty()) {
        return true;
    }
    const auto at = stops.indexOf(QApplication::focusWidget());
    const auto count = stops.size();
    const auto to = at < 0 ? 0 : (at + (next ? 1 : count - 1)) % count;
    stops.at(to)->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

void ReviewSheet::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    QColor scrim = m_theme.color(ColorRole::Window);
    scrim.setAlphaF(static_cast<float>(0.62 * m_shown));
    painter.fillRect(rect(), scrim);
    const QRect panel = m_panel->geometry();
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const int edge = mirrored ? panel.right() + 1 : panel.left();
    QLinearGradient shadow(edge, 0, mirrored ? edge + kShadowWidth : edge - kShadowWidth, 0);
    shadow.setColorAt(0, QColor(0, 0, 0, m_theme.isDark() ? 110 : 38));
    shadow.setColorAt(1, QColor(0, 0, 0, 0));
    painter.fillRect(QRect(mirrored ? edge : edge - kShadowWidth, 0, kShadowWidth, height()), shadow);
    painter.fillRect(panel, m_theme.color(ColorRole::Surface));
    painter.fillRect(QRect(mirrored ? edge - 1 : edge, 0, 1, height()), m_theme.color(ColorRole::Border));
}

} // namespace gatehouse::widgets
