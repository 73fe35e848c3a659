// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/management/context.h"
#include "server/management/uploadsink.h"
#include "server/management/uploadtarget.h"

#include <QJsonObject>

namespace gatehouse::server {
namespace {

const QString kLinkPath = QStringLiteral("/files/upload_link/");
constexpr Milliseconds kLinkLifetime = std::chrono::seconds(1200);
/// Only what a link was made for may be sent without a key. Metadata of other uploads is text.
constexpr QLatin1String kIsLink("is-link");

/// The bundle that waits for its content, for a caller who may send it.
Answer<wire::BundleRow> waitingBundle(ManagementContext &context, const Input &input, const Caller &caller)
{
    const QString appId = input.text("app_id");
    GATEHOUSE_ASSIGN(const std::optional<AppRecord> app, orFailure(context.store.app(appId)));
    if (!app) {
        return errorResponse(404, QStringLiteral("error_app_not_found"),
                             QStringLiteral("There is no such app."), {{QStringLiteral("app_id"), appId}});
    }
    if (!caller.may("app.upload_bundle", AppAccess{*app}.scope())) {
        return badRequest("app_access_denied", QStringLiteral("You can't upload bundles of this app."),
                          {{QStringLiteral("app_id"), appId}});
    }
    GATEHOUSE_ASSIGN(std::optional<wire::BundleRow> bundle,
                     orFailure(context.store.bundleByName(appId, input.text("name"))));
    if (!bundle) {
        return errorResponse(404, QStringLiteral("error_version_not_found"),
                             QStringLiteral("The bundle must be created first."));
    }
    if (bundle->isReady()) {
        return badRequest("error_already_exist", QStringLiteral("The content of this bundle is fixed."));
    }
    return std::move(*bundle);
}

/// @source spec: management-api, section 3.7
Response makeLink(ManagementContext &context, const Request &request, const Caller &caller)
{
    GATEHOUSE_ASSIGN(const Input input, Input::of(request));
    GATEHOUSE_ASSIGN(const wire::BundleRow bundle, waitingBundle(context, input, caller));
    GATEHOUSE_ASSIGN(const OrganizationRecord organization, orFailure(context.store.organization()));
    UploadRecord upload;
    upload.blobKey = zipKeyOf(organization, bundle.appId, bundle.name);
    upload.metadata = {{kIsLink, true}};
    upload.apiKeyId = caller.key.id;
    upload.expiresAt = context.clock.now() + kLinkLifetime;
    ServingChange change;
    change.appId = bundle.appId;
    change.actor = caller.actor("bundle");
    change.what = QStringLiteral("edited");
    change.edit = change::EditBundle{bundle.id,
                                     [key = upload.blobKey](const wire::BundleRow &now) {
                                         wire::BundleRow after = now;
                                         after.r2Path = key;
                                         return Result<wire::BundleRow>(after);
                                     },
                                     std::nullopt};
    if (const auto changed = context.store.applyServingChange(change); !changed) {
        return refusedWish(changed.error(), "cannot_update_supabase");
    }
    GATEHOUSE_ASSIGN(const UploadRecord made, orFailure(context.store.createUpload(upload)));
    Response response = jsonResponse(
        QJsonObject{{QStringLiteral("url"), QString(context.publicUrl() + kLinkPath + made.id)}});
    response.setHeader("Cache-Control", "no-store");
    return response;
}

/// The upload of a link that can still be used.
Answer<UploadRecord> usableLink(ManagementContext &context, const Request &request)
{
    GATEHOUSE_ASSIGN(std::optional<UploadRecord> upload,
                     orFailure(context.store.upload(request.parameter(QStringLiteral("id")))));
    if (!upload || !upload->metadata.value(kIsLink).isBool() || upload->expiresAt <= context.clock.now()) {
        return errorResponse(401, QStringLiteral("link_expired"),
                             QStringLiteral("The link is not valid any more. Ask for a new one."));
    }
    if (upload->finished) {
        return errorResponse(409, QStringLiteral("duplicate_upload"),
                             QStringLiteral("Content was sent with this link already."));
    }
    // A link is good only as long as the key that asked for it.
    if (upload->apiKeyId != 0) {
        GATEHOUSE_ASSIGN(const auto key, orFailure(context.store.apiKey(upload->apiKeyId)));
        if (!key || (key->expiresAt && *key->expiresAt <= context.clock.now())) {
            return errorResponse(
                401, QStringLiteral("link_expired"),
                QStringLiteral("The key that this link was made with is not valid any more."));
        }
    }
    if (const auto target = uploadTargetOf(upload->blobKey)) {
        GATEHOUSE_TRY(requireUnreadyBundle(context, *target));
    }
    return std::move(*upload);
}

/// 200 as a store of objects answers, instead of the 204 of TUS.
class LinkSink final : public BodySink
{
public:
    explicit LinkSink(std::unique_ptr<PartSink> part)
        : m_part(std::move(part))
    {}
    Result<void> write(QByteArrayView piece) override { return m_part->write(piece); }
    Response finish() override
    {
        Response written = m_part->finish();
        return written.status == 204 ? emptyResponse(200) : written;
    }

private:
    std::unique_ptr<PartSink> m_part;
};

/// @source spec: management-api, section 5.3
std::variant<Response, std::unique_ptr<BodySink>> putContent(ManagementContext &context,
                                                             const Request &request)
{
    auto lock = context.uploadLocks->acquire(request.parameter(QStringLiteral("id")));
    Answer<UploadRecord> upload = usableLink(context, request);
    if (!upload) {
        return std::move(upload.error());
    }
    if (!lock) {
        return errorResponse(409, QStringLiteral("upload_offset_conflict"),
                             QStringLiteral("Another request writes to this upload."));
    }
    if (request.contentLength < 0) {
        return errorResponse(411, QStringLiteral("length_required"),
                             QStringLiteral("Content-Length is missing."));
    }
    if (request.contentLength > context.settings.maxUploadBytes) {
        return errorResponse(413, QStringLiteral("upload_too_large"),
                             QStringLiteral("The upload is larger than this server takes."));
    }
    // Always whole: what an earlier attempt left is written over.
    upload->offset = 0;
    upload->length = request.contentLength;
    auto part = std::make_unique<PartSink>(context, *upload, std::move(lock));
    if (const Result<void> opened = part->open(); !opened) {
        return uploadOpenFailed(opened.error());
    }
    return std::make_unique<LinkSink>(std::move(part));
}

} // namespace

/// Content in one request, without a key: the address is the right to send it, for twenty minutes.
void addUploadLinkRoutes(Router &router, ManagementContext &context)
{
    for (const char *path : {"/files/upload_link", "/private/upload_link"}) {
        addKeyed(router, context, Method::Post, path, KeyClass::Key, makeLink);
    }
    router.addStream(Method::Put, QString(kLinkPath + QLatin1String(":id")),
                     [&context](const Request &request) { return putContent(context, request); },
                     {kMaxUploadBytes, RunOn::Pool});
}

} // namespace gatehouse::server
