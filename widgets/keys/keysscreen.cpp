// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/keys/keysscreen.h"

#include "core/foreigntext.h"
#include "keys/backup.h"
#include "widgets/common/banner.h"
#include "widgets/common/button.h"
#include "widgets/common/label.h"
#include "widgets/common/pageheader.h"
#include "widgets/common/skeleton.h"
#include "widgets/keys/identitycard.h"
#include "widgets/keys/keycard.h"
#include "widgets/secrets/keytrouble.h"
#include "widgets/secrets/passphrasesheet.h"

#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace gatehouse::widgets {

KeysScreen::KeysScreen(Theme &theme, workspace::Workspace &workspace, workspace::KeyRing &keyRing,
                       workspace::SecretPlace &place, Prompts &prompts, QWidget *parent)
    : Screen(parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_keyRing(keyRing)
    , m_prompts(prompts)
    , m_create(filledButton(theme, tr("Create bundle key"), QStringLiteral("createBundleKeyButton"), this))
    , m_import(outlineButton(theme, tr("Import…"), QStringLiteral("importKeyButton"), this))
    , m_message(new Banner(theme, Tone::Ok, this))
    , m_pages(new QStackedWidget(this))
    , m_content(makeContent())
    , m_trouble(new KeyTrouble(theme, place))
    , m_loading(new Skeleton(theme, Skeleton::Shape::Rows))
{
    setObjectName(QStringLiteral("keysScreen"));
    auto *header = new PageHeader(theme, tr("Keys"), this);
    auto *restore = outlineButton(theme, tr("Restore…"), QStringLiteral("restoreKeyButton"), header);
    restore->setAccessibleName(tr("Restore a key from a backup"));
    m_import->setAccessibleName(tr("Import a key made by the Capgo command line"));
    m_create->setAccessibleName(tr("Create bundle key"));
    header->addTrailing(m_import);
    header->addTrailing(restore);
    header->setPrimary(m_create);
    auto *trouble = new QWidget;
    auto *troubleLayout = new QVBoxLayout(trouble);
    troubleLayout->setContentsMargins(0, 0, 0, 0);
    troubleLayout->addWidget(m_trouble);
    troubleLayout->addStretch();
    m_pages->addWidget(m_content);
    m_pages->addWidget(trouble);
    m_pages->addWidget(m_loading);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kPagePadding, 20, metrics::kPagePadding, metrics::kSpace4);
    layout->setSpacing(metrics::kSpace3);
    layout->addWidget(header);
    layout->addWidget(m_message);
    layout->addWidget(m_pages, 1);
    m_message->hide();

    connect(m_create, &QPushButton::clicked, this, &KeysScreen::createKey);
    connect(m_import, &QPushButton::clicked, this, &KeysScreen::importKey);
    connect(restore, &QPushButton::clicked, this, &KeysScreen::restoreKey);
    connect(&keyRing, &workspace::Repository::changed, this, &KeysScreen::reload);
    connect(&keyRing, &workspace::Repository::stateChanged, this, &KeysScreen::follow);
    connect(&workspace, &workspace::Workspace::appChanged, this, &KeysScreen::reload);
    reload();
}

QWidget *KeysScreen::makeContent()
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kCardGap);
    m_cards = new QVBoxLayout;
    m_cards->setSpacing(metrics::kCardGap);
    column->addLayout(m_cards);
    m_noKeys = makeNoKeys();
    column->addWidget(m_noKeys);
    auto *identities = new IdentityCard(m_theme, m_keyRing, m_prompts, content);
    connect(identities, &IdentityCard::told, this, &KeysScreen::tell);
    connect(identities, &IdentityCard::failed, this, &KeysScreen::showFailure);
    column->addWidget(identities);
    column->addStretch();
    auto *scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("keysScrollArea"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    return scroll;
}

QWidget *KeysScreen::makeNoKeys()
{
    auto *empty = new Card(m_theme, tr("Bundle keys"));
    auto *words =
        new Label(m_theme,
                  tr("No bundle key yet. Devices check every bundle with its public half, which ships in the "
                     "app; the private half stays in your keychain."),
                  FontRole::Body, ColorRole::Muted);
    words->setWrap(true);
    empty->body()->addWidget(words);
    return empty;
}

void KeysScreen::follow()
{
    const bool isUsable = m_keyRing.state() == workspace::LoadState::Ready && !m_keyRing.error();
    m_create->setEnabled(isUsable && m_workspace.app().has_value());
    m_create->setToolTip(m_workspace.app() ? QString()
                                           : tr("Choose an app first: a bundle key belongs to one."));
    m_import->setEnabled(isUsable && m_workspace.app().has_value());
    if (m_keyRing.error()) {
        m_trouble->show(*m_keyRing.error());
        m_pages->setCurrentIndex(1);
    } else if (m_keyRing.state() == workspace::LoadState::Ready) {
        m_pages->setCurrentIndex(0);
    } else {
        m_pages->setCurrentWidget(m_loading);
    }
}

void KeysScreen::reload()
{
    QVector<keys::BundleKeyInfo> shown = m_keyRing.bundleKeys();
    // The app one works on comes first.
    std::stable_partition(shown.begin(), shown.end(),
                          [this](const keys::BundleKeyInfo &key) { return m_workspace.app() == key.app; });
    // Cards stay what they are, so that a refresh takes neither the focus nor a press from somebody.
    QHash<QString, KeyCard *> kept;
    for (qsizetype i = 0; i < shown.size(); ++i) {
        const keys::BundleKeyInfo &key = shown.at(i);
        const QString id = key.app.text() + QLatin1Char('/') + key.fingerprint.hex();
        KeyCard *card = m_byKey.take(id);
        if (card == nullptr) {
            card = new KeyCard(m_theme, m_keyRing, m_prompts, key);
            connect(card, &KeyCard::told, this, &KeysScreen::tell);
            connect(card, &KeyCard::failed, this, &KeysScreen::showFailure);
        }
        m_cards->insertWidget(static_cast<int>(i), card);
        kept.insert(id, card);
    }
    for (KeyCard *gone : std::as_const(m_byKey)) {
        gone->deleteLater();
    }
    m_byKey = kept;
    m_noKeys->setVisible(shown.isEmpty());
    follow();
}

void KeysScreen::createKey()
{
    if (!m_workspace.app()) {
        return;
    }
    m_create->setEnabled(false);
    m_keyRing.createBundleKey(*m_workspace.app(), this, [this](const Result<keys::BundleKeyInfo> &key) {
        follow();
        if (key) {
            tell(tr("The key was made. Put its public half into the app’s configuration next."));
        } else {
            showFailure(key.error());
        }
    });
}

void KeysScreen::importKey()
{
    m_prompts.openFile(this, tr("Import a private key"),
                       tr("Private key (.capgo_key_v2 *.pem);;All files (*)"), [this](const QString &path) {
                           if (!m_workspace.app()) {
                               return;
                           }
                           m_keyRing.importBundleKey(*m_workspace.app(), path, this,
                                                     [this](const Result<keys::BundleKeyInfo> &key) {
                                                         if (key) {
                                                             tell(tr("The key was imported"));
                                                         } else {
                                                             showFailure(key.error());
                                                         }
                                                     });
                       });
}

void KeysScreen::restoreKey()
{
    m_prompts.openFile(
        this, tr("Restore a key"), tr("Key backup (*.ghbackup);;All files (*)"), [this](const QString &path) {
            auto *sheet = new PassphraseSheet(m_theme, tr("Restore a key"),
                                              tr("The passphrase the backup was made with."),
                                              PassphraseSheet::Mode::Existing, window());
            sheet->ask(tr("Restore"), [this, path](Secret passphrase) {
                keys::BackupExpectation expectation;
                if (m_workspace.app()) {
                    expectation.app = m_workspace.app();
                }
                m_keyRing.run(
                    tr("Restore a key"), this,
                    [path, passphrase = std::move(passphrase), expectation](keys::KeyStore &store,
                                                                            Operation &operation) {
                        return keys::restoreKeyFromFile(store, path, passphrase, expectation, operation);
                    },
                    [this](const Result<keys::EntryInfo> &restored) {
                        if (restored) {
                            tell(tr("The key was restored"));
                        } else {
                            showFailure(restored.error());
                        }
                    });
            });
        });
}

void KeysScreen::tell(const QString &what)
{
    m_message->setTone(Tone::Ok);
    m_message->setMessage(displayable(what, 300));
    m_message->show();
}

void KeysScreen::showFailure(const Error &error)
{
    m_message->setTone(Tone::Danger);
    m_message->setMessage(displayable(error.what, 300),
                          displayable(QString(error.cause + QLatin1Char(' ') + error.remedy).trimmed(), 600));
    m_message->show();
}

} // namespace gatehouse::widgets
