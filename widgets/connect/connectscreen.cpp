// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/connect/connectscreen.h"

#include "core/foreigntext.h"
#include "widgets/common/banner.h"
#include "widgets/common/button.h"
#include "widgets/common/card.h"
#include "widgets/common/codeblock.h"
#include "widgets/common/label.h"
#include "widgets/common/pageheader.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QLocale>
#include <QScrollArea>
#include <QVBoxLayout>

namespace gatehouse::widgets {

namespace {

constexpr int kVisibleLines = 14;
constexpr int kCaptionWidth = 150;

/// The part of capacitor.config.json that points an app at the server.
QString pluginSettings(const QUrl &api, const QByteArray &publicPem)
{
    const QString base = api.toString(QUrl::StripTrailingSlash);
    QJsonObject updater{{QStringLiteral("updateUrl"), QString(base + QStringLiteral("/updates"))},
                        {QStringLiteral("statsUrl"), QString(base + QStringLiteral("/stats"))},
                        {QStringLiteral("channelUrl"), QString(base + QStringLiteral("/channel_self"))},
                        {QStringLiteral("autoUpdate"), true}};
    if (!publicPem.isEmpty()) {
        updater.insert(QStringLiteral("publicKey"), QString::fromLatin1(publicPem));
    }
    const QJsonObject whole{
        {QStringLiteral("plugins"), QJsonObject{{QStringLiteral("CapacitorUpdater"), updater}}}};
    return QString::fromUtf8(QJsonDocument(whole).toJson());
}

} // namespace

ConnectScreen::ConnectScreen(Theme &theme, workspace::Workspace &workspace, workspace::ServerDesk &desk,
                             workspace::KeyRing &keyRing, Prompts &prompts, QWidget *parent)
    : Screen(parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_desk(desk)
    , m_keyRing(keyRing)
    , m_prompts(prompts)
    , m_keyNote(new Banner(theme, Tone::Warning, this))
    , m_note(new Banner(theme, Tone::Warning, this))
    , m_code(new CodeBlock(theme, tr("Plugin settings"), QStringLiteral("pluginSettings"), this))
    , m_listen(new QLineEdit(this))
    , m_certificate(new QLineEdit(this))
    , m_certificateKey(new QLineEdit(this))
    , m_publicUrl(new QLineEdit(this))
    , m_problem(new Label(theme, {}, FontRole::Body, ColorRole::Danger, this))
    , m_apply(outlineButton(theme, tr("Listen beyond this computer"), QStringLiteral("listenButton"), this))
    , m_stopListening(outlineButton(theme, tr("Loopback only"), QStringLiteral("stopListeningButton"), this))
{
    setObjectName(QStringLiteral("connectScreen"));
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kCardGap);
    column->addWidget(m_keyNote);
    column->addWidget(m_note);
    column->addWidget(makeSettingsCard());
    m_listenCard = makeListenCard();
    column->addWidget(m_listenCard);
    column->addStretch();
    auto *scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("connectScrollArea"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kPagePadding, 20, metrics::kPagePadding, metrics::kSpace4);
    layout->setSpacing(metrics::kSpace3);
    layout->addWidget(new PageHeader(theme, title(), this));
    layout->addWidget(scroll, 1);
    connect(&workspace, &workspace::Workspace::appChanged, this, &ConnectScreen::follow);
    connect(&workspace, &workspace::Workspace::linkChanged, this, &ConnectScreen::follow);
    connect(&keyRing, &workspace::Repository::changed, this, &ConnectScreen::follow);
    connect(&desk, &workspace::ServerDesk::listeningChanged, this, &ConnectScreen::showListening);
    showListening();
}

Card *ConnectScreen::makeSettingsCard()
{
    auto *card = new Card(m_theme, tr("Settings of the plugin"), this);
    card->setSubtitle(tr("for capacitor.config.json"));
    auto *words = new Label(
        m_theme,
        tr("Put this into the configuration of the app, then build and install it once. From then on "
           "the app asks this server for its bundles."),
        FontRole::Body, ColorRole::Muted, card);
    words->setWrap(true);
    m_code->setVisibleLines(kVisibleLines);
    card->body()->addWidget(words);
    card->body()->addWidget(m_code);
    return card;
}

QHBoxLayout *ConnectScreen::makeRow(const QString &label, QLineEdit *field, const QString &objectName)
{
    field->setObjectName(objectName + QStringLiteral("Field"));
    field->setAccessibleName(label);
    auto *caption = new Label(m_theme, label, FontRole::Body, ColorRole::Text, this);
    caption->setFixedTextWidth(kCaptionWidth);
    caption->setBuddy(field);
    auto *row = new QHBoxLayout;
    row->addWidget(caption);
    row->addWidget(field, 1);
    return row;
}

QWidget *ConnectScreen::makeFileField(const QString &label, QLineEdit *field, const QString &objectName)
{
    auto *host = new QWidget(this);
    QHBoxLayout *row = makeRow(label, field, objectName);
    row->setContentsMargins(0, 0, 0, 0);
    host->setLayout(row);
    auto *choose = outlineButton(m_theme, tr("Choose…"), objectName + QStringLiteral("Button"), host);
    choose->setAccessibleName(tr("Choose: %1").arg(label));
    connect(choose, &QPushButton::clicked, this, [this, field, label] {
        m_prompts.openFile(this, label, tr("PEM files (*.pem *.crt *.key);;All files (*)"),
                           [field](const QString &path) { field->setText(path); });
    });
    row->addWidget(choose);
    return host;
}

Card *ConnectScreen::makeListenCard()
{
    auto *card = new Card(m_theme, tr("Listen beyond this computer"), this);
    auto *words = new Label(
        m_theme,
        tr("Off unless you switch it on. Devices need HTTPS with a certificate they trust, made for the "
           "name they use. Everybody who reaches the address can ask for bundles and send statistics, as "
           "with every update server; changing anything needs a key."),
        FontRole::Body, ColorRole::Muted, card);
    words->setWrap(true);
    m_listen->setPlaceholderText(QStringLiteral("0.0.0.0:8443"));
    m_publicUrl->setPlaceholderText(tr("Left empty, it is made from the certificate"));
    m_problem->setWrap(true);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_stopListening);
    buttons->addWidget(m_apply);
    m_apply->setAccessibleName(tr("Restart the server and listen beyond this computer"));
    m_stopListening->setAccessibleName(tr("Restart the server for this computer only"));
    card->body()->setSpacing(metrics::kSpace3);
    card->body()->addWidget(words);
    card->body()->addLayout(makeRow(tr("Address and port"), m_listen, QStringLiteral("listenAddress")));
    card->body()->addWidget(
        makeFileField(tr("Certificate chain"), m_certificate, QStringLiteral("certificate")));
    card->body()->addWidget(
        makeFileField(tr("Its private key"), m_certificateKey, QStringLiteral("certificateKey")));
    card->body()->addLayout(makeRow(tr("Devices ask"), m_publicUrl, QStringLiteral("publicUrl")));
    card->body()->addWidget(m_problem);
    card->body()->addLayout(buttons);
    for (QLineEdit *field : {m_listen, m_certificate, m_certificateKey, m_publicUrl}) {
        connect(field, &QLineEdit::textChanged, this, &ConnectScreen::validateListen);
    }
    connect(m_apply, &QPushButton::clicked, this, &ConnectScreen::applyListen);
    connect(m_stopListening, &QPushButton::clicked, this, [this] {
        workspace::Listening off = workspace::Listening::of(m_workspace.settings());
        off.address.clear();
        change(off);
    });
    const workspace::Listening kept = workspace::Listening::of(m_workspace.settings());
    m_listen->setText(kept.address);
    m_certificate->setText(kept.certificate);
    m_certificateKey->setText(kept.certificateKey);
    m_publicUrl->setText(kept.publicUrl);
    validateListen();
    return card;
}

void ConnectScreen::follow()
{
    if (!m_workspace.isOpen()) {
        return;
    }
    QByteArray publicPem;
    if (m_workspace.app()) {
        const QVector<keys::BundleKeyInfo> own = m_keyRing.bundleKeysOf(*m_workspace.app());
        publicPem = own.isEmpty() ? QByteArray() : own.constFirst().publicPem;
    }
    const QUrl api = m_workspace.session()->api();
    const bool isLocal =
        m_workspace.server() && m_workspace.server()->kind == workspace::ServerKind::ThisComputer;
    const bool isListening = isLocal && m_desk.listening().isOn();
    m_code->setCode(pluginSettings(isListening ? QUrl(m_desk.listening().publicUrl) : api, publicPem));
    m_keyNote->setMessage(
        tr("This app has no bundle key on this computer."),
        tr("Create one under Keys first, and the settings below will hold its public half."));
    m_keyNote->setVisible(publicPem.isEmpty());
    showReach(api, isLocal, isListening);
    m_listenCard->setVisible(isLocal);
    m_stopListening->setEnabled(isListening && !m_isBusy);
}

void ConnectScreen::showReach(const QUrl &api, bool isLocal, bool isListening)
{
    const std::optional<Error> &problem = m_desk.listenProblem();
    const bool isLoopback = api.host() == QLatin1String("127.0.0.1");
    if (isListening) {
        m_note->setTone(Tone::Ok);
        m_note->setMessage(
            tr("Devices reach this server at %1.").arg(displayable(m_desk.listening().publicUrl, 200)),
            m_desk.certificateEnd()
                ? tr("Its certificate is good until %1.")
                      .arg(QLocale().toString(toQDateTime(*m_desk.certificateEnd()).toLocalTime().date(),
                                              QLocale::LongFormat))
                : QString());
    } else if (isLocal && problem) {
        m_note->setTone(Tone::Danger);
        m_note->setMessage(displayable(problem->what, 300),
                           displayable(QString(problem->cause + QLatin1Char(' ') + problem->remedy), 600));
    } else {
        m_note->setTone(Tone::Warning);
        m_note->setMessage(
            tr("Only programs on this computer reach this address."),
            tr("Emulators and simulators do; a phone does not. Listen beyond this computer for phones."));
    }
    m_note->setVisible(isListening || (isLocal && problem) || isLoopback);
}

void ConnectScreen::showListening()
{
    // What was made from the certificate is shown, so that a person sees and can change it.
    if (m_desk.listening().isOn()) {
        m_publicUrl->setText(m_desk.listening().publicUrl);
    }
    follow();
}

void ConnectScreen::validateListen()
{
    QString problem;
    const QString address = m_listen->text().trimmed();
    const qsizetype colon = address.lastIndexOf(QLatin1Char(':'));
    bool isPort = false;
    const int port = address.mid(colon + 1).toInt(&isPort);
    if (!address.isEmpty() && (colon <= 0 || !isPort || port < 1 || port > 65535)) {
        problem = tr("An address looks like 0.0.0.0:8443.");
    } else if (!address.isEmpty() && !QFileInfo(m_certificate->text().trimmed()).isReadable()) {
        problem = tr("The certificate chain cannot be read.");
    } else if (!address.isEmpty() && !QFileInfo(m_certificateKey->text().trimmed()).isReadable()) {
        problem = tr("The private key of the certificate cannot be read.");
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_apply->setEnabled(!address.isEmpty() && problem.isEmpty() && !m_isBusy);
}

void ConnectScreen::applyListen()
{
    change({m_listen->text().trimmed(), m_certificate->text().trimmed(), m_certificateKey->text().trimmed(),
            m_publicUrl->text().trimmed()});
}

void ConnectScreen::change(const workspace::Listening &wish)
{
    setBusy(true);
    m_desk.listenBeyond(wish, this, [this](const Result<void> &done) {
        setBusy(false);
        if (!done) {
            const Error &error = done.error();
            m_problem->setForeign(
                QStringList{error.what, error.cause, error.remedy}.join(QLatin1Char(' ')).trimmed());
            m_problem->show();
        }
    });
}

void ConnectScreen::setBusy(bool busy)
{
    m_isBusy = busy;
    for (QLineEdit *field : {m_listen, m_certificate, m_certificateKey, m_publicUrl}) {
        field->setEnabled(!busy);
    }
    validateListen();
    follow();
}

} // namespace gatehouse::widgets
