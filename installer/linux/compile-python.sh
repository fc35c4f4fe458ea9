#!/bin/sh
# Compile SQLite and Python for the old root, from the sources of the newer Debian in this folder, with its repairs of
# faults but without its own arrangement of folders. Run inside the root by old_debian.py, in the folder of the sources.
set -eu
sources=$(pwd)
prefix=$1
forced="-include $sources/older-symbols.h"

# unpacked NAME WHICH: unpack a source package and apply those of its patches whose names match.
unpacked() {
    rm -rf "$sources/$1" && mkdir -p "$sources/$1/tree"
    tar xf "$sources/$1"_*.orig.tar.* -C "$sources/$1/tree" --strip-components=1
    tar xf "$sources/$1"_*.debian.tar.* -C "$sources/$1"
    cd "$sources/$1/tree"
    grep -E "$2" ../debian/patches/series | while read -r patch; do
        patch -p1 -s <"../debian/patches/$patch"
    done
}

unpacked sqlite3 '^(4[12]-|[0-9]{4}-)'
options="-DSQLITE_SECURE_DELETE -DSQLITE_ENABLE_COLUMN_METADATA -DSQLITE_ENABLE_FTS3 -DSQLITE_ENABLE_FTS3_PARENTHESIS"
options="$options -DSQLITE_ENABLE_RTREE=1 -DSQLITE_ENABLE_DBSTAT_VTAB -DSQLITE_MAX_VARIABLE_NUMBER=250000"
CFLAGS="-O2 -fno-strict-aliasing $forced $options" ./configure -q --prefix="$prefix" --disable-static --disable-tcl \
    --disable-readline --enable-fts4 --enable-fts5 --enable-threadsafe
make -s -j"$(nproc)" libsqlite3.la sqlite3.h sqlite3.pc
make -s lib_install
mkdir -p "$prefix/include" "$prefix/lib/pkgconfig"
cp sqlite3.h src/sqlite3ext.h "$prefix/include/"
cp sqlite3.pc "$prefix/lib/pkgconfig/"

unpacked python3.11 '^CVE-|^[0-9]{4}-3\.11-|deadlock|crash|dereference'
# One repair makes this module use Python's own headers; Debian builds it into Python, where that is allowed anyway.
sed -i '1i #define Py_BUILD_CORE_MODULE 1' Modules/pyexpat.c
# These functions are newer than glibc 2.28; Python has other ways where they are missing.
export ac_cv_func_sem_clockwait=no ac_cv_func_close_range=no
PKG_CONFIG_PATH="$prefix/lib/pkgconfig" CFLAGS="$forced" CPPFLAGS="-I$prefix/include" \
    LDFLAGS="-Wl,-rpath,$prefix/lib -L$prefix/lib" \
    ./configure -q --prefix="$prefix" --enable-shared --disable-test-modules --with-ensurepip=install
make -s -j"$(nproc)"
make -s install
"$prefix/bin/python3" -c 'import bz2, ctypes, lzma, pyexpat, sqlite3, ssl, uuid, zlib; print(sqlite3.sqlite_version)'
