import { commonOddsRatio } from './common-odds-ratio.ts';
import type { Estimate, Interval } from './estimate.ts';
import { type BucketedTable, jackknife } from './jackknife.ts';
import { estimateWithInterval } from './jackknife-estimate.ts';
import { jackknifeInterval } from './jackknife-interval.ts';
import { normalQuantile } from './normal-quantile.ts';

/**
 * The odds ratio common to all strata of cells [a, b, c, d] (`commonOddsRatio`). Interval: exp of ln OR ± z·SE of Robins,
 * Breslow and Greenland where every image is its own unit, else exp of the jackknife of ln OR. Mantel & Haenszel 1959,
 * JNCI 22:719; Robins, Breslow & Greenland 1986, Biometrics 42:311.
 */
export function mantelHaenszelOddsRatio(table: BucketedTable, level = 0.95): Estimate {
  const { imageCount, unitCount } = table;
  const ratio = commonOddsRatio(table.total);
  const basis = { imageCount, unitCount, method: 'Mantel–Haenszel odds ratio' };
  const independent = unitCount === imageCount && ratio.value !== null;
  const interval = independent ? closedForm(table.total, ratio.value, level) : clustered(table, level);
  return estimateWithInterval(ratio, interval, basis);
}

function clustered(table: BucketedTable, level: number): Interval | null {
  const [logarithm] = jackknife(table, (cells) => {
    const { value } = commonOddsRatio(cells);
    return [value === null ? null : Math.log(value)];
  });
  const logs = logarithm ? jackknifeInterval(logarithm, undefined, level) : null;
  return logs && { ...logs, lower: Math.exp(logs.lower), upper: Math.exp(logs.upper) };
}

function closedForm(cells: readonly number[], ratio: number, level: number): Interval {
  let [above, below, first, mixed, last] = [0, 0, 0, 0, 0];
  for (let cell = 0; cell < cells.length; cell += 4) {
    const [a, b, c, d] = [cells[cell]!, cells[cell + 1]!, cells[cell + 2]!, cells[cell + 3]!];
    const size = a + b + c + d;
    if (size === 0) continue;
    const [r, s, p, q] = [(a * d) / size, (b * c) / size, (a + d) / size, (b + c) / size];
    above += r;
    below += s;
    first += p * r;
    mixed += p * s + q * r;
    last += q * s;
  }
  const variance = first / (2 * above ** 2) + mixed / (2 * above * below) + last / (2 * below ** 2);
  const reach = normalQuantile((1 + level) / 2) * Math.sqrt(variance);
  const method = 'Robins–Breslow–Greenland';
  return { lower: ratio * Math.exp(-reach), upper: ratio * Math.exp(reach), level, method };
}
