"""The run that teaches coreference: steps, checkpoints to resume from, and figures after each epoch."""

from __future__ import annotations

import json
import pickle
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ingest.annotate.neural.coreference import Options
from ingest.train.coreference.config import CoreferenceConfig
from ingest.train.coreference.data import Learned
from ingest.train.coreference.network import CoreferenceNetwork
from ingest.train.coreference.steps import collate, losses
from ingest.train.run import BEST, CHECKPOINT, FIGURES, SAVE_EVERY_S, ResumeError, seed_all

Report = Callable[[str], None]
Judge = Callable[[CoreferenceNetwork], dict[str, float]]


@dataclass(frozen=True, slots=True)
class Texts:
    """What is learned from: documents with all expressions marked, and texts with one pronoun that is."""

    marked: Sequence[Learned]
    pronouns: Sequence[Learned]


def fresh_network(config: CoreferenceConfig) -> CoreferenceNetwork:
    """A network that has learned nothing, the same for the same seed."""
    seed_all(config.seed)
    return network_of(config)


def network_of(config: CoreferenceConfig) -> CoreferenceNetwork:
    """Of the size that the settings say."""
    return CoreferenceNetwork(
        inputs=len(config.layers),
        width=config.width,
        layers=config.own_layers,
        inner=config.inner,
        vector=config.vector,
        coarse=config.coarse,
        span=config.span,
        hidden=config.hidden,
        dropout=config.dropout,
    )


def load_network(run: Path) -> tuple[CoreferenceNetwork, CoreferenceConfig]:
    """The best network of a run, ready to predict. Raises ``ResumeError`` where there is none."""
    path = run / BEST
    if not path.exists():
        raise ResumeError(f"{run}: no {BEST}; train at least one epoch with figures first")
    state = torch.load(path, map_location="cpu", weights_only=True)
    config = CoreferenceConfig(**state["config"])
    network = network_of(config)
    network.load_state_dict(state["network"])
    network.eval()
    return network, config


def options_of(config: CoreferenceConfig) -> Options:
    """How what was learned is used, but for what is chosen afterwards."""
    return Options(vector=config.vector, coarse=config.coarse)


class Trainer:
    """A run in the folder ``out``."""

    def __init__(self, config: CoreferenceConfig, texts: Texts, out: Path, report: Report) -> None:
        torch.set_num_threads(config.threads)
        self.config, self.texts, self.out, self.report = config, texts, out, report
        out.mkdir(parents=True, exist_ok=True)
        self.network = fresh_network(config)
        self.average: dict[str, Tensor] = {name: one.detach().clone() for name, one in self._named()}
        tables = [*self.network.coarse.parameters(), self.network.judge.pairs.weight, self.network.judge.out.bias]
        known = {id(one) for one in tables}
        others = [one for one in self.network.parameters() if id(one) not in known]
        self.optimizer = torch.optim.AdamW(
            [
                {"params": others, "rate": config.rate, "weight_decay": config.weight_decay},
                {"params": tables, "rate": config.table_rate, "weight_decay": 0.0},
            ],
            lr=config.rate,
            fused=True,
        )
        self.epoch = self.step = self.done = 0
        self.best = float("-inf")

    def _named(self) -> list[tuple[str, Tensor]]:
        return list(self.network.named_parameters())

    # --- keeping -----------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Writes the checkpoint, whole or not at all."""
        state = {
            "config": asdict(self.config),
            "network": self.network.state_dict(),
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
            "random": torch.get_rng_state(),
            "place": (self.epoch, self.step, self.done, self.best),
        }
        part = self.out / f"{CHECKPOINT}.part"
        torch.save(state, part)
        part.replace(self.out / CHECKPOINT)

    def resume(self) -> bool:
        """Goes on from the checkpoint; false where there is none. Raises ``ResumeError`` for one of another run."""
        path = self.out / CHECKPOINT
        if not path.exists():
            return False
        try:
            state = torch.load(path, map_location="cpu", weights_only=True)
        except (OSError, EOFError, RuntimeError, pickle.UnpicklingError) as error:
            raise ResumeError(f"{path}: cannot be read as a checkpoint ({type(error).__name__})") from error
        changed = sorted(k for k, v in asdict(self.config).items() if k != "threads" and state["config"].get(k) != v)
        if changed:
            raise ResumeError(
                f"{path}: made with other settings ({', '.join(changed)}); use those, or another output folder"
            )
        self.network.load_state_dict(state["network"])
        self.average = state["average"]
        self.optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"])
        self.epoch, self.step, self.done, self.best = state["place"]
        return True

    def averaged(self) -> CoreferenceNetwork:
        """The network with the running mean of its weights, ready to predict."""
        network = network_of(self.config)
        network.load_state_dict({**self.network.state_dict(), **self.average})
        network.eval()
        return network

    # --- steps -------------------------------------------------------------------------------------------------

    def _plan(self, epoch: int) -> list[list[Learned]]:
        random = np.random.default_rng([self.config.seed, epoch])
        pronouns = self.texts.pronouns
        order = random.permutation(len(pronouns))[: round(self.config.pronouns * len(pronouns))].tolist()
        size = self.config.together
        groups = [[text] for text in self.texts.marked]
        groups += [[pronouns[one] for one in order[at : at + size]] for at in range(0, len(order), size)]
        return [groups[at] for at in random.permutation(len(groups)).tolist()]

    def _rate(self, total: int) -> float:
        warm = max(1, round(self.config.warmup * total))
        if self.done < warm:
            return (self.done + 1) / warm
        return max(0.0, (total - self.done) / max(1, total - warm))

    def _learn(self, texts: Sequence[Learned], total: int) -> dict[str, float]:
        self.network.train()
        parts = losses(self.network, collate(texts), threshold=self.config.threshold, keep=self.config.keep)
        loss = torch.stack([self.config.weights[name] * part for name, part in parts.items()]).sum()
        share = self._rate(total)
        for group in self.optimizer.param_groups:
            group["lr"] = group["rate"] * share
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.config.clip)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        decay = min(self.config.average, (1 + self.done) / (10 + self.done))
        named = dict(self._named())
        with torch.no_grad():
            torch._foreach_lerp_(
                list(self.average.values()), [named[name].detach() for name in self.average], 1 - decay
            )
        return {name: float(part.detach()) for name, part in parts.items()}

    def train(self, judge: Judge | None = None, *, steps: int | None = None) -> None:
        """Runs to the end of the last epoch, or for ``steps`` more steps; saves as it goes and after each epoch."""
        left = steps if steps is not None else -1
        saved = time.monotonic()
        while self.epoch < self.config.epochs:
            plan = self._plan(self.epoch)
            sums: dict[str, list[float]] = {}
            while self.step < len(plan):
                if left == 0:
                    self.save()
                    return
                for name, value in self._learn(plan[self.step], len(plan) * self.config.epochs).items():
                    sums.setdefault(name, []).append(value)
                self.step, self.done, left = self.step + 1, self.done + 1, left - 1
                if self.step % 50 == 0:
                    means = " ".join(f"{name} {np.mean(values):.3f}" for name, values in sorted(sums.items()))
                    self.report(f"epoch {self.epoch + 1} step {self.step}/{len(plan)} {means}")
                    sums = {}
                if time.monotonic() - saved > SAVE_EVERY_S:
                    self.save()
                    saved = time.monotonic()
            self.epoch, self.step = self.epoch + 1, 0
            if judge is not None:
                self._judge(judge)
            self.save()

    def _judge(self, judge: Judge) -> None:
        network = self.averaged()
        figures = judge(network)
        with (self.out / FIGURES).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"epoch": self.epoch, "step": self.done, **figures}) + "\n")
        self.report(f"epoch {self.epoch}: " + " ".join(f"{name} {value:.2f}" for name, value in figures.items()))
        if figures["goal"] > self.best:
            self.best = figures["goal"]
            torch.save({"config": asdict(self.config), "network": network.state_dict()}, self.out / BEST)
