#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# gupstress: runs gupstress.jar, which lies beside this file or in ../lib, with the JDK of JAVA_HOME or of the PATH.
# Under the locale C or POSIX it sets C.UTF-8, so that files can have names with letters outside of ASCII.
# GUPSTRESS_JAVA_OPTS: options for the JVM, like -Xmx2g.
set -eu

self=$0
while [ -L "$self" ]; do
    target=$(readlink "$self")
    case $target in
    /*) self=$target ;;
    *) self=$(dirname "$self")/$target ;;
    esac
done
home=$(cd "$(dirname "$self")" && pwd -P)

jar=
for candidate in "$home/gupstress.jar" "$home/../lib/gupstress.jar"; do
    if [ -f "$candidate" ]; then
        jar=$candidate
        break
    fi
done
if [ -z "$jar" ]; then
    printf 'gupstress: expected gupstress.jar beside %s or in %s, found none\n' "$home/gupstress" "$home/../lib" >&2
    exit 2
fi

java=java
if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
fi
if ! command -v "$java" >/dev/null 2>&1; then
    printf 'gupstress: expected a JDK from 17 on, found no %s; JAVA_HOME says where it is\n' "$java" >&2
    exit 2
fi

case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
C | POSIX)
    LC_ALL=C.UTF-8
    export LC_ALL
    ;;
esac

# shellcheck disable=SC2086 # the options are words
exec "$java" ${GUPSTRESS_JAVA_OPTS:-} -jar "$jar" "$@"
