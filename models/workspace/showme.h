// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/fleetprocess.h"
#include "workspace/serverdesk.h"

namespace gatehouse::workspace {

/// The sample: a sandbox server, a small web app in three versions, a fleet, and a rollout that goes wrong.
/// What happens is the real thing; the person takes the bad bundle back.
class ShowMe final : public QObject
{
    Q_OBJECT

public:
    enum class Stage {
        Idle,
        StartingServer,
        Preparing,   ///< app, keys, first bundle
        FirstBundle, ///< devices take 1.0.0
        GoodBundle,  ///< devices take 1.1.0
        BadBundle,   ///< a quarter of the devices takes 1.2.0, and many fail
        TakenBack,   ///< the person did it
        Failed,
    };
    Q_ENUM(Stage)

    /// Writes a version of the sample web app into a folder.
    using WriteSample =
        std::function<Result<void>(const QString &folder, const QString &version, Operation &operation)>;

    ShowMe(Workspace &workspace, ServerDesk &desk, KeyRing &keyRing, QString fleetProgram,
           WriteSample writeSample, QObject *parent = nullptr);
    ~ShowMe() override;

    void start(int devices = 2000);
    void stop();

    [[nodiscard]] Stage stage() const { return m_stage; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    [[nodiscard]] FleetProcess &fleet() { return m_fleet; }

    static QString sampleApp();
    static QString sampleChannel();
    static QString badBundle();

Q_SIGNALS:
    void stageChanged();

private:
    void setStage(Stage stage);
    void fail(const Error &error);
    void onLink();
    void prepare();
    void startFleet();
    void shipNext(const QString &version, std::optional<BasisPoints> share, Stage next);
    void onNumbers();
    [[nodiscard]] double shareOn(const QString &bundle) const;

    Workspace &m_workspace;
    ServerDesk &m_desk;
    KeyRing &m_keyRing;
    QString m_fleetProgram;
    WriteSample m_writeSample;
    FleetProcess m_fleet;
    Stage m_stage = Stage::Idle;
    std::optional<Error> m_error;
    int m_devices = 2000;
    bool m_isShipping = false;
    std::optional<crypto::Fingerprint> m_key;
    QString m_identity;
    QByteArray m_publicPem;
};

} // namespace gatehouse::workspace
