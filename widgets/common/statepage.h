// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "widgets/common/skeleton.h"

#include <QStackedWidget>

namespace gatehouse::widgets {

class EmptyState;
class ErrorState;

/// The four states of a page or a part of one: loading, empty, error, content. Starts with loading.
class StatePage : public QStackedWidget
{
    Q_OBJECT

public:
    enum class State { Loading, Empty, Error, Content };

    explicit StatePage(const Theme &theme, Skeleton::Shape shape = Skeleton::Shape::Rows,
                       QWidget *parent = nullptr);

    /// Takes the content as its child. Called once.
    void setContent(QWidget *content);
    [[nodiscard]] QWidget *content() const { return m_content; }
    [[nodiscard]] State state() const { return m_state; }

    void showLoading();
    void showEmpty(Icon icon, const QString &sentence, const QString &action = {});
    void showError(const Error &error);
    void showContent();

Q_SIGNALS:
    void retryRequested();
    void emptyActionRequested();

private:
    void go(State state, QWidget *page);

    Skeleton *m_loading;
    EmptyState *m_empty;
    ErrorState *m_error;
    QWidget *m_content = nullptr;
    State m_state = State::Loading;
};

} // namespace gatehouse::widgets
