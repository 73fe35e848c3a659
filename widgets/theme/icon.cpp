// SPDX-FileCopyrightText: 2026 Gatehouse contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/icon.h"

#include <array>

namespace gatehouse::widgets {

namespace {

// In the order of the enum.
constexpr std::array<const char *, kIconCount> kFileNames = {
    "layout-dashboard",     // Overview
    "kanban",               // Releases
    "package",              // Bundles
    "git-branch",           // Channels
    "smartphone",           // Devices
    "activity",             // Monitor
    "key",                  // Keys
    "users",                // Access
    "scroll-text",          // Audit
    "shield-check",         // Checklist
    "settings",             // Settings
    "shield",               // Shield
    "shield-alert",         // ShieldAlert
    "server",               // Server
    "cloud",                // Cloud
    "hard-drive",           // HardDrive
    "tablet-smartphone",    // App
    "search",               // Search
    "plus",                 // Plus
    "minus",                // Minus
    "triangle-alert",       // Alert
    "circle-alert",         // Error
    "info",                 // Info
    "circle-question-mark", // Help
    "check",                // Check
    "check-check",          // CheckAll
    "x",                    // Cross
    "circle",               // Circle
    "circle-check",         // CircleCheck
    "circle-x",             // CircleCross
    "circle-dot",           // CircleDot
    "circle-dashed",        // CircleDashed
    "dot",                  // Dot
    "pause",                // Pause
    "play",                 // Play
    "square",               // Stop
    "rotate-ccw",           // RollBack
    "snowflake",            // Freeze
    "upload",               // Upload
    "download",             // Download
    "lock",                 // Lock
    "lock-open",            // Unlock
    "eye",                  // Eye
    "eye-off",              // EyeOff
    "copy",                 // Copy
    "chevron-down",         // ChevronDown
    "chevron-up",           // ChevronUp
    "chevron-left",         // ChevronLeft
    "chevron-right",        // ChevronRight
    "chevrons-up-down",     // ChevronsUpDown
    "arrow-right",          // ArrowRight
    "arrow-left",           // ArrowLeft
    "arrow-up",             // ArrowUp
    "arrow-down",           // ArrowDown
    "trending-up",          // TrendUp
    "trending-down",        // TrendDown
    "siren",                // Emergency
    "clock",                // Clock
    "calendar",             // Calendar
    "file",                 // File
    "file-text",            // FileText
    "file-code",            // FileCode
    "folder",               // Folder
    "folder-open",          // FolderOpen
    "table",                // Table
    "chart-line",           // Chart
    "columns-3",            // Columns
    "plug",                 // Network
    "wifi-off",             // Offline
    "zap",                  // Live
    "ellipsis",             // More
    "refresh-cw",           // Refresh
    "external-link",        // ExternalLink
    "trash-2",              // Trash
    "wrench",               // Wrench
    "terminal",             // Terminal
    "user",                 // Person
    "user-plus",            // PersonAdd
    "building-2",           // Building
    "bell",                 // Bell
    "bell-off",             // BellOff
    "fingerprint-pattern",  // Fingerprint
    "list-filter",          // Filter
    "arrow-up-down",        // Sort
    "pin",                  // Pin
    "pin-off",              // PinOff
    "pencil",               // Edit
    "link",                 // Link
    "signature",            // Signature
    "send",                 // Send
    "save",                 // Save
    "undo-2",               // Undo
    "flag",                 // Flag
    "gauge",                // Gauge
    "globe",                // Globe
    "database",             // Database
    "menu",                 // Menu
    "sun",                  // Sun
    "moon",                 // Moon
    "contrast",             // Contrast
    "book-open",            // Book
    "keyboard",             // Keyboard
    "loader-circle",        // Loader
    "octagon-alert",        // Quarantine
    "history",              // History
    "git-compare",          // Compare
    "git-merge",            // Merge
    "tag",                  // Tag
    "log-out",              // Logout
    "inbox",                // Inbox
    "command",              // Command
    "languages",            // Languages
    "cpu",                  // Cpu
    "layers",               // Layers
    "ban",                  // Ban
    "archive",              // Archive
    "scale",                // Scale
    "maximize-2",           // Maximize
    "grip-vertical",        // Drag
};

} // namespace

QString iconResource(Icon icon)
{
    const auto index = static_cast<std::size_t>(icon);
    return QStringLiteral(":/gatehouse/icons/%1.svg").arg(QLatin1String(kFileNames.at(index)));
}

} // namespace gatehouse::widgets
