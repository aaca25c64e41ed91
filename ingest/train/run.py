"""The training run: steps, checkpoints to resume from, and figures on the development part after each epoch."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ingest.errors import OnRecordError
from ingest.train import data
from ingest.train.batch import collate, losses
from ingest.train.config import Config
from ingest.train.data import Corpora
from ingest.train.labels import Example
from ingest.train.network import Network
from ingest.train.vocabulary import pretrained_folder

Report = Callable[[str], None]
Judge = Callable[[Network], dict[str, float]]
CHECKPOINT, BEST, FIGURES = "checkpoint.pt", "best.pt", "figures.jsonl"
SAVE_EVERY_S = 300


class ResumeError(OnRecordError):
    """A checkpoint that this run cannot go on from."""


def check_unused(out: Path) -> None:
    """Two runs in one folder would mix their figures. Raises ``ResumeError`` where it holds one already."""
    for name in (CHECKPOINT, BEST, FIGURES):
        if (out / name).exists():
            raise ResumeError(f"{out}: holds a run already ({name}); go on with --resume, or name another folder")


def device() -> torch.device:
    """A GPU when there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def seed_all(seed: int) -> None:
    """Of Python, numpy and PyTorch."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def fresh_network(config: Config) -> Network:
    """A network with the pretrained encoder and new heads, the same for the same seed."""
    from safetensors.torch import load_file

    seed_all(config.seed)
    network = Network(config)
    network.encoder.load_pretrained(load_file(str(pretrained_folder() / "model.safetensors")))
    return network


def parameter_groups(network: Network, config: Config) -> list[dict[str, Any]]:
    """The encoder's layers, each slower than the one above it, then all the rest; nothing decays but matrices."""
    layers = len(network.encoder.layers)
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("encoder.features"):
            rate = config.head_rate
        elif name.startswith("encoder.layers."):
            rate = config.encoder_rate * config.layer_decay ** (layers - 1 - int(name.split(".")[2]))
        elif name.startswith("encoder."):
            rate = config.encoder_rate * config.layer_decay**layers
        elif name.startswith("linker."):
            rate = config.link_rate
        else:
            rate = config.head_rate
        decay = config.weight_decay if parameter.ndim > 1 else 0.0
        groups.setdefault((rate, decay), []).append(parameter)
    return [{"params": list(g), "lr": rate, "rate": rate, "weight_decay": decay} for (rate, decay), g in groups.items()]


class Trainer:
    """A run that can be stopped at any step and resumed to the same end."""

    def __init__(self, config: Config, corpora: Corpora, tokenizer: Any, out: Path, report: Report) -> None:
        self.config, self.corpora, self.tokenizer, self.out, self.report = config, corpora, tokenizer, out, report
        torch.set_num_threads(config.threads)
        self.device = device()
        self.network = fresh_network(config).to(self.device)
        self.average = {
            name: parameter.detach().clone()
            for name, parameter in self.network.named_parameters()
            if parameter.requires_grad
        }
        self.optimizer = torch.optim.AdamW(parameter_groups(self.network, config), betas=(0.9, 0.98), fused=True)
        self.epoch, self.step, self.done = 0, 0, 0
        self.best = -1.0
        self.total = 0
        out.mkdir(parents=True, exist_ok=True)

    # --- checkpoints -------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Writes the checkpoint whole or not at all."""
        state = {
            "config": asdict(self.config),
            "network": self.network.state_dict(),
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
            "random": torch.get_rng_state(),
            "place": (self.epoch, self.step, self.done, self.best, self.total),
        }
        draft = self.out / f"{CHECKPOINT}.part"
        torch.save(state, draft)
        draft.replace(self.out / CHECKPOINT)

    def resume(self) -> bool:
        """Goes back to the checkpoint in the output folder; false where there is none.

        Raises ``ResumeError`` for one that is damaged or was made with other settings.
        """
        path = self.out / CHECKPOINT
        if not path.exists():
            return False
        try:
            state = torch.load(path, map_location=self.device, weights_only=True)
        except (OSError, EOFError, RuntimeError, UnpicklingError) as error:
            raise ResumeError(f"{path}: cannot be read as a checkpoint ({type(error).__name__})") from error
        changed = sorted(k for k, v in asdict(self.config).items() if k != "threads" and state["config"].get(k) != v)
        if changed:
            raise ResumeError(
                f"{path}: made with other settings ({', '.join(changed)}); use those, or another output folder"
            )
        self.network.load_state_dict(state["network"])
        self.average = state["average"]
        self.optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"].cpu())
        self.epoch, self.step, self.done, self.best, self.total = state["place"]
        return True

    def averaged(self) -> Network:
        """The network with the running mean of its weights, ready to predict."""
        network = Network(self.config).to(self.device)
        network.load_state_dict({**self.network.state_dict(), **self.average})
        network.eval()
        return network

    # --- steps -------------------------------------------------------------------------------------------------

    def _plan(self, epoch: int) -> list[list[Example]]:
        random_state = np.random.default_rng([self.config.seed, epoch])
        tasks = data.epoch_windows(self.corpora, self.tokenizer, self.config.window, self.config.shares, random_state)
        batches = [
            b for windows in tasks.values() for b in data.batches(windows, self.config.batch_pieces, random_state)
        ]
        return [batches[at] for at in random_state.permutation(len(batches))]

    def _rate(self) -> float:
        warm = max(1, round(self.config.warmup * self.total))
        if self.done < warm:
            return (self.done + 1) / warm
        return max(0.0, (self.total - self.done) / max(1, self.total - warm))

    def _learn(self, examples: list[Example]) -> dict[str, float]:
        batch = collate(examples, self.device)
        self.network.train()
        with torch.autocast(self.device.type, torch.bfloat16):
            parts = losses(self.network, batch, self.config)
            loss = torch.stack([self.config.weights[name] * part for name, part in parts.items()]).sum()
        share = self._rate()
        for group in self.optimizer.param_groups:
            group["lr"] = group["rate"] * share
        loss.backward()
        trained = [p for p in self.network.parameters() if p.grad is not None]
        torch.nn.utils.clip_grad_norm_(trained, self.config.clip)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self._follow()
        return {name: float(part.detach()) for name, part in parts.items()}

    def _follow(self) -> None:
        decay = min(self.config.average, (1 + self.done) / (10 + self.done))
        named = dict(self.network.named_parameters())
        with torch.no_grad():
            torch._foreach_lerp_(
                list(self.average.values()), [named[name].detach() for name in self.average], 1 - decay
            )

    def train(self, judge: Judge | None = None, *, steps: int | None = None) -> None:
        """Runs to the end of the last epoch, or for ``steps`` more steps; saves as it goes and after each epoch."""
        left = steps if steps is not None else -1
        saved = time.monotonic()
        while self.epoch < self.config.epochs:
            plan = self._plan(self.epoch)
            if self.total == 0:
                self.total = len(plan) * self.config.epochs
            began, seen = time.monotonic(), 0
            sums: dict[str, list[float]] = {}
            while self.step < len(plan):
                if left == 0:
                    self.save()
                    return
                examples = plan[self.step]
                for name, value in self._learn(examples).items():
                    sums.setdefault(name, []).append(value)
                self.step, self.done, left = self.step + 1, self.done + 1, left - 1
                seen += sum(len(example.pieces) for example in examples)
                if self.step % 50 == 0:
                    self._progress(len(plan), sums, seen / (time.monotonic() - began))
                    sums = {}
                if time.monotonic() - saved > SAVE_EVERY_S:
                    self.save()
                    saved = time.monotonic()
            self.epoch, self.step = self.epoch + 1, 0
            if judge is not None:
                self._judge(judge)
            self.save()

    def _progress(self, steps: int, sums: dict[str, list[float]], speed: float) -> None:
        parts = " ".join(f"{name} {np.mean(values):.4f}" for name, values in sorted(sums.items()))
        self.report(f"epoch {self.epoch + 1} step {self.step}/{steps} {speed:.0f} pieces/s {parts}")

    def _judge(self, judge: Judge) -> None:
        network = self.averaged()
        figures = judge(network)
        with (self.out / FIGURES).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"epoch": self.epoch, "step": self.done, **figures}) + "\n")
        self.report(f"epoch {self.epoch}: " + " ".join(f"{name} {value:.2f}" for name, value in figures.items()))
        if figures["goal"] > self.best:
            self.best = figures["goal"]
            torch.save({"config": asdict(self.config), "network": network.state_dict()}, self.out / BEST)
