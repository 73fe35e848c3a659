// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/secrets/passphrasesheet.h"

#include "widgets/common/format.h"
#include "widgets/common/label.h"
#include "widgets/common/reviewsheet.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace gatehouse::widgets {

namespace {

// Argon2id slows guessing down; it cannot save a passphrase of a few letters.
constexpr qsizetype kShortest = 10;

} // namespace

PassphraseSheet::PassphraseSheet(Theme &theme, const QString &title, const QString &explanation, Mode mode,
                                 QWidget *host)
    : QObject(host)
    , m_mode(mode)
    , m_sheet(new ReviewSheet(theme, title, host))
{
    auto *form = new QWidget;
    auto *layout = new QVBoxLayout(form);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *words = new Label(theme, explanation, FontRole::Body, ColorRole::Text, form);
    words->setWrap(true);
    m_first = new QLineEdit(form);
    m_second = new QLineEdit(form);
    m_first->setObjectName(QStringLiteral("passphraseField"));
    m_first->setAccessibleName(tr("Passphrase"));
    m_second->setObjectName(QStringLiteral("passphraseAgainField"));
    m_second->setAccessibleName(tr("Passphrase again"));
    m_problem = new Label(theme, {}, FontRole::Small, ColorRole::Muted, form);
    m_problem->setWrap(true);
    layout->addWidget(words);
    layout->addWidget(new Label(theme, tr("Passphrase"), FontRole::BodyStrong, ColorRole::Text, form));
    layout->addWidget(m_first);
    auto *again = new Label(theme, tr("Once more"), FontRole::BodyStrong, ColorRole::Text, form);
    layout->addWidget(again);
    layout->addWidget(m_second);
    layout->addWidget(m_problem);
    for (QLineEdit *field : {m_first, m_second}) {
        field->setEchoMode(QLineEdit::Password);
        field->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
        connect(field, &QLineEdit::textChanged, this, &PassphraseSheet::validate);
        connect(field, &QLineEdit::returnPressed, this, &PassphraseSheet::confirm);
    }
    again->setVisible(mode == Mode::New);
    m_second->setVisible(mode == Mode::New);
    m_sheet->addSection(form);
    m_sheet->setCommentVisible(false);
    connect(m_sheet, &ReviewSheet::confirmed, this, &PassphraseSheet::confirm);
    connect(m_sheet, &QObject::destroyed, this, &QObject::deleteLater);
}

void PassphraseSheet::ask(const QString &verb, Given given)
{
    m_given = std::move(given);
    open(verb);
}

void PassphraseSheet::askUntil(const QString &verb, Attempt attempt)
{
    m_attempt = std::move(attempt);
    open(verb);
}

void PassphraseSheet::open(const QString &verb)
{
    m_sheet->setVerb(verb);
    validate();
    m_sheet->openSheet();
    m_first->setFocus();
}

void PassphraseSheet::validate()
{
    const QString typed = m_first->text();
    QString problem;
    if (m_mode == Mode::New && typed.size() < kShortest) {
        problem = tr("At least %1 characters. Several words that do not belong together are good.")
                      .arg(formatCount(kShortest));
    } else if (m_mode == Mode::New && typed != m_second->text()) {
        problem = tr("Type the same passphrase once more.");
    }
    m_problem->setText(problem);
    m_sheet->setVerbEnabled(problem.isEmpty() && !typed.isEmpty());
}

void PassphraseSheet::confirm()
{
    const bool isGood = !m_first->text().isEmpty() &&
                        (m_mode == Mode::Existing ||
                         (m_first->text().size() >= kShortest && m_first->text() == m_second->text()));
    if (!isGood || m_isBusy || (!m_given && !m_attempt)) {
        return;
    }
    QString typed = m_first->text();
    m_first->clear();
    m_second->clear();
    Secret passphrase = Secret::fromTyped(typed);
    if (m_attempt) {
        setBusy(true);
        m_attempt(std::move(passphrase), [self = QPointer<PassphraseSheet>(this)](const Result<void> &done) {
            if (self) {
                self->finish(done);
            }
        });
        return;
    }
    const Given given = std::exchange(m_given, {});
    if (m_sheet) {
        m_sheet->closeSheet();
    }
    given(std::move(passphrase));
}

void PassphraseSheet::setBusy(bool busy)
{
    m_isBusy = busy;
    m_first->setEnabled(!busy);
    m_second->setEnabled(!busy);
    if (m_sheet) {
        m_sheet->setBusy(busy);
    }
}

void PassphraseSheet::finish(const Result<void> &done)
{
    if (!m_sheet) {
        return;
    }
    setBusy(false);
    if (done) {
        m_sheet->closeSheet();
        return;
    }
    m_sheet->showError(done.error());
    m_first->setFocus();
}

} // namespace gatehouse::widgets
