import type { Verdict } from '../../statistics/colour.ts';
import type { Estimate } from '../../statistics/estimate.ts';

/** `0.31 [0.24, 0.38]`, or `31 % [24, 38]`; without a value the reason. Three significant digits. */
export function estimateText(
  { value, interval, reason }: Estimate,
  form: 'NUMBER' | 'PERCENT' = 'NUMBER',
): string {
  if (value === null) return `not estimable (${reason})`;
  const scale = form === 'PERCENT' ? 100 : 1;
  const written = (number: number) => String(Number((number * scale).toPrecision(3)));
  const sign = form === 'PERCENT' ? ' %' : '';
  const limits = interval === null ? '' : ` [${written(interval.lower)}, ${written(interval.upper)}]`;
  return `${written(value)}${sign}${limits}`;
}

/** What a GREY card says of itself, with the number of units that would settle it where that is known. */
export function notEnoughData({ unitsNeeded }: Verdict): string {
  const way = unitsNeeded === null ? '' : ` About ${unitsNeeded} units would tell.`;
  return `Not enough data to tell.${way}`;
}
