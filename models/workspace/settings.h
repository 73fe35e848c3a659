// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSettings>
#include <QString>
#include <QStringList>
#include <QVariant>

namespace gatehouse::workspace {

/// One setting: where it is kept and what holds while nobody chose. Secrets are never settings.
template<typename T>
struct Setting
{
    const char *key;
    T standard;
};

namespace settings {
/// "system", "light" or "dark".
inline const Setting<QString> kTheme{"look/theme", QStringLiteral("system")};
/// BCP 47 tag; empty follows the system.
inline const Setting<QString> kLanguage{"look/language", QString()};
/// "keychain" or "vault": where the person decided to keep secrets.
inline const Setting<QString> kSecretStore{"keys/store", QStringLiteral("keychain")};
/// JSON array of the known servers, without their keys.
inline const Setting<QByteArray> kServers{"servers/list", QByteArray()};
/// Id of the server last worked on; empty at first start.
inline const Setting<QString> kLastServer{"servers/last", QString()};
/// App last worked on, per server: append "/" and the server's id.
inline const Setting<QString> kLastApp{"servers/app", QString()};
/// Port that the server beside the desktop had last, so that devices keep their address; 0 takes any.
inline const Setting<int> kLocalPort{"local/port", 0};
/// Address beyond loopback that the local server listens on as well; empty: loopback only.
inline const Setting<QString> kLocalListen{"local/listen", QString()};
/// Certificate chain and key (PEM files) for listening beyond loopback.
inline const Setting<QString> kLocalCertificate{"local/certificate", QString()};
inline const Setting<QString> kLocalCertificateKey{"local/certificate_key", QString()};
/// What devices ask then: https, with a name that the certificate has.
inline const Setting<QString> kLocalPublicUrl{"local/public_url", QString()};
/// Folder that the New bundle assistant used last.
inline const Setting<QString> kLastFolder{"bundles/folder", QString()};
/// Whether source maps stay in bundles.
inline const Setting<bool> kKeepSourceMaps{"bundles/keep_source_maps", false};
} // namespace settings

/// The file of settings. A default is not written; keys this release does not know survive.
class Settings final : public QObject
{
    Q_OBJECT

public:
    /// @param file  full path of the INI file; its folder is made when needed
    explicit Settings(const QString &file, QObject *parent = nullptr);

    template<typename T>
    [[nodiscard]] T value(const Setting<T> &setting, const QString &suffix = {}) const
    {
        const QVariant stored = m_file.value(keyOf(setting.key, suffix));
        return stored.isValid() ? stored.value<T>() : setting.standard;
    }
    template<typename T>
    void setValue(const Setting<T> &setting, const T &value, const QString &suffix = {})
    {
        const QString key = keyOf(setting.key, suffix);
        if (value == this->value(setting, suffix)) {
            return;
        }
        if (value == setting.standard) {
            m_file.remove(key);
        } else {
            m_file.setValue(key, QVariant::fromValue(value));
        }
        Q_EMIT changed(QString::fromLatin1(setting.key));
    }
    [[nodiscard]] QByteArray windowState(const QString &objectName) const;
    void setWindowState(const QString &objectName, const QByteArray &state);

Q_SIGNALS:
    void changed(const QString &key);

private:
    static QString keyOf(const char *key, const QString &suffix);
    QSettings m_file;
};

} // namespace gatehouse::workspace
