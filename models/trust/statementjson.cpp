// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The release statement's JSON, both ways. Reading is strict: what Gatehouse does not know it does not vouch
// for.
#include "core/sentences.h"
#include "crypto/canonicaljson.h"
#include "trust/releasestatement.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace gatehouse::trust {

namespace {
bool isSha256Hex(const QString &text)
{
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](QChar c) {
               return (c >= QLatin1Char('0') && c <= QLatin1Char('9')) ||
                      (c >= QLatin1Char('a') && c <= QLatin1Char('f'));
           });
}

bool isCipher(const QString &text)
{
    return text == QLatin1String("none") || text == QLatin1String("aes-128-cbc") ||
           text == QLatin1String("aes-256-cbc");
}

Error badField(const QString &cause)
{
    return makeError(ErrorKind::Invalid, "trust.statement.field",
                     Sentences::tr("The release statement cannot be made."), cause);
}

Result<void> checkSubject(const StatementSubject &subject, const QString &field)
{
    if (subject.name.isEmpty()) {
        return badField(Sentences::tr("“%1” has no name.").arg(field));
    }
    if (!isSha256Hex(subject.sha256)) {
        return badField(Sentences::tr("The SHA-256 of “%1” is not 64 lower-case hex digits.").arg(field));
    }
    return {};
}

Result<void> checkStatement(const ReleaseStatement &statement)
{
    GATEHOUSE_TRY(checkSubject(statement.archive, QStringLiteral("archive")));
    if (statement.artifact) {
        GATEHOUSE_TRY(checkSubject(*statement.artifact, QStringLiteral("artifact")));
    }
    if (statement.manifest) {
        GATEHOUSE_TRY(checkSubject(*statement.manifest, QStringLiteral("manifest")));
    }
    const bool namesDiffer =
        (!statement.artifact || statement.artifact->name != statement.archive.name) &&
        (!statement.manifest || statement.manifest->name != statement.archive.name) &&
        (!statement.artifact || !statement.manifest || statement.artifact->name != statement.manifest->name);
    if (!namesDiffer) {
        return badField(Sentences::tr("Two of its files have the same name."));
    }
    if (!isSha256Hex(statement.fileListSha256)) {
        return badField(Sentences::tr("The SHA-256 of “%1” is not 64 lower-case hex digits.")
                            .arg(QLatin1String("file_list")));
    }
    if (!isCipher(statement.cipher)) {
        return badField(Sentences::tr("The cipher “%1” is unknown.").arg(statement.cipher));
    }
    if ((statement.cipher == QLatin1String("none")) != statement.keyId.isEmpty()) {
        return badField(Sentences::tr("A key must be named when there is a cipher, and only then."));
    }
    return {};
}

void addSubject(QJsonArray &subjects, QJsonObject &roles, const char *role, const StatementSubject &subject)
{
    subjects.append(
        QJsonObject{{QStringLiteral("name"), subject.name},
                    {QStringLiteral("digest"), QJsonObject{{QStringLiteral("sha256"), subject.sha256}}}});
    roles.insert(QLatin1String(role), subject.name);
}

QJsonObject inspectionJson(const StatementInspection &inspection)
{
    return QJsonObject{{QStringLiteral("rules"), inspection.ruleSet},
                       {QStringLiteral("errors"), inspection.errors},
                       {QStringLiteral("warnings"), inspection.warnings},
                       {QStringLiteral("notes"), inspection.notes},
                       {QStringLiteral("waivers"), QJsonArray::fromStringList(inspection.waivers)}};
}

QJsonObject predicateJson(const ReleaseStatement &statement, const QJsonObject &roles)
{
    QJsonObject packages;
    for (auto it = statement.nativePackages.begin(); it != statement.nativePackages.end(); ++it) {
        packages.insert(it.key(), it.value());
    }
    QJsonObject predicate{
        {QStringLiteral("app"), statement.app.text()},
        {QStringLiteral("version"), statement.version.text()},
        {QStringLiteral("created"),
         toIso(std::chrono::floor<std::chrono::seconds>(statement.created), Fraction::Drop)},
        {QStringLiteral("builder"), QJsonObject{{QStringLiteral("name"), statement.builder.name},
                                                {QStringLiteral("version"), statement.builder.version},
                                                {QStringLiteral("encoder"), statement.builder.encoder}}},
        {QStringLiteral("subjects"), roles},
        {QStringLiteral("file_list"), statement.fileListSha256},
        {QStringLiteral("native_packages"), packages},
        {QStringLiteral("cipher"), statement.cipher},
        {QStringLiteral("key_id"), statement.keyId},
        {QStringLiteral("inspection"), inspectionJson(statement.inspection)},
        {QStringLiteral("notes"), statement.notes}};
    if (statement.source) {
        predicate.insert(QStringLiteral("source"),
                         QJsonObject{{QStringLiteral("repository"), statement.source->repository},
                                     {QStringLiteral("commit"), statement.source->commit},
                                     {QStringLiteral("dirty"), statement.source->isDirty}});
    }
    return predicate;
}

/// Reads members and remembers the first that is not as agreed.
class StatementReader
{
public:
    QString text(const QJsonObject &object, const char *key)
    {
        const QJsonValue value = object.value(QLatin1String(key));
        expect(value.isString(), key, QT_TRANSLATE_NOOP("Sentences", "%1 should be a text."));
        return value.toString();
    }
    qint64 count(const QJsonObject &object, const char *key)
    {
        const qint64 number = object.value(QLatin1String(key)).toInteger(-1);
        expect(number >= 0, key, QT_TRANSLATE_NOOP("Sentences", "%1 should be a whole number from 0 on."));
        return number;
    }
    bool boolean(const QJsonObject &object, const char *key)
    {
        expect(object.value(QLatin1String(key)).isBool(), key,
               QT_TRANSLATE_NOOP("Sentences", "%1 should be true or false."));
        return object.value(QLatin1String(key)).toBool();
    }
    QJsonObject object(const QJsonObject &parent, const char *key)
    {
        expect(parent.value(QLatin1String(key)).isObject(), key,
               QT_TRANSLATE_NOOP("Sentences", "%1 should be an object."));
        return parent.value(QLatin1String(key)).toObject();
    }
    QJsonArray array(const QJsonObject &parent, const char *key)
    {
        expect(parent.value(QLatin1String(key)).isArray(), key,
               QT_TRANSLATE_NOOP("Sentences", "%1 should be a list."));
        return parent.value(QLatin1String(key)).toArray();
    }
    /// @param sentence  marked for translation, with the place %1 for the key
    void expect(bool isAsAgreed, const char *key, const char *sentence)
    {
        if (!isAsAgreed && !m_error) {
            m_error = makeError(ErrorKind::Protocol, "trust.statement",
                                Sentences::tr("The release statement is not as agreed."),
                                Sentences::tr(sentence).arg(QLatin1String(key)));
        }
    }
    void onlyKeys(const QJsonObject &object, std::initializer_list<const char *> keys, const QString &what)
    {
        if (auto known = crypto::requireOnlyKeys(object, keys, what); !known && !m_error) {
            m_error = known.error();
            m_error->id = QStringLiteral("trust.statement");
        }
    }
    [[nodiscard]] Result<void> finish() const
    {
        if (m_error) {
            return *m_error;
        }
        return {};
    }

private:
    std::optional<Error> m_error;
};

QMap<QString, QString> readSubjects(StatementReader &in, const QJsonArray &subjects)
{
    QMap<QString, QString> digests;
    for (const QJsonValue &value : subjects) {
        const QJsonObject subject = value.toObject();
        in.onlyKeys(subject, {"name", "digest"}, QStringLiteral("subject"));
        const QString name = in.text(subject, "name");
        const QJsonObject digest = in.object(subject, "digest");
        in.onlyKeys(digest, {"sha256"}, QStringLiteral("digest"));
        in.expect(!digests.contains(name), "subject",
                  QT_TRANSLATE_NOOP("Sentences", "%1 should be a list of different names."));
        digests.insert(name, in.text(digest, "sha256"));
    }
    return digests;
}

std::optional<StatementSubject> subjectOf(StatementReader &in, const QJsonObject &roles, const char *role,
                                          const QMap<QString, QString> &digests)
{
    if (!roles.contains(QLatin1String(role))) {
        return std::nullopt;
    }
    const QString name = in.text(roles, role);
    in.expect(digests.contains(name), role,
              QT_TRANSLATE_NOOP("Sentences", "%1 should be the name of a subject."));
    return StatementSubject{name, digests.value(name)};
}

StatementInspection readInspection(StatementReader &in, const QJsonObject &object)
{
    in.onlyKeys(object, {"rules", "errors", "warnings", "notes", "waivers"}, QStringLiteral("inspection"));
    StatementInspection inspection;
    inspection.ruleSet = in.text(object, "rules");
    inspection.errors = in.count(object, "errors");
    inspection.warnings = in.count(object, "warnings");
    inspection.notes = in.count(object, "notes");
    for (const QJsonValue &waiver : in.array(object, "waivers")) {
        in.expect(waiver.isString(), "waivers",
                  QT_TRANSLATE_NOOP("Sentences", "%1 should be a list of texts."));
        inspection.waivers.append(waiver.toString());
    }
    return inspection;
}

std::optional<StatementSource> readSource(StatementReader &in, const QJsonObject &predicate)
{
    if (!predicate.contains(QLatin1String("source"))) {
        return std::nullopt;
    }
    const QJsonObject object = in.object(predicate, "source");
    in.onlyKeys(object, {"repository", "commit", "dirty"}, QStringLiteral("source"));
    return StatementSource{in.text(object, "repository"), in.text(object, "commit"),
                           in.boolean(object, "dirty")};
}

Error notAsAgreed(const Error &cause)
{
    return makeError(ErrorKind::Protocol, "trust.statement",
                     Sentences::tr("The release statement is not as agreed."),
                     cause.what + QLatin1Char(' ') + cause.cause);
}

void readPlainFields(StatementReader &in, const QJsonObject &predicate, ReleaseStatement &statement)
{
    const QJsonObject builder = in.object(predicate, "builder");
    in.onlyKeys(builder, {"name", "version", "encoder"}, QStringLiteral("builder"));
    statement.builder = {in.text(builder, "name"), in.text(builder, "version"), in.text(builder, "encoder")};
    statement.source = readSource(in, predicate);
    statement.fileListSha256 = in.text(predicate, "file_list");
    const QJsonObject packages = in.object(predicate, "native_packages");
    for (auto it = packages.begin(); it != packages.end(); ++it) {
        in.expect(it.value().isString(), "native_packages",
                  QT_TRANSLATE_NOOP("Sentences", "%1 should be a table of texts."));
        statement.nativePackages.insert(it.key(), it.value().toString());
    }
    statement.cipher = in.text(predicate, "cipher");
    statement.keyId = in.text(predicate, "key_id");
    statement.inspection = readInspection(in, in.object(predicate, "inspection"));
    statement.notes = in.text(predicate, "notes");
}

Result<ReleaseStatement> readPredicate(StatementReader &in, const QJsonObject &predicate,
                                       const QMap<QString, QString> &digests)
{
    in.onlyKeys(predicate,
                {"app", "version", "created", "builder", "source", "subjects", "file_list", "native_packages",
                 "cipher", "key_id", "inspection", "notes"},
                QStringLiteral("predicate"));
    const QString created = in.text(predicate, "created");
    auto app = AppId::parse(in.text(predicate, "app"));
    auto version = BundleName::parse(in.text(predicate, "version"));
    auto time = parseIso(created);
    in.expect(app.has_value(), "app", QT_TRANSLATE_NOOP("Sentences", "%1 should be the id of an app."));
    in.expect(version.has_value(), "version",
              QT_TRANSLATE_NOOP("Sentences", "%1 should be a semantic version."));
    in.expect(time.has_value() && toIso(*time, Fraction::Drop) == created, "created",
              QT_TRANSLATE_NOOP("Sentences", "%1 should be a time."));
    const QJsonObject roles = in.object(predicate, "subjects");
    in.onlyKeys(roles, {"archive", "artifact", "manifest"}, QStringLiteral("subjects"));
    const auto archive = subjectOf(in, roles, "archive", digests);
    in.expect(archive.has_value() && roles.size() == digests.size(), "subjects",
              QT_TRANSLATE_NOOP("Sentences", "%1 should name each subject once."));
    GATEHOUSE_TRY(in.finish());

    ReleaseStatement statement{*app, *version, *time, *archive, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}};
    statement.artifact = subjectOf(in, roles, "artifact", digests);
    statement.manifest = subjectOf(in, roles, "manifest", digests);
    readPlainFields(in, predicate, statement);
    GATEHOUSE_TRY(in.finish());
    return statement;
}
} // namespace

Result<QByteArray> statementPayload(const ReleaseStatement &statement)
{
    GATEHOUSE_TRY(checkStatement(statement));
    QJsonArray subjects;
    QJsonObject roles;
    addSubject(subjects, roles, "archive", statement.archive);
    if (statement.artifact) {
        addSubject(subjects, roles, "artifact", *statement.artifact);
    }
    if (statement.manifest) {
        addSubject(subjects, roles, "manifest", *statement.manifest);
    }
    return crypto::canonicalJson(
        QJsonObject{{QStringLiteral("_type"), QLatin1String(kInTotoStatementType)},
                    {QStringLiteral("subject"), subjects},
                    {QStringLiteral("predicateType"), QLatin1String(kReleasePredicateType)},
                    {QStringLiteral("predicate"), predicateJson(statement, roles)}});
}

Result<ReleaseStatement> parseStatementPayload(QByteArrayView payload)
{
    const auto parsed = crypto::parseStrictObject(payload);
    if (!parsed) {
        return notAsAgreed(parsed.error());
    }
    StatementReader in;
    in.onlyKeys(*parsed, {"_type", "subject", "predicateType", "predicate"}, QStringLiteral("statement"));
    in.expect(in.text(*parsed, "_type") == QLatin1String(kInTotoStatementType), "_type",
              QT_TRANSLATE_NOOP("Sentences", "%1 should be an in-toto statement."));
    in.expect(in.text(*parsed, "predicateType") == QLatin1String(kReleasePredicateType), "predicateType",
              QT_TRANSLATE_NOOP("Sentences", "%1 should be a release statement."));
    const QMap<QString, QString> digests = readSubjects(in, in.array(*parsed, "subject"));
    GATEHOUSE_TRY(in.finish());
    GATEHOUSE_ASSIGN(ReleaseStatement statement, readPredicate(in, in.object(*parsed, "predicate"), digests));
    if (const auto checked = checkStatement(statement); !checked) {
        return notAsAgreed(checked.error());
    }
    return statement;
}

} // namespace gatehouse::trust
