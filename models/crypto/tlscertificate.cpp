// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/tlscertificate.h"

#include "core/secret.h"
#include "core/sentences.h"
#include "crypto/opensslerrors.h"
#include "crypto/opensslhandles.h"

#include <QDateTime>
#include <QFile>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace gatehouse::crypto {

namespace {
constexpr qint64 kMaxFileBytes = 1024 * 1024;

using Names = std::unique_ptr<GENERAL_NAMES, OpenSslFree<GENERAL_NAMES_free>>;

Result<Secret> readFile(const QString &path, const QString &what)
{
    QFile file(path);
    Secret content;
    if (file.open(QFile::ReadOnly | QFile::Unbuffered) && file.size() <= kMaxFileBytes) {
        content = Secret(static_cast<std::size_t>(file.size()));
        const qint64 got = file.read(reinterpret_cast<char *>(content.data()), file.size());
        if (got == file.size() && got > 0) {
            return content;
        }
    }
    return makeError(ErrorKind::Io, "crypto.tls.read", Sentences::tr("%1 cannot be read.").arg(what),
                     QStringLiteral("\"%1\": %2").arg(path, file.errorString()));
}

BioHandle bioOf(const Secret &content)
{
    return BioHandle(BIO_new_mem_buf(content.data(), static_cast<int>(content.size())));
}

/// Nobody is asked: a listener that starts by itself cannot type.
int noPassphrase(char * /*buffer*/, int /*size*/, int /*isForWriting*/, void *wasAsked)
{
    *static_cast<bool *>(wasAsked) = true;
    return -1;
}

UtcTime timeOf(const ASN1_TIME *time)
{
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) {
        return {};
    }
    const QDate day(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
    return utcFromMs(
        QDateTime(day, QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), Qt::UTC).toMSecsSinceEpoch());
}

QByteArray bytesOf(const ASN1_STRING *text)
{
    return {reinterpret_cast<const char *>(ASN1_STRING_get0_data(text)),
            static_cast<qsizetype>(ASN1_STRING_length(text))};
}

void readHosts(X509 *certificate, TlsCertificate &told)
{
    const Names names(
        static_cast<GENERAL_NAMES *>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS) {
            told.hosts.append(QString::fromLatin1(bytesOf(name->d.dNSName)));
        } else if (name->type == GEN_IPADD && ASN1_STRING_length(name->d.iPAddress) == 4) {
            const unsigned char *at = ASN1_STRING_get0_data(name->d.iPAddress);
            told.addresses.append(QStringLiteral("%1.%2.%3.%4").arg(at[0]).arg(at[1]).arg(at[2]).arg(at[3]));
        }
    }
}

Result<void> checkTime(const TlsCertificate &told, UtcTime now)
{
    if (now > told.until) {
        return makeError(ErrorKind::Invalid, "crypto.tls.expired",
                         Sentences::tr("The certificate has expired."),
                         Sentences::tr("It was good until %1; devices refuse it.").arg(toIso(told.until)),
                         Sentences::tr("Renew it, and choose the new file."));
    }
    if (now < told.from) {
        return makeError(
            ErrorKind::Invalid, "crypto.tls.not_yet", Sentences::tr("The certificate does not hold yet."),
            Sentences::tr("It is good from %1 on; devices refuse it before.").arg(toIso(told.from)),
            Sentences::tr("Wait, or check the clock of this computer."));
    }
    return {};
}
} // namespace

bool TlsCertificate::covers(const QString &host) const
{
    const QByteArray name = host.toUtf8();
    return handle && (X509_check_ip_asc(handle.get(), name.constData(), 0) == 1 ||
                      X509_check_host(handle.get(), name.constData(), static_cast<std::size_t>(name.size()),
                                      0, nullptr) == 1);
}

Result<TlsCertificate> readTlsFiles(const QString &chain, const QString &key, UtcTime now)
{
    GATEHOUSE_ASSIGN(const Secret chainText, readFile(chain, Sentences::tr("The certificate chain")));
    GATEHOUSE_ASSIGN(const Secret keyText, readFile(key, Sentences::tr("The private key")));
    const std::shared_ptr<X509> certificate(
        PEM_read_bio_X509(bioOf(chainText).get(), nullptr, nullptr, nullptr), X509_free);
    if (!certificate) {
        return withOpenSslErrors(makeError(
            ErrorKind::Invalid, "crypto.tls.chain",
            Sentences::tr("The file of the certificate chain holds no certificate."),
            Sentences::tr("\"%1\" does not have what begins with “-----BEGIN CERTIFICATE-----”.").arg(chain),
            Sentences::tr("Choose the PEM file with the whole chain, often “fullchain.pem”.")));
    }
    bool wasAsked = false;
    const EvpKey privateKey(PEM_read_bio_PrivateKey(bioOf(keyText).get(), nullptr, noPassphrase, &wasAsked));
    if (!privateKey) {
        forgetOpenSslErrors();
        return wasAsked
                   ? makeError(
                         ErrorKind::Invalid, "crypto.tls.key_protected",
                         Sentences::tr("The private key of the certificate asks for a passphrase."), {},
                         Sentences::tr("Choose a key file without one that only you can read: the server "
                                       "starts by itself."))
                   : makeError(ErrorKind::Invalid, "crypto.tls.key",
                               Sentences::tr("The file of the private key holds no private key."),
                               Sentences::tr("\"%1\" is no PEM file with a private key.").arg(key));
    }
    if (X509_check_private_key(certificate.get(), privateKey.get()) != 1) {
        forgetOpenSslErrors();
        return makeError(ErrorKind::Invalid, "crypto.tls.other_key",
                         Sentences::tr("The private key does not belong to the certificate."),
                         Sentences::tr("The first certificate of the chain was made for another key."),
                         Sentences::tr("Choose the key that the certificate was asked for with."));
    }
    TlsCertificate told;
    told.handle = certificate;
    told.from = timeOf(X509_get0_notBefore(certificate.get()));
    told.until = timeOf(X509_get0_notAfter(certificate.get()));
    readHosts(certificate.get(), told);
    GATEHOUSE_TRY(checkTime(told, now));
    return told;
}

} // namespace gatehouse::crypto
