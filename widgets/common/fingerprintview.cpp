// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/fingerprintview.h"

#include "widgets/common/button.h"
#include "widgets/common/copybutton.h"

#include <QBoxLayout>
#include <QLineEdit>

namespace gatehouse::widgets {

namespace {

QString bare(const QString &text)
{
    QString letters;
    for (const QChar letter : text) {
        if (letter.isLetterOrNumber()) {
            letters.append(letter.toLower());
        }
    }
    return letters;
}

QString grouped(const QString &hex)
{
    QStringList groups;
    for (qsizetype at = 0; at < hex.size(); at += 4) {
        groups.append(hex.mid(at, 4));
    }
    return groups.join(QLatin1Char(' '));
}

} // namespace

FingerprintView::FingerprintView(const Theme &theme, const QString &objectName, QWidget *parent)
    : QWidget(parent)
    , m_words(new Label(theme, {}, FontRole::MonoStrong))
    , m_hex(new Label(theme, {}, FontRole::MonoSmall, ColorRole::Muted))
    , m_compareRow(new QWidget)
    , m_field(new QLineEdit)
    , m_verdictIcon(new IconLabel(theme, Icon::Check, ColorRole::Ok, 14))
    , m_verdict(new Label(theme, {}, FontRole::Small))
{
    setObjectName(objectName);
    m_words->setWrap(true);
    m_hex->setWrap(true);
    m_field->setObjectName(objectName + QStringLiteral("CompareField"));
    m_field->setAccessibleName(tr("Fingerprint to compare with"));
    m_field->setPlaceholderText(tr("Type or paste what the other person reads out"));
    auto *copy =
        copyButton(theme, tr("Copy the fingerprint"), objectName + QStringLiteral("CopyButton"),
                   [this] { return m_wordList.join(QLatin1Char(' ')) + QLatin1Char('\n') + m_hexText; });
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_words);
    texts->addWidget(m_hex);
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::kSpace2);
    row->addWidget(new IconLabel(theme, Icon::Fingerprint, ColorRole::Muted, 20), 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    row->addWidget(copy, 0, Qt::AlignTop);
    auto *compareLayout = new QHBoxLayout(m_compareRow);
    compareLayout->setContentsMargins(28, 0, 0, 0);
    compareLayout->addWidget(m_field, 1);
    compareLayout->addWidget(m_verdictIcon);
    compareLayout->addWidget(m_verdict);
    m_verdict->setMinimumWidth(110);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(row);
    column->addWidget(m_compareRow);
    m_compareRow->hide();
    connect(m_field, &QLineEdit::textChanged, this, &FingerprintView::compare);
    compare();
}

void FingerprintView::setFingerprint(const QStringList &words, const QString &hex)
{
    m_wordList = words;
    m_hexText = hex;
    m_words->setForeign(words.join(QLatin1Char(' ')));
    m_hex->setForeign(grouped(hex));
    compare();
}

void FingerprintView::setCompareVisible(bool visible)
{
    m_compareRow->setVisible(visible);
}

FingerprintView::Match FingerprintView::match() const
{
    const QString typed = bare(m_field->text());
    if (typed.isEmpty()) {
        return Match::Nothing;
    }
    const QString words = bare(m_wordList.join(QString()));
    // An empty fingerprint is never the same as anything.
    const bool same =
        (!words.isEmpty() && typed == words) || (!m_hexText.isEmpty() && typed == bare(m_hexText));
    return same ? Match::Same : Match::Different;
}

void FingerprintView::compare()
{
    const Match found = match();
    m_verdictIcon->setVisible(found != Match::Nothing);
    m_verdictIcon->setIcon(found == Match::Same ? Icon::Check : Icon::Cross,
                           found == Match::Same ? ColorRole::Ok : ColorRole::Danger);
    m_verdict->setText(found == Match::Nothing ? QString()
                       : found == Match::Same  ? tr("The same")
                                               : tr("Not the same"));
    m_verdict->setColorRole(found == Match::Same ? ColorRole::Ok : ColorRole::Danger);
    Q_EMIT matchChanged();
}

} // namespace gatehouse::widgets
