import type { Reason } from '../../kernel/errors.ts';
import { shareFault, sumOtherThanOne } from './share-text.ts';
import type { TargetShare } from './target-population.ts';

/** Every fault of a target's shares by factor; an unknown factor is one fault, however many rows speak of it. */
export function marginFaults(shares: readonly TargetShare[], factors: ReadonlySet<string>): Reason[] {
  const reasons: Reason[] = [];
  const seen = new Set<string>();
  const sharesOf = new Map<string, string[]>();
  shares.forEach(({ factor, level, share }, row) => {
    const fault = (field: string, message: string) =>
      reasons.push({ path: ['shares', String(row), field], code: 'BAD_INPUT', message });
    const key = JSON.stringify([factor, level]);
    if (!factors.has(factor) && !sharesOf.has(factor))
      fault('factor', `"${factor}" is no factor of the dataset; one of ${[...factors].join(', ')}.`);
    if (level === '') fault('level', `the level of ${factor} is empty.`);
    if (seen.has(key)) fault('level', `${factor} "${level}" stands twice.`);
    seen.add(key);
    const wrong = shareFault(share);
    if (wrong !== null) fault('share', wrong);
    const own = sharesOf.get(factor) ?? [];
    sharesOf.set(factor, own);
    own.push(share);
  });
  for (const [factor, own] of sharesOf) {
    const total = sumOtherThanOne(own);
    if (total !== null)
      reasons.push({
        path: ['shares'],
        code: 'BAD_INPUT',
        message: `shares: those of ${factor} sum to ${total}; they must sum to 1.`,
      });
  }
  return reasons;
}
