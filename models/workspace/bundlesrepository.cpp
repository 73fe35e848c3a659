// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/bundlesrepository.h"

namespace gatehouse::workspace {

void BundlesRepository::setSource(client::SessionPtr session, std::optional<AppId> app)
{
    m_session = std::move(session);
    m_app = std::move(app);
    m_rows.clear();
    reset();
    Q_EMIT changed();
}

void BundlesRepository::refresh()
{
    if (!m_session || !m_app) {
        return;
    }
    load(
        QStringLiteral("bundles"),
        [bundles = client::Bundles(m_session), app = *m_app](Operation &operation) {
            return bundles.list(app, operation);
        },
        [this](QVector<wire::BundleRow> rows) {
            const bool isNew = rows != m_rows;
            m_rows = std::move(rows);
            return isNew;
        });
}

void BundlesRepository::remove(const QString &name, QObject *context, Done onDone)
{
    const Result<BundleName> bundle = BundleName::parse(name);
    if (!m_session || !m_app || !bundle) {
        return;
    }
    jobs().run(
        tr("Delete %1").arg(name), JobVisibility::Shown, this,
        [bundles = client::Bundles(m_session), app = *m_app, bundle = *bundle](Operation &operation) {
            return bundles.remove(app, bundle, operation);
        },
        [this, guard = QPointer<QObject>(context), onDone = std::move(onDone)](Result<void> done) {
            refresh();
            if (guard) {
                onDone(std::move(done));
            }
        });
}

const wire::BundleRow *BundlesRepository::find(const QString &name) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&name](const wire::BundleRow &row) { return row.name == name; });
    return found == m_rows.end() ? nullptr : &*found;
}

const wire::BundleRow *BundlesRepository::find(qint64 id) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [id](const wire::BundleRow &row) { return row.id == id; });
    return found == m_rows.end() ? nullptr : &*found;
}

} // namespace gatehouse::workspace
