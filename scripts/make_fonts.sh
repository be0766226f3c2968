#!/usr/bin/env bash
# Subset the report's fonts from Debian's package fonts-noto-core: Latin, Thai and the few signs that reports use.
set -euo pipefail
from=${1:-/usr/share/fonts/truetype/noto}
to="$(dirname "$0")/../simulation/data/fonts"
mkdir -p "$to"
latin="U+0020-007E,U+00A0-00FF,U+2013,U+2014,U+2018-201D,U+2026,U+00B7"
thai="U+0E00-0E7F,U+200B-200D"
for weight in Regular Bold; do
  for flavor in ttf woff2; do
    extra=(); [ "$flavor" = woff2 ] && extra=(--flavor=woff2)
    pyftsubset "$from/NotoSans-$weight.ttf" --unicodes="$latin" --layout-features='*' "${extra[@]}" --output-file="$to/NotoSans-$weight.$flavor"
    pyftsubset "$from/NotoSansThai-$weight.ttf" --unicodes="$thai" --layout-features='*' "${extra[@]}" --output-file="$to/NotoSansThai-$weight.$flavor"
  done
done
pyftsubset "$from/NotoSansMath-Regular.ttf" --unicodes="U+2212,U+2248,U+2264,U+2265,U+2192" --output-file="$to/NotoSansMath-Regular.ttf"
