// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/channels/rulesform.h"

#include "widgets/channels/rulewords.h"
#include "widgets/common/format.h"
#include "widgets/common/label.h"
#include "widgets/common/tone.h"
#include "widgets/review/reviewwords.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QSpinBox>
#include <QVBoxLayout>

#include <array>

namespace gatehouse::widgets {

namespace {

constexpr int kNoLimitBps = 0;
constexpr int kSecondsADay = 86'400;

const QString kPolicy = QStringLiteral("disable_auto_update");
const QString kPauseOn = QStringLiteral("auto_pause_enabled");
const QString kPauseLimit = QStringLiteral("auto_pause_failure_rate_bps");
const QString kPauseAction = QStringLiteral("auto_pause_action");
const QString kDraw = QStringLiteral("rollout_cache_ttl_seconds");

/// What the server keeps as null stands in a field as its lowest number.
bool mayBeNull(const QString &column)
{
    return column == QLatin1String("auto_pause_min_attempts") ||
           column == QLatin1String("auto_pause_min_failures");
}

} // namespace

RulesForm::RulesForm(const Theme &theme, const QString &progressive, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
    , m_problems(GroupCount, nullptr)
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(metrics::kSpace3);
    QVBoxLayout *reach = addGroup(Reach, tr("Who gets its bundles here"));
    reach->addWidget(addFlag("public", tr("Default for devices that ask for no channel")));
    reach->addWidget(addFlag("allow_device_self_set", tr("Devices may join by themselves")));

    auto *platforms = new QHBoxLayout;
    platforms->setSpacing(metrics::kSpace6);
    platforms->addWidget(addFlag("ios", ruleName(QStringLiteral("ios"))));
    platforms->addWidget(addFlag("android", ruleName(QStringLiteral("android"))));
    platforms->addWidget(addFlag("electron", ruleName(QStringLiteral("electron"))));
    platforms->addStretch();
    addGroup(Platforms, tr("Platforms"))->addLayout(platforms);

    auto *builds = new QGridLayout;
    builds->setHorizontalSpacing(metrics::kSpace6);
    builds->setVerticalSpacing(metrics::kSpace2);
    builds->addWidget(addFlag("allow_prod", tr("Store builds")), 0, 0);
    builds->addWidget(addFlag("allow_dev", tr("Development builds")), 0, 1);
    builds->addWidget(addFlag("allow_device", tr("Real devices")), 1, 0);
    builds->addWidget(addFlag("allow_emulator", tr("Emulators")), 1, 1);
    builds->setColumnStretch(2, 1);
    addGroup(Builds, tr("Builds and devices"))->addLayout(builds);

    QVBoxLayout *versions = addGroup(Versions, tr("Versions"));
    m_policy = new QComboBox(this);
    m_policy->setObjectName(QStringLiteral("versionPolicyField"));
    m_policy->setAccessibleName(tr("Version limit"));
    for (const char *policy : {"major", "minor", "patch", "version_number", "none"}) {
        m_policy->addItem(policyName(QLatin1String(policy)), QString::fromLatin1(policy));
    }
    m_policyMeaning = new Label(theme, {}, FontRole::Small, ColorRole::Muted, this);
    m_policyMeaning->setWrap(true);
    versions->addWidget(m_policy);
    versions->addWidget(m_policyMeaning);
    versions->addWidget(
        addFlag("disable_auto_update_under_native", tr("Never a bundle below the native version")));
    connect(m_policy, &QComboBox::currentIndexChanged, this, [this] {
        showPolicyMeaning();
        Q_EMIT changed();
    });

    QVBoxLayout *deploy = addGroup(Progressive, tr("Progressive deploy"));
    if (progressive.isEmpty()) {
        addProgressive(deploy);
    } else {
        auto *why = new Label(theme, progressive, FontRole::Body, ColorRole::Muted, this);
        why->setWrap(true);
        deploy->addWidget(why);
    }
    m_problems[Others] = new QVBoxLayout;
    m_problems[Others]->setSpacing(metrics::kSpace1);
    m_column->addLayout(m_problems[Others]);
}

QVBoxLayout *RulesForm::addGroup(Group group, const QString &title)
{
    auto *column = new QVBoxLayout;
    column->setSpacing(metrics::kSpace2);
    column->addWidget(new Label(m_theme, title, FontRole::BodyStrong, ColorRole::Text, this));
    auto *fields = new QVBoxLayout;
    fields->setSpacing(metrics::kSpace2);
    column->addLayout(fields);
    auto *problems = new QVBoxLayout;
    problems->setSpacing(metrics::kSpace1);
    column->addLayout(problems);
    m_problems[group] = problems;
    m_column->addLayout(column);
    return fields;
}

QCheckBox *RulesForm::addFlag(const char *column, const QString &text)
{
    auto *flag = new QCheckBox(text, this);
    flag->setObjectName(QStringLiteral("rule-") + QLatin1String(column));
    flag->setAccessibleName(text);
    m_flags.insert(QString::fromLatin1(column), flag);
    connect(flag, &QCheckBox::toggled, this, &RulesForm::changed);
    return flag;
}

void RulesForm::addField(QGridLayout *grid, const char *column, QWidget *field)
{
    const QString name = ruleName(QString::fromLatin1(column));
    field->setObjectName(QStringLiteral("rule-") + QLatin1String(column));
    field->setAccessibleName(name);
    const int row = grid->rowCount();
    grid->addWidget(new Label(m_theme, name, FontRole::Body, ColorRole::Muted, field->parentWidget()), row,
                    0);
    grid->addWidget(field, row, 1);
}

QSpinBox *RulesForm::addNumber(QGridLayout *grid, const char *column, int low, int high,
                               const QString &suffix)
{
    auto *field = new QSpinBox(grid->parentWidget() == nullptr ? this : grid->parentWidget());
    field->setRange(low, high);
    field->setSuffix(suffix);
    field->setButtonSymbols(QAbstractSpinBox::NoButtons);
    if (mayBeNull(QString::fromLatin1(column))) {
        field->setSpecialValueText(tr("any number"));
    }
    addField(grid, column, field);
    m_numbers.insert(QString::fromLatin1(column), field);
    connect(field, &QSpinBox::valueChanged, this, &RulesForm::changed);
    return field;
}

void RulesForm::addProgressive(QVBoxLayout *column)
{
    column->addWidget(addFlag("auto_pause_enabled", tr("Act by itself when too many devices fail")));
    m_pauseFields = new QWidget(this);
    auto *grid = new QGridLayout(m_pauseFields);
    grid->setContentsMargins(metrics::kSpace6, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::kSpace4);
    grid->setVerticalSpacing(metrics::kSpace2);
    grid->setColumnStretch(2, 1);
    m_limit = new QDoubleSpinBox(m_pauseFields);
    m_limit->setRange(0, 100);
    m_limit->setDecimals(2);
    m_limit->setSuffix(withPercentSign({}));
    m_limit->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_limit->setSpecialValueText(tr("no limit"));
    addField(grid, "auto_pause_failure_rate_bps", m_limit);
    connect(m_limit, &QDoubleSpinBox::valueChanged, this, &RulesForm::changed);
    addNumber(grid, "auto_pause_window_minutes", 1, 10'080, tr(" min"));
    addNumber(grid, "auto_pause_min_attempts", 0, 2'147'483'647, {});
    addNumber(grid, "auto_pause_min_failures", 0, 2'147'483'647, {});
    m_pauseAction = new QComboBox(m_pauseFields);
    for (const char *action : {"pause", "rollback", "notify"}) {
        const QString word = QString::fromLatin1(action);
        m_pauseAction->addItem(ruleValue(kPauseAction, word), word);
    }
    addField(grid, "auto_pause_action", m_pauseAction);
    connect(m_pauseAction, &QComboBox::currentIndexChanged, this, &RulesForm::changed);
    addNumber(grid, "auto_pause_cooldown_minutes", 0, 10'080, tr(" min"));
    column->addWidget(m_pauseFields);
    auto *draw = new QGridLayout;
    draw->setHorizontalSpacing(metrics::kSpace4);
    draw->setColumnStretch(2, 1);
    QSpinBox *days = addNumber(draw, "rollout_cache_ttl_seconds", 1, 365, {});
    const auto showUnit = [days] { days->setSuffix(tr(" days", "behind a number", days->value())); };
    connect(days, &QSpinBox::valueChanged, this, showUnit);
    showUnit();
    column->addLayout(draw);
    connect(m_flags.value(kPauseOn), &QCheckBox::toggled, this, &RulesForm::showProgressive);
}

QWidget *RulesForm::firstField() const
{
    return m_flags.value(QStringLiteral("public"));
}

void RulesForm::setRules(const wire::ChannelRow &channel)
{
    const QSignalBlocker quiet(this);
    m_base = channel;
    const QJsonObject row = channel.toJson();
    for (auto flag = m_flags.begin(); flag != m_flags.end(); ++flag) {
        flag.value()->setChecked(row.value(flag.key()).toBool());
    }
    for (auto number = m_numbers.begin(); number != m_numbers.end(); ++number) {
        const qint64 value = row.value(number.key()).toInteger();
        number.value()->setValue(static_cast<int>(number.key() == kDraw ? value / kSecondsADay : value));
    }
    const int policy = m_policy->findData(channel.disableAutoUpdate);
    m_policy->setCurrentIndex(policy < 0 ? 0 : policy);
    if (m_limit != nullptr) {
        m_limit->setValue(static_cast<double>(channel.autoPauseFailureRateBps.value_or(kNoLimitBps)) / 100.0);
        m_pauseAction->setCurrentIndex(std::max(0, m_pauseAction->findData(channel.autoPauseAction)));
    }
    showPolicyMeaning();
    showProgressive();
}

wire::ChannelRow RulesForm::rules() const
{
    QJsonObject rules;
    for (auto flag = m_flags.begin(); flag != m_flags.end(); ++flag) {
        rules.insert(flag.key(), flag.value()->isChecked());
    }
    const QJsonObject base = m_base.toJson();
    for (auto number = m_numbers.begin(); number != m_numbers.end(); ++number) {
        const int value = number.value()->value();
        if (number.key() != kDraw) {
            rules.insert(number.key(),
                         value == 0 && mayBeNull(number.key()) ? QJsonValue() : QJsonValue(value));
        } else if (base.value(kDraw).toInteger() / kSecondsADay != value) {
            // Only whole days can be chosen; another number of seconds stays as it is until one is.
            rules.insert(kDraw, value * kSecondsADay);
        }
    }
    rules.insert(kPolicy, m_policy->currentData().toString());
    if (m_limit != nullptr) {
        const int limit = qRound(m_limit->value() * 100.0);
        rules.insert(kPauseLimit, limit == kNoLimitBps ? QJsonValue() : QJsonValue(limit));
        rules.insert(kPauseAction, m_pauseAction->currentData().toString());
    }
    return release::withRules(m_base, rules).value_or(m_base);
}

RulesForm::Group RulesForm::groupOf(const QString &obstacle)
{
    static const QHash<QString, Group> groups{{QStringLiteral("obstacle.rules_no_platform"), Platforms},
                                              {QStringLiteral("obstacle.rules_no_build"), Builds},
                                              {QStringLiteral("obstacle.rules_no_device"), Builds},
                                              {QStringLiteral("obstacle.rules_no_minimum"), Versions},
                                              {QStringLiteral("obstacle.rules_no_limit"), Progressive},
                                              {QStringLiteral("obstacle.rules_range"), Progressive},
                                              {QStringLiteral("obstacle.rules_other_default"), Reach},
                                              {QStringLiteral("obstacle.rules_no_default"), Reach},
                                              {QStringLiteral("obstacle.rules_unreachable"), Reach},
                                              {QStringLiteral("obstacle.rules_self_set"), Reach}};
    return groups.value(obstacle, Others);
}

void RulesForm::setObstacles(const QVector<release::Obstacle> &obstacles)
{
    for (QVBoxLayout *problems : std::as_const(m_problems)) {
        while (QLayoutItem *item = problems->takeAt(0)) {
            delete item->widget();
            delete item;
        }
    }
    for (const release::Obstacle &obstacle : obstacles) {
        release::Sentence sentence = obstacle.sentence;
        if (sentence.id == QLatin1String("obstacle.rules_range")) {
            sentence.args[0] = ruleName(sentence.args.value(0));
        }
        const bool blocks = obstacle.weight == release::Obstacle::Weight::Blocker;
        auto *host = new QWidget(this);
        auto *row = new QHBoxLayout(host);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(metrics::kSpace2);
        const Tone tone = blocks ? Tone::Danger : Tone::Warning;
        row->addWidget(new IconLabel(m_theme, toneIcon(tone), toneColor(tone), metrics::kIcon, host), 0,
                       Qt::AlignTop);
        auto *label = new Label(m_theme, words(sentence), FontRole::Body, toneColor(tone), host);
        label->setObjectName(sentence.id);
        label->setWrap(true);
        row->addWidget(label, 1);
        m_problems.at(groupOf(sentence.id))->addWidget(host);
    }
}

void RulesForm::showPolicyMeaning()
{
    m_policyMeaning->setText(policyMeaning(m_policy->currentData().toString()));
}

void RulesForm::showProgressive()
{
    if (m_pauseFields != nullptr) {
        m_pauseFields->setEnabled(m_flags.value(kPauseOn)->isChecked());
    }
}

} // namespace gatehouse::widgets
