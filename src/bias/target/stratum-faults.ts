import type { Reason } from '../../kernel/errors.ts';
import { shareFault, sumOtherThanOne } from './share-text.ts';
import type { TargetStratum } from './target-population.ts';

/** Of more, the cells are too many to be filled (specification §1). */
const MOST_FACTORS = 4;

/** Every fault of a target's joint strata, whose levels stand by factor. The first stratum says what the factors are. */
export function stratumFaults(strata: readonly TargetStratum[], factors: ReadonlySet<string>): Reason[] {
  const [first] = strata;
  if (!first) return [];
  const own = first.levels.map(({ factor }) => factor);
  const reasons = factorFaults(own, factors);
  const seen = new Set<string>();
  strata.forEach(({ levels, share, structuralZero }, row) => {
    const fault = (field: string, message: string) =>
      reasons.push({ path: ['strata', String(row), field], code: 'BAD_INPUT', message });
    const given = levels.map(({ factor }) => factor);
    const key = JSON.stringify(levels.map(({ factor, level }) => [factor, level]));
    if (JSON.stringify(given) !== JSON.stringify(own))
      fault('levels', `of ${given.join(', ') || 'no factor'}; the first stratum is of ${own.join(', ')}.`);
    for (const { factor, level } of levels)
      if (level === '') fault(factor, `the level of ${factor} is empty.`);
    if (seen.has(key)) fault('levels', `(${describe(levels)}) stands twice.`);
    seen.add(key);
    const wrong = shareFault(share);
    if (wrong !== null) fault('share', wrong);
    else if (structuralZero && share !== '0')
      fault('share', `what cannot occur has share 0, not ${share}; correct the share or structuralZero.`);
  });
  const total = sumOtherThanOne(strata.map(({ share }) => share));
  if (total !== null) reasons.push(ofAll(`they sum to ${total}; they must sum to 1.`));
  return reasons;
}

function factorFaults(own: readonly string[], factors: ReadonlySet<string>): Reason[] {
  const known = [...factors].join(', ');
  const reasons = own
    .filter((factor) => !factors.has(factor))
    .map((factor) => ofAll(`"${factor}" is no factor of the dataset; one of ${known}.`));
  if (own.length === 0) reasons.push(ofAll('a stratum needs the level of one factor at least.'));
  if (own.length > MOST_FACTORS)
    reasons.push(ofAll(`${own.length} factors are more than ${MOST_FACTORS}; sum over the others.`));
  if (new Set(own).size < own.length) reasons.push(ofAll(`a factor stands twice: ${own.join(', ')}.`));
  return reasons;
}

function ofAll(message: string): Reason {
  return { path: ['strata'], code: 'BAD_INPUT', message: `strata: ${message}` };
}

function describe(levels: TargetStratum['levels']): string {
  return levels.map(({ factor, level }) => `${factor} ${level}`).join(', ');
}
