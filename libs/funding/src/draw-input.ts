/** What `regioloket draw` reads. */
export interface DrawInput {
  readonly seed: string;
  /** Who takes part; the order makes no difference. */
  readonly ids: readonly string[];
}
