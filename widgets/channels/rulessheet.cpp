// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/channels/rulessheet.h"

#include "core/foreigntext.h"
#include "widgets/channels/rulesform.h"
#include "widgets/channels/rulewords.h"
#include "widgets/common/banner.h"
#include "widgets/common/changelist.h"

namespace gatehouse::widgets {

namespace {

/// Our own server draws by a seed that the rollout keeps, and has no automatic pause.
QString whyNotProgressive(const client::Capabilities &server)
{
    return server.kind() == client::ServerKind::Gatehouse
               ? RulesSheet::tr("This server has no automatic pause, and a device’s draw holds for the whole "
                                "rollout. Watch the rollout under Monitor.")
               : QString();
}

} // namespace

RulesSheet::RulesSheet(Theme &theme, workspace::Workspace &workspace, const wire::ChannelState &state,
                       QWidget *host)
    : QObject(host)
    , m_workspace(workspace)
    , m_base(state)
    , m_sheet(new ReviewSheet(theme, tr("Rules of %1").arg(displayable(state.channel.name, 64)), host))
    , m_form(new RulesForm(theme, whyNotProgressive(workspace.capabilities())))
    , m_meanwhile(new Banner(theme, Tone::Warning))
    , m_changes(new ChangeList(theme))
{
    m_sheet->setObjectName(QStringLiteral("rulesSheet"));
    m_meanwhile->hide();
    m_sheet->addSection(m_meanwhile);
    m_sheet->addSection(m_form);
    m_sheet->pinSection(m_changes);
    m_sheet->setFirstFocus(m_form->firstField());
    m_form->setRules(state.channel);
    connect(m_form, &RulesForm::changed, this, &RulesSheet::showReview);
    connect(m_sheet, &ReviewSheet::confirmed, this, &RulesSheet::apply);
    connect(m_sheet, &QObject::destroyed, this, &QObject::deleteLater);
    connect(&workspace.channels(), &workspace::Repository::changed, this, &RulesSheet::follow);
    connect(&workspace, &workspace::Workspace::appChanged, m_sheet, &ReviewSheet::closeSheet);
    showReview();
}

void RulesSheet::begin()
{
    m_sheet->openSheet();
}

void RulesSheet::follow()
{
    const wire::ChannelState *now = m_workspace.channels().find(m_base.channel.name);
    // While the change is on its way, the newer state is most likely its own.
    if (now == nullptr || !m_sheet || m_isApplying || now->etag == m_base.etag) {
        return;
    }
    const QVector<release::RuleChange> theirs = release::ruleChanges(m_base.channel, now->channel);
    const wire::ChannelRow wish = release::rebasedRules(m_base.channel, m_form->rules(), now->channel);
    m_base = *now;
    if (!theirs.isEmpty()) {
        m_theirs += theirs;
        QStringList lines;
        for (const release::RuleChange &change : std::as_const(m_theirs)) {
            lines.append(ruleSentence(change));
        }
        m_meanwhile->setMessage(
            tr("Somebody else changed these rules meanwhile."),
            tr("%1. What you change here goes on top of it.").arg(lines.join(QStringLiteral(", "))));
        m_meanwhile->show();
    }
    m_form->setRules(wish);
    showReview();
}

std::optional<release::Review> RulesSheet::review() const
{
    const Result<ChannelName> name = ChannelName::parse(m_base.channel.name);
    if (!name || !m_workspace.app()) {
        return std::nullopt;
    }
    release::ReviewContext context;
    context.capabilities = m_workspace.capabilities();
    const auto rowOf = [this](const std::optional<qint64> &id) -> std::optional<wire::BundleRow> {
        const wire::BundleRow *row = id ? m_workspace.bundles().find(*id) : nullptr;
        return row == nullptr ? std::nullopt : std::optional(*row);
    };
    context.stable = rowOf(m_base.channel.version);
    context.rollout = rowOf(m_base.channel.rolloutVersion);
    for (const wire::ChannelState &other : m_workspace.channels().rows()) {
        if (other.channel.id != m_base.channel.id) {
            context.others.append(other.channel);
        }
    }
    const QJsonObject rules = release::toColumns(release::ruleChanges(m_base.channel, m_form->rules()));
    return release::review(release::setRules(*m_workspace.app(), *name, rules), m_base, context);
}

void RulesSheet::showReview()
{
    const std::optional<release::Review> made = review();
    if (!made || !m_sheet) {
        return;
    }
    m_form->setObstacles(made->obstacles);
    m_changes->setChanges(ruleRows(made->rules));
    m_changes->setVisible(!made->rules.isEmpty());
    const int count = static_cast<int>(made->rules.size());
    m_sheet->setVerb(count == 0 ? tr("Change the rules") : tr("Change %n rules", nullptr, count),
                     made->isDangerous ? ReviewSheet::Verb::Dangerous : ReviewSheet::Verb::Normal);
    m_sheet->setVerbEnabled(count > 0 && !made->isBlocked());
    m_sheet->setFootnote(count == 0 ? tr("Nothing is changed yet.") : QString());
}

void RulesSheet::apply(const QString &comment)
{
    std::optional<release::Review> decided = review();
    if (!decided || decided->rules.isEmpty()) {
        return;
    }
    decided->action.reason = comment;
    m_sheet->setBusy(true);
    m_isApplying = true;
    m_workspace.execute(*decided, tr("Change the rules of %1").arg(m_base.channel.name), this,
                        [this](const Result<release::Effect> &effect) {
                            if (!m_sheet) {
                                return;
                            }
                            if (effect) {
                                m_sheet->closeSheet();
                                return;
                            }
                            m_isApplying = false;
                            m_sheet->showError(effect.error());
                            // What is different may have come while nobody followed, or is still to come.
                            follow();
                            m_workspace.channels().refresh();
                        });
}

} // namespace gatehouse::widgets
