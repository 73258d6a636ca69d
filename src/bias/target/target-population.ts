import { addDecimals } from '../../kernel/decimal.ts';

/** Shares of one factor's levels in the world the model will meet; they sum to 1 ± 1e-6. */
export interface TargetShare {
  readonly factor: string;
  readonly level: string;
  /** Canonical decimal in [0, 1], as declared. */
  readonly share: string;
}

/** A combination of levels, one of each factor of the target, such as (site A, stage 2). */
export interface TargetStratum {
  /** By factor. */
  readonly levels: readonly { readonly factor: string; readonly level: string }[];
  /** Canonical decimal in [0, 1], as declared; those of all strata sum to 1 ± 1e-6. */
  readonly share: string;
  /** Cannot occur in the world: its absence is no hole. */
  readonly structuralZero: boolean;
}

/** A declared target population, with the source of that belief. */
export interface TargetPopulation {
  readonly datasetId: string;
  readonly name: string;
  readonly source: string;
  /** ISO 8601 year, month or day of the source. */
  readonly dated: string | null;
  /** The margins: as declared, or the sums of the strata. */
  readonly shares: readonly TargetShare[];
  /** Where the target was declared jointly; a combination that is not among them has share 0. */
  readonly strata: readonly TargetStratum[];
}

/** Level → share of one factor; null where the target says nothing of the factor. */
export function sharesOfFactor(
  target: Pick<TargetPopulation, 'shares'> | null,
  factor: string,
): ReadonlyMap<string, number> | null {
  const own = target?.shares.filter((share) => share.factor === factor) ?? [];
  return own.length === 0 ? null : new Map(own.map(({ level, share }) => [level, Number(share)]));
}

/** The shares of each factor's levels, summed exactly over the strata, in the order in which they first occur. */
export function marginsOf(strata: readonly TargetStratum[]): TargetShare[] {
  const margins = new Map<string, TargetShare>();
  for (const { levels, share } of strata) {
    for (const { factor, level } of levels) {
      const key = JSON.stringify([factor, level]);
      const before = margins.get(key)?.share ?? '0';
      margins.set(key, { factor, level, share: addDecimals(before, share) });
    }
  }
  return [...margins.values()];
}
