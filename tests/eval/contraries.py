"""What is told to contradict one another among all that news articles attribute: ``python -m tests.eval.contraries``.

Nobody labelled these pairs. Hardly any of them exclude one another, so that nearly all that is told is wrong: the
figure is how many are told, of how many pairs that the vector index would bring together.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from graph.linking import CONTRADICTS, NEAR
from ingest.annotate.pairs import OnnxPairJudge
from ingest.annotate.pairs.differences import difference
from ingest.train.pairs.corpora import polnear_contents

HERE = Path(__file__).parents[2]
ARTICLES = HERE / "../shared/data/polnear/train"
WORDS = range(4, 41)
ROWS = 500


def near(texts: list[str], judge: OnnxPairJudge) -> Iterator[tuple[str, str]]:
    """Pairs that are near enough by their embeddings to be compared."""
    vectors = judge.embed(texts)
    for start in range(0, len(texts), ROWS):
        for row, column in np.argwhere(vectors[start : start + ROWS] @ vectors.T >= NEAR).tolist():
            if start + row < column:
                yield texts[start + row], texts[column]


def main() -> None:
    """Prints what is told, and how much that is."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.contraries", description=__doc__)
    parser.add_argument("articles", nargs="?", type=Path, default=ARTICLES, help="a folder of PolNeAR")
    judge = OnnxPairJudge()
    pairs = list(near(polnear_contents(parser.parse_args().articles, WORDS), judge))
    # No contradiction is told without a rule, and the rules are thirty times as quick as the networks.
    ruled = [pair for pair in pairs if (found := difference(*pair)) is not None and found.contrary]
    told = [
        (pair, relation)
        for pair, relation in zip(ruled, judge.relate(ruled), strict=True)
        if relation.contradicts >= CONTRADICTS
    ]
    for (one, other), relation in told:
        print(f"{relation.contradicts:.2f} {relation.method}\n  {one}\n  {other}")
    print(f"{len(told)} of {len(pairs)} pairs")


if __name__ == "__main__":
    main()
