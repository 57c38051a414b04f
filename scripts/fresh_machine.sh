#!/usr/bin/env bash
# Proves the README's two commands on a machine that has nothing: a Debian 12 root with Python, venv, make and ca-certificates.
#
#   scripts/fresh_machine.sh ROOT MIRROR [run] [test] [PACKAGE …]
#
# ROOT is a folder that is made by debootstrap from MIRROR, or used again if it is there. Each command is tried alone, in a
# clone of its own of what is committed here, by an ordinary user. Further words are packages to install in ROOT first, such
# as postgresql. The network's set-up (resolver, certificates, settings of pip) is this machine's. Needs root, debootstrap.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -ge 2 ] || { sed -n '2,9s/^# \?//p' "$0"; exit 2; }
root=$1 mirror=$2
shift 2
commands=() packages=()
for word; do
    case $word in
    run | test) commands+=("$word") ;;
    *) packages+=("$word") ;;
    esac
done
((${#commands[@]})) || commands=(run test)

if [ ! -x "$root/usr/bin/python3" ]; then
    debootstrap --variant=minbase --include=python3,python3-venv,make,ca-certificates bookworm "$root" "$mirror"
fi
id=1000 home=/home/clerk
grep -q ^clerk: "$root/etc/passwd" || chroot "$root" useradd --uid "$id" --create-home --home-dir "$home" clerk
for path in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/ssl/certs/ca-certificates.crt; do
    [ ! -e "$path" ] || cp -L "$path" "$root$path"
done
mapfile -t network < <(env | grep -E '^(PIP_|UV_|SSL_|REQUESTS_CA|CURL_CA|https?_proxy|no_proxy|HTTPS?_PROXY|NO_PROXY)' || true)

# A name space of its own for mounts and processes: whatever the command leaves behind ends with it.
inside() {
    unshare --mount --pid --fork --mount-proc="$root/proc" -- env -i "${network[@]}" \
        PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 sh -c 'mount -t tmpfs -o mode=1777 tmpfs "$0/dev/shm" && exec "$@"' "$root" "$@"
}

if ((${#packages[@]})); then
    inside env DEBIAN_FRONTEND=noninteractive chroot "$root" sh -c \
        'apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" >/dev/null' sh "${packages[@]}"
fi

for command in "${commands[@]}"; do
    rm -rf "$root$home"
    mkdir "$root$home"
    git clone --quiet --no-hardlinks . "$root$home/insteg"
    chown -R "$id:$id" "$root$home"
    printf '\n== make %s ==\n' "$command"
    began=$SECONDS
    case $command in
    test) inside env HOME="$home" chroot --userspec="$id:$id" "$root" make -C "$home/insteg" test ;;
    run) inside env HOME="$home" chroot --userspec="$id:$id" "$root" python3 "$home/insteg/scripts/see_it_serve.py" ;;
    esac
    printf '== make %s: %s s ==\n' "$command" "$((SECONDS - began))"
done
