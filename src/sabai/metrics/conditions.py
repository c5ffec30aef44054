"""Where a condition on a metric holds; what is unknown meets no condition."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sabai.definitions.model import Condition
from sabai.metrics.grid import Floats

COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
}


def holds(condition: Condition, values: Mapping[str, Floats]) -> NDArray[np.bool_]:
    """Where the condition holds; the shape of the metric's values. Unknown: no, for "!=" too.

    >>> holds(Condition("people", "!=", 3), {"people": np.array([2.0, 3.0, np.nan])}).tolist()
    [True, False, False]
    """
    metric = values[condition.metric]
    return np.asarray(COMPARE[condition.op](metric, condition.value) & ~np.isnan(metric))
