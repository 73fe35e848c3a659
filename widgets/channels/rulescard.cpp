// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/channels/rulescard.h"

#include "widgets/channels/rulewords.h"
#include "widgets/common/button.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace gatehouse::widgets {

namespace {

struct Rule
{
    bool isOpen; ///< lets devices or bundles in
    QString sentence;
};

QVector<Rule> rulesOf(const wire::ChannelRow &channel)
{
    const auto rule = [](bool isOpen, const QString &yes, const QString &no) {
        return Rule{isOpen, isOpen ? yes : no};
    };
    return {
        {channel.ios || channel.android || channel.electron, platformNames(channel)},
        {channel.disableAutoUpdate == QLatin1String("none"), policyName(channel.disableAutoUpdate)},
        rule(!channel.disableAutoUpdateUnderNative, RulesCard::tr("Bundles below native are allowed"),
             RulesCard::tr("No downgrade below native")),
        rule(channel.allowDeviceSelfSet, RulesCard::tr("Devices may join by themselves"),
             RulesCard::tr("Devices may not join by themselves")),
        rule(channel.allowProd, RulesCard::tr("Store builds served"), RulesCard::tr("Store builds left out")),
        rule(channel.allowDev, RulesCard::tr("Development builds served"),
             RulesCard::tr("Development builds left out")),
        rule(channel.allowDevice, RulesCard::tr("Real devices served"),
             RulesCard::tr("Real devices left out")),
        rule(channel.allowEmulator, RulesCard::tr("Emulators served"), RulesCard::tr("Emulators left out"))};
}

} // namespace

RulesCard::RulesCard(const Theme &theme, QWidget *parent)
    : Card(theme, tr("Rules"), parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("rulesCard"));
    auto *edit = outlineButton(theme, tr("Edit…"), QStringLiteral("editRulesButton"), this);
    edit->setSmall(true);
    edit->setAccessibleName(tr("Edit the rules of the channel"));
    addAction(static_cast<QWidget *>(edit));
    connect(edit, &QPushButton::clicked, this, &RulesCard::editRequested);
    body()->setSpacing(metrics::kSpace2);
    body()->addStretch();
}

void RulesCard::setLine(qsizetype at, Icon icon, ColorRole role, const QString &sentence)
{
    if (at == m_lines.size()) {
        auto *host = new QWidget(this);
        auto *row = new QHBoxLayout(host);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(metrics::kSpace2);
        Line line{host, new IconLabel(m_theme, icon, role, metrics::kSmallIcon, host),
                  new Label(m_theme, sentence, FontRole::Body, ColorRole::Text, host)};
        line.words->setWrap(true);
        auto *iconColumn = new QVBoxLayout;
        iconColumn->addSpacing(3);
        iconColumn->addWidget(line.icon);
        iconColumn->addStretch();
        row->addLayout(iconColumn);
        row->addWidget(line.words, 1);
        body()->insertWidget(static_cast<int>(at), host);
        m_lines.append(line);
        return;
    }
    m_lines.at(at).icon->setIcon(icon, role);
    m_lines.at(at).words->setText(sentence);
}

void RulesCard::show(const wire::ChannelRow &channel, std::optional<qint64> pinned)
{
    qsizetype at = 0;
    const QVector<Rule> rules = rulesOf(channel);
    for (const Rule &rule : rules) {
        setLine(at++, rule.isOpen ? Icon::Check : Icon::Lock, rule.isOpen ? ColorRole::Ok : ColorRole::Muted,
                rule.sentence);
    }
    setLine(at, Icon::Pin, ColorRole::Muted,
            pinned ? tr("%n devices are pinned here", nullptr, static_cast<int>(*pinned))
                   : tr("Pinned devices: not told by the server"));
}

} // namespace gatehouse::widgets
