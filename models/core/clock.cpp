// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clock.h"

#include "core/sentences.h"

#include <QTimeZone>

namespace gatehouse {

UtcTime SystemClock::now() const
{
    return std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now());
}

UtcTime utcFromMs(qint64 msSinceEpoch)
{
    return UtcTime(Milliseconds(msSinceEpoch));
}

qint64 toMs(UtcTime time)
{
    return time.time_since_epoch().count();
}

QDateTime toQDateTime(UtcTime time)
{
    return QDateTime::fromMSecsSinceEpoch(toMs(time), Qt::UTC);
}

QString toIso(UtcTime time, Fraction fraction)
{
    return toQDateTime(time).toString(fraction == Fraction::Drop ? Qt::ISODate : Qt::ISODateWithMs);
}

Result<UtcTime> parseIso(const QString &text)
{
    // Qt reads at most milliseconds; PostgreSQL writes microseconds.
    QString shortened = text;
    const qsizetype dot = text.indexOf(QLatin1Char('.'));
    if (dot > 0) {
        qsizetype end = dot + 1;
        while (end < text.size() && text.at(end).isDigit()) {
            ++end;
        }
        if (end - dot > 4) {
            shortened = text.left(dot + 4) + text.mid(end);
        }
    }
    // "+00" as PostgreSQL's text form has it.
    if (shortened.size() > 3 && (shortened.at(shortened.size() - 3) == QLatin1Char('+'))) {
        shortened += QStringLiteral(":00");
    }
    QDateTime parsed = QDateTime::fromString(shortened, Qt::ISODateWithMs);
    if (!parsed.isValid()) {
        return makeError(ErrorKind::Invalid, "core.time",
                         Sentences::tr("\"%1\" is not a time.").arg(text.left(64)),
                         Sentences::tr("Times look like 2026-07-20T10:00:00Z."));
    }
    if (parsed.timeSpec() == Qt::LocalTime) {
        parsed = QDateTime(parsed.date(), parsed.time(), Qt::UTC);
    }
    return utcFromMs(parsed.toMSecsSinceEpoch());
}

} // namespace gatehouse
