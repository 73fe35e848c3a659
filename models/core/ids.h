// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QHash>

#include <compare>

namespace gatehouse {

/// A text that obeys a rule, so that no later code checks again. Rule has: static bool holds(const QString
/// &), static QString canonical(const QString &), static Error broken(const QString &).
template<typename Rule>
class CheckedText
{
public:
    static Result<CheckedText> parse(const QString &text)
    {
        const QString canonical = Rule::canonical(text);
        if (!Rule::holds(canonical)) {
            return Rule::broken(text);
        }
        return CheckedText(canonical);
    }
    [[nodiscard]] const QString &text() const { return m_text; }
    bool operator==(const CheckedText &) const = default;
    [[nodiscard]] std::strong_ordering operator<=>(const CheckedText &other) const
    {
        return QString::compare(m_text, other.m_text) <=> 0;
    }
    friend size_t qHash(const CheckedText &id, size_t seed = 0) { return qHash(id.m_text, seed); }

private:
    explicit CheckedText(QString text)
        : m_text(std::move(text))
    {}
    QString m_text;
};

namespace rules {
/// Reverse-domain id. @source spec: device-protocol, section 1.1
struct AppId
{
    static QString canonical(const QString &text) { return text; }
    static bool holds(const QString &text);
    static Error broken(const QString &text);
};
/// Lower-case UUID shape, 36 characters.
struct DeviceId
{
    static QString canonical(const QString &text) { return text.toLower(); }
    static bool holds(const QString &text);
    static Error broken(const QString &text);
};
/// 1 to 128 printable characters without white space at the ends.
struct ChannelName
{
    static QString canonical(const QString &text) { return text; }
    static bool holds(const QString &text);
    static Error broken(const QString &text);
};
/// Strict semantic version; never the reserved words "builtin" and "unknown".
struct BundleName
{
    static QString canonical(const QString &text) { return text; }
    static bool holds(const QString &text);
    static Error broken(const QString &text);
};
} // namespace rules

using AppId = CheckedText<rules::AppId>;
using DeviceId = CheckedText<rules::DeviceId>;
using ChannelName = CheckedText<rules::ChannelName>;
using BundleName = CheckedText<rules::BundleName>;

/// A share in hundredths of a percent, 0 to 10000.
class BasisPoints
{
public:
    static constexpr int kAll = 10000;
    constexpr BasisPoints() = default;
    /// @error Invalid "core.basis_points" outside 0…10000
    static Result<BasisPoints> parse(qint64 value);
    /// 12.34 becomes 1234. @error Invalid "core.basis_points" outside 0…100 or not finite
    static Result<BasisPoints> fromPercent(double percent);
    static constexpr BasisPoints clamp(qint64 value)
    {
        return BasisPoints(static_cast<int>(value < 0 ? 0 : value > kAll ? kAll : value));
    }
    [[nodiscard]] constexpr int value() const { return m_value; }
    [[nodiscard]] constexpr double percent() const { return m_value / 100.0; }
    constexpr auto operator<=>(const BasisPoints &) const = default;

private:
    constexpr explicit BasisPoints(int value)
        : m_value(value)
    {}
    int m_value = 0;
};

} // namespace gatehouse
