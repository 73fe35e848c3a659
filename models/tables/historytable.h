// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tables/rowtable.h"
#include "wire/channelaction.h"

namespace gatehouse::tables {

/// The history of one channel, newest first. What an entry says in words is the screen's: EntryRole gives the
/// value.
class HistoryTable final : public RowTable<wire::ChannelHistoryEntry>
{
    Q_OBJECT

public:
    enum Column { When, What, Who, Reason, ColumnCount };
    enum Role { VerbRole = FirstOwnRole, BundleRole, ShareRole };

    explicit HistoryTable(QObject *parent = nullptr);
    void setState(const wire::ChannelState &state) { setRows(state.history); }

protected:
    [[nodiscard]] QVariant rowData(const wire::ChannelHistoryEntry &entry, int column,
                                   int role) const override;
};

/// One sentence for an entry: "Rollout of 2.4.1 at 10 %".
[[nodiscard]] QString historySentence(const wire::ChannelHistoryEntry &entry);

} // namespace gatehouse::tables
