// Generated from the JSON Schema.

/** One decision of a person, and whether it was carried out. */
export interface CorrectionRecord {
  readonly action: string;
  readonly source: string;
  /** What it quotes; None if that was not found. */
  readonly place: Place | null;
  /** In words, what the person decided. */
  readonly decision: string;
  /** Why it was not carried out; empty if it was. */
  readonly reason?: string;
  readonly note?: string;
}

/**
 * The choice of a theme for one section of one source.
 *
 * Where witnesses disagree, `id` names the cell that the section went to and `theme` what
 * its own source says.
 */
export interface DecisionRecord {
  /** `theme.stage`, or `open.N` for a section left open. */
  readonly id: string;
  /** Name of the source that the section stands in. */
  readonly source: string;
  /** The section's label and headline as they stand. */
  readonly section: string;
  /** Where the section begins in its source. */
  readonly start: number;
  readonly slot: string;
  /** None if left open. */
  readonly theme: string | null;
  readonly score: number;
  /** None if the second best is to leave it open. */
  readonly runner_up: string | null;
  readonly margin: number;
  /** What ties the section to the theme, itself or through what stands there. */
  readonly support?: number;
  /** How often decisions as sure as this were right when it was measured, a cautious estimate; None if nothing was decided. */
  readonly probability?: number | null;
  /** Whether a person decided; score and margin are what the evidence says of it. */
  readonly by_hand?: boolean;
}

/** `quote[start:end]` (which is `raw`) is read as `new`. */
export interface Edit {
  /** Code points into the field's quote, 0-based. */
  readonly start: number;
  /** Exclusive; equal to start for an insertion. */
  readonly end: number;
  readonly raw: string;
  readonly new: string;
  readonly rule: string;
  readonly evidence?: Place | null;
}

/**
 * Where one text of the model comes from.
 *
 * `quote` is the source's characters under `spans`, joined by a line break. With `edits`
 * carried out and white space folded it is the published text, to the character.
 */
export interface FieldRecord {
  readonly id: string;
  readonly path: string;
  readonly source: string;
  readonly spans: readonly SpanRecord[];
  readonly quote: string;
  readonly edits?: readonly Edit[];
}

/** Something about the input or the model that its user should know. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Place in the model, `themes[3].stages[1]`. */
  readonly path?: string;
  /** The source characters it is about. */
  readonly places?: readonly Place[];
}

/** What a run of source characters is. */
export type Kind = "field" | "markup" | "heading" | "furniture" | "repeat" | "fragment" | "note" | "context" | "unresolved";

/** The proof that goes with one model. */
export interface Ledger {
  readonly "$schema"?: "urn:breakthrough-extract:ledger:1";
  readonly schema_version?: string;
  readonly model: string;
  readonly profile: string;
  readonly profile_sha256: string;
  readonly sources: readonly SourceRecord[];
  readonly fields: readonly FieldRecord[];
  readonly decisions: readonly DecisionRecord[];
  readonly findings: readonly Finding[];
  /** What a person decided, in the order in which it was carried out. */
  readonly corrections?: readonly CorrectionRecord[];
}

/** One entry of the partition. Its ends are never white space. */
export interface Part {
  /** Code points, 0-based. */
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly kind: Kind;
  /** What it belongs to: an id of the model, or a theme. */
  readonly of?: string;
}

/** A run of characters of a source. */
export interface Place {
  readonly source: string;
  /** Code points into the source's text, 0-based. */
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly quote?: string;
}

export type Severity = "error" | "warning" | "info";

/** One file that was read, and the partition of its characters. */
export interface SourceRecord {
  readonly name: string;
  readonly sha256: string;
  readonly media_type: string;
  readonly encoding: string;
  /** Code points of the text that all spans count in. */
  readonly characters: number;
  readonly partition: readonly Part[];
}

/** A run of source that a field stands on. */
export interface SpanRecord {
  readonly start: number;
  readonly end: number;
  /** 1-based. */
  readonly page?: number | null;
  /** x0, top, x1, bottom in points from the page's top left corner. */
  readonly box?: readonly [number, number, number, number] | null;
  /** Of the least sure of its words, where they were recognised on a picture. */
  readonly confidence?: number | null;
}
