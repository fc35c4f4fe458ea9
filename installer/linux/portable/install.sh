#!/bin/sh
# 为自己安装，或卸载（--remove）；不需要管理员。
# Install the program for oneself, or take it away (--remove); needs no administrator and never touches data.
set -eu
name=wufei-cells
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
share=${XDG_DATA_HOME:-"$HOME/.local/share"}
place=$HOME/.local/opt/$name
link=$HOME/.local/bin/$name

tell_desktop() {
    for told in "update-mime-database $share/mime" "update-desktop-database $share/applications"; do
        set -- $told
        if command -v "$1" >/dev/null 2>&1; then "$1" "$2" >/dev/null 2>&1 || true; fi
    done
    if command -v gtk-update-icon-cache >/dev/null 2>&1; then
        gtk-update-icon-cache -q -t "$share/icons/hicolor" >/dev/null 2>&1 || true
    fi
}

remove() {
    rm -f "$share/applications/$name.desktop" "$share/mime/packages/$name.xml"
    rm -f "$share"/icons/hicolor/*/apps/"$name".png "$share/icons/hicolor/scalable/apps/$name.svg"
    [ ! -L "$link" ] || rm -f "$link"
}

if [ "${1:-}" = --remove ]; then
    if [ -d "$place/wufei-data" ]; then
        echo "程序文件夹里有数据，请先移走 / there is data in the program's folder, move it first: $place/wufei-data" >&2
        exit 1
    fi
    remove
    rm -rf "$place"
    tell_desktop
    echo "已卸载，数据没有动 / removed; your data was not touched"
    exit 0
fi

if [ "$here" = "$place" ]; then
    echo "程序已经装在这里 / it is installed here already: $place"
    exit 0
fi
mkdir -p "$HOME/.local/opt" "$HOME/.local/bin" "$share"
fresh=$place.new
rm -rf "$fresh"
mkdir "$fresh"
for part in "$here"/*; do
    case $part in */wufei-data) ;; *) cp -R "$part" "$fresh/" ;; esac
done
chmod 755 "$fresh/$name"
if [ -d "$place" ]; then
    if [ -d "$place/wufei-data" ]; then mv "$place/wufei-data" "$fresh/"; fi
    rm -rf "$place.old"
    mv "$place" "$place.old"
fi
mv "$fresh" "$place"
rm -rf "$place.old"
cp -R "$here/share/." "$share/"
# 路径里可能有空格 / the path may hold spaces
sed "s|^Exec=.*|Exec=\"$place/$name\" %F|" "$here/share/applications/$name.desktop" >"$share/applications/$name.desktop"
ln -sfn "$place/$name" "$link"
tell_desktop
echo "已安装 / installed: $place"
echo "卸载 / to take it away: sh \"$place/install.sh\" --remove"
