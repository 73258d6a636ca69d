import type { Reason } from '../../kernel/errors.ts';
import { marginFaults } from './margin-faults.ts';
import { stratumFaults } from './stratum-faults.ts';
import type { TargetDeclaration } from './target-declaration.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._ -]{0,62}$/;
const DATE = /^[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?$/;
const MOST_ROWS = 10_000;

/** Every fault of a canonical target; `factors` are those a target may speak of. */
export function targetFaults(target: TargetDeclaration, factors: ReadonlySet<string>): Reason[] {
  const { name, source, dated, shares, strata } = target;
  const reasons: Reason[] = [];
  const fault = (field: string, message: string) =>
    reasons.push({ path: [field], code: 'BAD_INPUT', message: `${field}: ${message}` });
  if (!NAME.test(name)) fault('target', `"${name}" must be 1–63 letters, digits, ".", "_", "-" or spaces.`);
  if (source.trim() === '') fault('source', 'say where the shares come from.');
  if (dated !== null && !DATE.test(dated))
    fault('dated', `"${dated}" is no year, month or day such as 2024, 2024-03 or 2024-03-31.`);
  if (shares.length === 0 && strata.length === 0)
    fault('shares', 'a target needs the shares of one factor at least, or strata of several.');
  if (shares.length > 0 && strata.length > 0)
    fault('strata', 'give shares or strata; the shares of each factor follow from the strata.');
  for (const [field, { length }] of Object.entries({ shares, strata }))
    if (length > MOST_ROWS) fault(field, `${length} are more than ${MOST_ROWS}; leave out those of share 0.`);
  return [...reasons, ...marginFaults(shares, factors), ...stratumFaults(strata, factors)];
}
