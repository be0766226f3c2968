#!/usr/bin/env bash
# Subset the report's fonts from Debian's package fonts-noto-core: Latin, Thai and the few signs that reports use.
# A page carries a WOFF2 only where it has a sign of it, so the letters beyond Western European ones stand in a file of
# their own (NotoSansExt); matplotlib wants them all in one.
set -euo pipefail
from=${1:-/usr/share/fonts/truetype/noto}
to="$(dirname "$0")/../simulation/data/fonts"
mkdir -p "$to"
latin="U+0020-007E,U+00A0-00FF,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2030,U+2032,U+2033,U+2039,U+203A,U+20AC,U+2122"
more="U+0100-024F,U+0300-036F,U+1E00-1EFF"
thai="U+0E00-0E7F,U+200B-200D"
for weight in Regular Bold; do
  pyftsubset "$from/NotoSans-$weight.ttf" --unicodes="$latin,$more" --layout-features='*' --output-file="$to/NotoSans-$weight.ttf"
  pyftsubset "$from/NotoSans-$weight.ttf" --unicodes="$latin" --layout-features='*' --flavor=woff2 --output-file="$to/NotoSans-$weight.woff2"
  pyftsubset "$from/NotoSans-$weight.ttf" --unicodes="$more" --layout-features='*' --flavor=woff2 --output-file="$to/NotoSansExt-$weight.woff2"
  pyftsubset "$from/NotoSansThai-$weight.ttf" --unicodes="$thai" --layout-features='*' --output-file="$to/NotoSansThai-$weight.ttf"
  pyftsubset "$from/NotoSansThai-$weight.ttf" --unicodes="$thai" --layout-features='*' --flavor=woff2 --output-file="$to/NotoSansThai-$weight.woff2"
done
pyftsubset "$from/NotoSansMath-Regular.ttf" --unicodes="U+2212,U+2248,U+2264,U+2265,U+2192" --output-file="$to/NotoSansMath-Regular.ttf"
