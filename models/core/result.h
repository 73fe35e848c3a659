// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <tl/expected.hpp>

#include <type_traits>
#include <utility>

namespace gatehouse {

/// A value or an Error. A forgotten check is a warning, which plain tl::expected does not give.
template<typename T>
class [[nodiscard]] Result : public tl::expected<T, Error>
{
    using Base = tl::expected<T, Error>;

public:
    using Base::Base;
    Result(Error error)
        : Base(tl::unexpect, std::move(error))
    {}
    Result(const Base &base)
        : Base(base)
    {}
    Result(Base &&base)
        : Base(std::move(base))
    {}

    /// Calls next with the value; an error passes by. next returns a Result.
    template<typename Next>
    auto then(Next &&next) && -> std::invoke_result_t<Next, T>
    {
        if (!this->has_value()) {
            return std::move(this->error());
        }
        return std::forward<Next>(next)(std::move(**this));
    }
};

template<>
class [[nodiscard]] Result<void> : public tl::expected<void, Error>
{
    using Base = tl::expected<void, Error>;

public:
    using Base::Base;
    Result(Error error)
        : Base(tl::unexpect, std::move(error))
    {}
    Result(const Base &base)
        : Base(base)
    {}

    template<typename Next>
    auto then(Next &&next) && -> std::invoke_result_t<Next>
    {
        if (!has_value()) {
            return std::move(error());
        }
        return std::forward<Next>(next)();
    }
};

} // namespace gatehouse

/// Leaves the function with the error, or goes on. For a Result whose value is not needed.
#define GATEHOUSE_TRY(expression)                                                                            \
    do {                                                                                                     \
        if (auto gatehouseTry = (expression); !gatehouseTry) {                                               \
            return std::move(gatehouseTry.error());                                                          \
        }                                                                                                    \
    } while (false)

#define GATEHOUSE_TRY_NAME2(a, b) a##b
#define GATEHOUSE_TRY_NAME(a, b) GATEHOUSE_TRY_NAME2(a, b)
#define GATEHOUSE_ASSIGN_IMPL(name, declaration, expression)                                                 \
    auto name = (expression);                                                                                \
    if (!name) {                                                                                             \
        return std::move(name.error());                                                                      \
    }                                                                                                        \
    declaration = std::move(*name)
/// GATEHOUSE_ASSIGN(const auto bytes, readFile(path)); leaves the function with the error, or declares the
/// value.
#define GATEHOUSE_ASSIGN(declaration, expression)                                                            \
    GATEHOUSE_ASSIGN_IMPL(GATEHOUSE_TRY_NAME(gatehouseResult, __LINE__), declaration, expression)
