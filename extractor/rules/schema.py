"""What a pattern file may hold. Unknown keys are errors: a typing mistake must not switch a rule off in silence."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every entry has: examples and counterexamples, which are its tests."""

    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


class UnitGroup(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Units that may be added and compared with each other; ``near`` groups whose units clerks use for the same thing;
    ``implied`` the words (a regular expression) behind which 3347万 alone is of the first of these units."""

    id: str
    name: str
    kind: str
    units: tuple[str, ...]
    rule: str = ""
    implied: str = ""
    near: tuple[str, ...] = ()


class Hedge(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that make a number approximate."""

    approx: str
    before: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()


class NonFact(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number-shaped piece of text that is no fact: what stands before, what it looks like, what follows."""

    id: str
    name: str
    name_en: str
    before: str = ""
    number: str = ""
    after: str = ""


class Nil(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A form of declaring a zero: ``pattern`` is matched from the word of denial to the end of its clause, ``before`` must and
    ``unless`` must not be found in what stands before it there. Their groups ``what`` are what there was none of."""

    id: str
    name: str
    unit: str
    pattern: str
    before: str = ""
    unless: str = ""


class Words(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A word class of patterns/lexicon."""

    id: str
    words: tuple[str, ...]
    note: str = ""


class Synonyms(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that mean one thing when two years' measures are put side by side; the first stands for all.

    ``inside`` where they are to be found within longer words too (群众满意度); verbs are not, 正在办理 is not 正在受理.
    ``examples`` and ``counterexamples`` are pairs of wordings, ``受理信访事项 = 接收信访件``.
    """

    id: str
    words: tuple[str, ...]
    inside: bool = False


class Feature(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one thing that two facts of two years have in common is worth when it is judged whether they are one figure:
    in log odds, for each round of ``extractor.comparisons.scores`` (0 where the round does not know it)."""

    id: str
    name: str
    worth: tuple[float, ...]


class Limit(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A change from year to year that deserves a look; the rule of the same id says it in words.

    ``above`` and ``below`` are bounds of this ÷ last, ``least`` the smallest difference that counts (for ``same`` the smallest
    value), ``points`` that of a rate; ``from_zero``, ``tenfold`` and ``same`` are shapes of a change; of ``words`` one must
    stand in the measure, if there are any, of ``without`` none.
    ``examples`` and ``counterexamples`` read ``measure 12件 ⇒ 40件``.
    """

    id: str
    kinds: tuple[Literal["flow", "stock", "rate", "amount"], ...]
    above: str | None = None
    below: str | None = None
    least: int = 0
    points: int | None = None
    from_zero: bool = False
    tenfold: bool = False
    same: bool = False
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class Carry(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Figures of two years that tie up: ``whole`` of this year equals the sum of ``sum``.

    A term reads ``last:NAME`` or ``this:NAME``, with a leading ``-`` where it is taken off; a name is an indicator, or with
    ``form`` a row of that table (``row`` in every column, ``row/column`` in one).
    """

    id: str
    rule: str
    name: str
    name_en: str
    whole: str
    sum: tuple[str, ...]
    form: str | None = None


class Kind(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A report kind: how its title reads, the headings that tell it where there is no title (regular expressions over all of
    them, a space between two), the contents it must have (``required`` role ids), and the theme of the catalogue that all of
    it speaks of, if it speaks of one."""

    id: str
    name: str
    name_en: str
    title: tuple[str, ...]
    headings: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    theme: str = ""
    basis: str = ""


class SectionRole(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a section is for, told by its heading (``title``, a regular expression searched in the folded title).

    ``content`` tells a paragraph that does the duty of such a section where no heading names it. A title of plans that is
    ``weak`` (年度重点工作) is none where shortcomings or duties are still to come.
    """

    id: str
    name: str
    name_en: str
    title: str
    weak: str = ""
    content: str = ""
    opening: str = ""


class Indicator(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One indicator: its names, units and kind (flow, stock, rate, amount, ratio), and the wordings that mean it.

    ``variants`` are usual wordings (N stands for the number), shown to the reader; ``match`` are patterns over words (see
    ``extractor.indicators.patterns``); a measure in which one of ``excludes`` (regular
    expressions) is found is not this indicator. ``bare`` are
    patterns that mean it only where the text around speaks of one of the themes or indicators ``beside`` (by default its
    own theme, which is the first part of its ``id``): 满意率 behind figures of the hotline. A term of a pattern may name a word
    class of lexicon/ (``<deed.settle>``). ``by_unit`` are units that alone tell it right behind a
    figure of one of the indicators given (拆除违建4处、210平方米).
    """

    id: str
    theme: str
    name: str
    name_en: str
    units: tuple[str, ...]
    kind: str
    variants: tuple[str, ...] = ()
    match: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    by_unit: dict[str, tuple[str, ...]] = {}
    excludes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for written in self.excludes:
            try:
                re.compile(written)
            except re.error as error:
                raise ValueError(f"`excludes`: {written}: {error}") from None


class Theme(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A theme of the catalogue (the first part of its indicators' ids), or one indicator of it, and the words of a text that
    tell it."""

    id: str
    name: str
    cues: tuple[str, ...]


class FormRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row of a statutory table, told by its label (a regular expression). ``units`` are those of single columns,
    ``indicators`` what its cells are in the catalogue, ``prose`` and ``loose`` what the text says of them, by column: in so
    many words, and in words that can only confirm."""

    key: str
    label: str
    name: str
    columns: tuple[str, ...] = ()
    unit: str = ""
    units: dict[str, str] = {}
    undated: bool = False
    prose: dict[str, str] = {}
    indicators: dict[str, str] = {}
    loose: dict[str, str] = {}


class FormSum(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row that is the sum of others, in every column."""

    whole: str
    parts: tuple[str, ...]


class FormBalance(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two sums of rows that are equal, in every column."""

    left: tuple[str, ...]
    right: tuple[str, ...]


class FormTogether(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Cells of a row that the text tells in one figure, under a measure in which ``words`` (a regular expression) is found."""

    row: str
    columns: tuple[str, ...]
    words: str


class Form(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A statutory table: how to recognise it, its columns and rows, and the identities between them.

    ``title`` (a regular expression, may be empty) and ``anchor`` must both be found, in the table's title and in its cells.
    ``about`` is what a sentence or its heading speaks of where it may tell cells in loose words, ``own`` what the sentence
    of a figure speaks of that tells cells together: the body may have others of the kind.
    An ``open`` form has rows and columns beside those listed: they keep their own labels as keys. The examples of a form are
    rows of it.
    """

    id: str
    name: str
    name_en: str
    anchor: str
    unit: str
    title: str = ""
    open: bool = False
    basis: str = ""
    about: str = ""
    own: str = ""
    columns: tuple[str, ...] = ()
    total: str = ""
    rows: tuple[FormRow, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    sums: tuple[FormSum, ...] = ()
    balances: tuple[FormBalance, ...] = ()
    together: tuple[FormTogether, ...] = ()


class Rule(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule of the consistency report: what it verifies, and how it speaks."""

    id: str
    type: str
    name: str
    name_en: str
    severity: str
    verifies: str
    verifies_en: str
    formula: str
    basis: str = ""
    basis_en: str = ""
    right: str = ""
    wrong: str = ""
    traps: str = ""
    messages: dict[str, str] = {}
    messages_en: dict[str, str] = {}
    built: bool = True


class Declared(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Indicators that bind each other whatever the words between them.

    ``type`` names the rule that reads it (bound, capacity, coverage, zero, zero-rate, audience, penalty); ``whole`` and
    ``part`` are indicator ids, ``words`` what a declared zero or a claim of coverage speaks of, ``range`` the usual values of
    part ÷ whole.
    """

    id: str
    type: str
    whole: tuple[str, ...]
    part: tuple[str, ...]
    words: str = ""
    range: tuple[int, int] = (0, 0)


class Account(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An account of final accounts: how the text names it, and the accounts that make it.

    ``match`` is a regular expression for the whole name without fund, year and stage; ``parts`` and, where stated, ``optional``
    accounts add up to it (``complete``: nothing else can belong to it); ``same`` have its amount, ``states`` are what it
    states at once (收、支总计), ``mirror`` mostly
    have; ``funded`` accounts are kept apart by fund. Examples are measures.
    """

    id: str
    name: str
    match: str
    parts: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    complete: bool = False
    same: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    mirror: tuple[str, ...] = ()
    funded: bool = False


class Defect(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A defect of wording that a pattern tells; ``rule`` reports it.

    ``headings``: looked for in headings only; ``hint``: characters (as written, not folded) one of which the text must hold.
    """

    id: str
    rule: str
    name: str
    name_en: str
    pattern: str
    hint: str = ""
    headings: bool = False


class Instrument(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An instrument, plan or meeting that reports quote.

    ``since`` is the first month it can be cited (YYYY-MM), ``until`` the last year it is current (then ``replaced_by``),
    ``number`` its document number, ``match`` how it reads where it stands without 书名号 (else only quotes are looked at).
    """

    id: str
    title: str
    since: str
    until: int | None = None
    number: str = ""
    replaced_by: str = ""
    match: str = ""


class Repair(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A slip of the pen that a failed check can be explained by, and how the hint says so.

    ``message`` is filled with ``measure`` and ``number`` (as written) and ``value`` (as it would balance).
    """

    id: str
    name: str
    name_en: str
    message: str
    message_en: str
