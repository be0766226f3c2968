"""Parameters of the law as factors: their titles, units, usual ranges and the values that they can have."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.agents.parameters import DEVIATES, bounds_of, priors
from simulation.core.params import Text
from simulation.scenario.thai import UNITS

_USUAL_DEVIATE = 1.6448536269514722
"""The 95 % point of a standard normal deviate."""


@dataclass(frozen=True)
class LawParameter:
    """A parameter of the law, or the deviate that takes the place of every behaviour's.

    Attributes:
        title: What a reader sees.
        unit: Unit in words.
        usual: Best guess.
        low: 5 % point.
        high: 95 % point.
        least: Smallest value that it can have at all.
        most: Largest value that it can have at all.
    """

    title: Text
    unit: Text
    usual: float
    low: float
    high: float
    least: float
    most: float


def parameter_names() -> tuple[str, ...]:
    """Return the names that `parameters.NAME` can have."""
    return (*priors(), *DEVIATES)


def parameter(name: str) -> LawParameter:
    """Return what is known of a parameter of the law; raises KeyError for a name that is none."""
    least, most = bounds_of(name)
    if name in DEVIATES:
        unit = Text(en="standard deviations", th="ส่วนเบี่ยงเบนมาตรฐาน")
        return LawParameter(_deviate(name), unit, 0.0, -_USUAL_DEVIATE, _USUAL_DEVIATE, least, most)
    known = priors()[name]
    unit_en = str(known["unit"])
    en, th = _TITLES.get(name, (str(known.get("meaning", name)), ""))
    return LawParameter(
        Text(en=en, th=th),
        Text(en=unit_en, th=UNITS.get(unit_en, _UNITS.get(unit_en, ""))),
        float(known["default"]),
        float(known["low"]),
        float(known["high"]),
        least,
        most,
    )


def _deviate(name: str) -> Text:
    if name == "responsiveness":
        return Text(en="Responsiveness to rewards, all behaviours", th="การตอบสนองต่อรางวัล ทุกพฤติกรรม")
    return Text(en="Strength of habit, all behaviours", th="ความแรงของนิสัย ทุกพฤติกรรม")


_UNITS = {
    "per opportunity": "ต่อโอกาส",
    "per week": "ต่อสัปดาห์",
    "logit per unit rate": "โลจิตต่อหน่วยอัตรา",
    "logit per unit": "โลจิตต่อหน่วย",
}
_TITLES = {
    "beta_c": ("Acknowledgement of each act", "การตอบรับทุกครั้งที่ทำ"),
    "beta_m": ("Weight of money", "น้ำหนักของเงิน"),
    "v0": ("Scale of money", "มาตราของเงิน"),
    "beta_r": ("Weight of recognition", "น้ำหนักของการยกย่อง"),
    "beta_a": ("Weight of an appeal", "น้ำหนักของคำเชิญชวน"),
    "beta_k": ("Weight of a commitment", "น้ำหนักของคำมั่น"),
    "beta_t": ("Weight of mattering to mates", "น้ำหนักของการมีความหมายต่อเพื่อนร่วมกลุ่ม"),
    "w_d": ("Peer influence", "อิทธิพลของคนรอบตัว"),
    "w_h": ("Strength of habit", "ความแรงของนิสัย"),
    "eta1": ("Speed of habit", "ความเร็วที่นิสัยก่อตัว"),
    "tau_h": ("Spread of habit over behaviours", "ความต่างของนิสัยระหว่างพฤติกรรม"),
    "kappa_c": ("Crowding-out", "การเบียดบังแรงจูงใจภายใน"),
    "chi": ("Recovery from crowding-out", "การฟื้นตัวของแรงจูงใจภายใน"),
    "tau": ("Spread of responsiveness over behaviours", "ความต่างของการตอบสนองระหว่างพฤติกรรม"),
    "omega": ("Discrepancy of an arm", "ความคลาดเคลื่อนของทางเลือก"),
    "rho_z": ("Common share of motivation", "ส่วนร่วมของแรงจูงใจเพื่อสังคม"),
    "sigma_s": ("Spread of responsiveness over persons", "ความต่างของการตอบสนองระหว่างบุคคล"),
    "nu": ("Speed of perceiving a norm", "ความเร็วที่รับรู้บรรทัดฐาน"),
    "w_e": ("Weight of enrolled ties", "น้ำหนักของคนรอบตัวที่เข้าร่วม"),
    "drop_out": ("Chance to leave", "โอกาสออกจากมาตรการ"),
    "never_start": ("Signed up but never begins", "สมัครแล้วไม่เริ่ม"),
    "friction_factor": ("Ease of signing up, a multiplier", "ความง่ายของการสมัคร เป็นตัวคูณ"),
    "iota_shift": ("Shift of the intrinsic share", "การเลื่อนของสัดส่วนแรงจูงใจภายใน"),
    "false_claim_rate": ("False claims", "การแจ้งเท็จ"),
    "phi": ("What a familiar message still says", "ผลที่เหลือของข้อความที่คุ้นแล้ว"),
}
"""Titles in English and Thai."""
