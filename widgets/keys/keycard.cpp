// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/keys/keycard.h"

#include "core/foreigntext.h"
#include "keys/backup.h"
#include "keys/capacitorconfig.h"
#include "widgets/common/button.h"
#include "widgets/common/codeblock.h"
#include "widgets/common/fingerprintview.h"
#include "widgets/common/format.h"
#include "widgets/common/label.h"
#include "widgets/common/reviewsheet.h"
#include "widgets/secrets/passphrasesheet.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace gatehouse::widgets {

KeyCard::KeyCard(Theme &theme, workspace::KeyRing &keyRing, Prompts &prompts, keys::BundleKeyInfo key,
                 QWidget *parent)
    : Card(theme, displayable(key.app.text(), 96), parent)
    , m_theme(theme)
    , m_keyRing(keyRing)
    , m_prompts(prompts)
    , m_key(std::move(key))
{
    setObjectName(QStringLiteral("keyCard-") + m_key.fingerprint.hex().left(8));
    setSubtitle(tr("RSA-2048 · made %1").arg(formatMoment(m_key.created, SystemClock().now())));
    auto *fingerprint =
        new FingerprintView(theme, QStringLiteral("fingerprint-") + m_key.fingerprint.hex().left(8), this);
    fingerprint->setFingerprint(m_key.fingerprint.words(), m_key.fingerprint.hex());
    fingerprint->setCompareVisible(false);
    auto *label = new Label(theme, {}, FontRole::Small, ColorRole::Muted, this);
    label->setSpans({{tr("Label on the wire: "), FontRole::Small, ColorRole::Muted},
                     {m_key.keyId, FontRole::MonoSmall, ColorRole::Muted},
                     {tr(" (never proof)"), FontRole::Small, ColorRole::Muted}});
    body()->addWidget(fingerprint);
    body()->addWidget(label);
    const QString app = displayable(m_key.app.text(), 96);
    const QString tail = m_key.keyId.mid(12);
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::kSpace2);
    const auto add = [this, row, &tail](Button *button, const QString &name, void (KeyCard::*slot)()) {
        button->setSmall(true);
        button->setAccessibleName(name.arg(tail));
        connect(button, &QPushButton::clicked, this, slot);
        row->addWidget(button);
    };
    add(outlineButton(theme, tr("Export public half…"), QStringLiteral("exportPublicButton"), this),
        tr("Export the public half of %1"), &KeyCard::exportPublic);
    add(outlineButton(theme, tr("Write into capacitor.config…"), QStringLiteral("writeConfigButton"), this),
        tr("Write the key %1 into the Capacitor configuration"), &KeyCard::writeConfig);
    add(outlineButton(theme, tr("Back up…"), QStringLiteral("backupKeyButton"), this),
        tr("Back up the key %1"), &KeyCard::backUp);
    row->addStretch();
    add(dangerButton(theme, tr("Remove…"), QStringLiteral("removeKeyButton"), this), tr("Remove the key %1"),
        &KeyCard::askRemove);
    body()->addLayout(row);
}

void KeyCard::exportPublic()
{
    m_prompts.saveFile(this, tr("Export the public half"), QStringLiteral(".capgo_key_v2.pub"),
                       tr("Public key (*.pub *.pem)"), [this](const QString &path) {
                           const Result<void> done = keys::BundleKeys::exportPublic(m_key, path);
                           if (done) {
                               Q_EMIT told(tr("The public half is in %1").arg(path));
                           } else {
                               Q_EMIT failed(done.error());
                           }
                       });
}

void KeyCard::writeConfig()
{
    m_prompts.openFile(
        this, tr("Choose the Capacitor configuration"),
        tr("Capacitor configuration (capacitor.config.json capacitor.config.ts capacitor.config.js)"),
        [this](const QString &path) { showConfigPlan(path); });
}

void KeyCard::showConfigPlan(const QString &path)
{
    auto *sheet = new ReviewSheet(m_theme, tr("Write the public key"), window());
    sheet->setCommentVisible(false);
    if (!keys::isJsonConfig(path)) {
        auto *words = new Label(m_theme, tr("A script cannot be changed safely. Paste this into it:"));
        words->setWrap(true);
        auto *code =
            new CodeBlock(m_theme, tr("Text for the configuration"), QStringLiteral("configSnippet"));
        code->setCode(keys::publicKeySnippet(m_key.publicPem));
        sheet->addSection(words);
        sheet->addSection(code);
        sheet->setVerb(tr("Done"));
        connect(sheet, &ReviewSheet::confirmed, sheet, &ReviewSheet::closeSheet);
        sheet->openSheet();
        return;
    }
    const Result<keys::ConfigPlan> plan = keys::planPublicKey(path, m_key.publicPem);
    if (!plan) {
        sheet->closeSheet();
        Q_EMIT failed(plan.error());
        return;
    }
    auto *diff = new CodeBlock(m_theme, tr("What changes in the file"), QStringLiteral("configDiff"));
    diff->setCode(plan->changesAnything() ? plan->diffText() : tr("The file holds this key already."));
    sheet->addSection(diff);
    sheet->setVerb(tr("Write the file"));
    sheet->setVerbEnabled(plan->changesAnything());
    connect(sheet, &ReviewSheet::confirmed, this, [this, sheet, plan = *plan] {
        if (const Result<void> done = keys::applyConfigPlan(plan); !done) {
            sheet->showError(done.error());
            return;
        }
        sheet->closeSheet();
        Q_EMIT told(tr("The key is in %1").arg(plan.path));
    });
    sheet->openSheet();
}

void KeyCard::backUp()
{
    auto *sheet = new PassphraseSheet(
        m_theme, tr("Back up a key"),
        tr("The backup is encrypted under a passphrase of its own. Keep file and passphrase "
           "apart, and away from this computer."),
        PassphraseSheet::Mode::New, window());
    sheet->ask(tr("Choose a file…"), [this](Secret passphrase) {
        auto shared = std::make_shared<Secret>(std::move(passphrase));
        m_prompts.saveFile(this, tr("Back up the key"), m_key.app.text() + QStringLiteral(".ghbackup"),
                           tr("Key backup (*.ghbackup)"), [this, shared](const QString &path) {
                               const Result<keys::EntryName> name = keys::EntryName::make(
                                   keys::KeyKind::BundleKey, m_key.app.text(), m_key.fingerprint.hex());
                               if (!name) {
                                   Q_EMIT failed(name.error());
                                   return;
                               }
                               m_keyRing.run(
                                   tr("Back up the key of %1").arg(m_key.app.text()), this,
                                   [name = *name, shared, path](keys::KeyStore &store, Operation &operation) {
                                       return keys::backupKeyToFile(store, name, *shared, path, operation);
                                   },
                                   [this, path](const Result<void> &done) {
                                       if (done) {
                                           Q_EMIT told(tr("The backup is in %1").arg(path));
                                       } else {
                                           Q_EMIT failed(done.error());
                                       }
                                   });
                           });
    });
}

void KeyCard::askRemove()
{
    const bool isLast = m_keyRing.bundleKeysOf(m_key.app).size() == 1;
    auto *sheet = new ReviewSheet(m_theme, tr("Remove a bundle key"), window());
    auto *words = new Label(
        m_theme, isLast ? tr("This is the last key of the app on this computer. Without it, and without "
                             "a backup, no bundle can be made for the devices that hold its public half.")
                        : tr("Bundles that were made with it stay valid. New ones can no longer be made "
                             "with it on this computer."));
    words->setWrap(true);
    sheet->addSection(words);
    sheet->setCommentVisible(false);
    if (isLast) {
        sheet->setTypedConfirmation(m_key.app.text());
    }
    sheet->setVerb(tr("Remove the key"), ReviewSheet::Verb::Dangerous);
    connect(sheet, &ReviewSheet::confirmed, this, [this, sheet] {
        sheet->setBusy(true);
        m_keyRing.removeBundleKey(m_key, sheet, [sheet](const Result<void> &done) {
            if (done) {
                sheet->closeSheet();
            } else {
                sheet->setBusy(false);
                sheet->showError(done.error());
            }
        });
    });
    sheet->openSheet();
}

} // namespace gatehouse::widgets
