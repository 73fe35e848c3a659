// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tables/bundletable.h"

#include "core/foreigntext.h"
#include "core/semver.h"

#include <QLocale>

namespace gatehouse::tables {

namespace {

constexpr QChar kAfterEverything = QChar(0x7f);
constexpr QChar kBetween = QChar(0x01);

QString padded(qint64 number)
{
    return QStringLiteral("%1").arg(number, 16, 10, QLatin1Char('0'));
}

/// Numbers stand before words, and among themselves by value. @source semver.org, 11.4
QString sortKeyOf(const QString &identifier)
{
    bool isNumber = false;
    const qint64 number = identifier.toLongLong(&isNumber);
    return isNumber ? QString(QLatin1Char('0') + padded(number)) : QString(QLatin1Char('1') + identifier);
}

} // namespace

QString versionSortKey(const QString &name)
{
    const Result<SemanticVersion> version = SemanticVersion::parse(name);
    if (!version) {
        return kAfterEverything + name;
    }
    QString key = padded(version->major()) + padded(version->minor()) + padded(version->patch());
    if (version->prerelease().isEmpty()) {
        return key + kAfterEverything;
    }
    for (const QString &identifier : version->prerelease()) {
        key += kBetween + sortKeyOf(identifier);
    }
    return key;
}

BundleUse useOf(const BundleEntry &entry)
{
    if (!entry.bundle.isReady()) {
        return BundleUse::Uploading;
    }
    if (!entry.rolloutOn.isEmpty()) {
        return BundleUse::RollingOut;
    }
    return entry.stableOn.isEmpty() ? BundleUse::Unused : BundleUse::Live;
}

BundleTable::BundleTable(workspace::BundlesRepository &bundles, workspace::ChannelsRepository &channels,
                         const NumberText &sizeText, QObject *parent)
    : RowTable([](const BundleEntry &entry) { return entry.bundle.name; }, parent)
    , m_bundles(bundles)
    , m_channels(channels)
{
    const Qt::Alignment right = Qt::AlignRight | Qt::AlignVCenter;
    const Qt::Alignment left = Qt::AlignLeft | Qt::AlignVCenter;
    using Entry = const BundleEntry &;
    QVector<RowTable::Column> columns;
    columns.append({tr("Version"), [](Entry e) { return displayable(e.bundle.name, 64); },
                    [](Entry e) { return versionSortKey(e.bundle.name); }, left});
    columns.append({tr("State"), [](Entry) { return QString(); },
                    [](Entry e) { return static_cast<int>(useOf(e)); }, left});
    columns.append({tr("Created"),
                    [](Entry e) {
                        //: Day, month and clock, as QLocale reads patterns
                        return QLocale().toString(toQDateTime(e.bundle.createdAt).toLocalTime(),
                                                  tr("d MMM hh:mm"));
                    },
                    [](Entry e) { return toMs(e.bundle.createdAt); }, left});
    columns.append(
        {tr("Size"),
         [sizeText](Entry e) { return e.bundle.size ? sizeText(*e.bundle.size) : QStringLiteral("–"); },
         [](Entry e) { return e.bundle.size.value_or(-1); }, right});
    columns.append({tr("Key"),
                    [](Entry e) {
                        return e.bundle.isEncrypted()
                                   ? displayable(e.bundle.keyId.value_or(QString()).mid(12), 20)
                                   : tr("not encrypted");
                    },
                    {},
                    left});
    columns.append({tr("Channels"),
                    [](Entry e) {
                        return displayable(QStringList(e.stableOn + e.rolloutOn).join(QStringLiteral(", ")));
                    },
                    {},
                    left});
    columns.append(
        {tr("Notes"), [](Entry e) { return displayable(e.bundle.comment.value_or(QString())); }, {}, left});
    setColumns(std::move(columns));
    connect(&bundles, &workspace::Repository::changed, this, &BundleTable::reload);
    connect(&channels, &workspace::Repository::changed, this, &BundleTable::reload);
    reload();
}

QVariant BundleTable::rowData(const BundleEntry &entry, int column, int role) const
{
    Q_UNUSED(column)
    return role == StateRole ? QVariant(static_cast<int>(useOf(entry))) : QVariant();
}

void BundleTable::reload()
{
    QVector<BundleEntry> entries;
    entries.reserve(m_bundles.rows().size());
    for (const wire::BundleRow &row : m_bundles.rows()) {
        BundleEntry entry;
        entry.bundle = row;
        for (const wire::ChannelState &state : m_channels.rows()) {
            if (state.channel.version == row.id) {
                entry.stableOn.append(state.channel.name);
            }
            if (state.channel.rolloutVersion == row.id) {
                entry.rolloutOn.append(state.channel.name);
            }
        }
        entries.append(std::move(entry));
    }
    setRows(entries);
}

} // namespace gatehouse::tables
