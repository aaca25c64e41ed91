"""The figures of the model card: measured on all the parts that were not trained on, and written into the card."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.evaluate.gold import GoldError, read_text
from ingest.evaluate.report import Annotator
from ingest.evaluate.run import evaluate

CARD, FIGURES, META = "README.md", "figures.json", "model.json"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
PLACES = 4


@dataclass(frozen=True, slots=True)
class Suite:
    """A part of the data to measure on: which task, where it lies below the data's folder, and what to print of it."""

    key: str
    title: str
    task: str
    path: str
    figures: tuple[str, ...]


_CHAINS = ("conll", "muc", "b3", "ceafe", "expressions", "antecedents")
_PRONOUNS = ("pronouns", "masculine", "feminine", "feminine_to_masculine")
_ROLES = ("source", "cue", "content", "triple")
_COVERED = ("source_characters", "cue_characters", "content_characters")
_NAMES = ("names", "person", "organization", "place")
SUITES = (
    Suite("polnear_dev", "PolNeAR dev", "attribution", "polnear/dev", (*_ROLES, *_COVERED)),
    Suite("names_pud", "UNER PUD test", "ner", "ner/uner/en_pud-ud-test.iob2", _NAMES),
    Suite("names_btc_g", "Broad Twitter section g", "ner", "ner/btc/g.conll", _NAMES),
    Suite("sentences_ewt", "EWT dev, paragraphs as given", "sentences", "ud/en_ewt-ud-dev.conllu", ("all", "inner")),
    Suite("sentences_pud", "PUD, joined in tens", "sentences", "ud/en_pud-ud-test.conllu", ("all", "inner")),
    Suite("gum_dev", "GUM dev", "coreference", "ud/gum_open_dev.conllu", _CHAINS),
    Suite("gum_test", "GUM test", "coreference", "ud/gum_open_test.conllu", _CHAINS),
    Suite("gap_validation", "GAP validation", "coreference", "coref/gap-validation.tsv", _PRONOUNS),
)
PASSAGES = Suite(
    "passages",
    "the project's own passages",
    "passages",
    "",
    (*_ROLES, "names", "sentences", "directness", "polarity", "certainty"),
)
MARKED = Suite("coreference", "the project's own marked passages", "coreference", "", _CHAINS)
_SHARES = frozenset({"directness", "polarity", "certainty"})
_WORDS = {
    "all": "sentence starts",
    "sentences": "sentence starts",
    "inner": "sentence starts but the first",
    "conll": "CoNLL, the mean of the next three",
    "muc": "MUC",
    "b3": "B3",
    "ceafe": "CEAFe",
    "expressions": "expressions in chains",
    "antecedents": "antecedent of the right chain",
    "pronouns": "whom pronouns mean",
    "masculine": "masculine pronouns",
    "feminine": "feminine pronouns",
    "feminine_to_masculine": "feminine to masculine",
}


def measure(data: Path, passages: Path | None, annotator: Annotator, marked: Path | None = None) -> dict[str, Any]:
    """The figures of each suite by its key, as JSON; the same for the same model, data and machine.

    Raises ``GoldError`` where a part of the data is not there.
    """
    suites = [(suite, data / suite.path) for suite in SUITES]
    if passages is not None:
        suites.append((PASSAGES, passages))
    if marked is not None:
        suites.append((MARKED, marked))
    measured: dict[str, Any] = {}
    for suite, path in suites:
        answer = evaluate(suite.task, path, annotator).as_json()
        measured[suite.key] = {
            "texts": answer["texts"],
            "figures": {name: answer["figures"][name] for name in suite.figures},
            **({"confidence": answer["confidence"]} if suite.task == "attribution" and "confidence" in answer else {}),
        }
    return {key: rounded(answer) for key, answer in measured.items()}


def rounded(value: Any) -> Any:
    """The same with fewer decimals, so that a file of figures can be read and compared."""
    if isinstance(value, float):
        return round(value, PLACES)
    if isinstance(value, Mapping):
        return {name: rounded(one) for name, one in value.items()}
    return [rounded(one) for one in value] if isinstance(value, list | tuple) else value


def described(model: Path) -> dict[str, Any]:
    """The size and the checksums of a model's files, from its ``model.json`` and the files themselves."""
    try:
        sums = json.loads(read_text(model / META))["sha256"]
        size = sum((model / name).stat().st_size for name in (*sums, META))
    except (ValueError, KeyError, OSError) as error:
        raise GoldError(f"{model / META}: does not describe a model whose files are there: {error}") from error
    return {"bytes": size, "sha256": sums}


def as_markdown(figures: Mapping[str, Any]) -> Iterator[str]:
    """The card's tables, line by line: F1 in per cent with its interval, confidences, files."""
    yield "| part | what | F1 | 95 % | precision | recall |"
    yield "| --- | --- | ---: | ---: | ---: | ---: |"
    suites = figures["suites"]
    for suite in (*SUITES, PASSAGES, MARKED):
        if suite.key not in suites:
            continue
        for name in suite.figures:
            one = suites[suite.key]["figures"][name]
            if name in _SHARES:
                sides = ("share right", "")
            elif "precision" in one:
                sides = (_cent(one["precision"]), _cent(one["recall"]))
            else:
                sides = ("ratio" if name == "feminine_to_masculine" else "mean", "")
            interval = f"{_cent(one['f1_low'])} to {_cent(one['f1_high'])}"
            what = _WORDS.get(name, name.replace("_", ", "))
            yield f"| {suite.title} | {what} | {_cent(one['f1'])} | {interval} | {sides[0]} | {sides[1]} |"
    for suite in SUITES:
        if confidence := suites.get(suite.key, {}).get("confidence"):
            yield ""
            yield from _confidence(suite, confidence)
    yield ""
    yield "| file | SHA-256 |"
    yield "| --- | --- |"
    for name, digest in figures["model"]["sha256"].items():
        yield f"| `{name}` | `{digest}` |"
    yield ""
    yield f"All files together: {figures['model']['bytes'] / 1e6:.1f} MB."


def _confidence(suite: Suite, confidence: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"Confidence of whole attributions on {suite.title}: expected calibration error "
        f"{100 * confidence['error']:.1f} points over ten bins."
    )
    yield ""
    yield "| confidence | attributions | mean confidence | wholly right |"
    yield "| --- | ---: | ---: | ---: |"
    for row in confidence["bins"]:
        bounds = f"{row['low']:.1f} to {row['high']:.1f}"
        yield f"| {bounds} | {row['count']} | {_cent(row['confidence'])} | {_cent(row['right'])} |"


def _cent(share: float) -> str:
    return f"{100 * share:.1f}"


def filled(card: str, figures: Mapping[str, Any]) -> str:
    """The card with its tables made anew. Raises ``GoldError`` where their place is not marked in it."""
    before, begun, rest = card.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not begun or not ended:
        raise GoldError(f"{CARD}: the figures stand between {BEGIN} and {END}, which are not both there")
    return "\n".join([before + BEGIN, *as_markdown(figures), END + after])


def write(model: Path, figures: Mapping[str, Any]) -> None:
    """Writes the figures beside the model, and into its card."""
    card = filled(read_text(model / CARD), figures)
    (model / FIGURES).write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    (model / CARD).write_text(card, encoding="utf-8")
