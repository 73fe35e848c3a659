# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# gatehouse_test(<name> SOURCES … [DEPENDS <path>…] [LIBS …] [LABELS …] [TIMEOUT s] [KEYCHAIN])
#
# One executable for one class or page. It runs offscreen in a home of its own, in UTC and the C locale. KEYCHAIN gives
# it a private session bus with a real Secret Service.

function(gatehouse_test name)
    cmake_parse_arguments(TEST "KEYCHAIN" "TIMEOUT" "SOURCES;DEPENDS;LIBS;LABELS" ${ARGN})
    if(NOT TEST_TIMEOUT)
        set(TEST_TIMEOUT 60)
    endif()
    add_executable(${name} ${TEST_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    foreach(dependency IN LISTS TEST_DEPENDS)
        gatehouse_target_of("${dependency}" dependency_target)
        if(NOT TARGET ${dependency_target})
            message(FATAL_ERROR "test ${name} depends on ${dependency}, which is no area")
        endif()
        target_link_libraries(${name} PRIVATE ${dependency_target})
    endforeach()
    target_link_libraries(${name} PRIVATE Qt6::Test ${TEST_LIBS} gatehouse_compile_options)
    target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}/tests")
    target_compile_definitions(${name} PRIVATE
        GATEHOUSE_FIXTURES="${CMAKE_SOURCE_DIR}/tests/fixtures"
        GATEHOUSE_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
    if(GATEHOUSE_SHARED_PRECOMPILED)
        gatehouse_precompile(${name})
    endif()
    if(TEST_KEYCHAIN)
        add_test(NAME ${name} COMMAND "${CMAKE_SOURCE_DIR}/tests/support/isolated" --keychain $<TARGET_FILE:${name}>)
    else()
        add_test(NAME ${name} COMMAND "${CMAKE_SOURCE_DIR}/tests/support/isolated" $<TARGET_FILE:${name}>)
    endif()
    set_tests_properties(${name} PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS "${TEST_LABELS}")
endfunction()
