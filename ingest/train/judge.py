"""Figures on the parts that were not trained on, after each epoch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from ingest.annotate.neural.acceptance import MEASURES
from ingest.annotate.neural.decode import Floats
from ingest.annotate.neural.pieces import Pieces, cut
from ingest.annotate.neural.predict import Found, Settings, analyse
from ingest.evaluate.gold import Article, Labelled, Paragraph, Triple, read_conll, read_conllu, read_polnear
from ingest.evaluate.metrics import ROLES, Counts, attribution_counts, exact, fragments, total
from ingest.evaluate.names import CONLL_KINDS, name_counts
from ingest.evaluate.sentences import in_tens, start_counts
from ingest.train.calibrate import fit, held_out_odds, worth
from ingest.train.config import Config
from ingest.train.data import Fold
from ingest.train.labels import NAME_KINDS
from ingest.train.network import Network

THRESHOLDS = tuple(np.arange(-3.0, 3.01, 0.125).tolist())
ACCEPT = "accept_"
"""Before the names of ``MEASURES``, and ``constant``: their fitted weights among the figures."""


class TorchNetwork:
    """The network under training as ``predict`` wants it; with only some of its heads, where they are named."""

    def __init__(self, network: Network, only: frozenset[str] | None = None) -> None:
        self.network, self.only = network.eval(), only
        self.device = next(network.parameters()).device

    def _tensor(self, values: NDArray[Any]) -> torch.Tensor:
        return torch.from_numpy(np.ascontiguousarray(values)).to(self.device)

    def encode(
        self, ids: NDArray[np.int64], features: NDArray[np.int64], mask: NDArray[np.bool_]
    ) -> tuple[Floats, Mapping[str, Floats]]:
        """See ``predict.Network``."""
        with torch.inference_mode():
            encoded = self.network(self._tensor(ids), self._tensor(features), self._tensor(mask), self.only)
            scores = {name: values.float().cpu().numpy() for name, values in encoded.scores.items()}
            return encoded.states.float().cpu().numpy(), scores

    def link(
        self, states: Floats, features: NDArray[np.int64], places: NDArray[np.int64], mask: NDArray[np.bool_]
    ) -> tuple[Floats, Floats]:
        """See ``predict.Network``."""
        with torch.inference_mode():
            tags, odds = self.network.linker(*(self._tensor(part) for part in (states, features, places, mask)))
            return tags.float().cpu().numpy(), odds.float().cpu().numpy()

    @property
    def transitions(self) -> Floats:
        """See ``predict.Network``."""
        values: Floats = self.network.linker.crf.transitions.detach().float().cpu().numpy()
        return values


def triples(found: Sequence[Found], pieces: Pieces, threshold: float) -> list[Triple]:
    """What was found with at least that score, in characters."""
    return [
        Triple(
            tuple(pieces.offsets(*span) for span in one.source),
            (pieces.offsets(*one.cue),),
            tuple(pieces.offsets(*span) for span in one.content),
        )
        for one in found
        if one.score >= threshold
    ]


def attribution_figures(
    found: Sequence[tuple[Sequence[Found], Pieces]], articles: Sequence[Article], threshold: float
) -> dict[str, float]:
    """Micro F1, in per cent, of each role, of triples and of characters."""
    sums: dict[str, list[Counts]] = {}
    for (ones, pieces), article in zip(found, articles, strict=True):
        for name, counts in attribution_counts(triples(ones, pieces, threshold), article.attributions).items():
            sums.setdefault(name, []).append(counts)
    return {name: 100 * total(counts).f1 for name, counts in sums.items()}


def goal(figures: Mapping[str, float]) -> float:
    """What the best network and threshold are chosen by."""
    return figures["triple"] + 0.2 * sum(figures[role] for role in ROLES)


def best_threshold(found: Sequence[tuple[Sequence[Found], Pieces]], articles: Sequence[Article]) -> float:
    """Of ``THRESHOLDS`` the one with the best goal."""
    sums = {at: dict.fromkeys((*ROLES, "triple"), Counts()) for at in THRESHOLDS}
    for (ones, pieces), article in zip(found, articles, strict=True):
        scored = list(zip(triples(ones, pieces, -np.inf), (one.score for one in ones), strict=True))
        wanted = {role: fragments(article.attributions, role) for role in ROLES}
        for at, counts in sums.items():
            kept = [triple for triple, score in scored if score >= at]
            for role in ROLES:
                counts[role] += exact(fragments(kept, role), wanted[role])
            counts["triple"] += exact(kept, article.attributions)
    return max(THRESHOLDS, key=lambda at: goal({name: 100 * counts.f1 for name, counts in sums[at].items()}))


def calibrated(
    found: Sequence[tuple[Sequence[Found], Pieces]], articles: Sequence[Article]
) -> tuple[tuple[float, ...], list[tuple[Sequence[Found], Pieces]]]:
    """Weights for ``Settings.acceptance``, and what was found with scores from weights fitted on other articles."""
    values: list[tuple[float, ...]] = []
    worths: list[float] = []
    places: list[int] = []
    for at, ((ones, pieces), article) in enumerate(zip(found, articles, strict=True)):
        values.extend(one.measures for one in ones)
        worths.extend(worth(triples(ones, pieces, -np.inf), article.attributions))
        places.extend([at] * len(ones))
    measures = np.array(values, dtype=np.float64).reshape(len(values), len(MEASURES))
    targets = np.array(worths, dtype=np.float64)
    odds = iter(held_out_odds(measures, targets, np.array(places, dtype=np.int64)).tolist())
    scored: list[tuple[Sequence[Found], Pieces]] = [
        ([replace(one, score=next(odds)) for one in ones], pieces) for ones, pieces in found
    ]
    return fit(measures, targets), scored


class Judge:
    """Reads the development parts once; called with a network it answers with its figures, ``goal`` among them.

    With a ``fold``, attributions are judged on PolNeAR's articles of it instead of on the development part.
    """

    def __init__(self, folder: Path, tokenizer: Any, config: Config, fold: Fold | None = None) -> None:
        self.tokenizer = tokenizer
        self.settings = Settings(window=config.window, context=config.context, reach=config.reach)
        polnear = folder / "polnear"
        self.articles = fold.split(read_polnear(polnear / "train"))[1] if fold else read_polnear(polnear / "dev")
        ner = folder / "ner"
        self.names: dict[str, list[Labelled]] = {
            "names_pud": read_conll(ner / "uner" / "en_pud-ud-test.iob2", column=2, word=1),
            "names_btc_g": read_conll(ner / "btc" / "g.conll"),
        }
        ewt = [p for tree in read_conllu(folder / "ud" / "en_ewt-ud-dev.conllu") for p in tree.paragraphs]
        pud = [p for tree in read_conllu(folder / "ud" / "en_pud-ud-test.conllu") for p in tree.paragraphs]
        self.sentences: dict[str, list[Paragraph]] = {"sentences_ewt": ewt, "sentences_pud": in_tens(pud)}

    def __call__(self, network: Network) -> dict[str, float]:
        """Per cent; the threshold is the one that serves the goal best here.

        What is accepted is scored with weights that were fitted on other articles; those from all of them are told.
        """
        runner = TorchNetwork(network)
        found: list[tuple[Sequence[Found], Pieces]] = []
        for article in self.articles:
            pieces = cut(article.text, self.tokenizer)
            found.append((analyse(pieces, runner, self.settings, len(NAME_KINDS)).attributions, pieces))
        weights, found = calibrated(found, self.articles)
        best = best_threshold(found, self.articles)
        figures = {"threshold": best, **attribution_figures(found, self.articles, best)}
        runner = TorchNetwork(network, frozenset({"names", "sentences"}))
        for name, sentences in self.names.items():
            figures[name] = 100 * total(self._names(sentences, runner)).f1
        for name, paragraphs in self.sentences.items():
            starts = self._starts(paragraphs, runner)
            for suffix, inner in (("", False), ("_inner", True)):
                counts = [
                    start_counts(found_starts, paragraph.starts, inner=inner)
                    for found_starts, paragraph in zip(starts, paragraphs, strict=True)
                ]
                figures[name + suffix] = 100 * total(counts).f1
        figures["goal"] = goal(figures)
        names = [f"{ACCEPT}{name}" for name in (*MEASURES, "constant")]
        return {**figures, **dict(zip(names, weights, strict=True))}

    def _names(self, sentences: Sequence[Labelled], runner: TorchNetwork) -> list[Counts]:
        counts = []
        for sentence in sentences:
            pieces = cut(sentence.text, self.tokenizer)
            names = analyse(pieces, runner, self.settings, len(NAME_KINDS)).names
            found = {(*pieces.offsets(start, end), NAME_KINDS[kind]) for start, end, kind in names}
            wanted = {(start, end, CONLL_KINDS[label]) for start, end, label in sentence.spans if label in CONLL_KINDS}
            counts.append(name_counts(found, wanted))
        return counts

    def _starts(self, paragraphs: Sequence[Paragraph], runner: TorchNetwork) -> list[list[int]]:
        """The characters where sentences start, for each paragraph."""
        starts = []
        for paragraph in paragraphs:
            pieces = cut(paragraph.text, self.tokenizer)
            found = analyse(pieces, runner, self.settings, len(NAME_KINDS)).sentences
            starts.append([int(pieces.starts[at]) for at in found])
        return starts
