// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/upload.h"

#include "client/bundles.h"
#include "client/channels.h"
#include "client/deltaupload.h"
#include "client/tus.h"
#include "core/sentences.h"

#include <QFileInfo>

namespace gatehouse::client {

namespace {

QString eq(const QString &text)
{
    return QStringLiteral("eq.") + segment(text);
}

/// One upload from the first question to the channel. @source spec: management-api, section 5.1
class UploadRun
{
public:
    UploadRun(const Session &session, const UploadRequest &request, const UploadSettings &settings,
              Operation &operation)
        : m_session(session)
        , m_request(request)
        , m_settings(settings)
        , m_operation(operation)
    {}

    Result<UploadOutcome> run();

private:
    Result<void> measure();
    Result<void> askGates();
    Result<void> askOwner();
    Result<void> claimName();
    Result<void> upsertRow(const QString &storageProvider);
    Result<void> sendContent();
    Result<void> setR2Path();
    Result<void> assignChannels();
    Result<wire::BundleRow> finishRow();
    void undoRow();
    [[nodiscard]] QString r2Path() const;
    Result<bool> askBool(const QString &rpc, const QJsonObject &arguments);
    std::optional<UploadState> savedState();

    const Session &m_session;
    const UploadRequest &m_request;
    const UploadSettings &m_settings;
    Operation &m_operation;
    qint64 m_size = 0;
    QString m_owner;
    QString m_user;
    QJsonArray m_manifest; ///< of the files that are on the server
    bool m_hasRow = false;
    std::optional<UploadState> m_saved;
    bool m_wasResumed = false;
};

Result<UploadOutcome> UploadRun::run()
{
    GATEHOUSE_TRY(measure());
    GATEHOUSE_TRY(askGates());
    GATEHOUSE_TRY(askOwner());
    GATEHOUSE_TRY(claimName());
    Result<wire::BundleRow> row = finishRow();
    if (!m_request.stateFile.isEmpty()) {
        QFile::remove(m_request.stateFile);
    }
    if (!row) {
        undoRow();
        return row.error();
    }
    UploadOutcome outcome;
    outcome.bundle = std::move(*row);
    outcome.bytes = m_size;
    outcome.wasResumed = m_wasResumed;
    return outcome;
}

/// Everything between the first write and the last: whatever fails here, the row goes again.
Result<wire::BundleRow> UploadRun::finishRow()
{
    GATEHOUSE_TRY(m_operation.check());
    m_hasRow = true;
    GATEHOUSE_TRY(upsertRow(QStringLiteral("r2-direct")));
    GATEHOUSE_TRY(sendContent());
    if (!m_request.files.isEmpty()) {
        GATEHOUSE_ASSIGN(m_manifest, uploadFiles(m_session, m_request, m_owner, m_settings, m_operation));
    }
    GATEHOUSE_TRY(setR2Path());
    GATEHOUSE_TRY(m_operation.check());
    GATEHOUSE_TRY(upsertRow(QStringLiteral("r2")));
    GATEHOUSE_TRY(m_operation.check());
    GATEHOUSE_ASSIGN(
        wire::BundleRow row,
        Bundles(SessionPtr(SessionPtr(), &m_session)).one(m_request.app, m_request.name, m_operation));
    if (!row.isReady()) {
        return makeError(ErrorKind::Protocol, "client.upload_not_ready",
                         Sentences::tr("The bundle %1 was uploaded, but the server does not call it ready.")
                             .arg(m_request.name.text()));
    }
    GATEHOUSE_TRY(assignChannels());
    return row;
}

Result<void> UploadRun::measure()
{
    const QFileInfo info(m_request.file);
    if (!info.isFile() || !info.isReadable() || info.size() == 0) {
        return makeError(ErrorKind::Io, "client.file",
                         Sentences::tr("The file \"%1\" cannot be read.").arg(m_request.file));
    }
    m_size = info.size();
    const FilesConfig &files = m_session.capabilities().files();
    if (m_size > files.maxUploadBytes) {
        return makeError(ErrorKind::Invalid, "client.upload_too_large",
                         Sentences::tr("The bundle is too large for this server."),
                         Sentences::tr("It has %1 bytes; the server takes at most %2.")
                             .arg(m_size)
                             .arg(files.maxUploadBytes));
    }
    return {};
}

Result<bool> UploadRun::askBool(const QString &rpc, const QJsonObject &arguments)
{
    GATEHOUSE_ASSIGN(const Response answer,
                     m_session.read(m_session.rpcRequest(rpc, arguments), m_operation));
    const QByteArray body = answer.body.trimmed();
    if (body != "true" && body != "false") {
        return makeError(ErrorKind::Protocol, "wire.json", Sentences::tr("The answer is not as agreed."),
                         Sentences::tr("%1 should be true or false.").arg(rpc));
    }
    return body == "true";
}

Result<void> UploadRun::askOwner()
{
    Request request = m_session.rpcRequest(QStringLiteral("get_user_id"), {});
    request.body = m_session.keyInBody();
    Result<Response> answer = m_session.read(request, m_operation);
    wipe(request.body);
    GATEHOUSE_TRY(answer);
    m_user = QString::fromLatin1(answer->body.trimmed()).remove(QLatin1Char('"'));
    if (m_user.isEmpty() || m_user == QLatin1String("null")) {
        return makeError(ErrorKind::Denied, "server.invalid_apikey",
                         Sentences::tr("The server does not know this API key."), {},
                         Sentences::tr("Check the API key of this server."));
    }
    GATEHOUSE_ASSIGN(const bool isOverQuota,
                     askBool(QStringLiteral("is_allowed_action_org_action"),
                             {{QStringLiteral("orgid"), m_owner},
                              {QStringLiteral("actions"), QJsonArray{QStringLiteral("storage")}},
                              {QStringLiteral("appid"), m_request.app.text()}})
                         .then([](bool isAllowed) { return Result<bool>(!isAllowed); }));
    if (isOverQuota) {
        return makeError(ErrorKind::Denied, "client.upload_plan",
                         Sentences::tr("The plan of the organization does not allow more storage."));
    }
    return {};
}

Result<void> UploadRun::askGates()
{
    GATEHOUSE_ASSIGN(const bool isRefused, askBool(QStringLiteral("reject_access_due_to_2fa_for_app"),
                                                   {{QStringLiteral("app_id"), m_request.app.text()}}));
    if (isRefused) {
        return makeError(ErrorKind::Denied, "client.upload_2fa",
                         Sentences::tr("The organization asks for two-factor sign-in."),
                         Sentences::tr("The owner of this API key has none."),
                         Sentences::tr("Switch two-factor sign-in on for that account."));
    }
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("app_id"), eq(m_request.app.text()));
    query.addQueryItem(QStringLiteral("select"), QStringLiteral("owner_org,default_upload_channel"));
    GATEHOUSE_ASSIGN(
        const QJsonArray rows,
        m_session.readArray(m_session.restRequest(Method::Get, QStringLiteral("/apps"), query), m_operation));
    if (rows.isEmpty()) {
        return makeError(ErrorKind::NotFound, "client.app",
                         Sentences::tr("The server has no app %1 for this key.").arg(m_request.app.text()));
    }
    JsonReader in(rows.first().toObject(), QStringLiteral("apps[0]"));
    m_owner = in.text("owner_org");
    return in.finish();
}

std::optional<UploadState> UploadRun::savedState()
{
    QFile file(m_request.stateFile);
    if (m_request.stateFile.isEmpty() || !file.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    const Result<UploadState> saved = UploadState::fromJson(file.read(64LL * 1024));
    const bool isSame = saved && saved->identity == m_session.identity() &&
                        saved->app == m_request.app.text() && saved->name == m_request.name.text() &&
                        saved->size == m_size && saved->checksum == m_request.checksum;
    return isSame ? std::optional(*saved) : std::nullopt;
}

/// The name must be free, or be ours from an upload that was cut off.
Result<void> UploadRun::claimName()
{
    m_saved = savedState();
    GATEHOUSE_ASSIGN(const bool exists, askBool(QStringLiteral("exist_app_versions"),
                                                {{QStringLiteral("appid"), m_request.app.text()},
                                                 {QStringLiteral("name_version"), m_request.name.text()}}));
    if (!exists) {
        m_saved.reset();
        return {};
    }
    if (m_saved) {
        // Cut off after the last step: there is nothing left to send, and nothing that may be undone.
        GATEHOUSE_ASSIGN(
            const wire::BundleRow row,
            Bundles(SessionPtr(SessionPtr(), &m_session)).one(m_request.app, m_request.name, m_operation));
        if (row.isReady()) {
            QFile::remove(m_request.stateFile);
            m_saved.reset();
        }
    }
    if (!m_saved) {
        return makeError(ErrorKind::Conflict, "client.bundle_exists",
                         Sentences::tr("A bundle %1 exists already.").arg(m_request.name.text()),
                         Sentences::tr("A name is never used twice: devices know bundles by name."),
                         Sentences::tr("Give the bundle a higher version."));
    }
    return {};
}

Result<void> UploadRun::upsertRow(const QString &storageProvider)
{
    const auto orNull = [](const QString &text) { return text.isEmpty() ? QJsonValue() : QJsonValue(text); };
    QJsonArray packages;
    for (const wire::NativePackage &package : m_request.nativePackages) {
        packages.append(package.toJson());
    }
    QJsonObject row{
        {QStringLiteral("app_id"), m_request.app.text()},
        {QStringLiteral("name"), m_request.name.text()},
        {QStringLiteral("owner_org"), m_owner},
        {QStringLiteral("user_id"), m_user},
        {QStringLiteral("storage_provider"), storageProvider},
        {QStringLiteral("checksum"), m_request.checksum},
        {QStringLiteral("session_key"), orNull(m_request.sessionKey)},
        {QStringLiteral("key_id"), orNull(m_request.keyId)},
        {QStringLiteral("external_url"), QJsonValue::Null},
        {QStringLiteral("min_update_version"), orNull(m_request.minUpdateVersion.value_or(QString()))},
        {QStringLiteral("native_packages"), packages},
        {QStringLiteral("link"), orNull(m_request.link)},
        {QStringLiteral("comment"), orNull(m_request.comment)},
        {QStringLiteral("cli_version"), QStringLiteral("gatehouse-0.1.0")},
    };
    if (!m_manifest.isEmpty()) {
        row.insert(QStringLiteral("manifest"), m_manifest);
    }
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("on_conflict"), QStringLiteral("name,app_id"));
    Request request =
        withJson(m_session.restRequest(Method::Post, QStringLiteral("/app_versions"), query), row);
    request.headers.append(Header{"Prefer", "resolution=merge-duplicates,return=representation"});
    // An upsert of the same row is safe to repeat.
    GATEHOUSE_ASSIGN(const QJsonArray rows, m_session.readArray(request, m_operation));
    if (rows.isEmpty()) {
        return makeError(
            ErrorKind::Denied, "client.upload_denied",
            Sentences::tr("The server did not take the bundle %1.").arg(m_request.name.text()),
            Sentences::tr("The key may not upload bundles of this app, or the bundle is not encrypted "
                          "as the organization asks."));
    }
    return {};
}

QString UploadRun::r2Path() const
{
    return QStringLiteral("orgs/%1/apps/%2/%3.zip").arg(m_owner, m_request.app.text(), m_request.name.text());
}

Result<void> UploadRun::sendContent()
{
    TusUpload tus(m_session, m_request.file, m_size, r2Path(), QStringLiteral("application/zip"), m_settings);
    if (m_saved) {
        m_wasResumed = tus.resume(m_saved->location, m_operation);
    }
    if (!m_wasResumed) {
        GATEHOUSE_TRY(tus.create(m_operation));
    }
    if (!m_request.stateFile.isEmpty()) {
        const UploadState state{m_session.identity(), m_request.app.text(), m_request.name.text(), m_size,
                                m_request.checksum,   tus.location()};
        GATEHOUSE_TRY(writeStateFile(m_request.stateFile, state.toJson()));
    }
    return tus.sendAll(m_operation);
}

Result<void> UploadRun::setR2Path()
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("app_id"), eq(m_request.app.text()));
    query.addQueryItem(QStringLiteral("name"), eq(m_request.name.text()));
    const Request request =
        withJson(m_session.restRequest(Method::Patch, QStringLiteral("/app_versions"), query),
                 {{QStringLiteral("r2_path"), r2Path()}});
    GATEHOUSE_TRY(m_session.read(request, m_operation));
    return {};
}

Result<void> UploadRun::assignChannels()
{
    const SessionPtr session(SessionPtr(), &m_session);
    const Channels channels(session);
    for (const ChannelName &name : m_request.channels) {
        const Result<MarkedChannel> channel = channels.one(m_request.app, name, m_operation);
        if (!channel && channel.error().kind != ErrorKind::NotFound) {
            return channel.error();
        }
        if (channel) {
            GATEHOUSE_ASSIGN(const wire::BundleRow bundle,
                             Bundles(session).one(m_request.app, m_request.name, m_operation));
            GATEHOUSE_TRY(channels.setBundle(m_request.app, channel->row.id, bundle.id, m_operation));
        } else {
            GATEHOUSE_TRY(channels.put(m_request.app, name,
                                       {{QStringLiteral("version"), m_request.name.text()}}, m_operation));
        }
    }
    return {};
}

/// With an operation of its own: the caller's may be cancelled, which is why we are here.
void UploadRun::undoRow()
{
    if (!m_hasRow) {
        return;
    }
    Operation cleanUp;
    cleanUp.setTimeout(std::chrono::seconds(20));
    const Request request = withJson(
        m_session.apiRequest(Method::Delete, QStringLiteral("/private/delete_failed_version")),
        {{QStringLiteral("app_id"), m_request.app.text()}, {QStringLiteral("name"), m_request.name.text()}});
    // What cannot be undone now stays an unready row, which no channel can serve.
    const Result<Response> undone = m_session.read(request, cleanUp);
    static_cast<void>(undone);
}

} // namespace

Result<UploadOutcome> uploadBundle(const Session &session, const UploadRequest &request, Operation &operation,
                                   const UploadSettings &settings)
{
    return UploadRun(session, request, settings, operation).run();
}

} // namespace gatehouse::client
