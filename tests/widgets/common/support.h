// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/prompts.h"
#include "widgets/theme/theme.h"

#include <QApplication>

namespace gatehouse::widgets {

/// A light theme without motion, applied to the application, as every test of a piece needs it.
struct ThemeFixture
{
    ThemeFixture()
        : theme(options())
    {
        theme.setReducedMotion(true);
        theme.applyTo(*qApp);
    }

    static Theme::Options options()
    {
        Theme::Options wanted;
        wanted.family = QStringLiteral("Noto Sans");
        wanted.scheme = SchemeChoice::Light;
        return wanted;
    }

    Theme theme;
};

/// Answers every question with one path, or not at all.
class AnsweringPrompts final : public Prompts
{
public:
    void saveFile(QWidget *, const QString &, const QString &suggestion, const QString &,
                  Chosen chosen) override
    {
        suggested = suggestion;
        if (!answer.isEmpty()) {
            chosen(answer);
        }
    }
    void openFile(QWidget *, const QString &, const QString &, Chosen chosen) override
    {
        if (!answer.isEmpty()) {
            chosen(answer);
        }
    }
    void openFolder(QWidget *, const QString &, Chosen chosen) override
    {
        if (!answer.isEmpty()) {
            chosen(answer);
        }
    }

    QString answer;
    QString suggested;
};

} // namespace gatehouse::widgets
