# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# How our own code is compiled: standard, warnings, hardening, sanitizers, coverage.

option(GATEHOUSE_WARNINGS_AS_ERRORS "Warnings in our own code stop the build" ON)
option(GATEHOUSE_PRECOMPILED_HEADERS "One precompiled header a layer" ON)
option(GATEHOUSE_SHARED_PRECOMPILED "Compile it once for all targets, programs and tests among them" ON)
option(GATEHOUSE_HARDENING "Compiler and linker hardening for builds that people run" OFF)
set(GATEHOUSE_SANITIZERS "" CACHE STRING "Sanitizers, comma separated: address,undefined")
option(GATEHOUSE_COVERAGE "Instrument for coverage" OFF)
option(GATEHOUSE_FUZZ "Build the fuzz harnesses (clang)" OFF)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

add_library(gatehouse_compile_options INTERFACE)
target_compile_options(gatehouse_compile_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
    -fno-omit-frame-pointer)
if(GATEHOUSE_WARNINGS_AS_ERRORS)
    target_compile_options(gatehouse_compile_options INTERFACE -Werror)
endif()
target_compile_definitions(gatehouse_compile_options INTERFACE
    QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH QT_NO_URL_CAST_FROM_STRING
    QT_NO_CAST_FROM_BYTEARRAY QT_USE_QSTRINGBUILDER QT_DISABLE_DEPRECATED_BEFORE=0x060400)

if(GATEHOUSE_HARDENING)
    include(CheckPIESupported)
    check_pie_supported()
    target_compile_options(gatehouse_compile_options INTERFACE
        -fstack-protector-strong -fstack-clash-protection -fcf-protection -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
        -D_GLIBCXX_ASSERTIONS -ftrivial-auto-var-init=zero)
    target_link_options(gatehouse_compile_options INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
endif()

if(GATEHOUSE_SANITIZERS)
    target_compile_options(gatehouse_compile_options INTERFACE
        -fsanitize=${GATEHOUSE_SANITIZERS} -fno-sanitize-recover=all)
    target_link_options(gatehouse_compile_options INTERFACE -fsanitize=${GATEHOUSE_SANITIZERS})
    target_compile_definitions(gatehouse_compile_options INTERFACE GATEHOUSE_SANITIZED=1)
endif()
if(GATEHOUSE_COVERAGE)
    target_compile_options(gatehouse_compile_options INTERFACE --coverage)
    target_link_options(gatehouse_compile_options INTERFACE --coverage)
endif()
