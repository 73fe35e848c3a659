// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/label.h"

#include <QStringList>
#include <QWidget>

class QLineEdit;

namespace gatehouse::widgets {

class Button;

/// A fingerprint as words and in hexadecimal, with copy, and a field to compare with what another person
/// reads out.
class FingerprintView : public QWidget
{
    Q_OBJECT

public:
    FingerprintView(const Theme &theme, const QString &objectName, QWidget *parent = nullptr);

    /// @param words  "amber", "canyon", …; made by models/trust, shown only
    void setFingerprint(const QStringList &words, const QString &hex);
    void setCompareVisible(bool visible);

    /// What was typed to compare: words or hex, spaces and case do not matter.
    enum class Match { Nothing, Same, Different };
    [[nodiscard]] Match match() const;

Q_SIGNALS:
    void matchChanged();

private:
    void compare();

    Label *m_words;
    Label *m_hex;
    QWidget *m_compareRow;
    QLineEdit *m_field;
    IconLabel *m_verdictIcon;
    Label *m_verdict;
    QStringList m_wordList;
    QString m_hexText;
};

} // namespace gatehouse::widgets
