#!/bin/sh
# How quickly Tubelet and other programs read random windows, in one go: writes films, measures
# Tubelet and every program that is found, and prints all beside each other.
#
#   bench/peers/decode.sh OUT [PYTHON[:PROGRAM,...]...]
#
# Each Python brings the programs that are installed for it, or those of them that are named, such as
# /usr/bin/python3:opencv. Everything that is timed is held to one core where the system can do that;
# ALONE is put before each piece of it, for a command that keeps others away. Films that are in OUT
# are read as they are; times are taken anew.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
tubelet=$here/../../tubelet
[ $# -ge 1 ] || {
  sed -n '2,11s/^# \{0,1\}//p' "$0" >&2
  exit 2
}
out=$1
shift
[ $# -ge 1 ] || set -- python3
if command -v taskset >/dev/null 2>&1; then
  ALONE="${ALONE:-} taskset -c $(($(getconf _NPROCESSORS_ONLN) - 1))"
fi

# measure FILMS WINDOWS PYTHON...: results go to OUT/name of the films
measure() {
  results=$out/$(basename "$1")
  # shellcheck disable=SC2086  # ALONE is words
  ${ALONE:-} "$tubelet" bench data --data "$1" --work decode,load --windows "$2" \
    --short-side 256 --warm-up 8 --repeat 3 --out "$results"
  shift 2
  rm -f "$results/peers.json"
  for python; do
    programs=ffmpeg,opencv,pyav,decord,torchcodec
    case $python in *:*) programs=${python#*:} ;; esac
    for program in $(printf '%s' "$programs" | tr ',' ' '); do
      # shellcheck disable=SC2086
      ${ALONE:-} "${python%%:*}" "$here/decode.py" --ours "$results/data.json" --only "$program" \
        >"$out/decode.log" 2>&1 || cat "$out/decode.log"
    done
  done
  "${1%%:*}" "$here/decode.py" --ours "$results/data.json" --only none | tee "$results/peers.txt"
}

# form GOP SIZE WINDOWS PYTHON...
form() {
  gop=$1 size=$2 windows=$3
  shift 3
  # OpenH264, as Tubelet writes it: later pictures refer to all of them, so none can be left out.
  "$tubelet" bench data --gop "$gop" --resolution "$size" --work decode \
    --windows 1 --warm-up 0 --repeat 1 --out "$out/written" >/dev/null
  written=$out/written/films/h264-gop$gop-$size-300
  # The same from x264, with B pictures, as most files in the world are.
  x264=$out/films/x264-gop$gop-$size
  mkdir -p "$x264"
  for film in "$written"/*.mp4; do
    copy=$x264/$(basename "$film")
    [ -f "$copy" ] || ffmpeg -v error -nostdin -i "$film" -c:v libx264 -preset medium -crf 23 \
      -g "$gop" -keyint_min "$gop" -sc_threshold 0 -movflags +faststart "$copy"
  done
  measure "$written" "$windows" "$@"
  measure "$x264" "$windows" "$@"
}

form 250 1280x720 8 "$@"
form 12 320x240 60 "$@"
