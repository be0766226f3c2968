"""Element-wise arithmetic that gives the same bits everywhere: on arrays, on scalars, compiled or not.

The float32 functions are made of arithmetic, `np.minimum`, `np.maximum`, `np.floor`, casts and bit views only:
NumPy runs them on columns, Numba compiles the very same text. NumPy's and the C library's exp and log differ in the
last bit from one processor to the next, so they are not used. The float64 functions serve the set-up of a world.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

F32 = np.float32
_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_HALF = np.float32(0.5)
_TINY = np.float32(2.0**-20)
_LOG2E = np.float32(1.4426950408889634)
_LN2_HIGH = np.float32(0.693359375)
_LN2_LOW = np.float32(-2.12194440e-4)
_EXP_BOUND = np.float32(64.0)
_E1 = np.float32(0.5)
_E2 = np.float32(0.16666665459)
_E3 = np.float32(4.1665795894e-2)
_E4 = np.float32(8.3334519073e-3)
_E5 = np.float32(1.3981999507e-3)
_E6 = np.float32(1.9875691500e-4)
_BIAS = np.int32(127)
_MANTISSA = np.int32(23)
_MANTISSA_MASK = np.int32(0x007FFFFF)
_EXPONENT_ONE = np.int32(0x3F800000)
_L3 = np.float32(1.0 / 3.0)
_L5 = np.float32(1.0 / 5.0)
_L7 = np.float32(1.0 / 7.0)
_L9 = np.float32(1.0 / 9.0)
_L11 = np.float32(1.0 / 11.0)
_L13 = np.float32(1.0 / 13.0)
_TWO = np.float32(2.0)
_LN2 = np.float32(0.6931471805599453)
_ID_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_S30 = np.uint64(30)
_S27 = np.uint64(27)
_S31 = np.uint64(31)
_S41 = np.uint64(41)
_M1 = np.uint64(0xBF58476D1CE4E5B9)
_M2 = np.uint64(0x94D049BB133111EB)
_UNIFORM_STEP = np.float32(2.0**-23)


def exp32(x: Any) -> Any:
    """Return e**x in float32; exactly 1 at 0; the argument is held within +-64, so that times e**16 it stays finite.

    Polynomial of Cephes `expf` (Moshier), relative error about 1e-7.
    """
    x = np.minimum(np.maximum(x, -_EXP_BOUND), _EXP_BOUND)
    k = np.floor(x * _LOG2E + _HALF)
    r = x - k * _LN2_HIGH - k * _LN2_LOW
    p = ((((_E6 * r + _E5) * r + _E4) * r + _E3) * r + _E2) * r + _E1
    value = p * (r * r) + r + _ONE
    scale = np.int32((np.int32(k) + _BIAS) << _MANTISSA).view(np.float32)
    return value * scale


def log32(x: Any) -> Any:
    """Return the natural logarithm of a float32 of at least 1; error about 2e-7."""
    bits = np.float32(x).view(np.int32)
    exponent = np.float32(np.int32(bits >> _MANTISSA) - _BIAS)
    m = np.int32((bits & _MANTISSA_MASK) | _EXPONENT_ONE).view(np.float32)
    f = (m - _ONE) / (m + _ONE)
    s = f * f
    series = (((((_L13 * s + _L11) * s + _L9) * s + _L7) * s + _L5) * s + _L3) * s + _ONE
    return exponent * _LN2 + _TWO * f * series


def settle(x: Any) -> Any:
    """Move a difference towards 0 by at most 2**-20, so that it truly ends and never becomes denormal."""
    return x - np.minimum(np.maximum(x, -_TINY), _TINY)


def uniform_of(identifier: Any, key: Any) -> Any:
    """Return a float32 in the open interval (0, 1), of 23 bits, addressed by identifier and key."""
    x = identifier * _ID_FACTOR + key
    x = (x ^ (x >> _S30)) * _M1
    x = (x ^ (x >> _S27)) * _M2
    x = x ^ (x >> _S31)
    return (np.float32(np.int32(x >> _S41)) + _HALF) * _UNIFORM_STEP


ELEMENTWISE = ("exp32", "log32", "settle", "uniform_of")

# --- float64, for the set-up of a world -------------------------------------------------------------------------

_LN2_64_HIGH = 6.93147180369123816490e-01
_LN2_64_LOW = 1.90821492927058770002e-10
_EXP_TERMS = 15
_LOG_TERMS = 21
_PART = 2**22


def exp64(x: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """Return e**x in float64 by arithmetic alone (Taylor series after reduction by ln 2)."""
    x = np.asarray(x, dtype=np.float64)
    k = np.rint(x * 1.4426950408889634)
    r = x - k * _LN2_64_HIGH - k * _LN2_64_LOW
    total = np.ones_like(r)
    for i in range(_EXP_TERMS, 0, -1):
        total = 1.0 + total * r / i
    return np.ldexp(total, k.astype(np.int64))


def log64(x: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """Return the natural logarithm of positive float64 numbers by arithmetic alone."""
    m, e = np.frexp(np.asarray(x, dtype=np.float64))
    small = m < 0.7071067811865476
    m = np.where(small, m * 2.0, m)
    e = np.where(small, e - 1, e)
    f = (m - 1.0) / (m + 1.0)
    s = f * f
    total = np.full_like(f, 1.0 / (2 * _LOG_TERMS + 1))
    for i in range(_LOG_TERMS - 1, -1, -1):
        total = 1.0 / (2 * i + 1) + s * total
    return np.asarray(e * _LN2_64_HIGH + (e * _LN2_64_LOW + 2.0 * f * total))


def exp_of(x: float) -> float:
    """Return e**x of one float64, the same bits as `exp64` gives, without the cost of arrays."""
    k = round(x * 1.4426950408889634)
    r = x - k * _LN2_64_HIGH - k * _LN2_64_LOW
    total = 1.0
    for i in range(_EXP_TERMS, 0, -1):
        total = 1.0 + total * r / i
    return math.ldexp(total, k)


def logistic64(x: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """Return 1/(1+e**-x) in float64."""
    return np.asarray(1.0 / (1.0 + exp64(-np.asarray(x, dtype=np.float64))))


def logit64(p: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """Return ln(p/(1-p)) in float64."""
    p = np.asarray(p, dtype=np.float64)
    return log64(p / (1.0 - p))


def exact_mean(x: NDArray[np.float64]) -> float:
    """Return the mean of numbers in [0, 1], summed as integers of 2**-40, so in no particular order."""
    parts = (x[i : i + _PART] for i in range(0, len(x), _PART))  # of which each sum stays below 2**63
    return sum(int(np.rint(part * 2.0**40).astype(np.int64).sum()) for part in parts) / 2.0**40 / len(x)


_A = (
    -3.969683028665376e01,
    2.209460984245205e02,
    -2.759285104469687e02,
    1.383577518672690e02,
    -3.066479806614716e01,
    2.506628277459239e00,
)
_B = (
    -5.447609879822406e01,
    1.615858368580409e02,
    -1.556989798598866e02,
    6.680131188771972e01,
    -1.328068155288572e01,
)
_C = (
    -7.784894002430293e-03,
    -3.223964580411365e-01,
    -2.400758277161838e00,
    -2.549732539343734e00,
    4.374664141464968e00,
    2.938163982698783e00,
)
_D = (7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e00, 3.754408661907416e00)
_LOW_TAIL = 0.02425


def normal_quantile(p: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """Return the standard normal quantile of p in (0, 1); relative error 1.2e-9 (Acklam 2003)."""
    p = np.asarray(p, dtype=np.float64)
    q = p - 0.5
    r = q * q
    centre = _horner(_A, r) * q / (_horner(_B, r) * r + 1.0)
    t = np.sqrt(-2.0 * log64(np.minimum(p, 1.0 - p)))
    tail = _horner(_C, t) / (_horner(_D, t) * t + 1.0)
    outer = np.where(p < 0.5, tail, -tail)
    return np.where((p < _LOW_TAIL) | (p > 1.0 - _LOW_TAIL), outer, centre)


def _horner(coefficients: tuple[float, ...], x: NDArray[np.float64]) -> NDArray[np.float64]:
    total = np.full_like(x, coefficients[0])
    for c in coefficients[1:]:
        total = total * x + c
    return total
