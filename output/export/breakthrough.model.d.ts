// Generated from the JSON Schema.

/** One entry of a theme's list. */
export interface BreakthroughPoint {
  readonly id: string;
  readonly code: string;
  readonly text: string;
}

/** The list that a theme has beside its stages. */
export interface BreakthroughPoints {
  readonly headline: string | null;
  readonly points: readonly BreakthroughPoint[];
}

/**
 * One theme at one stage.
 *
 * A cell that the source lacks is absent from its theme; one that the source leaves empty is
 * here, with nothing in it; one of which the source says that nothing is asked is here with
 * that statement, and with `no_requirement`.
 */
export interface Cell {
  /** Id of the stage. */
  readonly stage: string;
  /** Name of the stage. */
  readonly name: string;
  readonly headline: string | null;
  readonly indicators: readonly Indicator[];
  readonly notes?: readonly Note[];
  /** What the source calls the stage here, where that is not its name. */
  readonly label?: string | null;
  /** Running text, in paragraphs. */
  readonly prose?: readonly string[];
  /** Lists beside the indicators. */
  readonly lists?: readonly ItemList[];
  /** True where the source says that nothing is asked here; absent otherwise. */
  readonly no_requirement?: boolean;
}

/** One statement of a cell. */
export interface Indicator {
  /** Permanent: made once, kept when the text is reworded. */
  readonly id: string;
  /** For people: theme, stage and 1-based place, recomputed. */
  readonly code: string;
  readonly text: string;
  /** What is listed under it. */
  readonly items?: readonly Indicator[];
}

/** A list under a name of its own: examples of a cell, measures of a theme. */
export interface ItemList {
  readonly name: string;
  readonly items: readonly Indicator[];
}

/** A staged improvement model: themes, ordered stages, and what stands in each cell. */
export interface Model {
  readonly "$schema"?: "urn:breakthrough-extract:model:1";
  readonly schema_version?: string;
  readonly id: string;
  readonly title: string;
  /** True if exported in spite of findings; absent otherwise. */
  readonly draft?: boolean;
  /** Codes of findings that are no fault in this kind of model. */
  readonly allows?: readonly string[];
  readonly stages: readonly Stage[];
  readonly themes: readonly Theme[];
  /** In the order in which they were withdrawn; absent if there are none. */
  readonly withdrawn?: readonly Withdrawn[];
}

/** A footnote of a cell. */
export interface Note {
  readonly id: string;
  readonly text: string;
}

/** One step of the scale that all themes share. */
export interface Stage {
  /** Permanent identifier; `stage` of a cell names it. */
  readonly id: string;
  readonly name: string;
  /** Place on the scale, 1-based, lowest first. */
  readonly position: number;
  /** Other names that documents give it. */
  readonly aliases?: readonly string[];
  /** What it is, in paragraphs. */
  readonly description?: readonly string[];
  /** What holds at it whatever the theme. */
  readonly items?: readonly Indicator[];
}

/** One row of the matrix. */
export interface Theme {
  readonly id: string;
  readonly name: string;
  /** The quoted complaint that opens the theme. */
  readonly complaint: string | null;
  /** In the order of the scale; a missing cell is absent. */
  readonly stages: readonly Cell[];
  readonly breakthrough_points: BreakthroughPoints | null;
  /** Group of themes it belongs to; two themes of one name differ by it. */
  readonly group?: string | null;
  /** The question that it answers. */
  readonly question?: string | null;
  /** A quotation that stands over it. */
  readonly motto?: string | null;
  /** What it is, in paragraphs. */
  readonly description?: readonly string[];
  /** Lists that belong to no stage. */
  readonly lists?: readonly ItemList[];
  /** Ids of the stages that it has, where it has not all of the model's. */
  readonly scale?: readonly string[];
}

/** An identifier that earlier versions had. It is never given to anything else. */
export interface Withdrawn {
  readonly id: string;
  /** The last wording, or name, that it stood for. */
  readonly text: string;
  /** What a split or merge made of it; each may be withdrawn itself. */
  readonly replaced_by?: readonly string[];
}
