// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/listening.h"

#include "core/sentences.h"
#include "crypto/tlscertificate.h"

#include <QUrl>

namespace gatehouse::workspace {

namespace {

/// The name that devices use when nobody said one: the certificate knows it best.
QString hostFor(const crypto::TlsCertificate &certificate, const QString &address)
{
    for (const QString &host : certificate.hosts) {
        if (!host.startsWith(QLatin1Char('*'))) {
            return host;
        }
    }
    return certificate.covers(address) ? address : certificate.addresses.value(0);
}

} // namespace

Listening Listening::of(const Settings &settings)
{
    return {settings.value(settings::kLocalListen), settings.value(settings::kLocalCertificate),
            settings.value(settings::kLocalCertificateKey), settings.value(settings::kLocalPublicUrl)};
}

void Listening::keepIn(Settings &settings) const
{
    settings.setValue(settings::kLocalListen, address);
    settings.setValue(settings::kLocalCertificate, certificate);
    settings.setValue(settings::kLocalCertificateKey, certificateKey);
    settings.setValue(settings::kLocalPublicUrl, publicUrl);
}

Result<CheckedListening> checkListening(Listening wish, UtcTime now)
{
    GATEHOUSE_ASSIGN(const crypto::TlsCertificate certificate,
                     crypto::readTlsFiles(wish.certificate, wish.certificateKey, now));
    const qsizetype colon = wish.address.lastIndexOf(QLatin1Char(':'));
    QUrl url(wish.publicUrl, QUrl::StrictMode);
    if (wish.publicUrl.isEmpty()) {
        const QString host = hostFor(certificate, wish.address.left(colon));
        if (host.isEmpty()) {
            return makeError(ErrorKind::Invalid, "workspace.listening.name",
                             Sentences::tr("The certificate does not say which name devices use."),
                             Sentences::tr("It names no host, or only a wildcard."),
                             Sentences::tr("Write the address that devices ask, for instance "
                                           "https://updates.example.com:8443."));
        }
        url.setScheme(QStringLiteral("https"));
        url.setHost(host);
        url.setPort(wish.address.mid(colon + 1).toInt());
        wish.publicUrl = url.toString();
    }
    if (!url.isValid() || url.scheme() != QLatin1String("https") || url.host().isEmpty()) {
        return makeError(ErrorKind::Invalid, "workspace.listening.url",
                         Sentences::tr("\"%1\" is no address that devices can ask.").arg(wish.publicUrl),
                         Sentences::tr("Devices ask over https only."),
                         Sentences::tr("It looks like https://updates.example.com:8443."));
    }
    if (!certificate.covers(url.host())) {
        return makeError(
            ErrorKind::Invalid, "workspace.listening.other_name",
            Sentences::tr("The certificate is not for \"%1\".").arg(url.host()),
            Sentences::tr("It is for: %1. Devices refuse it under another name.")
                .arg((certificate.hosts + certificate.addresses).join(QStringLiteral(", "))),
            Sentences::tr("Use a name that the certificate has, or a certificate for that name."));
    }
    return CheckedListening{std::move(wish), certificate.until};
}

} // namespace gatehouse::workspace
