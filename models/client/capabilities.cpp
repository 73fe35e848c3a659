// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/capabilities.h"

#include "core/jsonreader.h"
#include "core/sentences.h"

#include <array>

namespace gatehouse::client {

namespace {

struct FeatureWord
{
    Feature feature;
    const char *name;
    /// Why a plain Capgo server does not have it; nullptr when it has.
    const char *capgoReason;
};

constexpr std::array kFeatures{
    FeatureWord{Feature::LiveEvents, "events",
                QT_TRANSLATE_NOOP(
                    "Sentences",
                    "A Capgo server does not push events; Gatehouse asks it every few seconds instead.")},
    FeatureWord{
        Feature::Series, "series",
        QT_TRANSLATE_NOOP("Sentences", "A Capgo server keeps numbers by day only, not by minute or hour.")},
    FeatureWord{
        Feature::ReleaseState, "state",
        QT_TRANSLATE_NOOP(
            "Sentences",
            "A Capgo server does not tell how many devices a channel has, nor its history to an API key.")},
    FeatureWord{Feature::ReleaseActions, "actions",
                QT_TRANSLATE_NOOP("Sentences", "A Capgo server changes channels field by field; Gatehouse "
                                               "sends the fields and reads them back.")},
    FeatureWord{Feature::Freeze, "freeze",
                QT_TRANSLATE_NOOP("Sentences", "A Capgo server cannot freeze a channel.")},
    FeatureWord{
        Feature::ReplaceBundle, "replace_bundle",
        QT_TRANSLATE_NOOP("Sentences", "A Capgo server draws the devices anew for each rollout bundle.")},
    FeatureWord{
        Feature::Explain, "explain",
        QT_TRANSLATE_NOOP("Sentences", "A Capgo server does not tell which rule decides for a device.")},
    FeatureWord{Feature::TrustRoot, "root",
                QT_TRANSLATE_NOOP("Sentences", "A Capgo server keeps no trust root.")},
    FeatureWord{Feature::Approvals, "approvals",
                QT_TRANSLATE_NOOP("Sentences", "A Capgo server enforces no approvals.")},
    FeatureWord{Feature::Statements, "statements",
                QT_TRANSLATE_NOOP("Sentences", "A Capgo server keeps no release statements.")},
    FeatureWord{Feature::Plans, "plans",
                QT_TRANSLATE_NOOP("Sentences", "A Capgo server runs no rollout plans.")},
    FeatureWord{Feature::JournalWitness, "journal",
                QT_TRANSLATE_NOOP("Sentences", "A Capgo server does not witness the journal.")},
    FeatureWord{Feature::ResumableUpload, "tus", nullptr},
    FeatureWord{Feature::DeltaUpload, "delta", nullptr},
    FeatureWord{Feature::ConditionalWrites, "conditional_writes", nullptr},
};

Availability available()
{
    return {true, {}, {}};
}

Availability fromFiles(Feature feature, const FilesConfig &files)
{
    if (feature == Feature::ResumableUpload && !files.hasTus) {
        return {false, QStringLiteral("config"),
                Sentences::tr("This server takes uploads in one piece only.")};
    }
    if (feature == Feature::DeltaUpload && !files.hasPartialUpload) {
        return {false, QStringLiteral("config"), Sentences::tr("This server takes whole archives only.")};
    }
    return available();
}

} // namespace

QString featureName(Feature feature)
{
    for (const FeatureWord &word : kFeatures) {
        if (word.feature == feature) {
            return QString::fromLatin1(word.name);
        }
    }
    return {};
}

Capabilities Capabilities::ofGatehouse(const wire::ServerCapabilities &answer, const FilesConfig &files)
{
    Capabilities capabilities;
    capabilities.m_kind = ServerKind::Gatehouse;
    capabilities.m_serverId = answer.serverId;
    capabilities.m_version = answer.version;
    capabilities.m_files = files;
    if (answer.maxUploadBytes > 0) {
        capabilities.m_files.maxUploadBytes = std::min(files.maxUploadBytes, answer.maxUploadBytes);
    }
    capabilities.m_permissions = answer.permissions;
    for (const FeatureWord &word : kFeatures) {
        const bool isNamed = answer.features.contains(QLatin1String(word.name));
        if (word.capgoReason == nullptr) {
            capabilities.m_features.insert(word.feature, fromFiles(word.feature, files));
        } else if (isNamed) {
            capabilities.m_features.insert(word.feature, available());
        } else {
            capabilities.m_features.insert(
                word.feature,
                {false, QStringLiteral("version"),
                 Sentences::tr("This version of the server (%1) does not have it.").arg(answer.version)});
        }
    }
    return capabilities;
}

Capabilities Capabilities::ofCapgo(const FilesConfig &files)
{
    Capabilities capabilities;
    capabilities.m_files = files;
    for (const FeatureWord &word : kFeatures) {
        if (word.capgoReason != nullptr) {
            capabilities.m_features.insert(word.feature,
                                           {false, QStringLiteral("capgo"), Sentences::tr(word.capgoReason)});
        } else {
            capabilities.m_features.insert(word.feature, fromFiles(word.feature, files));
        }
    }
    return capabilities;
}

Availability Capabilities::of(Feature feature) const
{
    return m_features.value(
        feature, {false, QStringLiteral("unknown"), Sentences::tr("The server has not been asked yet.")});
}

std::optional<bool> Capabilities::mayCall(const QString &permission) const
{
    if (!m_permissions || m_permissions->isEmpty()) {
        return std::nullopt;
    }
    return m_permissions->contains(permission);
}

Result<FilesConfig> parseFilesConfig(const QByteArray &body)
{
    const QString path = QStringLiteral("files config");
    GATEHOUSE_ASSIGN(const QJsonObject object, parseJsonObject(body, path));
    JsonReader in(object, path);
    FilesConfig config;
    config.hasTus = in.optBoolean("TUSUpload").value_or(config.hasTus);
    config.isTusForced = in.optBoolean("TUSUploadForced").value_or(config.isTusForced);
    config.hasPartialUpload = in.optBoolean("partialUpload").value_or(config.hasPartialUpload);
    config.maxUploadBytes = in.optInteger("maxUploadLength").value_or(config.maxUploadBytes);
    config.maxChunkBytes = in.optInteger("maxChunkSize").value_or(config.maxChunkBytes);
    config.warnUploadBytes = in.optInteger("alertUploadSize").value_or(config.warnUploadBytes);
    if (config.maxUploadBytes <= 0) {
        in.complain("maxUploadLength", Sentences::tr("%1 should be more than 0."));
    }
    if (config.maxChunkBytes <= 0) {
        in.complain("maxChunkSize", Sentences::tr("%1 should be more than 0."));
    }
    GATEHOUSE_TRY(in.finish());
    return config;
}

} // namespace gatehouse::client
