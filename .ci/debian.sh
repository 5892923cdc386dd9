#!/bin/sh
# Debian's tools that tests need: systemd-analyze for the unit, promtool for metrics and alerts.
# Run as root on a machine with apt. Nothing is started: of prometheus, only promtool is taken out of its package.
set -eu
export DEBIAN_FRONTEND=noninteractive
command -v systemd-analyze >/dev/null && command -v promtool >/dev/null && exit 0
apt-get update --quiet=2
command -v systemd-analyze >/dev/null || apt-get install --quiet=2 --yes --no-install-recommends systemd
command -v promtool >/dev/null && exit 0
folder=$(mktemp --directory)
trap 'rm -r "$folder"' EXIT
# apt downloads as a user of its own.
chown _apt "$folder"
cd "$folder"
apt-get download --quiet=2 prometheus
dpkg-deb --fsys-tarfile prometheus_*.deb | tar --extract --strip-components=3 ./usr/bin/promtool
install promtool /usr/local/bin/
