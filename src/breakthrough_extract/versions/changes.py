"""The published nouns of a diff: what changed between two versions of a model, typed."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field

from breakthrough_extract.model import Noun, Text, is_absent

# 1.1.0: roles and places of what models other than the breakthrough model have.
CHANGES_VERSION = "1.1.0"
CHANGES_ID: Final = "urn:breakthrough-extract:changes:1"


class Severity(StrEnum):
    """What a change means for a tool that reads the model, most severe first."""

    BREAKING = "breaking"  # an identifier is gone, or a stage; or a new major schema version
    COMPATIBLE = "compatible"  # something was added, or stands elsewhere
    EDITORIAL = "editorial"  # the wording alone


class Bump(StrEnum):
    """Which part of the dataset's version number the changes raise."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"
    NONE = "none"


class Role(StrEnum):
    """What an entry is in its model."""

    STAGE = "stage"
    THEME = "theme"
    CELL = "cell"  # a theme at a stage, or the list that a theme has beside its stages
    COMPLAINT = "complaint"
    HEADLINE = "headline"
    INDICATOR = "indicator"
    POINT = "point"
    NOTE = "note"
    # What only some models have:
    GROUP = "group"
    QUESTION = "question"
    MOTTO = "motto"
    DESCRIPTION = "description"  # a paragraph about a theme, or about a stage
    LABEL = "label"  # what the source calls the stage of a cell
    PROSE = "prose"  # a paragraph of a cell
    LIST = "list"  # a list under a name of its own
    LIST_ITEM = "list item"
    STAGE_ITEM = "stage item"  # it holds at a stage whatever the theme


class Basis(StrEnum):
    """Why two entries are taken for one."""

    ID = "id"  # they have the same identifier
    DECLARED = "declared"  # the new version says by what the old entry was replaced
    PLACE = "place"  # there is but one of the kind: the complaint of a theme, say
    TEXT = "text"  # they have the same letters
    LIKENESS = "likeness"  # the best assignment of like texts, places and neighbours


class Name(Noun):
    """A theme, a stage or a theme's list, as an entry refers to it."""

    id: Text
    name: Text


class Entry(Noun):
    """One thing of one version, with its place there."""

    role: Role
    path: Text = Field(description="Place in the file, `themes[3].stages[1]`; indices 0-based.")
    id: str | None = Field(description="None for complaints and headlines, which have none.")
    code: str | None = Field(description="Of indicators and points.")
    text: str = Field(description="The wording; of a theme or stage its name; of a cell both names")
    theme: Name | None = Field(description="The theme that it stands in, or is.")
    stage: Name | None = Field(
        description="The stage or list that it stands in, or is; `breakthrough_points` for the list"
    )
    position: int | None = Field(
        ge=1, description="Place among its siblings, 1-based; None where there is but one."
    )
    list: Text | None = Field(
        default=None,
        description="Name of the list that it stands in; absent if it has none.",
        exclude_if=is_absent,
    )
    under: Text | None = Field(
        default=None,
        description="Id of the item that it is listed under; absent if of none.",
        exclude_if=is_absent,
    )


class Hunk(Noun):
    """A run of words; the same on both sides, or not.

    All `old` of a rewording joined are the old text to the character, and all `new` the new
    one; hunks that differ and hunks that do not stand in turns.
    """

    old: str
    new: str

    @property
    def same(self) -> bool:
        return self.old == self.new


class _Change(Noun):
    severity: Severity = Severity.EDITORIAL  # `diff` rates each change when all is known of it


class _Pair(_Change):
    """Old and new state of one entry."""

    old: Entry
    new: Entry
    basis: Basis
    confidence: float = Field(
        ge=0,
        le=1,
        description="How sure it is that the two are one: 1 by id, text or place, else how much "
        "of their wording they share, rare words weighing more.",
    )


class _Reworded(_Pair):
    hunks: tuple[Hunk, ...] = Field(description="Word by word; empty if the texts are the same.")


# The widest of what an item left: `list`, its list for another in the same cell; `item`, the item
# that it was listed under, or the top of the list.
Scope = Literal["theme", "stage", "list", "item", "position"]


class Added(_Change):
    """New in this version. What came with a theme, stage or cell is its contents."""

    kind: Literal["added"] = "added"
    new: Entry
    contents: tuple[Entry, ...] = Field(
        default=(), description="Entries that are new with it, in the order of the file."
    )


class Withdrawn(_Change):
    """No longer in this version. What went with a theme, stage or cell is its contents."""

    kind: Literal["withdrawn"] = "withdrawn"
    old: Entry
    contents: tuple[Entry, ...] = Field(
        default=(), description="Entries that are gone with it, in the order of the file."
    )


class Renamed(_Reworded):
    """A theme, stage or named list has another name."""

    kind: Literal["renamed"] = "renamed"


class Reordered(_Pair):
    """A theme, stage or named list stands elsewhere among its siblings."""

    kind: Literal["reordered"] = "reordered"


class Reworded(_Reworded):
    """A text is worded otherwise; it stands where it stood."""

    kind: Literal["reworded"] = "reworded"


class Typography(_Reworded):
    """Only dashes, quotation marks, white space or case of a text or name are others."""

    kind: Literal["typography"] = "typography"


class Moved(_Reworded):
    """An item stands elsewhere. Its texts differ in typography at most."""

    kind: Literal["moved"] = "moved"
    scope: Scope = Field(description="The widest of what it left.")


class MovedReworded(_Reworded):
    """An item stands elsewhere and is worded otherwise."""

    kind: Literal["moved-reworded"] = "moved-reworded"
    scope: Scope = Field(description="The widest of what it left.")


class Split(_Change):
    """One item became several."""

    kind: Literal["split"] = "split"
    old: Entry
    new: tuple[Entry, ...] = Field(min_length=2)
    basis: Basis
    confidence: float = Field(ge=0, le=1, description="How much of the wording both sides share.")
    hunks: tuple[Hunk, ...] = Field(
        description="The old text against the new ones, joined by a space."
    )


class Merged(_Change):
    """Several items became one."""

    kind: Literal["merged"] = "merged"
    old: tuple[Entry, ...] = Field(min_length=2)
    new: Entry
    basis: Basis
    confidence: float = Field(ge=0, le=1, description="How much of the wording both sides share.")
    hunks: tuple[Hunk, ...] = Field(
        description="The old texts, joined by a space, against the new one."
    )


class Reidentified(_Pair):
    """Only the identifier is another: same text, same place."""

    kind: Literal["reidentified"] = "reidentified"


class Value(Noun):
    """A value of the file that differs; None where it is absent."""

    old_path: str
    new_path: str
    old: str | int | bool | None
    new: str | int | bool | None


class Described(_Change):
    """The model's own identifier, title, schema version or draft mark is another."""

    kind: Literal["described"] = "described"
    field: Literal["id", "title", "schema_version", "draft"]
    old: str
    new: str


class Details(_Change):
    """Values for tools differ where nothing that an editor reads does: codes, say."""

    kind: Literal["details"] = "details"
    values: tuple[Value, ...] = Field(min_length=1)


Change = Annotated[
    Described
    | Added
    | Withdrawn
    | Renamed
    | Reordered
    | Reworded
    | Typography
    | Moved
    | MovedReworded
    | Split
    | Merged
    | Reidentified
    | Details,
    Field(discriminator="kind"),
]


class Version(Noun):
    """One of the two sides."""

    name: str = Field(description="What the user calls it: a path, or `REV:path`; may be empty.")
    id: Text = Field(description="The model's id.")
    title: Text
    schema_version: Text
    sha256: str = Field(
        pattern=r"^[0-9a-f]{64}$", description="Of the canonical bytes of the model."
    )


class Changes(Noun):
    """All that differs between two versions of a model; none if they are the same."""

    schema_: Literal["urn:breakthrough-extract:changes:1"] = Field(CHANGES_ID, alias="$schema")
    schema_version: str = CHANGES_VERSION
    old: Version
    new: Version
    severity: Severity | None = Field(description="The most severe of all; None if there is none.")
    bump: Bump = Field(description="Which part of the dataset's version number this raises.")
    changes: tuple[Change, ...] = Field(
        description="The model's own first, then stages, then themes in the order of the file."
    )

    def __bool__(self) -> bool:
        return bool(self.changes)

    def to_json(self) -> str:
        """The canonical text: keys in declared order, two spaces, final newline."""
        return self.model_dump_json(indent=2, by_alias=True) + "\n"


def entries(change: Change) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The old entries and the new entries that a change is about; contents are not among them."""
    match change:
        case Described() | Details():
            return (), ()
        case Added():
            return (), (change.new,)
        case Withdrawn():
            return (change.old,), ()
        case Split():
            return (change.old,), change.new
        case Merged():
            return change.old, (change.new,)
        case _:
            return (change.old,), (change.new,)
