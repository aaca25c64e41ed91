"""Compares claims with one another, and replies with what they answer.

Importing this brings no model and no runtime; the first question does.
"""

from ingest.annotate.pairs.judge import OnnxPairJudge

__all__ = ["OnnxPairJudge"]
