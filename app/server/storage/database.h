// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <initializer_list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace gatehouse::server {

class Query;

/// A statement put together once and kept for ever, as "static const Sql": known by its address, so that a
/// run of it neither copies nor hashes its text.
class Sql
{
public:
    explicit Sql(std::string_view text);
    /// The parts one after the other.
    Sql(std::initializer_list<std::string_view> parts);
    Sql(const Sql &) = delete;
    Sql &operator=(const Sql &) = delete;
    [[nodiscard]] const std::string &text() const { return m_text; }

private:
    std::string m_text;
};

/// One connection to the database file. Statements are prepared once and kept.
/// @thread one at a time
class Database
{
public:
    enum class Mode { ReadOnly, ReadWrite };
    /// WAL, synchronous FULL: what was committed survives a crash and a power cut. @error Io "store.open",
    /// Unusable "store.damaged"
    static Result<std::unique_ptr<Database>> open(const QString &path, Mode mode);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// Statements without parameters or rows, separated by ";". @error Io "store.sql", "store.full"; Unusable
    /// "store.damaged"
    Result<void> execute(const char *sql);
    [[nodiscard]] qint64 lastInsertId() const;
    /// Rows that the last statement changed.
    [[nodiscard]] qint64 changes() const;
    /// After some failures (a full disk) SQLite has taken the whole transaction back by itself.
    [[nodiscard]] bool isInTransaction() const;

private:
    friend class Query;
    struct Prepared
    {
        sqlite3_stmt *statement = nullptr;
        bool isBusy = false;
    };
    Database() = default;
    [[nodiscard]] Error error(const char *sql) const;

    sqlite3 *m_handle = nullptr;
    std::unordered_map<std::string, Prepared> m_prepared;
    /// Of texts that stay where they are.
    std::unordered_map<const void *, Prepared> m_preparedByPlace;
};

/// One run of a statement. Parameters are bound in their order, columns are read in theirs:
///     Query query(database, "SELECT name FROM apps WHERE key = ?");
///     query.bind(key);
///     while (query.next()) { names.append(query.text()); }
///     GATEHOUSE_TRY(query.finish());
/// The first error ends the rows and comes out of finish().
class Query
{
public:
    /// A literal: known by its address.
    template<std::size_t Size>
    Query(Database &database,
          const char (&literal)[Size]) // NOLINT(modernize-avoid-c-arrays): a literal is one
        : Query(database, database.m_preparedByPlace[literal], literal, static_cast<int>(Size - 1))
    {}
    Query(Database &database, const Sql &sql)
        : Query(database, database.m_preparedByPlace[&sql], sql.text().c_str(),
                static_cast<int>(sql.text().size()))
    {}
    Query(Database &database, const std::string &sql);
    ~Query();
    Query(const Query &) = delete;
    Query &operator=(const Query &) = delete;

    Query &bind(qint64 value);
    Query &bind(int value) { return bind(static_cast<qint64>(value)); }
    Query &bind(bool value) { return bind(static_cast<qint64>(value ? 1 : 0)); }
    Query &bind(double value);
    Query &bind(const QString &value);
    /// As a blob.
    Query &bind(const QByteArray &value);
    Query &bind(UtcTime value) { return bind(toMs(value)); }
    Query &bindNull();
    template<typename T>
    Query &bind(const std::optional<T> &value)
    {
        return value ? bind(*value) : bindNull();
    }

    /// To the next row; false at the end or on an error.
    bool next();
    /// Runs to the end. @error as Database::execute(); Conflict "store.unique" for a broken uniqueness
    Result<void> finish();

    [[nodiscard]] qint64 integer();
    [[nodiscard]] bool boolean() { return integer() != 0; }
    [[nodiscard]] double number();
    [[nodiscard]] QString text();
    [[nodiscard]] QByteArray blob();
    [[nodiscard]] UtcTime time() { return utcFromMs(integer()); }
    [[nodiscard]] std::optional<qint64> optInteger();
    [[nodiscard]] std::optional<QString> optText();
    [[nodiscard]] std::optional<UtcTime> optTime();

private:
    /// sql must live as long as this.
    Query(Database &database, Database::Prepared &prepared, const char *sql, int size);
    [[nodiscard]] bool isNull();
    void check(int code);
    Database &m_database;
    Database::Prepared &m_prepared;
    const char *m_sql;
    sqlite3_stmt *m_statement = nullptr;
    bool m_isOwned = false;
    int m_parameter = 0;
    int m_column = 0;
    std::optional<Error> m_error;
};

/// Connections for reading, one for each thread that reads at the same time.
class ReadPool
{
public:
    explicit ReadPool(QString path)
        : m_path(std::move(path))
    {}

    /// Gives its connection back when destroyed.
    class Lease
    {
    public:
        Lease(ReadPool &pool, std::unique_ptr<Database> database)
            : m_pool(&pool)
            , m_database(std::move(database))
        {}
        Lease(Lease &&) = default;
        Lease &operator=(Lease &&) = delete;
        Lease(const Lease &) = delete;
        Lease &operator=(const Lease &) = delete;
        ~Lease();
        [[nodiscard]] Database &operator*() const { return *m_database; }

    private:
        ReadPool *m_pool;
        std::unique_ptr<Database> m_database;
    };
    /// @error Io "store.open"
    Result<Lease> take();

private:
    QString m_path;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Database>> m_free;
};

} // namespace gatehouse::server
