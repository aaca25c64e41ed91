import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.urls import canonical, registered_domain


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("https://example.org:443/a#part", "https://example.org/a"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("https://example.org/a?utm_source=x&id=7&fbclid=1#c", "https://example.org/a?id=7"),
        ("https://example.org/?utm_source=x", "https://example.org/"),
        ("https://example.org/a?b=&a=1", "https://example.org/a?b=&a=1"),
        ("https://example.org/a/../b/./c", "https://example.org/b/c"),
        ("https://example.org/%7euser/%c3%a9", "https://example.org/~user/%C3%A9"),
        ("https://example.org/é", "https://example.org/%C3%A9"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://BÜCHER.example/x", "https://xn--bcher-kva.example/x"),
        ("https://example.org./x", "https://example.org/x"),
        ("  https://example.org/a\n", "https://example.org/a"),
        ("http://[2001:DB8:0::1]:80/", "http://[2001:db8::1]/"),
        ("https://example.org/Case?Q=Case", "https://example.org/Case?Q=Case"),
    ],
)
def test_one_spelling(url, expected):
    assert canonical(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "example.org",
            "ftp://example.org/",
            "javascript:alert(1)",
            "http://",
            "http:///a",
            "http://u:p@example.org/",
        ),
        *(
            "http://u@example.org/",
            "http://exa mple.org/",
            "http://[::1",
            "http://example.org:99999/",
            "http://a_b\\c/",
        ),
    ],
)
def test_what_is_no_address_of_a_page(url):
    with pytest.raises(ValueError, match=r"."):
        canonical(url)


@given(st.text(max_size=60))
def test_any_text_is_a_url_or_a_value_error(text):
    for url in (text, f"http://{text}", f"https://example.org/{text}", f"https://example.org/?{text}"):
        try:
            once = canonical(url)
        except ValueError:
            continue
        assert canonical(once) == once
        assert once.isascii()
        assert "#" not in once


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.bbc.co.uk/news/1", "bbc.co.uk"),
        ("https://tass.com/politics", "tass.com"),
        ("TASS.com", "tass.com"),
        ("https://name.github.io/2025/", "name.github.io"),
        ("http://127.0.0.1:8000/", None),
        ("http://localhost/", None),
        ("http://[::1]/", None),
        ("http://[::1", None),
        ("", None),
    ],
)
def test_registered_domain(url, domain):
    assert registered_domain(url) == domain
