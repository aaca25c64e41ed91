"""Learning from pairs: states of the frozen layers kept for every text, batches of like length, steps, checkpoints."""

from __future__ import annotations

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
from ingest.train.encoder import Encoder
from ingest.train.pairs.config import PairConfig, Stage
from ingest.train.pairs.examples import PairExample
from ingest.train.pairs.network import PairNetwork, Texts
from ingest.train.pairs.rounding import rounded
from ingest.train.run import ResumeError
from ingest.train.vocabulary import pretrained_folder

Report = Callable[[str], None]
CHECKPOINT = "checkpoint.pt"
SAVE_EVERY_S = 180


def frozen_texts() -> Texts:
    """MiniLM as it came, rounded as it ships: what is learned on top of it sees the same states."""
    from safetensors.torch import load_file

    encoder = Encoder([], 0.0)
    encoder.load_pretrained(load_file(str(pretrained_folder() / "model.safetensors")))
    rounded(encoder)
    encoder.eval()
    encoder.requires_grad_(False)
    return Texts(encoder)


class States:
    """What the frozen layers make of each text, computed once and kept in 16 bits."""

    def __init__(self, texts: Texts, tokenizer: Any, longest: int) -> None:
        self.texts, self.tokenizer, self.longest = texts, tokenizer, longest
        self._kept: dict[str, tuple[NDArray[np.int64], NDArray[np.float16]]] = {}

    def add(self, wanted: Iterable[str], budget: int = 512) -> None:
        """Computes what is not there yet, in batches of like length."""
        new = {text: piece_ids(text, self.tokenizer, self.longest) for text in wanted if text not in self._kept}
        order = sorted(new, key=lambda text: len(new[text]))
        at = 0
        while at < len(order):
            size = max(1, budget // len(new[order[min(len(order) - 1, at + 16)]]))
            part = order[at : at + size]
            length = max(len(new[text]) for text in part)
            ids = torch.zeros(len(part), length, dtype=torch.int64)
            mask = torch.zeros(len(part), length, dtype=torch.bool)
            for row, text in enumerate(part):
                ids[row, : len(new[text])] = torch.from_numpy(new[text])
                mask[row, : len(new[text])] = True
            with torch.no_grad():
                states = self.texts.lower(ids, mask).half().numpy()
            for row, text in enumerate(part):
                self._kept[text] = (new[text], states[row, : len(new[text])].copy())
            at += size

    def embeddings(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """``[n, 384]``, each row of length 1."""
        self.add(texts)
        rows = []
        for text in texts:
            states = torch.from_numpy(self._kept[text][1].astype(np.float32))[None]
            with torch.no_grad():
                rows.append(self.texts.embed(states, torch.ones(states.shape[:2], dtype=torch.bool))[0].numpy())
        return np.stack(rows)

    def length(self, text: str) -> int:
        """Its pieces, special ones counted."""
        return len(self._kept[text][0])

    def batch(self, pairs: Sequence[tuple[str, str]]) -> tuple[Tensor, Tensor, Tensor]:
        """``states``, ``ids`` and ``sides`` as ``PairNetwork`` wants them."""
        sizes = [(self.length(a), self.length(b)) for a, b in pairs]
        length = max(one + other for one, other in sizes)
        states = np.zeros((len(pairs), length, 384), dtype=np.float32)
        ids = np.zeros((len(pairs), length), dtype=np.int64)
        sides = np.zeros((len(pairs), length), dtype=np.int64)
        for row, ((a, b), (one, other)) in enumerate(zip(pairs, sizes, strict=True)):
            for text, low, high, side in ((a, 0, one, 1), (b, one, one + other, 2)):
                ids[row, low:high], states[row, low:high] = self._kept[text]
                sides[row, low:high] = side
        return torch.from_numpy(states), torch.from_numpy(ids), torch.from_numpy(sides)


def fresh_network(texts: Texts, config: PairConfig) -> PairNetwork:
    """Upper layers as MiniLM has them, heads at random; the same for the same seed."""
    seed_all(config.seed)
    network = PairNetwork(config.dropout)
    network.load_upper(texts.encoder)
    return network


def seed_all(seed: int) -> None:
    """Of Python, numpy and PyTorch."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def pair_loss(scores: Mapping[str, Tensor], examples: Sequence[PairExample], weights: Mapping[str, float]) -> Tensor:
    """Minus the log likelihood of what is known of each pair, weighted by its task, per pair of the batch."""
    total = torch.zeros(())
    for task, weight in weights.items():
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


def batches(examples: Sequence[PairExample], states: States, budget: int, random_state: Generator) -> list[list[int]]:
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
    """Where a stage stands: its epoch, the step in it, and all steps done."""

    epoch: int = 0
    step: int = 0
    done: int = 0


class PairTrainer:
    """One stage of a run, which can be stopped at any step and resumed to the same end.

    ``draw`` gives the examples of an epoch. Without a folder nothing is saved.
    """

    def __init__(
        self,
        network: PairNetwork,
        states: States,
        draw: Callable[[Generator], Sequence[PairExample]],
        config: PairConfig,
        stage: Stage,
        folder: Path | None,
        report: Report,
    ) -> None:
        self.network, self.states, self.draw, self.config, self.stage = network, states, draw, config, stage
        self.folder, self.report = folder, report
        self.average = {name: value.detach().clone() for name, value in network.named_parameters()}
        groups: dict[tuple[float, float], list[Tensor]] = {}
        for name, value in network.named_parameters():
            rate = stage.rate if name.startswith("layers.") else stage.head_rate
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
        network = PairNetwork(self.config.dropout)
        network.load_state_dict({**self.network.state_dict(), **self.average})
        network.eval()
        return network

    def train(self, *, steps: int | None = None) -> None:
        """To the end of the stage, or for ``steps`` more steps; saves now and then, and at the end."""
        left = -1 if steps is None else steps
        saved = time.monotonic()
        while self.place.epoch < self.stage.epochs:
            random_state = np.random.default_rng([self.config.seed, self.place.epoch])
            examples = self.draw(random_state)
            self.states.add(text for one in examples for text in (one.a, one.b))
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
        states, ids, sides = self.states.batch([(one.a, one.b) for one in examples])
        self.network.train()
        loss = pair_loss(self.network.scores(states, ids, sides), examples, self.config.weights)
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
        return float(loss.detach()), int((sides > 0).sum())

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
    """The network of a stage's checkpoint with the running mean of its weights, ready to predict."""
    state = read_checkpoint(folder / CHECKPOINT)
    network = PairNetwork(float(state["config"]["dropout"]))
    network.load_state_dict({**state["network"], **state["average"]})
    network.eval()
    return network


def predict(
    network: PairNetwork, states: States, pairs: Sequence[tuple[str, str]], budget: int = 512
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
