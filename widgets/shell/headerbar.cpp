// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/headerbar.h"

#include "core/foreigntext.h"
#include "widgets/common/format.h"
#include "widgets/common/tooltip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QStyle>

namespace gatehouse::widgets {

namespace {

constexpr int kAgeIntervalMs = 1000;
constexpr qint64 kStaleAfterMs = 90000;

struct EnvironmentLook
{
    ColorRole line;
    ColorRole text;
    ColorRole tint;
};

EnvironmentLook lookOf(workspace::Environment environment)
{
    switch (environment) {
    case workspace::Environment::Production:
        return {ColorRole::Danger, ColorRole::Danger, ColorRole::DangerTint};
    case workspace::Environment::Test:
        return {ColorRole::Warning, ColorRole::Warning, ColorRole::WarningTint};
    case workspace::Environment::Development:
        return {ColorRole::Ok, ColorRole::Ok, ColorRole::OkTint};
    case workspace::Environment::Sandbox:
        return {ColorRole::Control, ColorRole::Muted, ColorRole::Raised};
    }
    return {ColorRole::Control, ColorRole::Muted, ColorRole::Raised};
}

} // namespace

QString environmentWord(workspace::Environment environment)
{
    switch (environment) {
    case workspace::Environment::Production:
        return HeaderBar::tr("production");
    case workspace::Environment::Test:
        return HeaderBar::tr("test");
    case workspace::Environment::Development:
        return HeaderBar::tr("development");
    case workspace::Environment::Sandbox:
        return HeaderBar::tr("sandbox");
    }
    return {};
}

SwitcherButton::SwitcherButton(Theme &theme, Icon icon, QWidget *parent)
    : QPushButton(parent)
    , m_theme(theme)
    , m_icon(icon)
{
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SwitcherButton::setWords(const QString &words)
{
    m_words = words;
    updateGeometry();
    update();
}

void SwitcherButton::setTag(const QString &tag, ColorRole text, ColorRole tint)
{
    m_tag = tag;
    m_tagText = text;
    m_tagTint = tint;
    updateGeometry();
    update();
}

QSize SwitcherButton::sizeHint() const
{
    const int words = QFontMetrics(m_theme.font(FontRole::BodyStrong)).horizontalAdvance(m_words);
    const int tag =
        m_tag.isEmpty() ? 0 : QFontMetrics(m_theme.font(FontRole::SmallStrong)).horizontalAdvance(m_tag) + 24;
    return {qBound(150, 10 + metrics::kIcon + 8 + words + tag + 44, 320), metrics::kControlHeight};
}

void SwitcherButton::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool lit = underMouse() || isDown();
    painter.setBrush(m_theme.color(lit ? ColorRole::Raised : ColorRole::Surface));
    painter.setPen(
        QPen(m_theme.color(hasFocus() ? ColorRole::Accent : ColorRole::Control), hasFocus() ? 2 : 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), metrics::kControlRadius,
                            metrics::kControlRadius);

    const auto place = [this](const QRect &logical) {
        return QStyle::visualRect(layoutDirection(), rect(), logical);
    };
    const int top = (height() - metrics::kIcon) / 2;
    m_theme.paintIcon(painter, place({10, top, metrics::kIcon, metrics::kIcon}), m_icon, ColorRole::Text);
    m_theme.paintIcon(painter, place({width() - 26, top, metrics::kIcon, metrics::kIcon}), Icon::ChevronDown,
                      ColorRole::Muted);
    int right = width() - 34;
    if (!m_tag.isEmpty()) {
        const QFont font = m_theme.font(FontRole::SmallStrong);
        const int tagWidth = QFontMetrics(font).horizontalAdvance(m_tag) + 16;
        const QRect tagRect = place({right - tagWidth, (height() - 18) / 2, tagWidth, 18});
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(m_tagTint));
        painter.drawRoundedRect(tagRect, 9, 9);
        painter.setPen(m_theme.color(m_tagText));
        painter.setFont(font);
        painter.drawText(tagRect, Qt::AlignCenter, m_tag);
        right -= tagWidth + 8;
    }
    painter.setFont(m_theme.font(FontRole::BodyStrong));
    painter.setPen(m_theme.color(ColorRole::Text));
    const QRect words(34, 0, right - 34, height());
    painter.drawText(
        place(words),
        static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter),
        painter.fontMetrics().elidedText(m_words, Qt::ElideRight, words.width()));
}

HeaderBar::HeaderBar(Theme &theme, workspace::Workspace &workspace, workspace::ServerList &servers,
                     QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_servers(servers)
    , m_serverButton(new SwitcherButton(theme, Icon::Server, this))
    , m_appButton(new SwitcherButton(theme, Icon::App, this))
    , m_serverMenu(new QMenu(this))
    , m_appMenu(new QMenu(this))
    , m_linkIcon(new QLabel(this))
    , m_linkWord(new QLabel(this))
    , m_linkAge(new QLabel(this))
{
    setObjectName(QStringLiteral("headerBar"));
    setFixedHeight(metrics::kHeaderHeight);
    m_serverButton->setObjectName(QStringLiteral("serverSwitcherButton"));
    m_appButton->setObjectName(QStringLiteral("appSwitcherButton"));
    m_serverMenu->setObjectName(QStringLiteral("serverMenu"));
    m_appMenu->setObjectName(QStringLiteral("appMenu"));
    m_serverButton->setMenu(m_serverMenu);
    m_appButton->setMenu(m_appMenu);
    m_linkWord->setTextFormat(Qt::PlainText);
    m_linkAge->setTextFormat(Qt::PlainText);
    m_linkWord->setObjectName(QStringLiteral("linkWordLabel"));

    auto *mark = new QLabel(this);
    mark->setPixmap(theme.icon(Icon::Shield).pixmap(20, 20));
    auto *brand = new QLabel(tr("Gatehouse"), this);
    brand->setFont(theme.font(FontRole::CardTitle));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::kSpace4, metrics::kServerLine, metrics::kSpace3, 0);
    layout->setSpacing(metrics::kSpace3);
    layout->addWidget(mark);
    layout->addWidget(brand);
    layout->addSpacing(metrics::kNavigationWidth - metrics::kSpace4 - 20 - 2 * metrics::kSpace3 -
                       brand->sizeHint().width());
    layout->addWidget(m_serverButton);
    layout->addWidget(m_appButton);
    auto *link = new QHBoxLayout;
    link->setSpacing(metrics::kSpace1);
    link->addWidget(m_linkIcon);
    link->addWidget(m_linkWord);
    link->addWidget(m_linkAge);
    layout->addLayout(link);
    layout->addStretch();

    connect(m_serverMenu, &QMenu::aboutToShow, this, &HeaderBar::fillServerMenu);
    connect(m_appMenu, &QMenu::aboutToShow, this, &HeaderBar::fillAppMenu);
    connect(&workspace, &workspace::Workspace::linkChanged, this, [this] {
        showServer();
        showLink();
    });
    connect(&workspace, &workspace::Workspace::appChanged, this, &HeaderBar::showApp);
    connect(&workspace.apps(), &workspace::Repository::changed, this, &HeaderBar::showApp);
    connect(&theme, &Theme::changed, this, [this, mark] {
        mark->setPixmap(m_theme.icon(Icon::Shield).pixmap(20, 20));
        showServer();
        showLink();
        update();
    });
    m_age.setInterval(kAgeIntervalMs);
    connect(&m_age, &QTimer::timeout, this, &HeaderBar::showLink);
    m_age.start();
    showServer();
    showApp();
    showLink();
}

void HeaderBar::showServer()
{
    const std::optional<workspace::ServerEntry> &server = m_workspace.server();
    m_serverButton->setVisible(server.has_value());
    if (server) {
        const EnvironmentLook look = lookOf(server->environment);
        m_serverButton->setWords(displayable(server->name, 64));
        m_serverButton->setTag(environmentWord(server->environment), look.text, look.tint);
        m_serverButton->setAccessibleName(tr("Server"));
        m_serverButton->setAccessibleDescription(
            tr("%1, %2").arg(displayable(server->name, 64), environmentWord(server->environment)));
    }
    update();
}

void HeaderBar::showApp()
{
    const bool hasApp = m_workspace.app().has_value();
    m_appButton->setVisible(hasApp);
    if (hasApp) {
        m_appButton->setWords(displayable(m_workspace.appTitle(), 64));
        m_appButton->setToolTip(plainToolTip(m_workspace.app()->text()));
        m_appButton->setAccessibleName(tr("App"));
        m_appButton->setAccessibleDescription(displayable(m_workspace.appTitle(), 64));
    }
}

void HeaderBar::showLink()
{
    struct Look
    {
        Icon icon;
        ColorRole role;
        QString word;
    };
    Look look{Icon::Offline, ColorRole::Muted, QString()};
    switch (m_workspace.link()) {
    case workspace::Link::Closed:
        break;
    case workspace::Link::Connecting:
        look = {Icon::Loader, ColorRole::Muted, tr("Connecting")};
        break;
    case workspace::Link::Live:
        look = {Icon::Live, ColorRole::Ok, tr("Live")};
        break;
    case workspace::Link::Polling:
        look = {Icon::Refresh, ColorRole::Ok, tr("Checked")};
        break;
    case workspace::Link::Waiting:
        look = {Icon::Offline, ColorRole::Warning, tr("Offline")};
        break;
    case workspace::Link::Failed:
        look = {Icon::Alert, ColorRole::Danger, tr("Not connected")};
        break;
    }
    QString age;
    if (const std::optional<UtcTime> contact = m_workspace.lastContact(); contact && m_workspace.isOpen()) {
        const qint64 ms = qMax<qint64>(0, toMs(m_workspace.clock().now()) - toMs(*contact));
        if (m_workspace.link() == workspace::Link::Waiting || ms > kStaleAfterMs) {
            //: %1 is a duration, as "40 s" or "6 min"
            age = tr("last answer %1 ago").arg(formatDuration(Milliseconds(ms)));
        }
    }
    m_linkIcon->setVisible(!look.word.isEmpty());
    m_linkIcon->setPixmap(
        m_theme.icon(look.icon, look.role).pixmap(metrics::kSmallIcon, metrics::kSmallIcon));
    QPalette palette = m_linkWord->palette();
    palette.setColor(QPalette::WindowText, m_theme.color(look.role));
    m_linkWord->setPalette(palette);
    m_linkWord->setText(look.word);
    palette.setColor(QPalette::WindowText, m_theme.color(ColorRole::Muted));
    m_linkAge->setPalette(palette);
    m_linkAge->setFont(m_theme.font(FontRole::Small));
    m_linkAge->setText(age);
}

void HeaderBar::fillServerMenu()
{
    m_serverMenu->clear();
    for (const workspace::ServerEntry &entry : m_servers.servers()) {
        QAction *action = m_serverMenu->addAction(
            tr("%1 (%2)").arg(displayable(entry.name, 64), environmentWord(entry.environment)));
        action->setCheckable(true);
        action->setChecked(m_workspace.server() && m_workspace.server()->id == entry.id);
        connect(action, &QAction::triggered, this, [this, id = entry.id] { Q_EMIT serverChosen(id); });
    }
    m_serverMenu->addSeparator();
    QAction *another = m_serverMenu->addAction(m_theme.icon(Icon::Plus), tr("Another server…"));
    connect(another, &QAction::triggered, this, &HeaderBar::anotherServerRequested);
}

void HeaderBar::fillAppMenu()
{
    m_appMenu->clear();
    for (const wire::AppRow &row : m_workspace.apps().rows()) {
        const Result<AppId> id = AppId::parse(row.appId);
        if (!id) {
            continue;
        }
        QAction *action =
            m_appMenu->addAction(tr("%1 (%2)").arg(displayable(row.name, 64), displayable(row.appId, 96)));
        action->setCheckable(true);
        action->setChecked(m_workspace.app() == *id);
        connect(action, &QAction::triggered, this, [this, id = *id] { m_workspace.setApp(id); });
    }
    m_appMenu->addSeparator();
    QAction *create = m_appMenu->addAction(m_theme.icon(Icon::Plus), tr("New app…"));
    connect(create, &QAction::triggered, this, &HeaderBar::newAppRequested);
}

ColorRole HeaderBar::lineRole() const
{
    return m_workspace.server() ? lookOf(m_workspace.server()->environment).line : ColorRole::Border;
}

void HeaderBar::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(ColorRole::Surface));
    painter.fillRect(0, 0, width(), metrics::kServerLine, m_theme.color(lineRole()));
    painter.setPen(m_theme.color(ColorRole::Border));
    painter.drawLine(0, height() - 1, width(), height() - 1);
}

} // namespace gatehouse::widgets
