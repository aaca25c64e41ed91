"""Every Cypher statement of OnRecord, each in a file of its own, and the loader that names, documents and checks them.

``get("read/claims_list")`` gives the statement of ``cypher/read/claims_list.cypher``. The format of a file stands
in ``cypher.loader``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from cypher.loader import Mode, Parameter, ParameterError, Statement, StatementFileError, load

__all__ = [
    "Mode",
    "Parameter",
    "ParameterError",
    "Statement",
    "StatementFileError",
    "all_statements",
    "get",
]


@cache
def all_statements() -> Mapping[str, Statement]:
    """Every statement by its name, in the order of names.

    Raises:
        StatementFileError: a file that is not as it must be; names the file.
    """
    return load(resources.files(__name__))


def get(name: str) -> Statement:
    """The statement of that name.

    Raises:
        KeyError: there is none.
    """
    try:
        return all_statements()[name]
    except KeyError:
        raise KeyError(f"no Cypher statement {name!r}; there should be a file cypher/{name}.cypher") from None
