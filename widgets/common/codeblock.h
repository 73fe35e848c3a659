// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"

#include <QWidget>

class QPlainTextEdit;

namespace gatehouse::widgets {

class Button;

/// Text to take along as it stands, in the fixed font, with a copy button: a command, a key's public half.
class CodeBlock : public QWidget
{
    Q_OBJECT

public:
    /// @param name  what it is, for assistive tools: "Public key"
    CodeBlock(const Theme &theme, const QString &name, const QString &objectName, QWidget *parent = nullptr);

    void setCode(const QString &code);
    [[nodiscard]] QString code() const;
    /// As many lines are shown at once; the rest scrolls.
    void setVisibleLines(int lines);

private:
    void fit();

    const Theme &m_theme;
    QPlainTextEdit *m_text;
    Button *m_copy;
    int m_visibleLines = 8;
};

} // namespace gatehouse::widgets
