"""The floors that annotators must keep, and the one way to change them: ``python -m tests.eval.floors NAME``.

``NAME`` is an annotator, ``speakers`` for whom the texts of ``speakers.yaml`` belong to, or ``pairs`` for what compares
claims. That measures it and raises its floors to what it reaches, less ``MARGIN``. A floor is lowered only with
``--lower REASON``, and the reason is kept in the file. The file is sealed over the passages, the pairs and all
floors, so that none of them changes by hand without a test that says so.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.annotate import Annotator, load
from ingest.annotate.pairs import OnnxPairJudge
from ingest.evaluate.coreference_gold import read_discourses, read_gap, read_marked
from ingest.evaluate.coreference_report import evaluate_coreference
from ingest.evaluate.gold import read_conll, read_conllu, read_polnear
from ingest.evaluate.judging import evaluate_matching
from ingest.evaluate.metrics import total
from ingest.evaluate.passages import evaluate_passages, read_passages
from ingest.evaluate.report import Report, evaluate_attribution, evaluate_names, evaluate_sentences
from ingest.evaluate.sentences import in_tens
from tests.eval.speakers import CASES, wrong

HERE = Path(__file__).parent
PAIRS, PAIRS_APART, PAIRS_CONTRARY, PAIRS_REWORDED = (
    HERE / f"pairs{name}.tsv" for name in ("", "_apart", "_contrary", "_reworded")
)
CONTRARY_FIGURES = ("contradicts_precision", "contradicts_recall")
PAIR_FIGURES = (
    "precision_at_recall_70",
    "precision",
    "recall",
    "average_precision",
    *CONTRARY_FIGURES,
    "contradicts_f1",
)
PASSAGES, FILE = HERE / "passages.txt", HERE / "floors.toml"
COREFERENCE = HERE / "coreference.txt"
RESOLVES = ("model",)
"""The annotators that find what means the same."""
DATA = HERE.parents[1] / "../shared/data"
MARGIN = 1.0
"""Points of F1 that another processor, or another release of the runtime, may cost."""

ROLES = ("source", "cue", "content", "triple")
PASSAGE_FIGURES = (*ROLES, "names", "sentences", "sentences_inner", "directness", "polarity", "certainty")
COREFERENCE_FIGURES = ("conll", "antecedents", "expressions")
PAIR_PARTS = {
    "matching": (PAIRS, PAIR_FIGURES),
    "matching_apart": (PAIRS_APART, PAIR_FIGURES),
    "contradictions": (PAIRS_CONTRARY, CONTRARY_FIGURES),
    "contradictions_reworded": (PAIRS_REWORDED, CONTRARY_FIGURES),
}
"""The files of pairs by the part of the floors that they have, each with its figures."""
Floors = dict[str, dict[str, dict[str, float]]]
"""By annotator, then ``passages``, ``coreference`` or ``corpora``, then figure; ``speakers`` has ``cases``, ``pairs``
has those of ``PAIR_PARTS``; per cent."""

HEAD = """\
# Floors in per cent, by annotator: on the passages beside this file, and on a fixed sample of ../shared/data.
# Written by `python -m tests.eval.floors NAME`; not to be edited by hand.
"""


def passages(annotator: Annotator) -> dict[str, float]:
    """The figures on all passages, in per cent."""
    return _figures(evaluate_passages(read_passages(PASSAGES), annotator), PASSAGE_FIGURES)


def coreference(annotator: Annotator) -> dict[str, float]:
    """The figures on the passages with marked coreference, in per cent."""
    figures = evaluate_coreference(read_marked(COREFERENCE), [], annotator).as_json(rounds=2)["figures"]
    return {name: 100 * figures[name]["f1"] for name in COREFERENCE_FIGURES}


def resolved(annotator: Annotator, data: Path = DATA) -> dict[str, float]:
    """The figures of coreference on a fixed sample of what it was not learned from, in per cent."""
    documents = read_discourses(data / "ud" / "gum_open_dev.conllu")[::4]
    pronouns = read_gap(data / "coref" / "gap-validation.tsv")[::4]
    figures = evaluate_coreference(documents, pronouns, annotator).as_json(rounds=2)["figures"]
    return {"chains_gum": 100 * figures["conll"]["f1"], "pronouns_gap": 100 * figures["pronouns"]["f1"]}


def corpora(annotator: Annotator, data: Path = DATA) -> dict[str, float]:
    """The figures on a fixed sample of the parts that were not trained on, in per cent."""
    articles = read_polnear(data / "polnear" / "dev")[::4]
    figures = _figures(evaluate_attribution(articles, annotator), ROLES)
    pud = read_conll(data / "ner" / "uner" / "en_pud-ud-test.iob2", column=2, word=1)[::4]
    btc = read_conll(data / "ner" / "btc" / "g.conll")[::8]
    ewt = [p for tree in read_conllu(data / "ud" / "en_ewt-ud-dev.conllu") for p in tree.paragraphs][::4]
    tens = in_tens([p for tree in read_conllu(data / "ud" / "en_pud-ud-test.conllu") for p in tree.paragraphs])[::4]
    reports = {
        "names_pud": (evaluate_names(pud, annotator), "names"),
        "names_btc_g": (evaluate_names(btc, annotator), "names"),
        "sentences_ewt": (evaluate_sentences(ewt, annotator), "all"),
        "sentences_pud": (evaluate_sentences(tens, annotator), "all"),
    }
    figures |= {name: _figures(report, (main,))[main] for name, (report, main) in reports.items()}
    return figures | (resolved(annotator, data) if annotator.name in RESOLVES else {})


def speakers() -> dict[str, float]:
    """How many of the labelled attributions have the right speaker, of all and of those labelled blind; per cent."""

    def right(cases: list[dict[str, Any]]) -> float:
        labels = sum(len(case["is"]) for case in cases)
        return 100 * (1 - sum(len(wrong(case)) for case in cases) / labels)

    return {"right": right(CASES), "right_blind": right([case for case in CASES if case.get("blind")])}


def pairs(path: Path, names: Sequence[str]) -> dict[str, float]:
    """How well the pairs of a file beside this one are told apart, in per cent."""
    figures = evaluate_matching(path, OnnxPairJudge()).figures
    return {name: 100 * figures[name].value for name in names}


def _figures(report: Report, names: tuple[str, ...]) -> dict[str, float]:
    return {name: 100 * total(report.counts(name)).f1 for name in names}


def missed(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """A line for each figure below its floor, and for each that has none."""
    lines = [f"{name} {figures[name]:.1f} is below {floor}" for name, floor in floors.items() if figures[name] < floor]
    return lines + [f"{name} has no floor" for name in figures if name not in floors]


def seal(digest: str, floors: Floors, lowered: list[str]) -> str:
    """Over the passages, the floors and the reasons for which some were lowered."""
    return hashlib.sha256(json.dumps([digest, floors, lowered], sort_keys=True).encode()).hexdigest()


def digest() -> str:
    """Of the passages, the pairs, and the texts with marked coreference."""
    sealed = (PASSAGES, *(path for path, _ in PAIR_PARTS.values()), COREFERENCE)
    return hashlib.sha256(b"".join(file.read_bytes() for file in sealed)).hexdigest()


def read() -> dict[str, Any]:
    """The file: ``passages`` (their SHA-256), ``lowered``, ``seal``, ``floors``."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def write(floors: Floors, lowered: list[str]) -> None:
    """Writes and seals the file."""
    lines = [HEAD, f'passages = "{digest()}"', f'seal = "{seal(digest(), floors, lowered)}"', "lowered = ["]
    lines += [f"  {json.dumps(line, ensure_ascii=False)}," for line in lowered] + ["]"]
    for name, parts in floors.items():
        for part, figures in parts.items():
            lines += ["", f"[floors.{name}.{part}]", *(f"{figure} = {floor}" for figure, floor in figures.items())]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def raised(
    name: str, old: Mapping[str, Mapping[str, float]], new: Mapping[str, Mapping[str, float]], reason: str | None
) -> tuple[dict[str, dict[str, float]], list[str]]:
    """The new floors of an annotator and a line for each that is lower than before.

    Raises ``ValueError`` where one would be lower and no reason is given.
    """
    floors: dict[str, dict[str, float]] = {}
    lower: list[str] = []
    for part, figures in new.items():
        floors[part] = {figure: float(math.floor(value - MARGIN)) for figure, value in figures.items()}
        for figure, floor in floors[part].items():
            before = old.get(part, {}).get(figure, floor)
            if floor < before:
                lower.append(f"{name} {part} {figure} {before:g} to {floor:g}")
    if lower and not reason:
        raise ValueError(f"these floors would be lower, which needs --lower REASON: {'; '.join(lower)}")
    return floors, [f"{line}: {reason}" for line in lower]


def _annotated(annotator: Annotator) -> dict[str, dict[str, float]]:
    measured = {"passages": passages(annotator)}
    if annotator.name in RESOLVES:
        measured["coreference"] = coreference(annotator)
    return {**measured, "corpora": corpora(annotator)} if DATA.exists() else measured


def main() -> None:
    """Measures an annotator and writes its floors."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.floors", description=__doc__)
    parser.add_argument("name", choices=["model", "rules", "speakers", "pairs"])
    parser.add_argument("--lower", metavar="REASON", help="let floors be lowered, and keep the reason")
    chosen = parser.parse_args()
    kept = read() if FILE.exists() else {"floors": {}, "lowered": []}
    floors, lowered = kept["floors"], kept["lowered"]
    if FILE.exists() and seal(kept["passages"], floors, lowered) != kept["seal"]:
        parser.error(f"{FILE.name} was edited by hand; take it back to what was committed")
    if chosen.name == "speakers":
        measured = {"cases": speakers()}
    elif chosen.name == "pairs":
        measured = {part: pairs(*chosen) for part, chosen in PAIR_PARTS.items()}
    else:
        measured = _annotated(load(chosen.name))
    for part, figures in measured.items():
        print(part, *(f"{figure} {value:.1f}" for figure, value in figures.items()))
    try:
        new, reasons = raised(chosen.name, floors.get(chosen.name, {}), measured, chosen.lower)
    except ValueError as error:
        parser.error(str(error))
    write({**floors, chosen.name: {**floors.get(chosen.name, {}), **new}}, [*lowered, *reasons])


if __name__ == "__main__":
    main()
