// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"
#include "widgets/theme/theme.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QLineEdit;

namespace gatehouse::widgets {

class Label;
class ReviewSheet;

/// Asks for a passphrase over the page: once for an existing one, twice for a new one. What was typed goes
/// into a Secret and leaves its fields at once.
class PassphraseSheet final : public QObject
{
    Q_OBJECT

public:
    enum class Mode { Existing, New };
    using Given = std::function<void(Secret)>;
    using Done = std::function<void(const Result<void> &)>;
    using Attempt = std::function<void(Secret, Done)>;

    PassphraseSheet(Theme &theme, const QString &title, const QString &explanation, Mode mode, QWidget *host);
    /// @param given  called once, when the person confirmed
    void ask(const QString &verb, Given given);
    /// Stays open until an attempt succeeds or the person gives up: a wrong passphrase is said in the sheet.
    /// @param attempt  called at each confirmation; it calls its second argument when it knows
    void askUntil(const QString &verb, Attempt attempt);

private:
    void open(const QString &verb);
    void validate();
    void confirm();
    void setBusy(bool busy);
    void finish(const Result<void> &done);

    Mode m_mode;
    QPointer<ReviewSheet> m_sheet;
    QLineEdit *m_first;
    QLineEdit *m_second;
    Label *m_problem;
    Given m_given;
    Attempt m_attempt;
    bool m_isBusy = false;
};

} // namespace gatehouse::widgets
