import { addDecimals, CANONICAL_DECIMAL, type Decimal } from '../kernel/decimal.ts';
import type { Reason } from '../kernel/errors.ts';
import type { TargetPopulation } from './target-population.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._ -]{0,62}$/;
const DATE = /^[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?$/;
const MOST_SHARES = 10_000;
const TOLERANCE = 1e-6;

/** Every fault of a target; its shares must be canonical decimals, `factors` are those a target may speak of. */
export function targetFaults(
  target: Omit<TargetPopulation, 'datasetId'>,
  factors: ReadonlySet<string>,
): Reason[] {
  const reasons: Reason[] = [];
  const fault = (path: readonly string[], message: string) =>
    reasons.push({ path, code: 'BAD_INPUT', message });
  if (!NAME.test(target.name))
    fault(['target'], `target: "${target.name}" must be 1–63 letters, digits, ".", "_", "-" or spaces.`);
  if (target.source.trim() === '') fault(['source'], 'source: say where the shares come from.');
  if (target.dated !== null && !DATE.test(target.dated))
    fault(
      ['dated'],
      `dated: "${target.dated}" is no year, month or day such as 2024, 2024-03 or 2024-03-31.`,
    );
  if (target.shares.length === 0)
    fault(['shares'], 'shares: a target needs the shares of one factor at least.');
  if (target.shares.length > MOST_SHARES)
    fault(
      ['shares'],
      `shares: ${target.shares.length} are more than ${MOST_SHARES}; leave out levels of share 0.`,
    );
  const seen = new Set<string>();
  const sums = new Map<string, Decimal | null>();
  target.shares.forEach(({ factor, level, share }, row) => {
    const at = (field: string) => ['shares', String(row), field];
    const key = JSON.stringify([factor, level]);
    if (!factors.has(factor) && !sums.has(factor))
      fault(
        at('factor'),
        `row ${row}: "${factor}" is no factor of the dataset; one of ${[...factors].join(', ')}.`,
      );
    if (level === '') fault(at('level'), `row ${row}: the level of ${factor} is empty.`);
    if (seen.has(key)) fault(at('level'), `row ${row}: ${factor} "${level}" stands twice.`);
    seen.add(key);
    const isDecimal = CANONICAL_DECIMAL.test(share);
    if (!isDecimal || Number(share) < 0 || Number(share) > 1)
      fault(at('share'), `row ${row}: "${share.slice(0, 40)}" is no share; write a decimal within 0 and 1.`);
    const before = sums.has(factor) ? sums.get(factor)! : '0';
    sums.set(factor, isDecimal && before !== null ? addDecimals(before, share) : null);
  });
  for (const [factor, total] of sums) {
    if (total !== null && Math.abs(Number(addDecimals(total, '-1'))) > TOLERANCE)
      fault(['shares'], `shares: those of ${factor} sum to ${total}; they must sum to 1.`);
  }
  return reasons;
}
