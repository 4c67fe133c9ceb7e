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

/** One theme at one stage. */
export interface Cell {
  /** Id of the stage. */
  readonly stage: string;
  /** Name of the stage. */
  readonly name: string;
  readonly headline: string | null;
  readonly indicators: readonly Indicator[];
  readonly notes?: readonly Note[];
}

/** One statement of a cell. */
export interface Indicator {
  /** Permanent: made once, kept when the text is reworded. */
  readonly id: string;
  /** For people: theme, stage and 1-based place, recomputed. */
  readonly code: string;
  readonly text: string;
}

/** A staged improvement model: themes, ordered stages, and what stands in each cell. */
export interface Model {
  readonly "$schema"?: "urn:breakthrough-extract:model:1";
  readonly schema_version?: string;
  readonly id: string;
  readonly title: string;
  /** True if exported in spite of findings; absent otherwise. */
  readonly draft?: boolean;
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
}

/** An identifier that earlier versions had. It is never given to anything else. */
export interface Withdrawn {
  readonly id: string;
  /** The last wording, or name, that it stood for. */
  readonly text: string;
  /** What a split or merge made of it; each may be withdrawn itself. */
  readonly replaced_by?: readonly string[];
}
