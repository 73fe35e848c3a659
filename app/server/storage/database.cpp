// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/database.h"

#include "server/storage/blobfolder.h"

#include <QFile>

#include <sqlite3.h>

#include <cerrno>

namespace gatehouse::server {

namespace {

constexpr int kBusyMs = 10'000;

/// The text as the map keeps it, made when missing.
template<typename Map>
const char *keptText(Map &map, const std::string &sql)
{
    return map.try_emplace(sql).first->first.c_str();
}

} // namespace

// Not in the header: gcc 12 warns of std::string's own copying when it is inlined at -O2.
Sql::Sql(std::string_view text)
    : m_text(text)
{}

Sql::Sql(std::initializer_list<std::string_view> parts)
{
    for (const std::string_view part : parts) {
        m_text.append(part);
    }
}

Result<std::unique_ptr<Database>> Database::open(const QString &path, Mode mode)
{
    std::unique_ptr<Database> database(new Database);
    const int access =
        mode == Mode::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    const int code = sqlite3_open_v2(QFile::encodeName(path).constData(), &database->m_handle,
                                     access | SQLITE_OPEN_NOMUTEX, nullptr);
    if (code != SQLITE_OK) {
        return makeError(ErrorKind::Io, "store.open", QStringLiteral("The database cannot be opened."),
                         QString::fromUtf8(sqlite3_errstr(code)))
            .withDetail(path);
    }
    sqlite3_busy_timeout(database->m_handle, kBusyMs);
    sqlite3_extended_result_codes(database->m_handle, 1);
    if (mode == Mode::ReadWrite) {
        GATEHOUSE_TRY(database->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                                        "PRAGMA wal_autocheckpoint = 4000;"));
    }
    GATEHOUSE_TRY(
        database->execute("PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY;"
                          "PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 268435456;"));
    return database;
}

Database::~Database()
{
    for (auto &[sql, prepared] : m_prepared) {
        sqlite3_finalize(prepared.statement);
    }
    for (auto &[place, prepared] : m_preparedByPlace) {
        sqlite3_finalize(prepared.statement);
    }
    sqlite3_close_v2(m_handle);
}

Error Database::error(const char *sql) const
{
    const int code = sqlite3_extended_errcode(m_handle);
    const QString cause = QString::fromUtf8(sqlite3_errmsg(m_handle));
    if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY) {
        return makeError(ErrorKind::Conflict, "store.unique", QStringLiteral("Such a row exists already."),
                         cause);
    }
    // A full disk shows as SQLITE_FULL or, where the log's index cannot grow, as an I/O error.
    const int systemError = sqlite3_system_errno(m_handle);
    const bool isFull = (code & 0xff) == SQLITE_IOERR && (systemError == ENOSPC || systemError == EDQUOT);
    switch (isFull ? SQLITE_FULL : code & 0xff) {
    case SQLITE_FULL:
        return BlobFolder::writeProblem(ENOSPC, cause);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return makeError(
            ErrorKind::Unusable, "store.damaged", QStringLiteral("The server's database is damaged."), cause,
            QStringLiteral("It was left as it is. Restore the data folder from a copy, or use another one."));
    default:
        return makeError(ErrorKind::Io, "store.sql", QStringLiteral("The database refused a statement."),
                         cause)
            .withDetail(QString::fromUtf8(sql));
    }
}

Result<void> Database::execute(const char *sql)
{
    if (sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
        return error(sql);
    }
    return {};
}

qint64 Database::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_handle);
}

bool Database::isInTransaction() const
{
    return sqlite3_get_autocommit(m_handle) == 0;
}

qint64 Database::changes() const
{
    return sqlite3_changes64(m_handle);
}

Query::Query(Database &database, const std::string &sql)
    : Query(database, database.m_prepared[sql], keptText(database.m_prepared, sql),
            static_cast<int>(sql.size()))
{}

Query::Query(Database &database, Database::Prepared &prepared, const char *sql, int size)
    : m_database(database)
    , m_prepared(prepared)
    , m_sql(sql)
{
    if (prepared.statement != nullptr && !prepared.isBusy) {
        m_statement = prepared.statement;
        prepared.isBusy = true;
        return;
    }
    // A statement that runs inside itself gets one of its own.
    m_isOwned = prepared.isBusy;
    const int code = sqlite3_prepare_v3(m_database.m_handle, sql, size,
                                        m_isOwned ? 0 : SQLITE_PREPARE_PERSISTENT, &m_statement, nullptr);
    if (code != SQLITE_OK) {
        m_error = m_database.error(sql);
        m_statement = nullptr;
    }
    if (!m_isOwned) {
        prepared.statement = m_statement;
        prepared.isBusy = m_statement != nullptr;
    }
}

Query::~Query()
{
    if (m_statement == nullptr) {
        return;
    }
    if (m_isOwned) {
        sqlite3_finalize(m_statement);
        return;
    }
    sqlite3_reset(m_statement);
    sqlite3_clear_bindings(m_statement);
    m_prepared.isBusy = false;
}

void Query::check(int code)
{
    if (code != SQLITE_OK && !m_error) {
        m_error = m_database.error(m_sql);
    }
}

Query &Query::bind(qint64 value)
{
    check(m_statement == nullptr ? SQLITE_OK : sqlite3_bind_int64(m_statement, ++m_parameter, value));
    return *this;
}

Query &Query::bind(double value)
{
    check(m_statement == nullptr ? SQLITE_OK : sqlite3_bind_double(m_statement, ++m_parameter, value));
    return *this;
}

Query &Query::bind(const QString &value)
{
    if (m_statement != nullptr) {
        // UTF-8 like the file; a null QString is an empty text, not NULL.
        const QByteArray utf8 = value.toUtf8();
        check(sqlite3_bind_text(m_statement, ++m_parameter, utf8.isNull() ? "" : utf8.constData(),
                                static_cast<int>(utf8.size()), SQLITE_TRANSIENT));
    }
    return *this;
}

Query &Query::bind(const QByteArray &value)
{
    if (m_statement != nullptr) {
        check(value.isEmpty() ? sqlite3_bind_zeroblob(m_statement, ++m_parameter, 0)
                              : sqlite3_bind_blob(m_statement, ++m_parameter, value.constData(),
                                                  static_cast<int>(value.size()), SQLITE_TRANSIENT));
    }
    return *this;
}

Query &Query::bindNull()
{
    check(m_statement == nullptr ? SQLITE_OK : sqlite3_bind_null(m_statement, ++m_parameter));
    return *this;
}

bool Query::next()
{
    m_column = 0;
    if (m_error || m_statement == nullptr) {
        return false;
    }
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code != SQLITE_DONE) {
        m_error = m_database.error(m_sql);
    }
    return false;
}

Result<void> Query::finish()
{
    while (next()) {
    }
    if (m_error) {
        return *m_error;
    }
    return {};
}

bool Query::isNull()
{
    return sqlite3_column_type(m_statement, m_column) == SQLITE_NULL;
}

qint64 Query::integer()
{
    return sqlite3_column_int64(m_statement, m_column++);
}

double Query::number()
{
    return sqlite3_column_double(m_statement, m_column++);
}

QString Query::text()
{
    const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, m_column));
    const int size = sqlite3_column_bytes(m_statement, m_column++);
    return QString::fromUtf8(bytes, size);
}

QByteArray Query::blob()
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement, m_column));
    const int size = sqlite3_column_bytes(m_statement, m_column++);
    return {bytes, size};
}

std::optional<qint64> Query::optInteger()
{
    if (isNull()) {
        ++m_column;
        return std::nullopt;
    }
    return integer();
}

std::optional<QString> Query::optText()
{
    if (isNull()) {
        ++m_column;
        return std::nullopt;
    }
    return text();
}

std::optional<UtcTime> Query::optTime()
{
    const auto ms = optInteger();
    return ms ? std::optional(utcFromMs(*ms)) : std::nullopt;
}

Result<ReadPool::Lease> ReadPool::take()
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_free.empty()) {
            std::unique_ptr<Database> database = std::move(m_free.back());
            m_free.pop_back();
            return Lease(*this, std::move(database));
        }
    }
    GATEHOUSE_ASSIGN(auto database, Database::open(m_path, Database::Mode::ReadOnly));
    return Lease(*this, std::move(database));
}

ReadPool::Lease::~Lease()
{
    if (m_database) {
        const std::lock_guard lock(m_pool->m_mutex);
        m_pool->m_free.push_back(std::move(m_database));
    }
}

} // namespace gatehouse::server
