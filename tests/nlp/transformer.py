"""A tiny BERT called like an e5 model, saved the way the hub keeps one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from transformers import BertConfig, BertModel, BertTokenizer

_WORDS: Final = (
    *("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"),
    *("query", "passage", ":", "warga", "uang"),
)


def make(folder: Path) -> Path:
    """The model's own folder inside `folder`; its vectors have 16 numbers, drawn by chance."""
    made = folder / "kecil-e5"
    made.mkdir()
    (made / "vocab.txt").write_text("\n".join(_WORDS), encoding="utf-8")
    BertTokenizer(str(made / "vocab.txt")).save_pretrained(made)
    config = BertConfig(
        vocab_size=len(_WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
    )
    BertModel(config).save_pretrained(made)
    return made
