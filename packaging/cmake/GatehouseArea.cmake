# SPDX-FileCopyrightText: 2026 Gatehouse contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# gatehouse_area(<path> LAYER <n> SOURCES … [DEPENDS <path>…] [LIBS <target>…])
#
# The only way to make a library. <path> is the folder from the top (models/core). The target is the path with
# underscores (gatehouse_models_core). Its headers are included with a prefix:
#     models/core     -> "core/result.h"
#     widgets/theme   -> "widgets/theme/palette.h"
#     app/server/http -> "server/http/router.h"
# A target sees only the headers of what it names under DEPENDS, and of what those name. Configuring stops when an
# area names one of its own or a higher layer, when a model links Widgets or Charts, or when the command line, the
# server or the fleet reaches past what they may use.

set_property(GLOBAL PROPERTY GATEHOUSE_AREAS "")

function(gatehouse_target_of path out)
    string(REPLACE "/" "_" name "${path}")
    set(${out} "gatehouse_${name}" PARENT_SCOPE)
endfunction()

# The prefix under which the headers of an area are included.
function(gatehouse_prefix_of path out)
    string(REGEX REPLACE "^(models|app)/" "" prefix "${path}")
    set(${out} "${prefix}" PARENT_SCOPE)
endfunction()

function(gatehouse_check_arrow from from_layer to)
    gatehouse_target_of("${to}" to_target)
    if(NOT TARGET ${to_target})
        message(FATAL_ERROR "${from} depends on ${to}, which is no area (or comes later in the order of layers)")
    endif()
    get_property(to_layer TARGET ${to_target} PROPERTY GATEHOUSE_LAYER)
    if(NOT to_layer LESS from_layer)
        message(FATAL_ERROR "${from} (layer ${from_layer}) must not depend on ${to} (layer ${to_layer}): "
                            "arrows point to lower layers only, see CONTRIBUTING.md")
    endif()
    if(from MATCHES "^app/cli" AND NOT to MATCHES "^(models/|app/cli$)")
        message(FATAL_ERROR "${from} may use models only, not ${to}")
    endif()
    if(from MATCHES "^app/server" AND NOT to MATCHES "^app/server/"
       AND (NOT to MATCHES "^models/" OR NOT to_layer LESS 30))
        message(FATAL_ERROR "${from} may use its own parts and the layers 0 to 2, not ${to}")
    endif()
    if(from MATCHES "^app/fleet" AND NOT to MATCHES "^(models/(core|wire|crypto|bundle)$|app/fleet)")
        message(FATAL_ERROR "${from} may use core, wire, crypto and bundle, not ${to}")
    endif()
endfunction()

function(gatehouse_check_libs from)
    foreach(lib IN LISTS ARGN)
        if(from MATCHES "^(models|app/server|app/cli|app/fleet)" AND lib MATCHES "^Qt6::(Widgets|Charts|Gui|Svg)$")
            message(FATAL_ERROR "${from} must not link ${lib}: windows live in widgets/")
        endif()
        if(lib MATCHES "^gatehouse_(models|widgets|app)_")
            message(FATAL_ERROR "${from}: name areas under DEPENDS, not LIBS (${lib})")
        endif()
    endforeach()
endfunction()

function(gatehouse_area path)
    cmake_parse_arguments(AREA "" "LAYER" "SOURCES;DEPENDS;LIBS" ${ARGN})
    if(AREA_UNPARSED_ARGUMENTS OR NOT DEFINED AREA_LAYER OR NOT AREA_SOURCES)
        message(FATAL_ERROR "gatehouse_area(${path} LAYER n SOURCES … [DEPENDS …] [LIBS …])")
    endif()
    gatehouse_target_of("${path}" target)
    gatehouse_prefix_of("${path}" prefix)
    foreach(dependency IN LISTS AREA_DEPENDS)
        gatehouse_check_arrow("${path}" ${AREA_LAYER} "${dependency}")
    endforeach()
    gatehouse_check_libs("${path}" ${AREA_LIBS})

    # One folder a target that holds nothing but a link to the area: linking an area shows its headers and no others.
    set(view "${CMAKE_BINARY_DIR}/areas/${target}")
    get_filename_component(view_parent "${view}/${prefix}" DIRECTORY)
    file(MAKE_DIRECTORY "${view_parent}")
    file(CREATE_LINK "${CMAKE_SOURCE_DIR}/${path}" "${view}/${prefix}" SYMBOLIC)

    add_library(${target} STATIC ${AREA_SOURCES})
    set_target_properties(${target} PROPERTIES GATEHOUSE_LAYER ${AREA_LAYER} AUTOMOC ON)
    target_include_directories(${target} PUBLIC "${view}")
    set(dependencies "")
    foreach(dependency IN LISTS AREA_DEPENDS)
        gatehouse_target_of("${dependency}" dependency_target)
        list(APPEND dependencies ${dependency_target})
    endforeach()
    target_link_libraries(${target} PUBLIC ${dependencies} ${AREA_LIBS} PRIVATE gatehouse_compile_options)
    gatehouse_precompile(${target})
    set_property(GLOBAL APPEND PROPERTY GATEHOUSE_AREAS "${path}")
endfunction()

# gatehouse_program(<name> PATH <path> SOURCES … DEPENDS … LIBS …): an executable, under the same rules.
function(gatehouse_program name)
    cmake_parse_arguments(PROGRAM "" "PATH" "SOURCES;DEPENDS;LIBS" ${ARGN})
    foreach(dependency IN LISTS PROGRAM_DEPENDS)
        gatehouse_check_arrow("${PROGRAM_PATH}" 100 "${dependency}")
    endforeach()
    gatehouse_check_libs("${PROGRAM_PATH}" ${PROGRAM_LIBS})
    add_executable(${name} ${PROGRAM_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    foreach(dependency IN LISTS PROGRAM_DEPENDS)
        gatehouse_target_of("${dependency}" dependency_target)
        target_link_libraries(${name} PRIVATE ${dependency_target})
    endforeach()
    target_link_libraries(${name} PRIVATE ${PROGRAM_LIBS} gatehouse_compile_options)
    if(GATEHOUSE_SHARED_PRECOMPILED)
        gatehouse_precompile(${name})
    endif()
endfunction()

# One header is compiled a kind of target and shared: Qt Core for models, the programs and tests, Widgets for windows.
# GATEHOUSE_SHARED_PRECOMPILED compiles it once for all targets of the kind, not once for each.
function(gatehouse_precompile target)
    if(NOT GATEHOUSE_PRECOMPILED_HEADERS)
        return()
    endif()
    if(target MATCHES "^gatehouse_widgets_")
        set(kind widgets)
    elseif(GATEHOUSE_SHARED_PRECOMPILED OR target MATCHES "^gatehouse_models_")
        set(kind core)
    else()
        return()
    endif()
    set(header "${CMAKE_SOURCE_DIR}/packaging/cmake/precompiled_${kind}.h")
    if(NOT GATEHOUSE_SHARED_PRECOMPILED)
        target_precompile_headers(${target} PRIVATE "${header}")
        return()
    endif()
    set(shared "gatehouse_precompiled_${kind}")
    if(NOT TARGET ${shared})
        set(source "${CMAKE_BINARY_DIR}/${shared}.cpp")
        file(CONFIGURE OUTPUT "${source}" CONTENT "// Carries the precompiled header.\n")
        add_library(${shared} OBJECT "${source}")
        target_link_libraries(${shared} PRIVATE Qt6::Core tl::expected gatehouse_compile_options)
        if(kind STREQUAL "widgets")
            target_link_libraries(${shared} PRIVATE Qt6::Widgets)
        endif()
        target_precompile_headers(${shared} PRIVATE "${header}")
    endif()
    target_precompile_headers(${target} REUSE_FROM ${shared})
endfunction()
