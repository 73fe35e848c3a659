# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Everything foreign, found once. Why each is here: "Decisions" in CONTRIBUTING.md.

find_package(Qt6 6.4 REQUIRED COMPONENTS Core Network Concurrent Sql Gui Widgets Svg Charts DBus Test LinguistTools)
find_package(Qt6Keychain REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(tl-expected REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(Threads REQUIRED)
find_package(SQLite3 REQUIRED)

find_package(PkgConfig REQUIRED)
pkg_check_modules(Sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(Zip REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(Brotli REQUIRED IMPORTED_TARGET libbrotlienc libbrotlidec libbrotlicommon)

# Linked statically so that the bytes of an archive depend on our release alone (spec: bundle-format, section 1).
find_library(GATEHOUSE_LIBDEFLATE NAMES libdeflate.a REQUIRED)
find_path(GATEHOUSE_LIBDEFLATE_INCLUDE NAMES libdeflate.h REQUIRED)
add_library(gatehouse_libdeflate STATIC IMPORTED GLOBAL)
set_target_properties(gatehouse_libdeflate PROPERTIES
    IMPORTED_LOCATION "${GATEHOUSE_LIBDEFLATE}"
    INTERFACE_INCLUDE_DIRECTORIES "${GATEHOUSE_LIBDEFLATE_INCLUDE}")
