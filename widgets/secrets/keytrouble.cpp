// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/secrets/keytrouble.h"

#include "core/foreigntext.h"
#include "widgets/common/button.h"
#include "widgets/common/label.h"
#include "widgets/secrets/passphrasesheet.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace gatehouse::widgets {

KeyTrouble::KeyTrouble(Theme &theme, workspace::SecretPlace &place, QWidget *parent)
    : Card(theme, tr("Keys cannot be read now"), parent)
    , m_theme(theme)
    , m_place(place)
    , m_what(new Label(theme, {}, FontRole::Body, ColorRole::Text, this))
    , m_why(new Label(theme, {}, FontRole::Body, ColorRole::Muted, this))
    , m_unlock(filledButton(theme, tr("Unlock and try again"), QStringLiteral("unlockKeychainButton"), this))
    , m_vault(outlineButton(theme, tr("Use a passphrase vault…"), QStringLiteral("useVaultButton"), this))
{
    setObjectName(QStringLiteral("keyTrouble"));
    m_what->setWrap(true);
    m_why->setWrap(true);
    auto *promise =
        new Label(theme, tr("Nothing is ever kept in plain text, and no new key is made in silence."),
                  FontRole::Small, ColorRole::Muted, this);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_unlock);
    buttons->addWidget(m_vault);
    buttons->addStretch();
    body()->addWidget(m_what);
    body()->addWidget(m_why);
    body()->addLayout(buttons);
    body()->addWidget(promise);
    connect(m_unlock, &QPushButton::clicked, this, &KeyTrouble::unlock);
    connect(m_vault, &QPushButton::clicked, this, [this] {
        if (m_place.isVaultLocked()) {
            m_place.useKeychain(this, [this](const Result<void> &done) { finish(done); });
        } else {
            openVault();
        }
    });
}

void KeyTrouble::show(const Error &error)
{
    m_what->setForeign(error.what);
    m_why->setForeign(QString(error.cause + QLatin1Char(' ') + error.remedy).trimmed());
    const bool isVault = m_place.isVaultLocked();
    m_unlock->setText(isVault                                              ? tr("Unlock the vault…")
                      : error.id == QLatin1String("keys.keychain.missing") ? tr("Try again")
                                                                           : tr("Unlock and try again"));
    m_unlock->setAccessibleName(m_unlock->text());
    m_vault->setText(isVault ? tr("Use the keychain") : tr("Use a passphrase vault…"));
    m_vault->setAccessibleName(m_vault->text());
}

void KeyTrouble::unlock()
{
    if (m_place.isVaultLocked()) {
        openVault();
        return;
    }
    m_unlock->setEnabled(false);
    m_place.useKeychain(this, [this](const Result<void> &done) { finish(done); });
}

void KeyTrouble::openVault()
{
    const bool exists = m_place.hasVault();
    auto *sheet = new PassphraseSheet(
        m_theme, exists ? tr("Unlock the vault") : tr("A new vault"),
        exists ? tr("The vault is a file on this computer, encrypted under your passphrase.")
               : tr("Keys are kept in a file on this computer, encrypted under a passphrase (Argon2id, "
                    "XChaCha20). It is "
                    "asked for at each start. Without it the keys are lost."),
        exists ? PassphraseSheet::Mode::Existing : PassphraseSheet::Mode::New, window());
    sheet->askUntil(exists ? tr("Unlock") : tr("Make the vault"),
                    [this](Secret passphrase, const PassphraseSheet::Done &done) {
                        m_place.useVault(std::move(passphrase), this, done);
                    });
}

void KeyTrouble::finish(const Result<void> &done)
{
    m_unlock->setEnabled(true);
    if (!done) {
        show(done.error());
    }
}

} // namespace gatehouse::widgets
