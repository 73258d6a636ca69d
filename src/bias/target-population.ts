/** Shares of one factor's levels in the world the model will meet; they sum to 1 ± 1e-6. */
export interface TargetShare {
  readonly factor: string;
  readonly level: string;
  /** Canonical decimal in [0, 1], as declared. */
  readonly share: string;
}

/** A declared target population, with the source of that belief. */
export interface TargetPopulation {
  readonly datasetId: string;
  readonly name: string;
  readonly source: string;
  /** ISO 8601 year, month or day of the source. */
  readonly dated: string | null;
  readonly shares: readonly TargetShare[];
}

/** Level → share of one factor; null where the target says nothing of the factor. */
export function sharesOfFactor(
  target: TargetPopulation | null,
  factor: string,
): ReadonlyMap<string, number> | null {
  const own = target?.shares.filter((share) => share.factor === factor) ?? [];
  return own.length === 0 ? null : new Map(own.map(({ level, share }) => [level, Number(share)]));
}
