/** What a proof came to. */
export type Report = {
  /** Figures to show, in order. */
  readonly figures: Readonly<Record<string, number | string>>;
  /** What did not hold, each in a sentence; none where everything did. */
  readonly violations: readonly string[];
};

/** Tells of progress, a line at a time. */
export type Say = (line: string) => void;
