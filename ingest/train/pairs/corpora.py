"""The corpora as pairs to learn from, with those that edits make of them; the same for the same seed."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.random import Generator

from ingest.evaluate.gold import GoldError, read_polnear, read_text
from ingest.evaluate.pairs import Pair, read_claims, read_replies
from ingest.train.pairs.edits import changing, kept, names_in, plain_words
from ingest.train.pairs.examples import (
    CONTRADICTS,
    DIFFERENT,
    NOT_SAME,
    SAME,
    STANCES,
    PairExample,
    Task,
)

WRITTEN = Path(__file__).parents[1] / "written" / "claims.txt"
REPLIES = Path("reply_stance") / "subreddit_mask_mandate.csv"
CLAIMS = Path("claim_pairs") / "claimdiff_weaken_train.json"
AGREE, NEUTRAL, DISAGREE = (frozenset({STANCES.index(name)}) for name in ("agree", "neutral", "disagree"))


def replies(pairs: Iterable[Pair]) -> list[PairExample]:
    """Replies as examples of the task ``stance``."""
    return [PairExample("stance", pair.a, pair.b, frozenset({int(pair.label)}), "replies") for pair in pairs]


def weakening(pairs: Iterable[Pair]) -> list[PairExample]:
    """Claims as examples of the task ``weakens``."""
    return [PairExample("weakens", pair.a, pair.b, frozenset({int(pair.label)}), "claimdiff") for pair in pairs]


Parts = Mapping[str, Sequence[PairExample]]


def load(folder: Path, seed: int) -> Parts:
    """All pairs of the corpora that no fold is made of, by part; the same for the same seed.

    Raises ``GoldError`` where a corpus is missing or damaged.
    """
    random = np.random.default_rng([seed, 7])
    contents = polnear_contents(folder / "polnear" / "train")
    names = sorted({text[slice(*span)] for text in contents for span in names_in(text)})
    words = plain_words(contents)
    same_texts: list[tuple[str, str]] = []
    parts: dict[str, list[PairExample]] = {
        "written": _written(same_texts),
        "nli": breaking_nli(folder / "nli" / "breaking_nli.jsonl"),
        "sts": similarity(folder / "similarity" / "sts-train.csv"),
        "headlines": headlines(folder / "stance" / "fnc1_stances.csv", random),
        "perspectives": perspectives(folder / "stance", random),
        "bodies": bodies(folder / "stance", random),
    }
    for source in ("perspectives", "headlines", "sts"):
        same_texts += [(one.a, one.b) for one in parts[source] if one.task == "relation" and one.labels == SAME]
    parts["edits"] = edited(contents, names, words, random)
    parts["edited_same"] = edited_pairs(same_texts, names, words, random)
    return parts


def drawn(parts: Parts, sizes: Mapping[str, int], random: Generator) -> list[PairExample]:
    """What one epoch shows: of each part as many as ``sizes`` says, or all.

    Raises ``GoldError`` for an unknown part.
    """
    if unknown := sorted(set(parts) ^ set(sizes)):
        raise GoldError(f"sizes are missing or unknown: {', '.join(unknown)}")
    examples: list[PairExample] = []
    for name, part in parts.items():
        examples += [part[at] for at in sorted(random.permutation(len(part))[: sizes[name]].tolist())]
    return examples


def polnear_contents(folder: Path, words: range = range(5, 15)) -> list[str]:
    """What is attributed in PolNeAR's articles, in so many ``words``, each wording once, in order."""
    texts: dict[str, None] = {}
    for article in read_polnear(folder):
        for triple in article.attributions:
            if len(triple.content) != 1:
                continue
            text = " ".join(article.text[slice(*triple.content[0])].split()).strip(" \"“”'‘’`,")
            if len(text.split()) in words:
                texts[text] = None
    return list(texts)


def edited(texts: Sequence[str], names: Sequence[str], words: Sequence[str], random: Generator) -> list[PairExample]:
    """Of each text one pair that keeps its claim, and up to two that change it."""
    edits = changing(names, words)
    examples = []
    for text in texts:
        same = kept(text, random)
        if same != text:
            examples.append(PairExample("relation", text, same, SAME, "kept"))
        order = random.permutation(len(edits))
        made = 0
        for at in order.tolist():
            name, edit, labels = edits[at]
            other = edit(text, random)
            if other is None or other == text:
                continue
            if random.random() < 0.5:
                other = kept(other, random, most=2)
            examples.append(PairExample("relation", text, other, labels, name))
            made += 1
            if made == 2:
                break
    return examples


def edited_pairs(
    pairs: Sequence[tuple[str, str]], names: Sequence[str], words: Sequence[str], random: Generator
) -> list[PairExample]:
    """Of each two wordings of one claim a pair in which one of them was changed into another claim."""
    edits = changing(names, words)
    examples = []
    for a, b in pairs:
        one, other = (a, b) if random.random() < 0.5 else (b, a)
        for at in random.permutation(len(edits)).tolist():
            name, edit, labels = edits[at]
            changed = edit(other, random)
            if changed is not None and changed != other:
                examples.append(PairExample("relation", one, changed, labels, f"same-{name}"))
                break
    return examples


def _written(same: list[tuple[str, str]]) -> list[PairExample]:
    examples = []
    for group in read_written(WRITTEN):
        wordings = group["="]
        for at, one in enumerate(wordings):
            pairs = [
                *((other, SAME) for other in wordings[at + 1 :]),
                *((other, CONTRADICTS) for other in group["x"]),
                *((other, DIFFERENT) for other in group["~"]),
            ]
            examples += [PairExample("relation", one, other, labels, "written") for other, labels in pairs]
            same += [(one, other) for other in wordings[at + 1 :]]
    return examples


def read_written(path: Path) -> list[dict[str, list[str]]]:
    """Groups of wordings written for this project, by their mark: ``=`` one claim, ``x`` its contrary, ``~`` another.

    Raises ``GoldError`` for a line without a mark, and for a group with fewer than two wordings of its claim.
    """
    groups: list[dict[str, list[str]]] = []
    for number, block in enumerate(read_text(path).split("\n\n"), 1):
        group: dict[str, list[str]] = {"=": [], "x": [], "~": []}
        for line in block.strip().splitlines():
            mark, _, text = line.partition(" ")
            if mark == "#":
                continue
            if mark not in group or not text.strip():
                raise GoldError(f"{path}: group {number}: {line!r} begins with none of {', '.join(group)}")
            group[mark].append(text.strip())
        if len(group["="]) < 2:
            raise GoldError(f"{path}: group {number}: fewer than two wordings of its claim")
        groups.append(group)
    return groups


def breaking_nli(path: Path) -> list[PairExample]:
    """Sentences that differ by a word; only every third contradiction, since the set is nearly made of them."""
    known = {"contradiction": CONTRADICTS, "entailment": SAME, "neutral": DIFFERENT}
    examples = []
    for number, line in enumerate(read_text(path).splitlines()):
        try:
            row = json.loads(line)
            labels = known[row["gold_label"]]
            a, b = row["sentence1"], row["sentence2"]
        except (ValueError, KeyError, TypeError) as error:
            raise GoldError(f"{path}:{number + 1}: no pair with a label: {error}") from error
        if labels != CONTRADICTS or number % 3 == 0:
            examples.append(PairExample("relation", a, b, labels, "nli"))
    return examples


def read_similarity(path: Path) -> list[tuple[str, str, float]]:
    """Pairs of the STS benchmark with their similarity from 0 to 5."""
    rows = []
    for number, line in enumerate(read_text(path).splitlines(), 1):
        fields = line.split("\t")
        try:
            rows.append((fields[5], fields[6], float(fields[4])))
        except (IndexError, ValueError) as error:
            raise GoldError(f"{path}:{number}: no row of the STS benchmark") from error
    return rows


def similarity(path: Path) -> list[PairExample]:
    """The STS benchmark: all of it for the task ``similarity``, clear cases for ``relation`` too."""
    examples = []
    for a, b, score in read_similarity(path):
        examples.append(PairExample("similarity", a, b, frozenset(), "sts", score / 5))
        if score >= 4.8:
            examples.append(PairExample("relation", a, b, SAME, "sts"))
        elif score <= 1.5:
            examples.append(PairExample("relation", a, b, DIFFERENT, "sts"))
        elif score <= 3.6:
            examples.append(PairExample("relation", a, b, NOT_SAME, "sts"))
    return examples


def headlines(path: Path, random: Generator, most: int = 6) -> list[PairExample]:
    """Headlines of one report: those that agree with it say the same, those that disagree contradict these.

    ``most`` pairs of each kind are drawn of a report. Headlines that only discuss it are not the same as those that
    agree, and headlines of other reports are about something else.
    """
    by_body: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_body[row["Body ID"]][row["Stance"]].append(row["Headline"])
    examples: dict[tuple[str, ...], PairExample] = {}
    for held in by_body.values():
        agree, disagree, unrelated = (list(dict.fromkeys(held[key])) for key in ("agree", "disagree", "unrelated"))
        drawn = [
            *_drawn(agree, agree, SAME, AGREE, most, random),
            *_drawn(agree, disagree, CONTRADICTS, DISAGREE, most, random),
            *_drawn(agree, unrelated, DIFFERENT, NEUTRAL, 1, random),
        ]
        for a, b, relation, stance in drawn:
            key = ("relation", *sorted((a, b)))
            if key not in examples:
                examples[key] = PairExample("relation", a, b, relation, "headlines")
                if random.random() < 0.4:
                    examples["stance", *sorted((a, b))] = PairExample("stance", a, b, stance, "headlines")
    return list(examples.values())


_Drawn = tuple[str, str, frozenset[int], frozenset[int]]


def _drawn(
    ones: Sequence[str],
    others: Sequence[str],
    relation: frozenset[int],
    stance: frozenset[int],
    most: int,
    random: Generator,
) -> list[_Drawn]:
    pairs = [(a, b) for at, a in enumerate(ones) for b in (others[at + 1 :] if ones is others else others) if a != b]
    order = random.permutation(len(pairs))[:most].tolist()
    return [(*(pairs[at] if random.random() < 0.5 else pairs[at][::-1]), relation, stance) for at in order]


def perspectives(folder: Path, random: Generator) -> list[PairExample]:
    """Perspectrum without its test part: who supports a claim agrees; one group's perspectives say the same."""
    try:
        held = json.loads(read_text(folder / "perspectrum_perspectives.json"))
        texts = {one["pId"]: " ".join(one["text"].split()) for one in held}
        claims = json.loads(read_text(folder / "perspectrum_claims.json"))
        split = json.loads(read_text(folder / "perspectrum_split.json"))
        kept_claims = [claim for claim in claims if split[str(claim["cId"])] != "test"]
    except (ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{folder}: Perspectrum's files are not as published: {error}") from error
    examples: list[PairExample] = []
    stances = {"SUPPORT": AGREE, "UNDERMINE": DISAGREE}
    everything = list(texts.values())
    for claim in kept_claims:
        groups = [(stances[group["stance_label_3"]], [texts[pid] for pid in group["pids"]])
                  for group in claim["perspectives"] if group["stance_label_3"] in stances]  # fmt: skip
        for stance, group in groups:
            order = random.permutation(len(group)).tolist()
            examples.append(PairExample("stance", claim["text"], group[order[0]], stance, "perspectrum"))
            if len(group) > 1:
                a, b = group[order[0]], group[order[1]]
                examples.append(PairExample("relation", a, b, SAME, "perspectrum"))
                if random.random() < 0.3:
                    examples.append(PairExample("stance", a, b, AGREE, "perspectrum"))
        for _ in range(min(4, len(groups) // 2)):
            one, other = (groups[at] for at in random.choice(len(groups), 2, replace=False).tolist())
            a, b = one[1][0], other[1][0]
            examples.append(PairExample("relation", a, b, NOT_SAME, "perspectrum"))
            if one[0] != other[0] and random.random() < 0.5:
                examples.append(PairExample("stance", a, b, DISAGREE, "perspectrum"))
        if random.random() < 0.7:
            stray = everything[int(random.integers(len(everything)))]
            examples.append(PairExample("stance", claim["text"], stray, NEUTRAL, "perspectrum"))
    return examples


def bodies(folder: Path, random: Generator) -> list[PairExample]:
    """Headlines and the beginnings of news reports: agree, disagree; to discuss or to be unrelated is neutral."""
    with (folder / "fnc1_bodies.csv").open(encoding="utf-8", newline="") as file:
        texts = {row["Body ID"]: opening(row["articleBody"]) for row in csv.DictReader(file)}
    with (folder / "fnc1_stances.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    shares = {"agree": 0.4, "disagree": 1.0, "discuss": 0.12, "unrelated": 0.02}
    labels = {"agree": AGREE, "disagree": DISAGREE, "discuss": NEUTRAL, "unrelated": NEUTRAL}
    task: Task = "stance"
    return [
        PairExample(task, row["Headline"], texts[row["Body ID"]], labels[row["Stance"]], "bodies")
        for row in rows
        if random.random() < shares[row["Stance"]]
    ]


def opening(text: str, words: int = 60) -> str:
    """The first sentences of a text, up to about ``words`` words."""
    taken: list[str] = []
    for sentence in re.split(r"(?<=[.!?”\"])\s+", " ".join(text.split())):
        taken.extend(sentence.split())
        if len(taken) >= words * 2 // 3:
            break
    return " ".join(taken[:words])


def load_replies(folder: Path) -> list[Pair]:
    """The replies of the shared data."""
    return read_replies(folder / REPLIES)


def load_claims(folder: Path) -> list[Pair]:
    """The claims of the shared data."""
    return read_claims(folder / CLAIMS)
