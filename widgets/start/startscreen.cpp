// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/startscreen.h"

#include "core/foreigntext.h"
#include "widgets/common/banner.h"
#include "widgets/common/button.h"
#include "widgets/common/card.h"
#include "widgets/common/label.h"
#include "widgets/secrets/keytrouble.h"
#include "widgets/start/serverform.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace gatehouse::widgets {

namespace {

constexpr int kContentWidth = 860;
constexpr int kChoiceIcon = 28;

} // namespace

StartScreen::StartScreen(Theme &theme, workspace::Workspace &workspace, workspace::ServerDesk &desk,
                         workspace::KeyRing &keyRing, workspace::SecretPlace &place, QWidget *parent)
    : Screen(parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_desk(desk)
    , m_keyRing(keyRing)
    , m_pages(new QStackedWidget(this))
    , m_trouble(new Banner(theme, Tone::Danger, this))
    , m_keyTrouble(new KeyTrouble(theme, place, this))
    , m_form(new ServerForm(theme, desk, this))
{
    setObjectName(QStringLiteral("startScreen"));
    auto *column = new QVBoxLayout;
    column->setSpacing(metrics::kSpace4);
    column->addSpacing(48);
    column->addWidget(m_trouble);
    column->addWidget(m_keyTrouble);
    column->addWidget(m_pages);
    column->addStretch();
    auto *holder = new QWidget(this);
    holder->setMaximumWidth(kContentWidth);
    holder->setLayout(column);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::kPagePadding, metrics::kPagePadding, metrics::kPagePadding,
                               metrics::kPagePadding);
    layout->addStretch();
    layout->addWidget(holder, 10);
    layout->addStretch();

    m_pages->addWidget(makeChoices());
    m_pages->addWidget(m_form);
    connect(m_form, &ServerForm::cancelled, this, [this] { m_pages->setCurrentIndex(0); });
    connect(m_form, &ServerForm::opened, this, [this] { m_pages->setCurrentIndex(0); });

    auto *retry = outlineButton(theme, tr("Try again"), QStringLiteral("retryServerButton"), m_trouble);
    retry->setAccessibleName(tr("Try to open the server again"));
    connect(retry, &QPushButton::clicked, this, [this] {
        if (m_workspace.server()) {
            m_desk.open(m_workspace.server()->id);
        }
    });
    m_trouble->addButton(retry);
    connect(&workspace, &workspace::Workspace::linkChanged, this, &StartScreen::follow);
    connect(&keyRing, &workspace::Repository::stateChanged, this, &StartScreen::follow);
    connect(&workspace.apps(), &workspace::Repository::stateChanged, this, &StartScreen::follow);
    follow();
}

QWidget *StartScreen::makeChoices()
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpace1);
    layout->addWidget(
        new Label(m_theme, tr("Ship updates you can take back"), FontRole::Headline, ColorRole::Text, page));
    layout->addSpacing(metrics::kSpace1);
    layout->addWidget(new Label(m_theme, tr("Where do your devices get their updates from?"), FontRole::Body,
                                ColorRole::Muted, page));
    layout->addSpacing(metrics::kSpace4);

    auto *local = filledButton(m_theme, tr("Start"), QStringLiteral("startThisComputerButton"), page);
    local->setAccessibleName(tr("Start on this computer"));
    auto *cloud = outlineButton(m_theme, tr("Connect…"), QStringLiteral("connectCloudButton"), page);
    cloud->setAccessibleName(tr("Connect to Capgo Cloud"));
    auto *other = outlineButton(m_theme, tr("Connect…"), QStringLiteral("connectOtherButton"), page);
    other->setAccessibleName(tr("Connect to another server"));
    m_thisComputer = local;
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::kSpace4);
    row->addWidget(
        makeChoice(Icon::HardDrive, tr("This computer"),
                   tr("Starts the server that comes with Gatehouse. Nothing to install, no account. Good for "
                      "trying it and for small teams."),
                   local));
    row->addWidget(makeChoice(
        Icon::Cloud, tr("Capgo Cloud"),
        tr("Use your organization’s apps and channels. You need an API key from its console."), cloud));
    row->addWidget(
        makeChoice(Icon::Server, tr("Another server"),
                   tr("A self-hosted Capgo, or a Gatehouse server of your team. HTTPS, with the address your "
                      "devices use."),
                   other));
    for (int i = 0; i < row->count(); ++i) {
        row->setStretch(i, 1);
    }
    layout->addLayout(row);
    layout->addSpacing(metrics::kSpace4);

    auto *demo = new Card(m_theme, {}, page);
    auto *demoRow = new QHBoxLayout;
    demoRow->setSpacing(metrics::kSpace3);
    demoRow->addWidget(new IconLabel(m_theme, Icon::Play, ColorRole::Muted, metrics::kIcon, demo));
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(
        new Label(m_theme, tr("See it work first: a sample app, 2 000 simulated devices, one bad release."),
                  FontRole::Body, ColorRole::Text, demo));
    words->addWidget(new Label(m_theme,
                               tr("Runs on this computer, removes itself afterwards. About two minutes."),
                               FontRole::Small, ColorRole::Muted, demo));
    demoRow->addLayout(words, 1);
    auto *show = outlineButton(m_theme, tr("Show me"), QStringLiteral("showMeButton"), demo);
    show->setAccessibleName(tr("Show me the sample"));
    m_showMe = show;
    demoRow->addWidget(show);
    demo->body()->addLayout(demoRow);
    demo->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    layout->addWidget(demo);
    layout->addStretch();

    connect(local, &QPushButton::clicked, &m_desk, &workspace::ServerDesk::openThisComputer);
    connect(cloud, &QPushButton::clicked, this, [this] { openForm(workspace::ServerKind::CapgoCloud); });
    connect(other, &QPushButton::clicked, this, [this] { openForm(workspace::ServerKind::Other); });
    connect(show, &QPushButton::clicked, this, &StartScreen::showMeRequested);
    return page;
}

Card *StartScreen::makeChoice(Icon icon, const QString &title, const QString &text, QWidget *button)
{
    auto *card = new Card(m_theme, {}, this);
    QVBoxLayout *body = card->body();
    body->setSpacing(metrics::kSpace2);
    body->addWidget(new IconLabel(m_theme, icon, ColorRole::Accent, kChoiceIcon, card));
    body->addSpacing(metrics::kSpace1);
    body->addWidget(new Label(m_theme, title, FontRole::CardTitle, ColorRole::Text, card));
    auto *words = new Label(m_theme, text, FontRole::Body, ColorRole::Muted, card);
    words->setWrap(true);
    body->addWidget(words);
    body->addStretch();
    body->addWidget(button, 0, Qt::AlignLeft);
    return card;
}

void StartScreen::openForm(workspace::ServerKind kind)
{
    m_form->begin(kind);
    m_pages->setCurrentWidget(m_form);
}

void StartScreen::askForVault()
{
    m_keyTrouble->openVault();
}

void StartScreen::follow()
{
    const std::optional<Error> &keyError = m_keyRing.error();
    m_keyTrouble->setVisible(keyError.has_value());
    if (keyError) {
        m_keyTrouble->show(*keyError);
    }
    std::optional<Error> error;
    if (m_workspace.link() == workspace::Link::Failed) {
        error = m_workspace.error();
    } else if (m_workspace.isOpen() && m_workspace.apps().state() == workspace::LoadState::Failed) {
        // The server is there, but does not tell this key anything.
        error = m_workspace.apps().error();
    }
    // One cause is said once: what failed for want of a key is tried again when keys can be read.
    const bool isShown = error && !(keyError && keyError->id == error->id);
    m_trouble->setVisible(isShown);
    if (isShown) {
        m_trouble->setMessage(
            displayable(error->what, 300),
            displayable(QStringList{error->cause, error->remedy}.join(QLatin1Char(' ')).trimmed(), 600));
    }
    const bool busy = m_workspace.link() == workspace::Link::Connecting;
    m_thisComputer->setEnabled(!busy);
    m_showMe->setEnabled(!busy);
}

} // namespace gatehouse::widgets
