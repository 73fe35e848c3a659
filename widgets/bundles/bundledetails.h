// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tables/bundletable.h"
#include "widgets/common/card.h"
#include "widgets/common/tone.h"
#include "widgets/theme/theme.h"

class QFormLayout;

namespace gatehouse::widgets {

class Button;
class Pill;

/// What is known of one bundle, and what can be done with it. Emits wishes, does nothing by itself.
class BundleDetails final : public Card
{
    Q_OBJECT

public:
    explicit BundleDetails(Theme &theme, QWidget *parent = nullptr);
    void show(const tables::BundleEntry &entry, const QString &state, Tone tone);

Q_SIGNALS:
    void rollOutRequested(const QString &bundle);
    void compareRequested(const QString &bundle);
    void inspectRequested(const QString &bundle);
    void removeRequested(const QString &bundle);

private:
    Label *addLine(const QString &caption, FontRole font);

    Theme &m_theme;
    tables::BundleEntry m_entry;
    Pill *m_state;
    QFormLayout *m_form;
    Label *m_created;
    Label *m_size;
    Label *m_checksum;
    Label *m_key;
    Label *m_channels;
    Label *m_packages;
    Label *m_notes;
    Label *m_whyNot;
    Button *m_rollOut;
    Button *m_compare;
    Button *m_inspect;
    Button *m_remove;
};

} // namespace gatehouse::widgets
