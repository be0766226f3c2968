"""What a calibration and an ablation say in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_HEADS = {
    "en": ("Parameter", "Median", "90 % of draws", "Eff. draws", "R-hat", "Moved most by leaving out"),
    "th": ("พารามิเตอร์", "มัธยฐาน", "ช่วงร้อยละ 90", "ค่าสุ่มสมมูล", "R-hat", "เปลี่ยนมากที่สุดเมื่อตัด"),
}
_TEXTS = {
    "en": {
        "done": "Calibrated on {studies} studies, {arms} figures; {divergent} of {draws} draws diverged.",
        "there": "Written to {out}: posterior.csv, folds.parquet, manifest.json.",
        "use": "Draw from it: --parameters {out}/posterior.csv",
        "without": "Without {term}: error {mae:.3f} (with it {mae_with:.3f}), CRPS {crps:.3f} (with it {crps_with:.3f}), "
        "{cover:.0%} inside the 90 % interval.",
        "worse": "Left out, CRPS is worse by {diff:+.4f} (standard error over studies {se:.4f}): the term {verdict}.",
        "earns": "earns its place",
        "not": "does not show that it earns its place",
    },
    "th": {
        "done": "ปรับเทียบกับงานวิจัย {studies} งาน {arms} ค่า ค่าสุ่มที่ลู่ออก {divergent} จาก {draws}",
        "there": "เขียนไว้ที่ {out}: posterior.csv, folds.parquet, manifest.json",
        "use": "ใช้งาน: --parameters {out}/posterior.csv",
        "without": "ไม่มี {term}: คลาดเคลื่อน {mae:.3f} (เมื่อมี {mae_with:.3f}) CRPS {crps:.3f} (เมื่อมี {crps_with:.3f}) "
        "อยู่ในช่วงร้อยละ 90 {cover:.0%}",
        "worse": "เมื่อตัดออก CRPS แย่ลง {diff:+.4f} (ความคลาดเคลื่อนมาตรฐานระหว่างงานวิจัย {se:.4f}) พจน์นี้{verdict}",
        "earns": "ควรคงไว้",
        "not": "ยังไม่แสดงว่าควรคงไว้",
    },
}


def parameter_lines(manifest: Mapping[str, Any], out: str, lang: str) -> list[str]:
    """Return the table of parameters of a calibration, and where it lies."""
    t, heads = _TEXTS[lang], _HEADS[lang]
    said = {"studies": len(manifest["studies"]), **{k: manifest[k] for k in ("arms", "divergent", "draws")}}
    lines = [
        t["done"].format(**said),
        "",
        f"{heads[0]:<10} {heads[1]:>8}  {heads[2]:<18} {heads[3]:>10} {heads[4]:>6}  {heads[5]}",
    ]
    for name, p in manifest["parameters"].items():
        span = f"{p['low']:.3f} – {p['high']:.3f}"
        moved = "" if p["moved_most_by"] is None else f"{p['moved_most_by']} ({p['moved_by_sd']:+.1f} SD)"
        lines.append(
            f"{name:<10} {p['median']:>8.3f}  {span:<18} {p['effective_draws']:>10.0f} {p['r_hat']:>6.3f}  {moved}"
        )
    return [*lines, "", t["there"].format(out=out), t["use"].format(out=out)]


def ablation_lines(found: Any, lang: str) -> list[str]:
    """Return what leaving a term out does."""
    t = _TEXTS[lang]
    verdict = t["earns"] if found.earns else t["not"]
    return [
        t["without"].format(
            term=found.term,
            mae=found.mae,
            mae_with=found.mae_with,
            crps=found.crps,
            crps_with=found.crps_with,
            cover=found.coverage90,
        ),
        t["worse"].format(diff=found.crps_worse.mean, se=found.crps_worse.se, verdict=verdict),
    ]
