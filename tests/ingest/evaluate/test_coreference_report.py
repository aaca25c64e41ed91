"""What is reported of coreference: chains and pronouns as an annotator finds them, the worst texts first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest

from ingest.evaluate.coreference_gold import Ambiguous, Discourse, read_marked
from ingest.evaluate.coreference_report import chains_of, chances, evaluate_coreference, meant, same_thing
from ingest.evaluate.gold import GoldError
from ingest.evaluate.run import evaluate
from ingest.model import Annotations, Coreference, Span

MARKED = """\
=== one news
[1 Ada] met [2 Leo]. [1 She] told [2 him] that [1 she] knew.

=== two blog
[1 Ada] saw [2 [1 her] dog]. [2 It] ran.
"""
GAP = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n" + "".join(
    f"g-{number}\tAda met Leo. {word} left.\t{word}\t13\tAda\t0\t{ada}\tLeo\t8\t{leo}\tu\n"
    for number, (word, ada, leo) in enumerate([("She", "TRUE", "FALSE"), ("He", "FALSE", "TRUE")])
)


def link(text: str, expression: str, antecedent: str, confidence: float = 0.9) -> Coreference:
    """The last such expression and the first such antecedent."""
    at, before = text.rindex(expression), text.index(antecedent)
    return Coreference(
        Span(at, at + len(expression)), Span(before, before + len(antecedent)), confidence, "model:coreference"
    )


class Answers:
    """Gives each text the answer that it has for it."""

    name = "answers"

    def __init__(self, answers: dict[str, list[Coreference]]) -> None:
        self.answers = answers

    def annotate(self, texts: Iterable[str]) -> Iterator[Annotations]:
        for text in texts:
            yield Annotations(coreferences=tuple(self.answers.get(text, ())))


@pytest.fixture
def passages(tmp_path: Path) -> list[Discourse]:
    path = tmp_path / "marked.txt"
    path.write_text(MARKED, encoding="utf-8")
    return read_marked(path)


def test_marks_are_taken_out_and_kept_as_places(passages: list[Discourse]) -> None:
    one, two = passages
    assert (one.name, one.text) == ("one news", "Ada met Leo. She told him that she knew.")
    assert [[one.text[start:end] for start, end in chain] for chain in one.chains()] == [
        ["Ada", "She", "she"],
        ["Leo", "him"],
    ]
    assert [[two.text[start:end] for start, end in chain] for chain in two.chains()] == [
        ["Ada", "her"],
        ["her dog", "It"],
    ]


@pytest.mark.parametrize(
    ("marked", "reason"),
    [
        ("=== a news\n[1 Ada left.", "a news: a bracket is not closed: Ada left."),
        ("=== a news\nAda] left.", "a news: a bracket closes nothing"),
        ("=== a news\nAda left.", "no marked passages"),
        ("[1 Ada] left.", "no marked passages"),
    ],
)
def test_passages_that_are_marked_wrongly_are_refused(tmp_path: Path, marked: str, reason: str) -> None:
    path = tmp_path / "marked.txt"
    path.write_text(marked, encoding="utf-8")
    with pytest.raises(GoldError, match=reason):
        read_marked(path)


def test_chains_take_the_likeliest_antecedent_if_it_is_likely_enough() -> None:
    text = "Ada met Leo. She left. He stayed."
    found = [
        link(text, "She", "Ada", 0.7),
        link(text, "She", "Leo", 0.2),
        link(text, "He", "Leo", 0.3),
    ]
    assert chains_of(found, 0.4) == [[(0, 3), (13, 16)]]
    assert chains_of(found) == [[(0, 3), (13, 16)], [(8, 11), (23, 25)]]
    assert chains_of(found, 0.8) == []


def test_two_mean_the_same_where_their_links_lead_to_one() -> None:
    same = same_thing(np.array([[0, 0, 0, 0], [0.8, 0, 0, 0], [0.5, 0.5, 0, 0], [0, 0, 0.5, 0]]))
    assert same[2, 1] == pytest.approx(0.5 * 0.8 + 0.5)
    assert same[3, 0] == pytest.approx(0.5 * (0.5 + 0.5 * 0.8))
    assert same[0, 3] == same[3, 0]


def test_a_pronoun_before_its_name_is_resolved_by_the_names_link() -> None:
    text = "When she left, Ada cried and Mia laughed."
    gap = Ambiguous("x", text, (5, 8), ((15, 18), (29, 32)), (True, False))
    assert chances([link(text, "Ada", "she", 0.8)], gap) == (0.8, 0.0)
    assert chances([], gap) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("likely", "told"),
    [
        ((0.9, 0.1), (True, False)),
        ((0.2, 0.3), (False, True)),
        ((0.1, 0.0), (False, False)),
        ((0.4, 0.4), (True, False)),
        ((0.0, 0.0), (False, False)),
    ],
)
def test_a_pronoun_means_the_likelier_name_or_neither(likely: tuple[float, float], told: tuple[bool, bool]) -> None:
    assert meant(likely) == told


def test_figures_of_chains(passages: list[Discourse]) -> None:
    one = passages[0].text
    answers = {one: [link(one, "She", "Ada"), link(one, "him", "Leo"), link(one, "she", "She")]}
    report = evaluate_coreference(passages, [], Answers(answers)).as_json(rounds=20)
    assert report["texts"] == 2
    figures = report["figures"]
    assert (figures["muc"]["recall"], figures["muc"]["precision"]) == (3 / 5, 1)
    assert (figures["expressions"]["right"], figures["expressions"]["wanted"]) == (5, 9)
    assert (figures["antecedents"]["right"], figures["antecedents"]["wanted"]) == (3, 5)
    assert figures["conll"]["f1_low"] <= figures["conll"]["f1"] <= figures["conll"]["f1_high"]
    assert [row["article"] for row in report["worst"]] == ["two blog", "one news"]
    assert report["worst"][1]["f1"] == 1


def test_figures_of_pronouns_by_gender(tmp_path: Path) -> None:
    path = tmp_path / "gap.tsv"
    path.write_text(GAP, encoding="utf-8")
    she, he = "Ada met Leo. She left.", "Ada met Leo. He left."
    answers = Answers({she: [link(she, "She", "Ada")], he: [link(he, "He", "Ada", 0.5), link(he, "He", "Leo", 0.4)]})
    figures = evaluate("coreference", path, answers).as_json(rounds=20)["figures"]
    assert figures["feminine"]["f1"] == 1
    assert figures["masculine"]["f1"] == 0
    assert figures["pronouns"]["f1"] == pytest.approx(2 / 4)
    assert (figures["pronouns"]["right"], figures["pronouns"]["found"], figures["pronouns"]["wanted"]) == (1, 2, 2)
    assert figures["feminine_to_masculine"]["f1"] == 1, "nothing to compare with"


def test_a_folder_of_all_kinds_is_scored_together(tmp_path: Path) -> None:
    (tmp_path / "gap.tsv").write_text(GAP, encoding="utf-8")
    (tmp_path / "marked.txt").write_text(MARKED, encoding="utf-8")
    report = evaluate("coreference", tmp_path, Answers({})).as_json(rounds=2)
    assert report["texts"] == 4
    assert set(report["figures"]) >= {"conll", "pronouns"}
    assert json.loads(json.dumps(report)) == report
    for wrong in (tmp_path / "none.tsv", tmp_path / "empty"):
        (tmp_path / "empty").mkdir(exist_ok=True)
        with pytest.raises(GoldError, match=r"name a .tsv file of GAP"):
            evaluate("coreference", wrong, Answers({}))
