"""Learning from pairs: what the encoder makes of each text is kept, batches of like length, steps, checkpoints."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import numpy as np
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from ingest.annotate.pairs.pieces import piece_ids
from ingest.annotate.pairs.runtime import Read
from ingest.annotate.runtime import onnx_session
from ingest.train.encoder import WIDTH, Encoder
from ingest.train.pairs.config import PairConfig, Stage
from ingest.train.pairs.examples import PairExample
from ingest.train.pairs.network import Ensemble, PairNetwork, Texts
from ingest.train.pairs.rounding import rounded
from ingest.train.run import ResumeError
from ingest.train.vocabulary import pretrained_folder

Report = Callable[[str], None]
CHECKPOINT = "checkpoint.pt"
SAVE_EVERY_S = 180


def frozen_texts() -> Texts:
    """MiniLM as it came, rounded as it ships."""
    from safetensors.torch import load_file

    encoder = Encoder([], 0.0)
    encoder.load_pretrained(load_file(str(pretrained_folder() / "model.safetensors")))
    rounded(encoder)
    encoder.eval()
    encoder.requires_grad_(False)
    return Texts(encoder)


class Reads:
    """What the encoder made of texts, by the text."""

    def __init__(self) -> None:
        self.kept: dict[str, Read] = {}

    def add(self, wanted: Iterable[str]) -> None:
        """Sees to it that texts are there. Raises ``KeyError`` for one that is not."""
        for text in wanted:
            self.kept[text]

    def save(self, path: Path) -> None:
        """Writes what was read, whole or not at all: on a processor that takes longer than learning from it."""
        reads = list(self.kept.values())
        draft = path.with_name(f"{path.stem}.part.npz")
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(
            draft,
            texts=np.frombuffer(json.dumps(list(self.kept)).encode(), dtype=np.uint8),
            sizes=np.array([len(read.ids) for read in reads], dtype=np.int64),
            ids=np.concatenate([read.ids for read in reads]),
            states=np.concatenate([read.states for read in reads]),
            embeddings=np.stack([read.embedding for read in reads]),
        )
        draft.replace(path)

    def load(self, path: Path) -> None:
        """Takes up what was saved, if anything was. Raises ``ResumeError`` for a file that is damaged."""
        if not path.exists():
            return
        try:
            with np.load(path) as held:
                texts = json.loads(held["texts"].tobytes())
                ends = np.cumsum(held["sizes"])[:-1]
                ids, states = np.split(held["ids"], ends), np.split(held["states"], ends)
                self.kept.update(zip(texts, map(Read, ids, states, held["embeddings"]), strict=True))
        except (OSError, ValueError, KeyError) as error:
            raise ResumeError(f"{path}: cannot be read as states ({type(error).__name__}); remove it") from error

    def length(self, text: str) -> int:
        """Its pieces, special ones counted."""
        return len(self.kept[text].ids)

    def batch(self, pairs: Sequence[tuple[str, str]]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """``states``, ``ids``, ``sides`` and ``embeddings`` as ``PairNetwork`` wants them."""
        sizes = [(self.length(a), self.length(b)) for a, b in pairs]
        length = max(one + other for one, other in sizes)
        states = np.zeros((len(pairs), length, 2 * WIDTH), dtype=np.float32)
        ids = np.zeros((len(pairs), length), dtype=np.int64)
        sides = np.zeros((len(pairs), length), dtype=np.int64)
        embeddings = np.zeros((len(pairs), 2, WIDTH), dtype=np.float32)
        for row, ((a, b), (one, other)) in enumerate(zip(pairs, sizes, strict=True)):
            for text, low, high, side in ((a, 0, one, 1), (b, one, one + other, 2)):
                read = self.kept[text]
                ids[row, low:high], states[row, low:high] = read.ids, read.states
                sides[row, low:high] = side
                embeddings[row, side - 1] = read.embedding
        return torch.from_numpy(states), torch.from_numpy(ids), torch.from_numpy(sides), torch.from_numpy(embeddings)


class States(Reads):
    """Texts as the frozen encoder reads them, each once, by the network that ships.

    ``network`` is the file of that network; what is learned thereby sees what it will see when it runs.
    """

    def __init__(self, network: Path, tokenizer: Any, longest: int) -> None:
        super().__init__()
        self.session = onnx_session(network, 1)
        self.tokenizer, self.longest = tokenizer, longest

    def add(self, wanted: Iterable[str]) -> None:
        """Reads what was not read yet."""
        for text in wanted:
            if text not in self.kept:
                ids = piece_ids(text, self.tokenizer, self.longest)
                states, embedding = self.session.run(["states", "embedding"], {"ids": ids[None]})
                self.kept[text] = Read(ids, states[0].astype(np.float16), embedding[0])


def fresh_network(heads: Sequence[str], config: PairConfig, seed: int) -> PairNetwork:
    """All weights at random; the same for the same seed."""
    seed_all(seed)
    return PairNetwork(heads, config.dropout)


def seed_all(seed: int) -> None:
    """Of Python, numpy and PyTorch."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def pair_loss(scores: Mapping[str, Tensor], examples: Sequence[PairExample], weights: Mapping[str, float]) -> Tensor:
    """Minus the log likelihood of what is known of each pair, weighted by its task, per pair of the batch."""
    total = torch.zeros(())
    for task, weight in weights.items():
        if task not in scores:
            continue
        rows = [row for row, example in enumerate(examples) if example.task == task]
        if not rows:
            continue
        own = scores[task][torch.tensor(rows)].float()
        if task == "similarity":
            values = torch.tensor([examples[row].value for row in rows])
            loss = functional.binary_cross_entropy_with_logits(own.squeeze(-1), values, reduction="sum")
        else:
            allowed = torch.full_like(own, -1e4)
            for at, row in enumerate(rows):
                allowed[at, list(examples[row].labels)] = 0.0
            loss = (own.logsumexp(-1) - (own + allowed).logsumexp(-1)).sum()
        total = total + weight * loss
    return total / len(examples)


def batches(examples: Sequence[PairExample], states: Reads, budget: int, random_state: Generator) -> list[list[int]]:
    """Indices of pairs of like length, at most ``budget`` pieces with padding; in random order."""
    sizes = [states.length(one.a) + states.length(one.b) for one in examples]
    noisy = np.array(sizes) * random_state.uniform(0.85, 1.15, len(sizes))
    result: list[list[int]] = []
    batch: list[int] = []
    longest = 0
    for at in np.argsort(noisy, kind="stable").tolist():
        longest = max(longest, sizes[at])
        if batch and (len(batch) + 1) * longest > budget:
            result.append(batch)
            batch, longest = [], sizes[at]
        batch.append(at)
    if batch:
        result.append(batch)
    return [result[at] for at in random_state.permutation(len(result))]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a training stands: its epoch, the step in it, and all steps done."""

    epoch: int = 0
    step: int = 0
    done: int = 0


class PairTrainer:
    """The training of one network, which can be stopped at any step and resumed to the same end.

    Without a folder nothing is saved.
    """

    def __init__(
        self,
        network: PairNetwork,
        states: Reads,
        examples: Sequence[PairExample],
        config: PairConfig,
        stage: Stage,
        seed: int,
        folder: Path | None,
        report: Report,
    ) -> None:
        self.network, self.states, self.examples, self.config, self.stage = network, states, examples, config, stage
        self.seed, self.folder, self.report = seed, folder, report
        self.average = {name: value.detach().clone() for name, value in network.named_parameters()}
        groups: dict[tuple[float, float], list[Tensor]] = {}
        for name, value in network.named_parameters():
            rate = stage.head_rate if name.startswith("heads.") else stage.rate
            groups.setdefault((rate, config.weight_decay if value.ndim > 1 else 0.0), []).append(value)
        self.optimizer = torch.optim.AdamW(
            [
                {"params": part, "lr": rate, "rate": rate, "weight_decay": decay}
                for (rate, decay), part in groups.items()
            ],
            betas=(0.9, 0.98),
            fused=True,
        )
        self.place = Place()
        self.total = 0

    def save(self) -> None:
        """Writes the checkpoint whole or not at all."""
        if self.folder is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        state = {
            "config": asdict(self.config),
            "heads": list(self.network.heads),
            "network": self.network.state_dict(),
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
            "random": torch.get_rng_state(),
            "place": (self.place.epoch, self.place.step, self.place.done, self.total),
        }
        draft = self.folder / f"{CHECKPOINT}.part"
        torch.save(state, draft)
        draft.replace(self.folder / CHECKPOINT)

    def resume(self) -> bool:
        """Goes back to the checkpoint in the folder; false where there is none.

        Raises ``ResumeError`` for one that is damaged or was made with other settings.
        """
        path = None if self.folder is None else self.folder / CHECKPOINT
        if path is None or not path.exists():
            return False
        state = read_checkpoint(path)
        changed = sorted(k for k, v in asdict(self.config).items() if k != "threads" and state["config"].get(k) != v)
        if changed:
            raise ResumeError(f"{path}: made with other settings ({', '.join(changed)})")
        self.network.load_state_dict(state["network"])
        self.average = state["average"]
        self.optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"])
        *place, self.total = state["place"]
        self.place = Place(*place)
        return True

    def averaged(self) -> PairNetwork:
        """The network with the running mean of its weights, ready to predict."""
        network = PairNetwork(list(self.network.heads), self.config.dropout)
        network.load_state_dict({**self.network.state_dict(), **self.average})
        network.eval()
        return network

    def train(self, *, steps: int | None = None) -> None:
        """To the end of the training, or for ``steps`` more steps; saves now and then, and at the end."""
        left = -1 if steps is None else steps
        saved = time.monotonic()
        self.states.add(text for one in self.examples for text in (one.a, one.b))
        while self.place.epoch < self.stage.epochs:
            random_state = np.random.default_rng([self.seed, self.place.epoch])
            examples = self.examples
            plan = batches(examples, self.states, self.config.batch_pieces, random_state)
            self.total = self.total or len(plan) * self.stage.epochs
            losses: list[float] = []
            began, seen = time.process_time(), 0
            for batch in plan[self.place.step :]:
                if left == 0:
                    self.save()
                    return
                chosen = [examples[at] for at in batch]
                loss, pieces = self._learn(chosen)
                losses.append(loss)
                seen += pieces
                self.place = Place(self.place.epoch, self.place.step + 1, self.place.done + 1)
                left -= 1
                if self.place.step % 25 == 0:
                    speed = seen / max(1e-6, time.process_time() - began)
                    self.report(
                        f"epoch {self.place.epoch + 1} step {self.place.step}/{len(plan)} loss {np.mean(losses):.4f} "
                        f"{speed:.0f} pieces/s of processor time"
                    )
                    losses = []
                if time.monotonic() - saved > SAVE_EVERY_S:
                    self.save()
                    saved = time.monotonic()
            self.place = Place(self.place.epoch + 1, 0, self.place.done)
        self.save()

    def _learn(self, examples: Sequence[PairExample]) -> tuple[float, int]:
        inputs = self.states.batch([(one.a, one.b) for one in examples])
        self.network.train()
        loss = pair_loss(self.network.scores(*inputs), examples, self.config.weights)
        share = self._rate()
        for group in self.optimizer.param_groups:
            group["lr"] = group["rate"] * share
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for p in self.network.parameters() if p.grad is not None], self.config.clip)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        decay = min(self.config.average, (1 + self.place.done) / (10 + self.place.done))
        named = dict(self.network.named_parameters())
        with torch.no_grad():
            torch._foreach_lerp_(list(self.average.values()), [named[n].detach() for n in self.average], 1 - decay)
        return float(loss.detach()), int((inputs[2] > 0).sum())

    def _rate(self) -> float:
        warm = max(1, round(self.config.warmup * self.total))
        if self.place.done < warm:
            return (self.place.done + 1) / warm
        return max(0.0, (self.total - self.place.done) / max(1, self.total - warm))


def read_checkpoint(path: Path) -> dict[str, Any]:
    """Raises ``ResumeError`` for a file that is missing or damaged."""
    try:
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, EOFError, RuntimeError, UnpicklingError) as error:
        raise ResumeError(f"{path}: cannot be read as a checkpoint ({type(error).__name__})") from error
    return state


def load_averaged(folder: Path) -> PairNetwork:
    """The network of a checkpoint with the running mean of its weights, ready to predict."""
    state = read_checkpoint(folder / CHECKPOINT)
    network = PairNetwork(state["heads"], float(state["config"]["dropout"]))
    network.load_state_dict({**state["network"], **state["average"]})
    network.eval()
    return network


def predict(
    network: PairNetwork | Ensemble, states: Reads, pairs: Sequence[tuple[str, str]], budget: int = 1024
) -> dict[str, NDArray[np.float32]]:
    """The scores of every head, in the order of the pairs."""
    states.add(text for pair in pairs for text in pair)
    order = sorted(range(len(pairs)), key=lambda at: states.length(pairs[at][0]) + states.length(pairs[at][1]))
    rows: dict[str, list[tuple[int, NDArray[np.float32]]]] = {}
    network.eval()
    at = 0
    while at < len(order):
        longest = sum(map(states.length, pairs[order[min(len(order) - 1, at + 16)]]))
        part = order[at : at + max(1, budget // longest)]
        with torch.no_grad():
            scores = network.scores(*states.batch([pairs[index] for index in part]))
        for name, values in scores.items():
            rows.setdefault(name, []).extend(zip(part, values.numpy(), strict=True))
        at += len(part)
    return {name: np.stack([row for _, row in sorted(found, key=lambda item: item[0])]) for name, found in rows.items()}
