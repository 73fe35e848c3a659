// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "widgets/common/impactstrip.h"
#include "widgets/common/slideover.h"

#include <QPointer>
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

/// What changes, its impact, a comment, and a button with verb and number, on a panel over the page.
/// Ctrl+Enter confirms.
class ReviewSheet : public SlideOver
{
    Q_OBJECT

public:
    enum class Verb { Normal, Dangerous };

    ReviewSheet(const Theme &theme, const QString &title, QWidget *host);

    void setChanges(const QVector<ReviewChange> &changes);
    void setImpact(const QVector<ImpactFigure> &figures);
    /// What else the page has to say, between impact and comment: approvers, checks.
    void addSection(QWidget *section);
    /// Stays in sight above the verb while the rest scrolls. Owned by the sheet.
    void pinSection(QWidget *section);
    /// Where typing begins, when that is not the comment. Belongs to a section.
    void setFirstFocus(QWidget *widget);
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

Q_SIGNALS:
    /// The verb was pressed. The sheet stays until closeSheet(), so that a failure can be shown in it.
    void confirmed(const QString &comment);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    [[nodiscard]] bool mayLeave() const override { return !m_busy; }
    [[nodiscard]] QWidget *firstFocus() const override;
    void confirm() override;

private:
    void buildHead(const QString &title);
    void buildBody();
    void buildFoot();
    void refreshVerb();

    const Theme &m_theme;
    QVBoxLayout *m_sections;
    QVBoxLayout *m_pinned;
    QPointer<QWidget> m_firstFocus;
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
    bool m_busy = false;
    bool m_verbEnabled = true;
    bool m_commentRequired = false;
};

} // namespace gatehouse::widgets
