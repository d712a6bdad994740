/** A colour token, so that pictures follow dark and light. */
export type Colour = 'good' | 'bad' | 'soon' | 'accent' | 'text-quiet' | 'line-strong';

/** One row of bars, or one line. */
export interface Series {
  name: string;
  colour: Colour;
  values: readonly (number | null)[];
  /** Among bars, a line with a scale of its own. */
  isLine?: boolean;
  isDashed?: boolean;
}

/** Bars or lines over names. */
export interface Bars {
  type: 'bars' | 'lines';
  labels: readonly string[];
  series: readonly Series[];
  isStacked?: boolean;
  /** Bars that lie, for long names. */
  isLying?: boolean;
  /** Values are lengths in seconds. */
  isOfSeconds?: boolean;
  /** Ends of the scale; else as the values need. */
  min?: number;
  max?: number;
}

/** Squares, the fuller the more: seven weekdays by 24 hours. */
export interface Heat {
  type: 'heat';
  rows: readonly string[];
  columns: readonly string[];
  /** Row after row. */
  values: readonly number[];
  colour: Colour;
}

export type Picture = Bars | Heat;
