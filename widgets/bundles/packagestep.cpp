// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bundles/packagestep.h"

#include "core/foreigntext.h"
#include "widgets/bundles/progressrows.h"
#include "widgets/common/banner.h"
#include "widgets/common/button.h"
#include "widgets/common/card.h"
#include "widgets/common/choices.h"
#include "widgets/common/format.h"
#include "widgets/common/label.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace gatehouse::widgets {

PackageStep::PackageStep(Theme &theme, workspace::Workspace &workspace, workspace::BundleDraft &draft,
                         workspace::KeyRing &keyRing, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_draft(draft)
    , m_keyRing(keyRing)
    , m_key(new QComboBox(this))
    , m_createKey(
          outlineButton(theme, tr("Create bundle key"), QStringLiteral("assistantCreateKeyButton"), this))
    , m_keyWords(new Label(theme, {}, FontRole::MonoSmall, ColorRole::Muted, this))
    , m_cipher(new QComboBox(this))
    , m_cipherNote(new Banner(theme, Tone::Warning, this))
    , m_fileByFile(new QCheckBox(tr("Also each file by itself: devices load only what changed"), this))
    , m_identity(new Label(theme, {}, FontRole::Body, ColorRole::Text, this))
    , m_createIdentity(
          outlineButton(theme, tr("Create identity"), QStringLiteral("assistantCreateIdentityButton"), this))
    , m_passphrase(new QLineEdit(this))
    , m_progress(new ProgressRows(theme,
                                  {{QStringLiteral("Archive"), tr("Archive")},
                                   {QStringLiteral("Checksum"), tr("Checksum")},
                                   {QStringLiteral("Encrypt"), tr("Encrypt")},
                                   {QStringLiteral("Manifest"), tr("Each file")},
                                   {QStringLiteral("Statement"), tr("Statement")}},
                                  this))
    , m_start(filledButton(theme, tr("Sign and encrypt"), QStringLiteral("signAndEncryptButton"), this))
    , m_cancel(outlineButton(theme, tr("Cancel"), QStringLiteral("cancelPackagingButton"), this))
{
    m_createKey->setAccessibleName(tr("Create a bundle key for this app"));
    m_createIdentity->setAccessibleName(tr("Create a release identity"));
    m_start->setAccessibleName(tr("Sign and encrypt the bundle"));
    m_cancel->setAccessibleName(tr("Cancel signing and encrypting"));
    auto *choices = new Card(theme, tr("Key and cipher"), this);
    choices->setSubtitle(tr("keys never leave this computer"));
    choices->body()->addWidget(makeChoices());
    choices->body()->addWidget(m_cipherNote);
    auto *work = new Card(theme, tr("Sign and encrypt"), this);
    work->setSubtitle(tr("everything happens on this computer"));
    work->body()->setSpacing(metrics::kSpace3);
    work->body()->addWidget(m_progress);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_start);
    work->body()->addLayout(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kCardGap);
    layout->addWidget(choices);
    layout->addWidget(work);
    layout->addStretch();

    connect(m_start, &QPushButton::clicked, this, &PackageStep::start);
    connect(m_cancel, &QPushButton::clicked, &draft, &workspace::BundleDraft::cancel);
    connect(m_createKey, &QPushButton::clicked, this, [this] {
        if (m_workspace.app()) {
            m_createKey->setEnabled(false);
            m_keyRing.createBundleKey(*m_workspace.app(), this,
                                      [this](const Result<keys::BundleKeyInfo> &key) {
                                          m_createKey->setEnabled(true);
                                          if (!key) {
                                              m_keyWords->setForeign(key.error().toText());
                                          }
                                      });
        }
    });
    connect(m_createIdentity, &QPushButton::clicked, this, [this] {
        m_createIdentity->setEnabled(false);
        m_keyRing.createIdentity(tr("Release manager"), Secret(), this,
                                 [this](const Result<keys::IdentityInfo> &made) {
                                     m_createIdentity->setEnabled(true);
                                     if (!made) {
                                         m_identity->setForeign(made.error().toText());
                                     }
                                 });
    });
    connect(m_cipher, &QComboBox::currentIndexChanged, this, [this] {
        m_draft.setCipher(static_cast<bundle::Cipher>(m_cipher->currentData().toInt()));
        showCipher();
    });
    connect(m_fileByFile, &QCheckBox::toggled, &draft, &workspace::BundleDraft::setFileByFile);
    connect(m_key, &QComboBox::activated, this, [this](int index) {
        if (const Result<crypto::Fingerprint> fingerprint =
                crypto::Fingerprint::parse(m_key->itemData(index).toString())) {
            m_draft.setBundleKey(*fingerprint);
        }
    });
    connect(&draft, &workspace::BundleDraft::progressChanged, this, [this] {
        if (m_draft.job() != nullptr && m_draft.state() == workspace::BundleDraft::State::Packaging) {
            m_progress->show(m_draft.job()->progress());
        }
    });
    connect(&draft, &workspace::BundleDraft::changed, this, &PackageStep::follow);
    connect(&keyRing, &workspace::Repository::changed, this, &PackageStep::fillKeys);
    connect(&workspace, &workspace::Workspace::appChanged, this, &PackageStep::fillKeys);
    fillKeys();
    showCipher();
}

QWidget *PackageStep::makeChoices()
{
    m_key->setObjectName(QStringLiteral("bundleKeyField"));
    m_key->setAccessibleName(tr("Bundle key"));
    m_cipher->setObjectName(QStringLiteral("cipherField"));
    m_cipher->setAccessibleName(tr("Cipher"));
    m_fileByFile->setObjectName(QStringLiteral("fileByFileBox"));
    m_passphrase->setObjectName(QStringLiteral("identityPassphraseField"));
    m_passphrase->setAccessibleName(tr("Passphrase of the identity"));
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_passphrase->setPlaceholderText(tr("Passphrase of the identity"));
    m_cipher->addItem(tr("AES-128, for the stock plugin"), static_cast<int>(bundle::Cipher::Aes128Cbc));
    m_cipher->addItem(tr("AES-256, own plugin build only"), static_cast<int>(bundle::Cipher::Aes256Cbc));
    m_cipher->addItem(tr("Not encrypted"), static_cast<int>(bundle::Cipher::None));
    auto *host = new QWidget(this);
    auto *grid = new QGridLayout(host);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::kSpace4);
    grid->setVerticalSpacing(metrics::kSpace2);
    grid->setColumnMinimumWidth(0, 128);
    grid->setColumnStretch(1, 1);
    const auto caption = [this, host](const QString &text) {
        return new Label(m_theme, text, FontRole::Body, ColorRole::Text, host);
    };
    grid->addWidget(caption(tr("Bundle key")), 0, 0);
    grid->addWidget(m_key, 0, 1);
    grid->addWidget(m_createKey, 0, 2);
    grid->addWidget(m_keyWords, 1, 1, 1, 2);
    grid->addWidget(caption(tr("Cipher")), 2, 0);
    grid->addWidget(m_cipher, 2, 1);
    grid->addWidget(caption(tr("Delivery")), 3, 0);
    grid->addWidget(m_fileByFile, 3, 1, 1, 2);
    grid->addWidget(caption(tr("Release identity")), 4, 0);
    grid->addWidget(m_identity, 4, 1);
    grid->addWidget(m_createIdentity, 4, 2);
    grid->addWidget(m_passphrase, 5, 1);
    return host;
}

void PackageStep::fillKeys()
{
    QVector<Choice> choices;
    if (m_workspace.app()) {
        for (const keys::BundleKeyInfo &key : m_keyRing.bundleKeysOf(*m_workspace.app())) {
            choices.append(
                {tr("%1… · %2")
                     .arg(key.keyId.mid(12), key.fingerprint.words().mid(0, 3).join(QLatin1Char(' '))),
                 key.fingerprint.hex()});
        }
    }
    setChoices(*m_key, choices);
    follow();
}

void PackageStep::showCipher()
{
    switch (m_draft.cipher()) {
    case bundle::Cipher::Aes128Cbc:
        m_cipherNote->hide();
        return;
    case bundle::Cipher::Aes256Cbc:
        m_cipherNote->setTone(Tone::Warning);
        m_cipherNote->setMessage(
            tr("Devices with the stock plugin refuse this bundle."),
            tr("They take 16-byte session keys only. Choose AES-256 when the app ships a plugin "
               "build of its own that takes 32 bytes."));
        break;
    case bundle::Cipher::None:
        m_cipherNote->setTone(Tone::Warning);
        m_cipherNote->setMessage(
            tr("Devices whose app has a public key refuse a bundle that is not encrypted."),
            tr("Without a key, anyone who can change the server can change what devices run."));
        break;
    }
    m_cipherNote->show();
}

void PackageStep::follow()
{
    using State = workspace::BundleDraft::State;
    const State state = m_draft.state();
    const bool isBusy = state == State::Packaging;
    const bool isPackaged = state >= State::Packaged;
    const bool hasKey = m_key->count() > 0;
    m_key->setVisible(hasKey);
    m_createKey->setVisible(!hasKey);
    const std::optional<keys::BundleKeyInfo> key = m_draft.bundleKey();
    m_keyWords->setText(key ? key->fingerprint.wordText()
                            : tr("This app has no bundle key on this computer yet."));
    if (key) {
        m_key->setCurrentIndex(m_key->findData(key->fingerprint.hex()));
    }
    const std::optional<keys::IdentityInfo> identity = m_draft.identity();
    m_createIdentity->setVisible(!identity);
    m_identity->setForeign(
        identity ? tr("%1, %2").arg(identity->name,
                                    identity->fingerprint().words().mid(0, 3).join(QLatin1Char(' ')))
                 : tr("None: the bundle gets no signed statement"));
    m_passphrase->setVisible(identity && identity->isSealed && !isPackaged);
    const int cipher = m_cipher->findData(static_cast<int>(m_draft.cipher()));
    if (cipher != m_cipher->currentIndex()) {
        m_cipher->setCurrentIndex(cipher);
    }
    m_fileByFile->setChecked(m_draft.isFileByFile());
    m_progress->setStepVisible(QStringLiteral("Manifest"), m_draft.isFileByFile());
    for (QWidget *field : {static_cast<QWidget *>(m_key), static_cast<QWidget *>(m_cipher),
                           static_cast<QWidget *>(m_fileByFile), static_cast<QWidget *>(m_createKey),
                           static_cast<QWidget *>(m_createIdentity)}) {
        field->setEnabled(!isBusy && !isPackaged);
    }
    m_cancel->setVisible(isBusy);
    m_start->setVisible(!isPackaged);
    m_start->setEnabled(m_draft.canPackage());
    if (isPackaged && m_draft.packaged()) {
        const bundle::BuiltBundle &built = m_draft.packaged()->built;
        const QString digest = QString::fromLatin1(built.archiveSha256.toHex());
        m_progress->setResult(QStringLiteral("Archive"), formatBytes(built.archiveBytes));
        m_progress->setResult(QStringLiteral("Checksum"),
                              digest.left(4) + QStringLiteral("…") + digest.right(4));
        m_progress->setResult(QStringLiteral("Encrypt"), bundle::cipherName(built.cipher));
        if (m_draft.packaged()->manifest) {
            m_progress->setResult(
                QStringLiteral("Manifest"),
                tr("%1 files").arg(formatCount(m_draft.packaged()->manifest->files.size())));
        }
        m_progress->setResult(QStringLiteral("Statement"),
                              m_draft.packaged()->signer.isEmpty() ? tr("not signed") : tr("signed"));
        m_progress->finish();
    } else if (!isBusy && !isPackaged) {
        m_progress->reset();
    }
}

void PackageStep::start()
{
    QString typed = m_passphrase->text();
    m_passphrase->clear();
    m_draft.package(Secret::fromTyped(typed));
}

} // namespace gatehouse::widgets
