#!/bin/sh
# How quickly Tubelet and other programs read random windows, in one go: writes films, measures
# Tubelet, then every program that is found, and prints all beside each other.
#
#   bench/peers/decode.sh OUT [PYTHON...]     each Python brings the programs installed for it
#
# Everything that is timed is held to one core where the system can do that. ALONE is put before it,
# for a command that keeps others away. Films that are in OUT are read as they are; times are taken
# anew.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
tubelet=$here/../../tubelet
[ $# -ge 1 ] || {
  sed -n '2,10s/^# \{0,1\}//p' "$0" >&2
  exit 2
}
out=$1
shift
[ $# -ge 1 ] || set -- python3
films=$out/written/films
if command -v taskset >/dev/null 2>&1; then
  ALONE="${ALONE:-} taskset -c $(($(getconf _NPROCESSORS_ONLN) - 1))"
fi

# OpenH264, as Tubelet writes it: no picture that others do not refer to, so nothing to leave out.
for form in 12-320x240 250-1280x720; do
  gop=${form%-*} size=${form#*-}
  "$tubelet" bench data --gop "$gop" --resolution "$size" --work decode \
    --windows 1 --warm-up 0 --repeat 1 --out "$out/written" >/dev/null
  sets=${sets:+$sets,}$films/h264-gop$gop-$size-300

  # The same films from x264, with B pictures, as most files in the world are.
  x264=$out/films/x264-gop$gop-$size
  mkdir -p "$x264"
  for film in "$films/h264-gop$gop-$size-300"/*.mp4; do
    copy=$x264/$(basename "$film")
    [ -f "$copy" ] || ffmpeg -v error -nostdin -i "$film" -c:v libx264 -preset medium -crf 23 \
      -g "$gop" -keyint_min "$gop" -sc_threshold 0 -movflags +faststart "$copy"
  done
  sets=$sets,$x264
done

# shellcheck disable=SC2086  # ALONE is words
${ALONE:-} "$tubelet" bench data --data "$sets" --work decode --windows 24 --warm-up 1 --repeat 3 --out "$out"
rm -f "$out/peers.json"
for python; do
  for program in ffmpeg opencv pyav decord torchcodec; do
    for name in $(printf '%s' "$sets" | tr ',' ' '); do
      # shellcheck disable=SC2086
      ${ALONE:-} "$python" "$here/decode.py" --ours "$out/data.json" --only "$program" \
        --set "$(basename "$name")" >"$out/peers.log" || cat "$out/peers.log"
    done
  done
done
"$1" "$here/decode.py" --ours "$out/data.json" --only none
