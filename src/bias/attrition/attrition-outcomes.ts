import type { CodedVariable } from '../../statistics/coded-variable.ts';
import { type Condition, isIn } from '../images/image-selection.ts';
import type { Subjects } from '../subjects/subjects.ts';
import { pooledVariable } from '../variables/pooled-variable.ts';

export interface ExclusionReason {
  readonly reason: string;
  readonly kind: 'LEVEL' | 'OTHER';
  /** The images excluded for it; null: all that were excluded. */
  readonly condition: Condition | null;
}

/** What became of each image. */
export interface Outcomes {
  /** 0 kept, 1 excluded. */
  readonly sides: CodedVariable;
  /** 0 kept; the reason at place r has the code r + 1. */
  readonly byReason: CodedVariable;
  readonly reasons: readonly ExclusionReason[];
  readonly kept: number;
  readonly excluded: number;
  /** Images of each code of `byReason`. */
  readonly counts: readonly number[];
}

/** Reasons with a column of their own; the others share one. */
const MOST_REASONS = 20;

/** The images kept, and those excluded by reason: the 20 most used that took images of five units or more, then the rest. */
export function outcomesOf({ exclusions, imageCount, units }: Subjects): Outcomes {
  const sides = exclusions.stage.codes.map((code) => (code < 0 ? 0 : 1));
  const excluded = sides.reduce((sum, side) => sum + side, 0);
  const common = { sides: { codes: sides, levels: 2 }, kept: imageCount - excluded, excluded };
  if (exclusions.reason === null) {
    const reasons = [{ reason: '(more than 1000 reasons)', kind: 'OTHER' as const, condition: null }];
    const counts = [common.kept, excluded];
    return { ...common, byReason: { codes: sides, levels: 2 }, reasons, counts };
  }
  const pooled = pooledVariable(exclusions.reason, units);
  const own = pooled.levels.filter(({ kind }) => kind === 'LEVEL').slice(0, MOST_REASONS);
  const shown = own.map(({ level }) => level);
  const rest = own.length < pooled.levels.length;
  const codes = sides.map((side, image) => {
    if (side === 0) return 0;
    const place = pooled.variable.codes[image]!;
    return place >= 0 && place < own.length ? place + 1 : own.length + 1;
  });
  const other: ExclusionReason = {
    reason: '(other)',
    kind: 'OTHER',
    condition: { kind: 'NOT_IN', field: 'reason', values: shown },
  };
  const reasons = [
    ...shown.map((reason): ExclusionReason => ({ reason, kind: 'LEVEL', condition: isIn('reason', reason) })),
    ...(rest ? [other] : []),
  ];
  const counts = new Array<number>(reasons.length + 1).fill(0);
  for (const code of codes) counts[code]! += 1;
  return { ...common, byReason: { codes, levels: counts.length }, reasons, counts };
}
