// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bundles/versionstep.h"

#include "core/foreigntext.h"
#include "widgets/common/card.h"
#include "widgets/common/formfield.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace gatehouse::widgets {

VersionStep::VersionStep(Theme &theme, workspace::BundleDraft &draft, QWidget *parent)
    : QWidget(parent)
    , m_draft(draft)
    , m_version(new QLineEdit(this))
    , m_notes(new QPlainTextEdit(this))
{
    auto *card = new Card(theme, tr("Version and notes"), this);
    m_version->setObjectName(QStringLiteral("bundleVersionField"));
    m_notes->setObjectName(QStringLiteral("bundleNotesField"));
    m_notes->setTabChangesFocus(true);
    m_notes->setFixedHeight(120);
    m_notes->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_versionField = new FormField(theme, tr("Version"), m_version, card);
    m_versionField->setHint(tr("Devices know the bundle by it. Three numbers, never used before."));
    auto *notesField = new FormField(theme, tr("Notes"), m_notes, card);
    notesField->setHint(tr("What changes. Part of the signed statement, and shown to colleagues."));
    card->body()->setSpacing(metrics::kSpace3);
    card->body()->addWidget(m_versionField);
    card->body()->addWidget(notesField);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(card);
    layout->addStretch();
    connect(m_version, &QLineEdit::textEdited, &draft, &workspace::BundleDraft::setVersion);
    connect(m_notes, &QPlainTextEdit::textChanged, this,
            [this] { m_draft.setNotes(m_notes->toPlainText()); });
    // Assistive tools set text without editing it.
    connect(m_version, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text != m_draft.version()) {
            m_draft.setVersion(text);
        }
    });
    connect(&draft, &workspace::BundleDraft::changed, this, &VersionStep::follow);
    follow();
}

void VersionStep::follow()
{
    const bool isNew = m_draft.state() <= workspace::BundleDraft::State::Scanned;
    m_version->setEnabled(isNew);
    m_notes->setEnabled(isNew);
    if (m_version->text().trimmed() != m_draft.version()) {
        m_version->setText(m_draft.version());
    }
    if (m_notes->toPlainText() != m_draft.notes()) {
        m_notes->setPlainText(m_draft.notes());
    }
    const std::optional<Error> problem = m_draft.versionProblem();
    const bool show = problem && !m_draft.version().isEmpty() && isNew;
    m_versionField->setError(show ? displayable(problem->toText(), 300) : QString());
}

} // namespace gatehouse::widgets
