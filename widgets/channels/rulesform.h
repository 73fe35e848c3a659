// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "release/review.h"
#include "widgets/theme/theme.h"

#include <QHash>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QSpinBox;
class QDoubleSpinBox;
class QVBoxLayout;

namespace gatehouse::widgets {

class Label;

/// The rules of a channel to change: each says at its place what is wrong with it.
class RulesForm final : public QWidget
{
    Q_OBJECT

public:
    /// @param progressive  empty: the server pauses by itself; else why it does not
    RulesForm(const Theme &theme, const QString &progressive, QWidget *parent = nullptr);

    void setRules(const wire::ChannelRow &channel);
    /// The channel that was set, with what the form says now.
    [[nodiscard]] wire::ChannelRow rules() const;
    /// What is wrong, or should be looked at again; what belongs to no group stands at the end.
    void setObstacles(const QVector<release::Obstacle> &obstacles);
    [[nodiscard]] QWidget *firstField() const;

Q_SIGNALS:
    void changed();

private:
    enum Group { Reach, Platforms, Builds, Versions, Progressive, Others, GroupCount };
    [[nodiscard]] static Group groupOf(const QString &obstacle);
    QVBoxLayout *addGroup(Group group, const QString &title);
    QCheckBox *addFlag(const char *column, const QString &text);
    void addProgressive(QVBoxLayout *column);
    void addField(QGridLayout *grid, const char *column, QWidget *field);
    QSpinBox *addNumber(QGridLayout *grid, const char *column, int low, int high, const QString &suffix);
    void showPolicyMeaning();
    void showProgressive();

    const Theme &m_theme;
    wire::ChannelRow m_base;
    QVBoxLayout *m_column;
    QHash<QString, QCheckBox *> m_flags;
    QHash<QString, QSpinBox *> m_numbers;
    QComboBox *m_policy = nullptr;
    Label *m_policyMeaning = nullptr;
    QWidget *m_pauseFields = nullptr;
    QDoubleSpinBox *m_limit = nullptr;
    QComboBox *m_pauseAction = nullptr;
    QVector<QVBoxLayout *> m_problems;
};

} // namespace gatehouse::widgets
