from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from ingest.model import Id, comment_id
from ingest.read.thread import Entry, comments

DOCUMENT = Id("doc-0123456789abcdef0123")


def test_parents_follow_from_depths_of_any_scale():
    made = comments(
        DOCUMENT, [Entry("a", "1", 2), Entry("b", "2", 6), Entry("c", "3", 4), Entry("d", "4", 4), Entry("e", "5", 2)]
    )
    assert [comment.parent for comment in made] == [None, 0, 0, 0, None]
    assert [comment.depth for comment in made] == [0, 1, 1, 1, 0]


def test_stated_parents_win_over_depths_and_may_come_later():
    made = comments(DOCUMENT, [Entry("a", "1", 3, answers=2), Entry("b", "2", 0), Entry("c", "3", 0)])
    assert [comment.parent for comment in made] == [2, None, None]
    assert [comment.depth for comment in made] == [1, 0, 0]
    assert made[0].id == comment_id(DOCUMENT, made[2].id, "a", "1", 0)


def test_a_parent_that_is_no_entry_is_the_document():
    assert [
        comment.parent for comment in comments(DOCUMENT, [Entry("a", "1", answers=7), Entry("b", "2", answers=-1)])
    ] == [
        None,
        None,
    ]


def test_circles_are_cut():
    made = comments(DOCUMENT, [Entry("a", "1", answers=1), Entry("b", "2", answers=0), Entry("c", "3", answers=2)])
    assert sum(comment.parent is None for comment in made) == 2
    assert made[2].parent is None


def test_equals_are_told_apart_by_their_ordinal():
    made = comments(DOCUMENT, [Entry("a", "+1"), Entry("a", "+1"), Entry("b", "+1")])
    assert [comment.id for comment in made] == [
        comment_id(DOCUMENT, None, "a", "+1", 0),
        comment_id(DOCUMENT, None, "a", "+1", 1),
        comment_id(DOCUMENT, None, "b", "+1", 0),
    ]


def test_a_thread_that_grows_keeps_its_ids():
    before = comments(DOCUMENT, [Entry("a", "1"), Entry("b", "2", 1)])
    after = comments(DOCUMENT, [Entry("z", "0"), Entry("a", "1"), Entry("c", "3", 1), Entry("b", "2", 1)])
    assert {comment.id for comment in before} < {comment.id for comment in after}


def test_what_a_page_says_is_kept():
    when = datetime(2025, 10, 17, 10, 2, tzinfo=UTC)
    (made,) = comments(
        DOCUMENT, [Entry(" Ann ", "x\ud800y", posted_at=when, url="https://e.org/#c1", by_post_author=True)]
    )
    assert (made.author, made.text, made.posted_at, made.url) == ("Ann", "x\ufffdy", when, "https://e.org/#c1")
    assert made.by_post_author


@given(st.lists(st.tuples(st.integers(-5, 5), st.one_of(st.none(), st.integers(-2, 12)), st.sampled_from("ab"))))
def test_any_entries_make_a_tree(rows):
    made = comments(DOCUMENT, [Entry(text, text, depth, answers) for depth, answers, text in rows])
    assert [comment.index for comment in made] == list(range(len(rows)))
    assert len({comment.id for comment in made}) == len(rows)
    for comment in made:
        steps, at = 0, comment
        while at.parent is not None:
            at, steps = made[at.parent], steps + 1
            assert steps <= len(made)
        assert steps == comment.depth


def test_a_deep_thread_does_not_recurse():
    made = comments(DOCUMENT, [Entry("a", str(depth), depth) for depth in range(20_000)])
    assert made[-1].depth == 19_999
