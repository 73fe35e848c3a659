// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/jsonreader.h"

#include <QJsonArray>
#include <QJsonObject>

#include <optional>

namespace gatehouse::wire {

/// null for nothing.
[[nodiscard]] QJsonValue orNull(const std::optional<QString> &value);
[[nodiscard]] QJsonValue orNull(const std::optional<qint64> &value);
[[nodiscard]] QJsonValue orNull(const std::optional<double> &value);
[[nodiscard]] QJsonValue orNull(const std::optional<UtcTime> &value);
/// An array of what toJson(element) gives.
template<typename T>
QJsonArray toArray(const QVector<T> &values)
{
    QJsonArray array;
    for (const T &value : values) {
        array.append(value.toJson());
    }
    return array;
}

} // namespace gatehouse::wire
