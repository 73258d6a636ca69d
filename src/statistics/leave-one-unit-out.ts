import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import { bucketsOf } from './cross-tabulate.ts';
import { inUnitOrder } from './in-unit-order.ts';
import type { BucketedTable } from './jackknife.ts';
import { leaveOneUnitOutGuesses, type Strata, type StrataCounts } from './leave-one-unit-out-guesses.ts';
import {
  BASES,
  CLASSES,
  HITS,
  IN_SAMPLE_BASES,
  IN_SAMPLE_HITS,
  IN_SAMPLE_SHARES,
  type LeaveOneUnitOut,
  leftOutFigures,
  SHARES,
} from './left-out-figures.ts';

/**
 * λ and τ of the label given strata with every image guessed from the other units alone (`leaveOneUnitOutGuesses`): how
 * well the label can be had from them for a unit never seen. λ_loo = (acc − p_max)/(1 − p_max), τ_loo = (h − b)/(1 − b);
 * range (−∞, 1], below 0 the strata mislead. Interval: jackknife lower limit of the figure, upper limit of its in-sample
 * twin. Guesses stay as they are when a bucket is left out; the shares of τ, which are ratios of counts, go in as their
 * linear part 2·h_i − mean of the stratum, which has the same sum. No image: EMPTY; one class, stratum or unit:
 * NOT_APPLICABLE. Goodman & Kruskal 1954; specification §3 and appendix B3.
 */
export function leaveOneUnitOut(strata: Strata, label: CodedVariable, units: UnitStructure): LeaveOneUnitOut {
  const { ordered, units: sorted } = inUnitOrder(units);
  const table = guessSums(ordered(strata), ordered(label), sorted);
  return leftOutFigures(table, table.levels);
}

function guessSums(
  strata: Strata,
  label: CodedVariable,
  units: UnitStructure,
): BucketedTable & { levels: number } {
  const width = CLASSES + label.levels;
  const sums = new Float64Array(width * units.bucketCount);
  const { unitOf, bucketOf } = units;
  const shares = new Float64Array(strata.levels);
  let bases = 0;
  const counts = leaveOneUnitOutGuesses(strata, label, units, (image, guess, share, base) => {
    const code = label.codes[image]!;
    const stratum = strata.codes[image]!;
    const place = bucketOf[unitOf[image]!]! * width;
    if (guess === code) sums[place + HITS] = sums[place + HITS]! + 1;
    sums[place + SHARES] = sums[place + SHARES]! + 2 * share;
    sums[place + BASES] = sums[place + BASES]! + 2 * base;
    sums[place + CLASSES + code] = sums[place + CLASSES + code]! + 1;
    shares[stratum] = shares[stratum]! + share;
    bases += base;
  });
  addInSample(sums, width, strata, label, units, counts, { shares, bases });
  const { imageCount, unitCount } = counts;
  const levels = counts.strata.filter((count) => count > 0).length;
  return { ...bucketsOf(sums, width), imageCount, unitCount, levels };
}

/** The in-sample sums of each image, and of all four sums of shares what is to be taken off 2·h_i. */
function addInSample(
  sums: Float64Array,
  width: number,
  strata: Strata,
  label: CodedVariable,
  { unitOf, bucketOf }: UnitStructure,
  { table, strata: inStratum, classes, imageCount }: StrataCounts,
  loo: { shares: Float64Array; bases: number },
): void {
  const { majority, meanShare } = inSampleOf(table, inStratum, label.levels);
  const meanBase = classes.reduce((total, count) => total + (count / imageCount) ** 2, 0);
  for (let image = 0; image < unitOf.length; image += 1) {
    const stratum = strata.codes[image]!;
    const code = label.codes[image]!;
    if (stratum < 0 || code < 0) continue;
    const place = bucketOf[unitOf[image]!]! * width;
    const count = inStratum[stratum]!;
    const share = (2 * table[stratum * label.levels + code]!) / count - meanShare[stratum]!;
    if (majority[stratum] === code) sums[place + IN_SAMPLE_HITS] = sums[place + IN_SAMPLE_HITS]! + 1;
    sums[place + SHARES] = sums[place + SHARES]! - loo.shares[stratum]! / count;
    sums[place + BASES] = sums[place + BASES]! - loo.bases / imageCount;
    sums[place + IN_SAMPLE_SHARES] = sums[place + IN_SAMPLE_SHARES]! + share;
    sums[place + IN_SAMPLE_BASES] =
      sums[place + IN_SAMPLE_BASES]! + (2 * classes[code]!) / imageCount - meanBase;
  }
}

function inSampleOf(table: Int32Array, inStratum: Int32Array, levels: number) {
  const majority = new Int32Array(inStratum.length);
  const meanShare = new Float64Array(inStratum.length);
  for (let stratum = 0; stratum < inStratum.length; stratum += 1) {
    let most = 0;
    for (let code = 0; code < levels; code += 1) {
      const count = table[stratum * levels + code]!;
      if (count > most) [most, majority[stratum]] = [count, code];
      if (count > 0) meanShare[stratum] = meanShare[stratum]! + (count / inStratum[stratum]!) ** 2;
    }
  }
  return { majority, meanShare };
}
