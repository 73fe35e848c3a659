// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/statepage.h"

#include "widgets/common/emptystate.h"
#include "widgets/common/errorstate.h"

namespace gatehouse::widgets {

StatePage::StatePage(const Theme &theme, Skeleton::Shape shape, QWidget *parent)
    : QStackedWidget(parent)
    , m_loading(new Skeleton(theme, shape))
    , m_empty(new EmptyState(theme, Icon::Inbox, {}))
    , m_error(new ErrorState(theme))
{
    addWidget(m_loading);
    addWidget(m_empty);
    addWidget(m_error);
    connect(m_error, &ErrorState::retryRequested, this, &StatePage::retryRequested);
    connect(m_empty, &EmptyState::actionRequested, this, &StatePage::emptyActionRequested);
}

void StatePage::setContent(QWidget *content)
{
    m_content = content;
    addWidget(content);
}

void StatePage::go(State state, QWidget *page)
{
    m_state = state;
    setCurrentWidget(page);
}

void StatePage::showLoading()
{
    go(State::Loading, m_loading);
}

void StatePage::showEmpty(Icon icon, const QString &sentence, const QString &action)
{
    m_empty->set(icon, sentence, action);
    go(State::Empty, m_empty);
}

void StatePage::showError(const Error &error)
{
    m_error->setError(error);
    go(State::Error, m_error);
}

void StatePage::showContent()
{
    if (m_content) {
        go(State::Content, m_content);
    }
}

} // namespace gatehouse::widgets
