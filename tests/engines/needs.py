"""What tests of the Spark engine need, and many a machine does not have."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

import pytest

MISSING = [name for name, is_here in {
    "pyspark (make spark)": find_spec("pyspark") is not None,
    "Java 17": shutil.which("java") is not None,
}.items() if not is_here]  # fmt: skip
needs_spark = pytest.mark.skipif(bool(MISSING), reason=f"without {' and '.join(MISSING)}")
needs_connect = pytest.mark.skipif(find_spec("grpc") is None, reason='without pip install "pyspark[connect]"')

SMALL = {
    "spark.driver.memory": "1g",
    "spark.executor.memory": "512m",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",  # it lives too short to learn
    "spark.sql.shuffle.partitions": "2",
}
