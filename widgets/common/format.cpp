// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <cmath>

namespace gatehouse::widgets {

namespace {

constexpr QChar kNarrowSpace(0x202F);
constexpr QChar kUnitSpace(0x00A0);

/// Texts of free functions: by this class lupdate and the run time agree on the context.
class Format
{
    Q_DECLARE_TR_FUNCTIONS(Format)
};

QString significant(double value)
{
    const double size = std::abs(value);
    int digits = 2;
    if (size >= 99.95 || size == 0.0) {
        digits = 0;
    } else if (size >= 9.995) {
        digits = 1;
    } else if (size < 0.995) {
        digits = size < 0.0995 ? 3 : 2;
    }
    return QLocale().toString(value, 'f', digits);
}

QString withUnit(const QString &number, const QString &unit)
{
    return number + kUnitSpace + unit;
}

QString written(const QDateTime &moment, const QString &pattern)
{
    return QLocale().toString(moment, pattern);
}

} // namespace

QString formatCount(qint64 count)
{
    QLocale plain = QLocale();
    plain.setNumberOptions(QLocale::OmitGroupSeparator);
    QString text = plain.toString(qAbs(count));
    // Four digits are read at a glance in tables as well; group from there on, as in 4 810.
    for (qsizetype at = text.size() - 3; at > 0; at -= 3) {
        text.insert(at, kNarrowSpace);
    }
    return count < 0 ? plain.negativeSign() + text : text;
}

QString formatShortCount(double count)
{
    const double size = std::abs(count);
    const auto scaled = [](double value, const QString &unit) {
        const bool whole = std::abs(value - std::round(value)) < 0.005;
        return withUnit(QLocale().toString(value, 'f', whole ? 0 : 1), unit);
    };
    if (size >= 1.0e6) {
        return scaled(count / 1.0e6, Format::tr("M"));
    }
    if (size >= 1.0e3) {
        return scaled(count / 1.0e3, Format::tr("k"));
    }
    const bool whole = std::abs(count - std::round(count)) < 0.0005;
    return QLocale().toString(count, 'f', whole ? 0 : 1);
}

QString withPercentSign(const QString &number)
{
    //: A share in percent. An ordinary space becomes a no-break space; languages that write none leave it
    //: out.
    return Format::tr("%1 %").replace(QLatin1Char(' '), kUnitSpace).arg(number);
}

QString formatPercent(double ratio)
{
    if (!std::isfinite(ratio)) {
        return QStringLiteral("–");
    }
    const double percent = ratio * 100.0;
    if (percent == 0.0) {
        return withPercentSign(QLocale().toString(0.0, 'f', 1));
    }
    // Never round up to a full hundred or down to nothing: "all" and "none" are claims.
    if (percent < 100.0 && percent > 99.9) {
        return withPercentSign(QLatin1Char('>') + QLocale().toString(99.9, 'f', 1));
    }
    if (percent > 0.0 && percent < 0.001) {
        return withPercentSign(QLatin1Char('<') + QLocale().toString(0.001, 'f', 3));
    }
    return withPercentSign(significant(percent));
}

QString formatShare(int basisPoints)
{
    const double percent = basisPoints / 100.0;
    const int digits = basisPoints % 100 == 0 ? 0 : basisPoints % 10 == 0 ? 1 : 2;
    return withPercentSign(QLocale().toString(percent, 'f', digits));
}

QString formatInterval(const QString &low, const QString &high)
{
    return Format::tr("%1 to %2").arg(low, high);
}

QString formatBytes(qint64 bytes)
{
    const double size = static_cast<double>(bytes);
    if (bytes < 1000) {
        return withUnit(QLocale().toString(bytes), Format::tr("B"));
    }
    if (bytes < 1000 * 1000) {
        return withUnit(QLocale().toString(size / 1.0e3, 'f', size < 1.0e4 ? 1 : 0), Format::tr("kB"));
    }
    if (bytes < 1000LL * 1000 * 1000) {
        return withUnit(QLocale().toString(size / 1.0e6, 'f', size < 1.0e8 ? 1 : 0), Format::tr("MB"));
    }
    return withUnit(QLocale().toString(size / 1.0e9, 'f', 1), Format::tr("GB"));
}

QString formatDuration(Milliseconds duration)
{
    const qint64 seconds = duration.count() / 1000;
    const auto part = [](qint64 number, const QString &unit) {
        return withUnit(QLocale().toString(number), unit);
    };
    if (duration.count() < 1000) {
        return part(duration.count(), Format::tr("ms"));
    }
    if (seconds < 60) {
        return part(seconds, Format::tr("s"));
    }
    if (seconds < 3600) {
        return part(seconds / 60, Format::tr("min"));
    }
    const qint64 hours = seconds / 3600;
    if (hours < 24) {
        const qint64 minutes = seconds % 3600 / 60;
        const QString whole = part(hours, Format::tr("h"));
        return minutes == 0 ? whole : whole + QStringLiteral(" ") + part(minutes, Format::tr("min"));
    }
    const QString days = part(hours / 24, Format::tr("d"));
    return hours % 24 == 0 ? days : days + QStringLiteral(" ") + part(hours % 24, Format::tr("h"));
}

QString formatClock(const QDateTime &local)
{
    return written(local, QStringLiteral("HH:mm"));
}

QString formatDay(const QDateTime &local)
{
    //: Day and month, as QLocale reads patterns: "12 Nov"
    return written(local, Format::tr("d MMM"));
}

QString formatWeekday(const QDateTime &local)
{
    //: Day of the week and of the month, as QLocale reads patterns: "Wed 12"
    return written(local, Format::tr("ddd d"));
}

QString formatRowMoment(const QDateTime &local)
{
    //: A moment in a table, as QLocale reads patterns: "Wed 12 Nov 09:12"
    return written(local, Format::tr("ddd d MMM HH:mm"));
}

QString formatMoment(UtcTime moment, UtcTime now)
{
    const qint64 age = (now - moment).count();
    if (age >= 0 && age < 3600 * 1000) {
        return age < 1000 ? Format::tr("just now") : Format::tr("%1 ago").arg(formatDuration(now - moment));
    }
    const QDateTime local = toQDateTime(moment).toLocalTime();
    const QDate today = toQDateTime(now).toLocalTime().date();
    const QString clock = formatClock(local);
    if (local.date() == today) {
        return clock;
    }
    if (local.date() == today.addDays(-1)) {
        return Format::tr("yesterday %1").arg(clock);
    }
    if (local.date() == today.addDays(1)) {
        return Format::tr("tomorrow %1").arg(clock);
    }
    if (local.date().year() == today.year()) {
        return formatDay(local) + QLatin1Char(' ') + clock;
    }
    //: A date, as QLocale reads patterns: "12 Nov 2025"
    return written(local, Format::tr("d MMM yyyy"));
}

QString formatFullMoment(UtcTime moment)
{
    const QDateTime local = toQDateTime(moment).toLocalTime();
    //: A moment in full, as QLocale reads patterns: "Wednesday, 12 November 2025 09:12:04"
    return written(local, Format::tr("dddd, d MMMM yyyy HH:mm:ss")) + QLatin1Char(' ') +
           local.timeZoneAbbreviation();
}

} // namespace gatehouse::widgets
