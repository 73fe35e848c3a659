// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/keys/identitycard.h"

#include "core/foreigntext.h"
#include "widgets/common/button.h"
#include "widgets/common/format.h"
#include "widgets/common/label.h"
#include "widgets/secrets/passphrasesheet.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace gatehouse::widgets {

IdentityCard::IdentityCard(Theme &theme, workspace::KeyRing &keyRing, Prompts &prompts, QWidget *parent)
    : Card(theme, tr("Release identities"), parent)
    , m_theme(theme)
    , m_keyRing(keyRing)
    , m_prompts(prompts)
    , m_rows(new QVBoxLayout)
    , m_none(new Label(theme,
                       tr("None yet. Bundles are built without a signed statement until there is one."),
                       FontRole::Body, ColorRole::Muted, this))
    , m_name(new QLineEdit(this))
    , m_seal(new QCheckBox(tr("Ask for a passphrase at each signature"), this))
    , m_create(outlineButton(theme, tr("Create identity"), QStringLiteral("createIdentityButton"), this))
{
    setObjectName(QStringLiteral("identityCard"));
    setSubtitle(tr("sign release statements, Ed25519"));
    m_name->setObjectName(QStringLiteral("identityNameField"));
    m_name->setAccessibleName(tr("Name of the new identity"));
    m_name->setPlaceholderText(tr("Your name"));
    m_name->setMaximumWidth(260);
    m_seal->setObjectName(QStringLiteral("sealIdentityField"));
    m_create->setAccessibleName(tr("Create the release identity"));
    m_rows->setSpacing(metrics::kSpace3);
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::kSpace3);
    row->addWidget(m_name);
    row->addWidget(m_seal);
    row->addStretch();
    row->addWidget(m_create);
    body()->setSpacing(metrics::kSpace3);
    body()->addLayout(m_rows);
    body()->addWidget(m_none);
    body()->addLayout(row);
    connect(m_create, &QPushButton::clicked, this, &IdentityCard::create);
    connect(m_name, &QLineEdit::textChanged, this,
            [this](const QString &name) { m_create->setEnabled(!name.trimmed().isEmpty()); });
    connect(&keyRing, &workspace::Repository::changed, this, &IdentityCard::reload);
    m_create->setEnabled(false);
    reload();
}

void IdentityCard::reload()
{
    // Rows stay what they are, so that a refresh takes neither the focus nor a press from somebody.
    QHash<QString, QWidget *> kept;
    int at = 0;
    for (const keys::IdentityInfo &identity : m_keyRing.identities()) {
        QWidget *row = m_byId.take(identity.keyId());
        if (row == nullptr) {
            row = makeRow(identity);
        }
        m_rows->insertWidget(at++, row);
        kept.insert(identity.keyId(), row);
    }
    for (QWidget *gone : std::as_const(m_byId)) {
        gone->deleteLater();
    }
    m_byId = kept;
    m_none->setVisible(kept.isEmpty());
}

QWidget *IdentityCard::makeRow(const keys::IdentityInfo &identity)
{
    auto *host = new QWidget(this);
    auto *row = new QHBoxLayout(host);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kSpace3);
    row->addWidget(new IconLabel(m_theme, identity.isSealed ? Icon::Lock : Icon::Signature, ColorRole::Muted,
                                 metrics::kIcon, host),
                   0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(plainLabel(m_theme, identity.name, FontRole::BodyStrong, ColorRole::Text, host));
    words->addWidget(
        new Label(m_theme, identity.fingerprint().wordText(), FontRole::Mono, ColorRole::Text, host));
    words->addWidget(
        new Label(m_theme,
                  tr("made %1 · %2")
                      .arg(formatMoment(identity.created, SystemClock().now()),
                           identity.isSealed ? tr("asks for its passphrase") : tr("opened by the keychain")),
                  FontRole::Small, ColorRole::Muted, host));
    row->addLayout(words, 1);
    auto *exporting =
        outlineButton(m_theme, tr("Export public half…"), QStringLiteral("exportIdentityButton"), host);
    exporting->setSmall(true);
    exporting->setAccessibleName(tr("Export the public half of %1").arg(displayable(identity.name, 48)));
    connect(exporting, &QPushButton::clicked, this, [this, identity] {
        m_prompts.saveFile(this, tr("Export the public half"), QStringLiteral("identity.pub.pem"),
                           tr("Public key (*.pem)"), [this, identity](const QString &path) {
                               const Result<void> done = keys::Identities::exportPublic(identity, path);
                               if (done) {
                                   Q_EMIT told(tr("The public half is in %1").arg(path));
                               } else {
                                   Q_EMIT failed(done.error());
                               }
                           });
    });
    row->addWidget(exporting, 0, Qt::AlignTop);
    return host;
}

void IdentityCard::create()
{
    if (!m_seal->isChecked()) {
        createWith(Secret());
        return;
    }
    auto *sheet = new PassphraseSheet(
        m_theme, tr("Seal the identity"),
        tr("The keychain is open to every program of your session. A sealed identity signs only "
           "with this passphrase."),
        PassphraseSheet::Mode::New, window());
    sheet->ask(tr("Create identity"), [this](Secret passphrase) { createWith(std::move(passphrase)); });
}

void IdentityCard::createWith(Secret passphrase)
{
    m_create->setEnabled(false);
    m_keyRing.createIdentity(m_name->text().trimmed(), std::move(passphrase), this,
                             [this](const Result<keys::IdentityInfo> &made) {
                                 m_create->setEnabled(true);
                                 if (made) {
                                     m_name->clear();
                                     Q_EMIT told(tr("The identity was made"));
                                 } else {
                                     Q_EMIT failed(made.error());
                                 }
                             });
}

} // namespace gatehouse::widgets
