"""Pieces of a page that several views share. Text from files enters a page only through here or a table, escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

import streamlit as st

AID: Final = "An aid for coaching, not for selecting people."

_STYLE: Final = """
<style>
.ft-h1 { font-size: 1.9rem; font-weight: 650; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
.ft-h2 { font-size: 1.35rem; font-weight: 600; line-height: 1.3; margin: 0; overflow-wrap: anywhere; }
.ft-h3 { font-size: 1.05rem; font-weight: 600; margin: 0; overflow-wrap: anywhere; }
.ft-quiet { color: var(--ft-quiet); margin: 0; line-height: 1.45; overflow-wrap: anywhere; }
.ft-line { display: flex; flex-wrap: wrap; gap: .4rem .9rem; align-items: center; color: var(--ft-quiet); }
.ft-tag { border: 1px solid var(--ft-quiet); border-radius: 999px; padding: .05rem .6rem; font-size: .85rem;
  color: var(--ft-text); white-space: nowrap; }
.ft-action p { margin: 0; line-height: 1.4; overflow-wrap: anywhere; }
.ft-action b { font-weight: 550; }
.ft-kind { border: 1px solid var(--ft-quiet); border-radius: .35rem; padding: .05rem .45rem; font-size: .85rem;
  margin-right: .35rem; white-space: nowrap; }
div[class*="st-key-stop-"] { border-left: 5px solid #D55E00 !important; }
.ft-sample { background: #F0E442; color: #12181d; border-color: #12181d; font-weight: 600; }
.ft-facts { display: flex; flex-wrap: wrap; gap: .6rem 2.2rem; margin: .2rem 0 .1rem; }
.ft-fact b { display: block; font-size: 1.7rem; font-weight: 600; line-height: 1.2; }
.ft-fact span { color: var(--ft-quiet); }
.ft-family { border: 1px solid var(--ft-border); border-radius: .5rem; padding: .6rem .85rem; margin-bottom: .55rem; }
.ft-family header { display: flex; justify-content: space-between; align-items: baseline; gap: .8rem; }
.ft-family header b { font-size: 1.2rem; white-space: nowrap; }
.ft-sum { font-variant-numeric: tabular-nums; color: var(--ft-text); margin: .15rem 0 0; }
.ft-family ul { list-style: none; margin: .35rem 0 0; padding: 0; }
.ft-family li { display: grid; grid-template-columns: 3.6rem 1fr; gap: .5rem; margin: 0; padding: .3rem 0;
  border-top: 1px solid var(--ft-border); }
.ft-family li.ft-lit { outline: 2px solid #0072B2; outline-offset: 2px; border-radius: .2rem; }
.ft-family li > b { font-variant-numeric: tabular-nums; }
.ft-family li p { margin: 0; line-height: 1.4; overflow-wrap: anywhere; }
.ft-steps { margin: 0; padding-left: 1.4rem; line-height: 1.5; }
.ft-key { display: flex; flex-wrap: wrap; gap: 0 1.1rem; list-style: none;
  margin: 0 !important; padding: 0 !important; }
.ft-key li { margin: 0 !important; padding: 0; }
.ft-key span { font-size: 1.15rem; -webkit-text-stroke: .5px var(--ft-text); }
.ft-table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
.ft-table th, .ft-table td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--ft-border);
  vertical-align: top; }
.ft-table tbody th { font-weight: 500; }
.ft-wide { overflow-x: auto; }
.ft-meant { margin: 0; line-height: 1.35; overflow-wrap: anywhere; }
.ft-was { color: var(--ft-text); border-left: 3px solid #0072B2; padding-left: .5rem; margin: .15rem 0 0; }
.ft-unit { color: var(--ft-quiet); margin: 0; line-height: 1.3; }
div[class*="st-key-number-"] { border-top: 1px solid var(--ft-border); padding-top: .55rem; }
div:has(> .st-key-draft-bar) { position: sticky; bottom: .6rem; z-index: 20; }
[data-testid="stMain"]:has(.st-key-draft-bar) { scroll-padding-bottom: 9rem; }
.st-key-draft-bar { background: var(--ft-back); border: 2px solid #0072B2 !important; }
.ft-advice { border-left: 3px solid #0072B2; padding: .1rem 0 .1rem .7rem; margin: .4rem 0 0; }
.ft-problem { border-left: 4px solid var(--ft-border); padding: .1rem 0 .1rem .8rem; overflow-wrap: anywhere; }
.ft-problem.ft-ask { border-color: #E69F00; } .ft-problem.ft-set_aside { border-color: #56B4E9; }
.ft-problem.ft-done { border-color: #009E73; }
.ft-problem.ft-unreadable { border-color: #D55E00; }
div[class*="st-key-ask-"]:not(:empty) { border-left: 4px solid #E69F00; padding-left: .8rem; }
.ft-problem ul { margin: .15rem 0 0; padding-left: 1.1rem; color: var(--ft-quiet); line-height: 1.45; }
</style>
"""

# the framework writes white on the main button, which the light blue of the dark theme does not carry
_DARK: Final = """
<style>
button[data-testid^="stBaseButton-primary"], button[data-testid^="stBaseButton-primary"] p { color: #12181d; }
</style>
"""
_COLOURS: Final = {
    "light": ("#1b2730", "#52616c", "#d5dce2", "#ffffff"),
    "dark": ("#e8eef2", "#a9b8c2", "#36444e", "#12181d"),
}


def style(theme: str) -> None:
    """Put the shared looks on the page, in colours that read on its background."""
    text, quiet, border, back = _COLOURS.get(theme, _COLOURS["light"])
    told = f"--ft-text: {text}; --ft-quiet: {quiet}; --ft-border: {border}; --ft-back: {back};"
    st.html(_STYLE + (_DARK if theme == "dark" else "") + f"<style>:root {{ {told} }}</style>")


def heading(text: str, level: int = 1) -> None:
    """A heading whose text may come from a file: escaped, never read as markdown."""
    st.html(f'<h{level} class="ft-h{level}">{escape(text)}</h{level}>')


def quiet(text: str) -> None:
    """A line of secondary text, escaped."""
    st.html(f'<p class="ft-quiet">{escape(text)}</p>')


def line(*words: str, tags: tuple[str, ...] = (), sample: str = "") -> None:
    """A line of short facts, with tags in front; ``sample`` is the tag that marks invented data."""
    first = [f'<span class="ft-tag ft-sample">{escape(sample)}</span>'] if sample else []
    marked = [f'<span class="ft-tag">{escape(tag)}</span>' for tag in tags]
    said = [f"<span>{escape(word)}</span>" for word in words]
    st.html(f'<div class="ft-line">{"".join([*first, *marked, *said])}</div>')


def flag(text: str) -> None:
    """Something that a person should check, with a sign beside the colour."""
    st.html(f'<div class="ft-problem ft-ask"><b aria-hidden="true">?</b> {escape(text)}</div>')


def action(sign: str, word: str, sentence: str, reason: str) -> None:
    """A thing to do: its kind as sign and word, the sentence, and the reason below it. All escaped."""
    kind = (
        f'<span class="ft-kind"><span aria-hidden="true">{escape(sign)}</span> {escape(word)}</span> ' if word else ""
    )
    st.html(
        f'<div class="ft-action"><p>{kind}<b>{escape(sentence)}</b></p><p class="ft-quiet">{escape(reason)}</p></div>'
    )


def done(text: str) -> None:
    """Something that was done, with a sign beside the colour."""
    st.html(f'<div class="ft-problem ft-done" role="status"><b aria-hidden="true">✓</b> {escape(text)}</div>')


def facts(*pairs: tuple[str, str]) -> None:
    """Numbers with what they are: (value, words)."""
    cells = (f'<div class="ft-fact"><b>{escape(value)}</b><span>{escape(words)}</span></div>' for value, words in pairs)
    st.html(f'<div class="ft-facts">{"".join(cells)}</div>')


def table(head: Sequence[str], rows: Iterable[Sequence[str]], about: str) -> None:
    """A small table of texts, escaped; the first cell of a row names it. ``about`` says above it what it holds."""
    titles = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    lines = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in rest)}</tr>'
        for first, *rest in rows
    )
    whole = f'<table class="ft-table"><thead><tr>{titles}</tr></thead><tbody>{lines}</tbody></table>'
    # what runs over the edge of a phone can be scrolled by keyboard too
    box = f'<div class="ft-wide" tabindex="0" role="region" aria-label="{escape(about)}">{whole}</div>'
    st.html(f'<p class="ft-quiet">{escape(about)}</p>{box}')


def steps(sentences: Iterable[str]) -> None:
    """Sentences in a numbered list, escaped."""
    st.html(f'<ol class="ft-steps">{"".join(f"<li>{escape(each)}</li>" for each in sentences)}</ol>')


def chart_key(entries: Iterable[tuple[str, str, str]]) -> None:
    """The key of a chart: (shape, colour, word) of each entry."""
    told = "".join(
        f'<li><span aria-hidden="true" style="color: {escape(colour)}">{escape(shape)}</span> {escape(word)}</li>'
        for shape, colour, word in entries
    )
    st.html(f'<ul class="ft-key">{told}</ul>')


def aid() -> None:
    """The sentence that stands on every page with scores."""
    quiet(AID)


def number(points: float) -> str:
    """Points with one decimal at most."""
    return f"{points:.1f}".removesuffix(".0")


def count(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many}"


_SHAPES: Final = {"unreadable": "✖", "ask": "?", "set_aside": "▽", "note": "i"}


def problem(title: str, severity: str, count: int, examples: tuple[str, ...], kind: str) -> None:
    """One kind of problem: its shape, title, severity in words, how often, and examples. All escaped."""
    told = "".join(f"<li>{escape(e)}</li>" for e in examples)
    more = f"<li>and {count - len(examples):,} more like it</li>" if count > len(examples) else ""
    times = f"{count:,} × · " if count > 1 else ""
    st.html(
        f'<div class="ft-problem ft-{escape(kind)}"><b><span aria-hidden="true">{_SHAPES[kind]}</span> {escape(title)}'
        f'</b> <span class="ft-quiet">{times}{escape(severity)}</span><ul>{told}{more}</ul></div>'
    )
