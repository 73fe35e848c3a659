// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/statusbar.h"

#include "core/foreigntext.h"
#include "widgets/theme/style.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>

namespace gatehouse::widgets {

StatusBar::StatusBar(Theme &theme, workspace::Workspace &workspace, workspace::KeyRing &keyRing,
                     QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_keyRing(keyRing)
    , m_keys(new QPushButton(this))
    , m_jobs(new QPushButton(this))
    , m_bar(new QProgressBar(this))
    , m_server(new QLabel(this))
{
    setObjectName(QStringLiteral("statusBar"));
    setFixedHeight(metrics::kStatusBarHeight);
    for (QPushButton *button : {m_keys, m_jobs}) {
        button->setProperty(kButtonKindProperty, static_cast<int>(ButtonKind::Quiet));
        button->setProperty(kSmallProperty, true);
        button->setFont(theme.font(FontRole::Small));
        button->setFixedHeight(metrics::kStatusBarHeight - 4);
    }
    m_keys->setObjectName(QStringLiteral("keychainStateButton"));
    m_jobs->setObjectName(QStringLiteral("jobsButton"));
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(120);
    m_bar->setAccessibleName(tr("Progress of the running job"));
    m_server->setTextFormat(Qt::PlainText);
    m_server->setFont(theme.font(FontRole::Small));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::kSpace2, 1, metrics::kSpace3, 1);
    layout->setSpacing(metrics::kSpace3);
    layout->addWidget(m_keys);
    layout->addStretch();
    layout->addWidget(m_jobs);
    layout->addWidget(m_bar);
    layout->addWidget(m_server);

    connect(m_jobs, &QPushButton::clicked, this, &StatusBar::jobsRequested);
    connect(m_keys, &QPushButton::clicked, this, &StatusBar::keysRequested);
    connect(&keyRing, &workspace::Repository::stateChanged, this, &StatusBar::showKeys);
    workspace::Jobs &jobs = workspace.jobs();
    connect(&jobs, &workspace::Jobs::jobAdded, this, &StatusBar::showJobs);
    connect(&jobs, &workspace::Jobs::jobChanged, this, &StatusBar::showJobs);
    connect(&jobs, &workspace::Jobs::jobFinished, this, &StatusBar::showJobs);
    connect(&workspace, &workspace::Workspace::linkChanged, this, &StatusBar::showServer);
    connect(&theme, &Theme::changed, this, [this] {
        showKeys();
        showServer();
        update();
    });
    showKeys();
    showJobs();
    showServer();
}

void StatusBar::showKeys()
{
    QString words;
    Icon icon = Icon::Keys;
    ColorRole role = ColorRole::Muted;
    switch (m_keyRing.state()) {
    case workspace::LoadState::Nothing:
    case workspace::LoadState::Loading:
        words = tr("Waiting for the keychain");
        break;
    case workspace::LoadState::Ready:
        words = tr("%1 unlocked").arg(m_keyRing.storeName());
        break;
    case workspace::LoadState::Failed:
        words = m_keyRing.error() && m_keyRing.error()->id == QLatin1String("keys.keychain.missing")
                    ? tr("No keychain")
                    : tr("%1 locked").arg(m_keyRing.storeName());
        icon = Icon::Alert;
        role = ColorRole::Warning;
        break;
    }
    m_keys->setText(words);
    m_keys->setIcon(m_theme.icon(icon, role));
    m_keys->setIconSize({metrics::kSmallIcon, metrics::kSmallIcon});
    m_keys->setAccessibleName(tr("Keychain state: %1").arg(words));
}

void StatusBar::showJobs()
{
    workspace::Jobs &jobs = m_workspace.jobs();
    const int running = jobs.runningCount();
    const workspace::Job *newest = nullptr;
    for (const workspace::Job *job : jobs.jobs()) {
        if (job->isRunning() && job->isShown()) {
            newest = job;
            break;
        }
    }
    QString words = tr("No running jobs");
    if (newest != nullptr) {
        words = running == 1 ? displayable(newest->title(), 60) : tr("%n running jobs", nullptr, running);
        const Progress &progress = newest->progress();
        m_bar->setRange(0, progress.total > 0 ? 1000 : 0);
        m_bar->setValue(progress.total > 0 ? static_cast<int>(progress.done * 1000 / progress.total) : 0);
    }
    m_bar->setVisible(newest != nullptr);
    m_jobs->setText(words);
    m_jobs->setAccessibleName(tr("Jobs: %1").arg(words));
}

void StatusBar::showServer()
{
    QPalette palette = m_server->palette();
    palette.setColor(QPalette::WindowText, m_theme.color(ColorRole::Muted));
    m_server->setPalette(palette);
    if (!m_workspace.isOpen()) {
        m_server->setText(QString());
        return;
    }
    const client::Capabilities capabilities = m_workspace.capabilities();
    const QString host = m_workspace.session()->api().host();
    const QString place = host == QLatin1String("127.0.0.1") ? tr("loopback") : displayable(host, 64);
    m_server->setText(capabilities.kind() == client::ServerKind::Gatehouse
                          ? tr("Gatehouse server %1 · %2").arg(displayable(capabilities.version(), 32), place)
                          : tr("Capgo server · %1").arg(place));
}

void StatusBar::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(ColorRole::Surface));
    painter.setPen(m_theme.color(ColorRole::Border));
    painter.drawLine(0, 0, width(), 0);
}

} // namespace gatehouse::widgets
