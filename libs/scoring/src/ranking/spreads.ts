/** The standard deviations of a model on the scale 1-6: of proposals, of reviewers, and of what is left. */
export interface Spreads {
  readonly t: number;
  readonly k: number;
  readonly v: number;
}

/** What is believed before any score is seen. */
export interface Prior {
  /** The range of each standard deviation; one that is fixed has no range. */
  readonly box: { readonly t: Range; readonly k: Range | number; readonly v: Range };
  /** Log of the prior density, up to a constant. */
  readonly logDensity: (spreads: Spreads) => number;
  /** Whether the general level is learned: N(3.5, 10^2). Otherwise it is the mean of the proposals' means. */
  readonly learnsLevel: boolean;
}

export type Range = readonly [number, number];

export type Model = keyof typeof PRIORS;

/** A standard deviation of zero would divide by itself. */
const LEAST = 1e-6;

export const PRIORS = {
  /** Ours: everything learned; t, k, v half-normal(0, 1). */
  crossed: {
    box: { t: [LEAST, 5], k: [LEAST, 5], v: [LEAST, 5] },
    logDensity: ({ t, k, v }) => -(t * t + k * k + v * v) / 2,
    learnsLevel: true,
  },
  /**
   * Heyard, Ott, Salanti, Egger 2022 with their priors: t, sigma, tau_a uniform on (0, 2), reviewers' spread 0.5. Only v^2 = sigma^2 + tau_a^2
   * can be learned from one grade per pair; its density is the length of the arc within the square.
   */
  snsf: {
    box: { t: [LEAST, 2], k: 0.5, v: [LEAST, 2 * Math.SQRT2] },
    logDensity: ({ v }) =>
      Math.log(v) + Math.log(Math.max(v <= 2 ? Math.PI / 2 : Math.PI / 2 - 2 * Math.acos(2 / v), 1e-300)),
    learnsLevel: false,
  },
} as const satisfies Record<string, Prior>;
