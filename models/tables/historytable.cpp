// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tables/historytable.h"

#include "core/foreigntext.h"

#include <QCoreApplication>
#include <QLocale>

namespace gatehouse::tables {

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("gatehouse::tables::HistoryTable", text);
}

QString bundleWords(const wire::ChannelHistoryEntry &entry)
{
    return entry.bundle.isEmpty()
               ? words(QT_TRANSLATE_NOOP("gatehouse::tables::HistoryTable", "the built-in bundle"))
               : displayable(entry.bundle, 64);
}

QString shareWords(const wire::ChannelHistoryEntry &entry)
{
    const QString number =
        QLocale().toString(static_cast<double>(entry.shareBps.value_or(0)) / 100.0, 'g', 6);
    return words(QT_TRANSLATE_NOOP("gatehouse::tables::HistoryTable", "%1 %")).arg(number);
}

} // namespace

QString historySentence(const wire::ChannelHistoryEntry &entry)
{
    const std::optional<wire::ActionVerb> verb = wire::verbFromName(entry.what);
    if (!verb) {
        if (entry.what == QLatin1String("created")) {
            return words(QT_TRANSLATE_NOOP("gatehouse::tables::HistoryTable", "Channel created"));
        }
        // All that a Capgo server's audit says.
        if (entry.what == QLatin1String("changed")) {
            return words(QT_TRANSLATE_NOOP("gatehouse::tables::HistoryTable", "Channel changed"));
        }
        return displayable(entry.what, 64);
    }
    switch (*verb) {
    case wire::ActionVerb::Promote:
        return words(QT_TRANSLATE_NOOP("gatehouse::tables::HistoryTable", "%1 became stable"))
            .arg(bundleWords(entry));
    case wire::ActionVerb::StartRollout:
        return words(QT_TRANSLATE_NOOP("gatehouse::tables::HistoryTable", "Rollout of %1 at %2"))
            .arg(bundleWords(entry), shareWords(entry));
    case wire::ActionVerb::SetShare:
        return words(QT_TRANSLATE_NOOP("gatehouse::tables::HistoryTable", "Share of %1 set to %2"))
            .arg(bundleWords(entry), shareWords(entry));
    case wire::ActionVerb::ReplaceBundle:
        return words(QT_TRANSLATE_NOOP("gatehouse::tables::HistoryTable", "%1 replaced the rollout's bundle"))
            .arg(bundleWords(entry));
    case wire::ActionVerb::Pause:
        return words(QT_TRANSLATE_NOOP("gatehouse::tables::HistoryTable", "Rollout of %1 paused"))
            .arg(bundleWords(entry));
    case wire::ActionVerb::Resume:
        return words(QT_TRANSLATE_NOOP("gatehouse::tables::HistoryTable", "Rollout of %1 resumed"))
            .arg(bundleWords(entry));
    case wire::ActionVerb::Freeze:
        return words(QT_TRANSLATE_NOOP("gatehouse::tables::HistoryTable", "Channel frozen"));
    case wire::ActionVerb::Unfreeze:
        return words(
            QT_TRANSLATE_NOOP("gatehouse::tables::HistoryTable", "Channel released from the freeze"));
    case wire::ActionVerb::TakeBack:
        return words(QT_TRANSLATE_NOOP("gatehouse::tables::HistoryTable", "%1 taken back"))
            .arg(bundleWords(entry));
    case wire::ActionVerb::RollBack:
        return words(QT_TRANSLATE_NOOP("gatehouse::tables::HistoryTable", "Rolled back to %1"))
            .arg(bundleWords(entry));
    case wire::ActionVerb::SetRules:
        return words(QT_TRANSLATE_NOOP("gatehouse::tables::HistoryTable", "Rules changed"));
    }
    return {};
}

HistoryTable::HistoryTable(QObject *parent)
    : RowTable(
          [](const wire::ChannelHistoryEntry &entry) {
              return QString(QString::number(toMs(entry.at)) + entry.what + entry.bundle);
          },
          parent)
{
    const Qt::Alignment left = Qt::AlignLeft | Qt::AlignVCenter;
    using Entry = const wire::ChannelHistoryEntry &;
    setColumns({{tr("When"),
                 [](Entry e) {
                     //: Day, month and clock, as QLocale reads patterns
                     return QLocale().toString(toQDateTime(e.at).toLocalTime(), tr("d MMM hh:mm"));
                 },
                 [](Entry e) { return toMs(e.at); }, left},
                {tr("What"), [](Entry e) { return historySentence(e); }, {}, left},
                {tr("Who"), [](Entry e) { return displayable(e.actor, 64); }, {}, left},
                {tr("Reason"), [](Entry e) { return displayable(e.reason); }, {}, left}});
}

QVariant HistoryTable::rowData(const wire::ChannelHistoryEntry &entry, int column, int role) const
{
    Q_UNUSED(column)
    switch (role) {
    case VerbRole:
        return entry.what;
    case BundleRole:
        return entry.bundle;
    case ShareRole:
        return entry.shareBps ? QVariant(*entry.shareBps) : QVariant();
    default:
        return {};
    }
}

} // namespace gatehouse::tables
