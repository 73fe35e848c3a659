// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/device/devicerequest.h"

#include "core/ids.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace gatehouse::server {

namespace {

constexpr qsizetype kMaxInstallSource = 64;
constexpr qsizetype kMaxKeyId = 20;
constexpr qsizetype kMaxCustomId = 36;
/// Of versions that nobody compares: a device must not fill the disk with them.
constexpr qsizetype kMaxShortText = 64;

/// Collects what breaks a rule, in the order of the fields. @source spec: device-protocol, row V8
class Issues
{
public:
    void add(const QString &field, const QString &message,
             const QString &code = QStringLiteral("invalid_type"))
    {
        m_issues.append(QJsonObject{{QStringLiteral("message"), message},
                                    {QStringLiteral("path"), QJsonArray{field}},
                                    {QStringLiteral("code"), code}});
    }
    [[nodiscard]] bool isEmpty() const { return m_issues.isEmpty(); }
    [[nodiscard]] QJsonObject moreInfo() const
    {
        const QJsonObject error{{QStringLiteral("name"), QStringLiteral("SchemaError")},
                                {QStringLiteral("issues"), m_issues}};
        return {{QStringLiteral("parseResult"),
                 QJsonObject{{QStringLiteral("success"), false}, {QStringLiteral("error"), error}}}};
    }

private:
    QJsonArray m_issues;
};

bool isTruthy(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return value.toBool();
    case QJsonValue::Double:
        return value.toDouble() != 0.0;
    case QJsonValue::String:
        return !value.toString().isEmpty();
    case QJsonValue::Array:
    case QJsonValue::Object:
        return true;
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        break;
    }
    return false;
}

/// Reads the fields of one object and notes what is wrong with them.
class FieldReader
{
public:
    FieldReader(const QJsonObject &object, Issues &issues)
        : m_object(object)
        , m_issues(issues)
    {}

    QString required(const QString &field, bool mayBeEmpty)
    {
        const QJsonValue value = m_object.value(field);
        if (!value.isString()) {
            m_issues.add(field, QStringLiteral("A text is expected."));
            return {};
        }
        if (!mayBeEmpty && value.toString().isEmpty()) {
            m_issues.add(field, QStringLiteral("It must not be empty."), QStringLiteral("too_small"));
        }
        return checked(field, value.toString());
    }

    /// Absent is empty; null is an error.
    std::optional<QString> optional(const QString &field, qsizetype maxLength = 4096)
    {
        const QJsonValue value = m_object.value(field);
        if (value.isUndefined()) {
            return std::nullopt;
        }
        if (!value.isString()) {
            m_issues.add(field, QStringLiteral("A text is expected."));
            return std::nullopt;
        }
        if (value.toString().size() > maxLength) {
            m_issues.add(field, QStringLiteral("At most %1 characters are allowed.").arg(maxLength),
                         QStringLiteral("too_big"));
        }
        return checked(field, value.toString());
    }

    bool flag(const QString &field, bool byDefault)
    {
        const QJsonValue value = m_object.value(field);
        if (value.isUndefined() || value.isNull()) {
            return byDefault;
        }
        if (!value.isBool()) {
            m_issues.add(field, QStringLiteral("True or false is expected."));
        }
        return value.toBool(byDefault);
    }

    void complain(const QString &field, const QString &message)
    {
        m_issues.add(field, message, QStringLiteral("custom"));
    }

private:
    QString checked(const QString &field, const QString &text)
    {
        if (text.contains(QChar(u'\0'))) {
            m_issues.add(field, QStringLiteral("U+0000 is not allowed."), QStringLiteral("custom"));
        }
        return text;
    }
    const QJsonObject &m_object;
    Issues &m_issues;
};

/// "N.N.N" whose numbers are too large, or which is too long: passes the first look, fails the comparison
/// (row D8).
bool looksLikeThreeNumbers(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("\\A[0-9]+\\.[0-9]+\\.[0-9]+\\z"));
    static const QRegularExpression leadingZero(QStringLiteral("(\\A|\\.)0[0-9]"));
    return pattern.match(text).hasMatch() && !leadingZero.match(text).hasMatch();
}

QString lowerOf(const QString &text)
{
    return text.toLower();
}

RequestProblem bodyProblem(const QString &code, const QString &message, const QJsonValue &body)
{
    return {400, code, message, {{QStringLiteral("body"), body}}};
}

bool isPlatform(const QString &platform)
{
    return platform == QLatin1String("ios") || platform == QLatin1String("android") ||
           platform == QLatin1String("electron");
}

/// Rows V2, V4 to V7, which look at few fields.
std::optional<RequestProblem> checkFirst(const QJsonValue &body, RequestForm form, const QString &badFields)
{
    const bool isQuery = badFields == QLatin1String("invalid_query_parameters");
    if (body.isNull()) {
        return bodyProblem(badFields, QStringLiteral("The body must be an object."), body);
    }
    const bool isVoid = (body.isObject() && body.toObject().isEmpty()) ||
                        (body.isArray() && body.toArray().isEmpty()) || body.isDouble() || body.isBool() ||
                        (body.isString() && body.toString().isEmpty());
    if (isVoid) {
        return isQuery
                   ? RequestProblem{400, badFields, QStringLiteral("No parameters were sent.")}
                   : bodyProblem(badFields, QStringLiteral("The body must be an object with fields."), body);
    }
    const QJsonObject object = body.toObject();
    const QJsonValue device = object.value(QLatin1String("device_id"));
    if (isTruthy(device) && !device.isString()) {
        return bodyProblem(badFields, QStringLiteral("device_id must be a text."), body);
    }
    if (form != RequestForm::ChannelList && !isTruthy(device)) {
        return bodyProblem(QStringLiteral("missing_device_id"), QStringLiteral("device_id is missing."),
                           body);
    }
    if (!isTruthy(object.value(QLatin1String("app_id")))) {
        return bodyProblem(QStringLiteral("missing_app_id"), QStringLiteral("app_id is missing."), body);
    }
    const QJsonValue build = object.value(QLatin1String("version_build"));
    if (isTruthy(build) && !build.isString()) {
        return bodyProblem(badFields, QStringLiteral("version_build must be a text."), body);
    }
    const QString text = build.toString();
    if (!text.isEmpty() && !SemanticVersion::coerceNative(text) && !looksLikeThreeNumbers(text)) {
        return RequestProblem{400,
                              QStringLiteral("semver_error"),
                              QStringLiteral("The native version is no semantic version."),
                              {{QStringLiteral("version_build"), text}}};
    }
    return std::nullopt;
}

void readVersions(DeviceRequest &request, FieldReader &fields, RequestForm form)
{
    wire::DeviceInfo &info = request.info;
    if (form == RequestForm::Update || form == RequestForm::ChannelSelf) {
        info.versionName = fields.required(QStringLiteral("version_name"), form == RequestForm::ChannelSelf);
        info.versionBuild =
            fields.required(QStringLiteral("version_build"), form == RequestForm::ChannelSelf);
    } else {
        if (form == RequestForm::Stats) {
            info.versionName = fields.required(QStringLiteral("version_name"), true);
            info.versionOs = fields.required(QStringLiteral("version_os"), true).left(kMaxShortText);
        }
        info.versionBuild = fields.optional(QStringLiteral("version_build")).value_or(QString());
    }
    const bool isBuiltin = info.versionName == QLatin1String("builtin");
    if (!info.versionBuild.isEmpty()) {
        if (const auto native = SemanticVersion::coerceNative(info.versionBuild)) {
            request.native = *native;
            info.versionBuild = native->toString();
        }
    } else if (isBuiltin && form == RequestForm::Stats) {
        fields.complain(QStringLiteral("version_name"),
                        QStringLiteral("The built-in bundle needs version_build."));
    }
    if (isBuiltin) {
        info.versionName = info.versionBuild;
    }
}

void readPlugin(DeviceRequest &request, FieldReader &fields, RequestForm form)
{
    const bool isRequired = form == RequestForm::Update;
    const QString field = QStringLiteral("plugin_version");
    const QString text =
        isRequired ? fields.required(field, false) : fields.optional(field).value_or(QString());
    request.info.pluginVersion = text.left(kMaxShortText);
    if (const auto version = SemanticVersion::parseLoose(text)) {
        request.plugin = *version;
    } else if (isRequired && !text.isEmpty()) {
        fields.complain(field, QStringLiteral("The plugin's version is no semantic version."));
    }
}

} // namespace

std::optional<QJsonValue> parseBody(const QByteArray &body)
{
    // What all devices send: an object or an array, in order. The rest is for the odd ones.
    QJsonParseError error;
    if (body.isValidUtf8()) {
        const QJsonDocument whole = QJsonDocument::fromJson(body, &error);
        if (error.error == QJsonParseError::NoError) {
            return whole.isArray() ? QJsonValue(whole.array()) : QJsonValue(whole.object());
        }
    }
    QString text = QString::fromUtf8(body);
    if (text.startsWith(QChar(0xFEFF))) {
        text.remove(0, 1);
    }
    // Wrapped, because Qt reads only arrays and objects at the top.
    const QString wrapped = QLatin1Char('[') + text + QLatin1Char(']');
    const QJsonDocument document = QJsonDocument::fromJson(wrapped.toUtf8(), &error);
    if (error.error != QJsonParseError::NoError || document.array().size() != 1) {
        return std::nullopt;
    }
    return document.array().first();
}

std::variant<DeviceRequest, RequestProblem> checkRequest(const QJsonValue &body, RequestForm form)
{
    return checkRequest(body, form, QStringLiteral("invalid_json_body"));
}

std::variant<DeviceRequest, RequestProblem> checkRequest(const QJsonValue &body, RequestForm form,
                                                         const QString &badFields)
{
    if (auto problem = checkFirst(body, form, badFields)) {
        return std::move(*problem);
    }
    DeviceRequest request;
    request.raw = body.toObject();
    Issues issues;
    FieldReader fields(request.raw, issues);
    wire::DeviceInfo &info = request.info;
    info.appId = fields.required(QStringLiteral("app_id"), false);
    if (!info.appId.isEmpty() && !AppId::parse(info.appId)) {
        fields.complain(QStringLiteral("app_id"), QStringLiteral("It is no app id."));
    }
    if (form == RequestForm::ChannelList) {
        info.deviceId = lowerOf(request.raw.value(QLatin1String("device_id")).toString());
    } else {
        info.deviceId = lowerOf(fields.required(QStringLiteral("device_id"), false));
        if (!info.deviceId.isEmpty() && !DeviceId::parse(info.deviceId)) {
            fields.complain(QStringLiteral("device_id"), QStringLiteral("It is no UUID."));
        }
    }
    readVersions(request, fields, form);
    info.isEmulator = fields.flag(QStringLiteral("is_emulator"), false);
    info.isProd = fields.flag(QStringLiteral("is_prod"), true);
    info.platform = fields.required(QStringLiteral("platform"), form == RequestForm::Stats);
    if (form != RequestForm::Stats && !info.platform.isEmpty() && !isPlatform(info.platform)) {
        fields.complain(QStringLiteral("platform"), QStringLiteral("It must be ios, android or electron."));
    }
    if (form == RequestForm::ChannelList) {
        info.pluginVersion = request.raw.value(QLatin1String("plugin_version")).toString();
    } else {
        readPlugin(request, fields, form);
        info.defaultChannel = fields.optional(QStringLiteral("defaultChannel")).value_or(QString());
        info.installSource = fields.optional(QStringLiteral("install_source"), kMaxInstallSource);
    }
    info.keyId = fields.optional(QStringLiteral("key_id"), kMaxKeyId);
    if (form == RequestForm::Stats) {
        info.customId =
            fields.optional(QStringLiteral("custom_id"), kMaxCustomId).value_or(QString()).trimmed();
    } else {
        info.customId = request.raw.value(QLatin1String("custom_id")).toString().trimmed().left(kMaxCustomId);
        info.versionOs = request.raw.value(QLatin1String("version_os")).toString().left(kMaxShortText);
    }
    info.versionCode = request.raw.value(QLatin1String("version_code")).toString().left(kMaxShortText);
    if (!issues.isEmpty()) {
        return RequestProblem{400, badFields,
                              QStringLiteral("The request does not have the expected fields."),
                              issues.moreInfo()};
    }
    if (info.installSource) {
        info.installSource = info.installSource->trimmed().toLower();
        if (info.installSource->isEmpty()) {
            info.installSource.reset();
        }
    }
    return request;
}

} // namespace gatehouse::server
