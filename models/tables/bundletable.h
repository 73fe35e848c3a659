// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tables/rowtable.h"
#include "workspace/bundlesrepository.h"
#include "workspace/channelsrepository.h"

namespace gatehouse::tables {

/// A bundle and who uses it.
struct BundleEntry
{
    wire::BundleRow bundle;
    QStringList stableOn;  ///< channels
    QStringList rolloutOn; ///< channels
    bool operator==(const BundleEntry &) const = default;
};

/// What a bundle is doing. StateRole.
enum class BundleUse {
    Unused, ///< ready, no channel points to it
    Live,   ///< stable somewhere
    RollingOut,
    Uploading, ///< its content is not confirmed
};
[[nodiscard]] BundleUse useOf(const BundleEntry &entry);

/// A text that sorts as the versions do: 1.0.0-beta.2 before 1.0.0-beta.11 before 1.0.0. What is no version
/// comes last.
[[nodiscard]] QString versionSortKey(const QString &name);

/// The bundles of the app.
class BundleTable final : public RowTable<BundleEntry>
{
    Q_OBJECT

public:
    enum Column { Version, State, Created, Size, Key, Channels, Notes, ColumnCount };

    /// @param sizeText  how the screen writes bytes
    BundleTable(workspace::BundlesRepository &bundles, workspace::ChannelsRepository &channels,
                const NumberText &sizeText, QObject *parent = nullptr);

protected:
    [[nodiscard]] QVariant rowData(const BundleEntry &entry, int column, int role) const override;

private:
    void reload();
    workspace::BundlesRepository &m_bundles;
    workspace::ChannelsRepository &m_channels;
};

} // namespace gatehouse::tables
