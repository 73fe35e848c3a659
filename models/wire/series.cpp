// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/series.h"

#include "core/sentences.h"

namespace gatehouse::wire {

QJsonObject SeriesLine::toJson() const
{
    QJsonArray array;
    for (const std::optional<double> &value : values) {
        array.append(orNull(value));
    }
    return {{QStringLiteral("label"), label}, {QStringLiteral("values"), array}};
}

Result<SeriesLine> SeriesLine::fromJson(const QJsonObject &object, const QString &path)
{
    JsonReader in(object, path);
    SeriesLine line;
    line.label = in.text("label");
    const QJsonArray array = in.array("values");
    line.values.reserve(array.size());
    for (const QJsonValue &value : array) {
        if (!value.isDouble() && !value.isNull()) {
            in.complain("values", Sentences::tr("%1 should hold only numbers and null."));
            break;
        }
        line.values.append(value.isNull() ? std::nullopt : std::optional(value.toDouble()));
    }
    GATEHOUSE_TRY(in.finish());
    return line;
}

QJsonObject SeriesAnswer::toJson() const
{
    return {{QStringLiteral("metric"), metric},
            {QStringLiteral("by"), by},
            {QStringLiteral("from"), toIso(from)},
            {QStringLiteral("step_ms"), stepMs},
            {QStringLiteral("lines"), toArray(lines)}};
}

Result<SeriesAnswer> SeriesAnswer::fromJson(const QJsonObject &object, const QString &path)
{
    JsonReader in(object, path);
    SeriesAnswer answer;
    answer.metric = in.text("metric");
    answer.by = in.text("by");
    answer.from = in.time("from");
    answer.stepMs = in.integer("step_ms");
    if (answer.stepMs <= 0) {
        in.complain("step_ms", Sentences::tr("%1 should be more than 0."));
    }
    const QJsonArray lines = in.array("lines");
    GATEHOUSE_TRY(in.finish());
    GATEHOUSE_ASSIGN(answer.lines,
                     readEach<SeriesLine>(lines, path + QStringLiteral(".lines"), SeriesLine::fromJson));
    for (const SeriesLine &line : answer.lines) {
        if (line.values.size() != answer.bucketCount()) {
            return makeError(ErrorKind::Protocol, "wire.json", Sentences::tr("The answer is not as agreed."),
                             Sentences::tr("The lines of %1 differ in length.").arg(path));
        }
    }
    return answer;
}

} // namespace gatehouse::wire
