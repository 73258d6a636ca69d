import { compareText } from '../../kernel/compare-text.ts';
import { canonicalDecimal } from '../../kernel/decimal.ts';
import { isDomainError } from '../../kernel/errors.ts';
import type { TargetPopulation, TargetShare, TargetStratum } from './target-population.ts';

/** A target population as somebody declares it: by the shares of factors, or by joint strata of which these follow. */
export type TargetDeclaration = Omit<TargetPopulation, 'datasetId'>;

/**
 * Shares as canonical decimals, the levels of a stratum by factor. What is no decimal is left as it is, to be refused
 * with the other faults.
 */
export function canonicalTarget(target: TargetDeclaration): TargetDeclaration {
  return {
    ...target,
    shares: target.shares.map((row) => ({ ...row, share: canonicalWherePossible(row.share) })),
    strata: target.strata.map((row) => ({
      ...row,
      levels: row.levels.toSorted((one, other) => compareText(one.factor, other.factor)),
      share: canonicalWherePossible(row.share),
    })),
  };
}

function canonicalWherePossible(share: string): string {
  try {
    return canonicalDecimal(share);
  } catch (error) {
    if (isDomainError(error)) return share;
    throw error;
  }
}

/** Whether two canonical targets were declared alike, in whatever order. */
export function isDeclaredAlike(one: TargetDeclaration, other: TargetDeclaration): boolean {
  return textOf(one) === textOf(other);
}

function textOf({ source, dated, shares, strata }: TargetDeclaration): string {
  const joint = strata.map(({ levels, share, structuralZero }: TargetStratum) =>
    JSON.stringify([levels.map(({ factor, level }) => [factor, level]), share, structuralZero]),
  );
  const margins = shares.map(({ factor, level, share }: TargetShare) =>
    JSON.stringify([factor, level, share]),
  );
  return JSON.stringify([source, dated, joint.length > 0 ? joint.sort() : margins.sort()]);
}
