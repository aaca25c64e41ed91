"""Short trainings on made-up states: the same seed gives the same weights, stopped in between or not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra train is not installed")

from ingest.annotate.pairs.judge import softmax  # noqa: E402
from ingest.annotate.pairs.runtime import Read  # noqa: E402
from ingest.evaluate.gold import GoldError  # noqa: E402
from ingest.evaluate.pairs import Pair  # noqa: E402
from ingest.train.pairs import config as settings  # noqa: E402
from ingest.train.pairs import folds  # noqa: E402
from ingest.train.pairs.calibrate import temperature  # noqa: E402
from ingest.train.pairs.corpora import replies  # noqa: E402
from ingest.train.pairs.examples import CONTRADICTS, NOT_SAME, SAME, PairExample  # noqa: E402
from ingest.train.pairs.network import HEAD_SIZES, Ensemble, PairNetwork  # noqa: E402
from ingest.train.pairs.run import (  # noqa: E402
    PairTrainer,
    Reads,
    batches,
    fresh_network,
    load_averaged,
    pair_loss,
    predict,
)
from ingest.train.run import ResumeError  # noqa: E402

STEPS = 6
TEXTS = [f"text {number}" for number in range(12)]


@pytest.fixture(scope="module")
def reads() -> Reads:
    """Texts of 4 to 9 pieces with states at random: no encoder is needed to learn from them."""
    held, random = Reads(), np.random.default_rng(1)
    for number, text in enumerate(TEXTS):
        size = 4 + number % 6
        ids = np.array([101, *random.integers(2000, 2020, size - 2), 102])
        embedding = random.normal(size=384)
        held.kept[text] = Read(
            ids,
            random.normal(size=(size, 768)).astype(np.float16),
            (embedding / np.linalg.norm(embedding)).astype(np.float32),
        )
    return held


EXAMPLES = [
    PairExample("relation", TEXTS[0], TEXTS[1], SAME, "made up"),
    PairExample("relation", TEXTS[2], TEXTS[3], NOT_SAME, "made up"),
    PairExample("similarity", TEXTS[4], TEXTS[5], frozenset(), "made up", 0.6),
    PairExample("stance", TEXTS[6], TEXTS[7], frozenset({2}), "made up"),
    PairExample("weakens", TEXTS[8], TEXTS[9], frozenset({1}), "made up"),
    PairExample("relation", TEXTS[10], TEXTS[11], CONTRADICTS, "made up"),
]


def trained(reads: Reads, out: Path | None, *steps: int, seed: int = 3) -> dict[str, Any]:
    config = settings.load(batch_pieces=40, seed=seed)
    for count in steps:
        network = fresh_network(list(HEAD_SIZES), config, seed)
        trainer = PairTrainer(network, reads, EXAMPLES, config, config.relation, seed, out, lambda line: None)
        trainer.resume()
        trainer.train(steps=count)
    assert trainer.place.done == sum(steps)
    return {**trainer.network.state_dict(), **{f"average.{name}": value for name, value in trainer.average.items()}}


def equal(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def test_two_runs_with_one_seed_give_the_same_weights_stopped_or_not(reads: Reads, tmp_path: Path) -> None:
    whole = trained(reads, None, STEPS)
    assert equal(whole, trained(reads, tmp_path / "whole", STEPS))
    assert equal(whole, trained(reads, tmp_path / "parts", 2, STEPS - 2))
    assert not equal(whole, trained(reads, None, STEPS, seed=4))


def test_a_checkpoint_of_other_settings_or_a_damaged_one_is_refused(reads: Reads, tmp_path: Path) -> None:
    trained(reads, tmp_path, 1)
    assert load_averaged(tmp_path).training is False
    with pytest.raises(ResumeError, match="seed"):
        trained(reads, tmp_path, 1, seed=5)
    (tmp_path / "checkpoint.pt").write_bytes(b"no checkpoint")
    with pytest.raises(ResumeError, match="cannot be read"):
        trained(reads, tmp_path, 1)


def test_what_is_the_same_in_both_orders_is_so_by_construction(reads: Reads) -> None:
    torch.manual_seed(0)
    network = PairNetwork(list(HEAD_SIZES), 0.1)
    with torch.no_grad():
        network.other.normal_()
        network.match.weight.normal_()
    pairs = [(TEXTS[at], TEXTS[at + 1]) for at in range(8)]
    one, other = predict(network, reads, pairs), predict(network, reads, [(b, a) for a, b in pairs])
    for name in HEAD_SIZES:
        alike = np.allclose(one[name], other[name], atol=1e-5)
        assert alike == (name in ("relation", "similarity")), name


def test_a_pair_is_scored_alike_alone_and_beside_longer_ones(reads: Reads) -> None:
    torch.manual_seed(0)
    network = PairNetwork(list(HEAD_SIZES), 0.1)
    pairs = [(TEXTS[0], TEXTS[1]), (TEXTS[5], TEXTS[11])]
    together = predict(network, reads, pairs)
    for at, pair in enumerate(pairs):
        alone = predict(network, reads, [pair])
        for name in HEAD_SIZES:
            np.testing.assert_allclose(alone[name][0], together[name][at], atol=1e-5)


def test_the_loss_asks_no_more_than_is_known() -> None:
    scores = {"relation": torch.tensor([[0.0, 5.0, -5.0], [0.0, -5.0, 5.0]])}
    known = [PairExample("relation", "a", "b", NOT_SAME, "x")] * 2
    assert float(pair_loss(scores, known, {"relation": 1.0})) == pytest.approx(0.0067, abs=1e-3)
    wrong = [PairExample("relation", "a", "b", SAME, "x")] * 2
    assert float(pair_loss(scores, wrong, {"relation": 1.0})) > 4


def test_batches_hold_every_pair_once_within_the_budget(reads: Reads) -> None:
    many = EXAMPLES * 7
    plan = batches(many, reads, 60, np.random.default_rng(0))
    assert sorted(at for batch in plan for at in batch) == list(range(len(many)))
    for batch in plan:
        longest = max(reads.length(many[at].a) + reads.length(many[at].b) for at in batch)
        assert len(batch) == 1 or len(batch) * longest <= 60


def test_folds_keep_groups_whole_and_are_of_one_size() -> None:
    pairs = [Pair(str(at), "b", "0", f"group {at // 3}") for at in range(60)]
    fold = folds.parts(pairs, 5, 1)
    assert {fold.count(part) for part in range(5)} == {12}
    assert all(len({fold[at], fold[at + 1], fold[at + 2]}) == 1 for at in range(0, 60, 3))
    assert fold == folds.parts(pairs, 5, 1)
    assert fold != folds.parts(pairs, 5, 2)
    with pytest.raises(GoldError, match="no 21 folds"):
        folds.parts(pairs, 21, 1)


def test_each_fold_is_judged_by_a_network_that_has_not_seen_it(reads: Reads, tmp_path: Path) -> None:
    pairs = [Pair(TEXTS[at], TEXTS[11 - at], str(at % 3), TEXTS[at]) for at in range(6)]
    config = settings.load(batch_pieces=60, stance=settings.Stage(2, 1, 1e-3, 1e-3))
    seen: list[set[str]] = []

    def watched(examples: Any) -> list[PairExample]:
        seen.append({pair.a for pair in examples})
        return replies(examples)

    question = folds.Question("stance", ("stance",), watched)
    given = (question, pairs, reads, config, 3, tmp_path, lambda line: None)
    shares = folds.held_out(*given)
    fold = folds.parts(pairs, 3, config.seed)
    assert [{pair.a for pair, own in zip(pairs, fold, strict=True) if own != part} for part in range(3)] == seen
    np.testing.assert_allclose(shares.sum(axis=1), 1, atol=1e-4)
    kept = folds.held_out(*given)
    assert len(seen) == 3, "what is kept is trained again"
    np.testing.assert_allclose(shares, kept, atol=1e-5)


def test_networks_together_give_the_mean_of_their_probabilities(reads: Reads) -> None:
    members = []
    for seed in (1, 2):
        torch.manual_seed(seed)
        members.append(PairNetwork(["stance"], 0.1))
    pairs = [(TEXTS[0], TEXTS[1])]
    each = [softmax(predict(member, reads, pairs)["stance"]) for member in members]
    together = np.exp(predict(Ensemble(members), reads, pairs)["stance"])
    np.testing.assert_allclose(together, (each[0] + each[1]) / 2, atol=1e-6)


def test_a_temperature_makes_what_was_too_sure_less_so() -> None:
    scores = np.array([[4.0, 0.0], [4.0, 0.0], [4.0, 0.0], [4.0, 0.0]])
    allowed = np.array([[True, False], [True, False], [True, False], [False, True]])
    assert temperature(scores, allowed) == pytest.approx(4 / np.log(3), rel=0.06)
    assert temperature(scores, np.ones_like(allowed)) == pytest.approx(0.4)
