// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/label.h"
#include "widgets/common/tone.h"

#include <QWidget>

namespace gatehouse::widgets {

/// A state as shape, colour and word: full circle well, triangle warning, cross failed, ring unknown.
class StatusDot : public QWidget
{
    Q_OBJECT

public:
    StatusDot(const Theme &theme, Tone tone, const QString &word, QWidget *parent = nullptr);

    void setState(Tone tone, const QString &word);

private:
    class Shape;

    Shape *m_shape;
    Label *m_word;
};

} // namespace gatehouse::widgets
