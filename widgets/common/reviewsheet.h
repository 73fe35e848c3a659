// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "widgets/common/impactstrip.h"

#include <QPointer>
#include <QVariantAnimation>
#include <QVector>
#include <QWidget>

class QGridLayout;
class QLineEdit;
class QPlainTextEdit;
class QVBoxLayout;

namespace gatehouse::widgets {

class Banner;
class Button;

/// One line of "what changes".
struct ReviewChange
{
    QString what; ///< "production, rolling out"
    QString now;  ///< "nothing"
    QString then; ///< "2.4.2 at 5 %, then 25 %"
};

/// Slides over its host from the right, with a scrim over the rest: what changes, its impact, a comment, and
/// a button with verb and number. Escape closes, Ctrl+Enter confirms, Tab stays inside. It deletes itself
/// after closing.
class ReviewSheet : public QWidget
{
    Q_OBJECT

public:
    enum class Verb { Normal, Dangerous };

    /// @param host  the page it covers; it follows the host's size
    ReviewSheet(const Theme &theme, const QString &title, QWidget *host);

    void setChanges(const QVector<ReviewChange> &changes);
    void setImpact(const QVector<ImpactFigure> &figures);
    /// What else the page has to say, between impact and comment: approvers, checks.
    void addSection(QWidget *section);
    void setCommentRequired(bool required);
    void setCommentVisible(bool visible);
    void setComment(const QString &comment);
    [[nodiscard]] QString comment() const;
    /// For what can never be undone: this name must be typed before the verb can be pressed.
    void setTypedConfirmation(const QString &name);
    /// "Take back from 41 devices"
    void setVerb(const QString &text, Verb verb = Verb::Normal);
    void setVerbEnabled(bool enabled);
    /// Another way out beside the verb: "Decline…". Owned by the sheet.
    void addButton(QWidget *button);
    /// Small words at the foot: "Your identity asks for its passphrase".
    void setFootnote(const QString &text);
    /// While the change is on its way nothing can be pressed.
    void setBusy(bool busy);
    /// It did not work: says so inside the sheet, which stays open.
    void showError(const Error &error);

    void openSheet();
    void closeSheet();

Q_SIGNALS:
    /// The verb was pressed. The sheet stays until closeSheet(), so that a failure can be shown in it.
    void confirmed(const QString &comment);
    /// Closed without the verb.
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void buildHead(const QString &title);
    void buildBody();
    void buildFoot();
    void layPanel();
    void refreshVerb();
    void dismiss();
    void slide(double from, double to);

    const Theme &m_theme;
    QWidget *m_panel;
    QVBoxLayout *m_column;
    QVBoxLayout *m_sections;
    QWidget *m_changes = nullptr;
    ImpactStrip *m_impact = nullptr;
    Banner *m_error = nullptr;
    QWidget *m_commentHost = nullptr;
    Label *m_commentLabel = nullptr;
    QPlainTextEdit *m_comment = nullptr;
    QWidget *m_typedHost = nullptr;
    Label *m_typedLabel = nullptr;
    QLineEdit *m_typed = nullptr;
    QString m_typedName;
    Label *m_footnote = nullptr;
    QWidget *m_footButtons = nullptr;
    Button *m_verb = nullptr;
    Button *m_close = nullptr;
    QPointer<QWidget> m_focusBefore;
    QVariantAnimation m_animation;
    double m_shown = 1.0;
    bool m_closing = false;
    bool m_busy = false;
    bool m_verbEnabled = true;
    bool m_commentRequired = false;
};

} // namespace gatehouse::widgets
