#!/bin/sh
# Two commands on two hosts of their own, 10.77.0.1 and 10.77.0.2, joined by a cable; both are
# network namespaces that vanish with this process. Exits with the greater of the commands' codes.
#
#   unshare -rn sh two-hosts.sh FOLDER FIRST SECOND [NETEM...]
#
# FOLDER is empty and stays the caller's; FIRST and SECOND are shell scripts; NETEM, for example
# 'delay 2ms loss 1%', is what the cable does to each packet.
set -eu
folder=$1 first=$2 second=$3
shift 3

mkfifo "$folder/process" "$folder/go"
# shellcheck disable=SC2016  # the second host's own shell expands them
unshare -n sh -c 'echo $$ >"$1/process"; read -r go <"$1/go"; exec sh "$2"' host "$folder" "$second" &
other=$!
trap 'kill "$other" 2>/dev/null || true' EXIT
read -r process <"$folder/process"

there() {
  nsenter -t "$process" -n "$@"
}

ip link add cable type veth peer name cable netns "$process"
ip address add 10.77.0.1/24 dev cable
there ip address add 10.77.0.2/24 dev cable
for host in env there; do
  $host ip link set lo up
  $host ip link set cable up
  [ $# -eq 0 ] || $host tc qdisc add dev cable root netem "$@"
done

echo go >"$folder/go"
code=0
sh "$first" || code=$?
wait "$other" || { there=$?; [ "$code" -ge "$there" ] || code=$there; }
exit "$code"
