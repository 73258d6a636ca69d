import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import { bucketsOf } from './cross-tabulate.ts';
import type { Estimate } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import { inUnitOrder } from './in-unit-order.ts';
import { type BucketedTable, jackknife } from './jackknife.ts';
import { estimateWithInterval, jackknifeEstimate } from './jackknife-estimate.ts';
import { jackknifeInterval, type Range, SHARE } from './jackknife-interval.ts';
import { leaveOneUnitOutGuesses, type Strata, type StrataCounts } from './leave-one-unit-out-guesses.ts';

export interface LeaveOneUnitOut {
  readonly accuracy: Estimate;
  /** Share of the commonest class: the accuracy of who knows nothing. */
  readonly baseline: Estimate;
  readonly lambda: Estimate;
  readonly tau: Estimate;
}

/** Cells of a bucket: these six sums over its images, then its images of each class. */
const [HITS, IN_SAMPLE_HITS, SHARES, BASES, IN_SAMPLE_SHARES, IN_SAMPLE_BASES, SUMS] = [0, 1, 2, 3, 4, 5, 6];
const AT_MOST_ONE: Range = { lower: -Infinity, upper: 1 };

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
  const { imageCount, unitCount } = table;
  const formula = (of: (cells: readonly number[]) => number) => (cells: readonly number[]) =>
    table.fault ??
    (commonest(cells) === images(cells) ? noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL') : figure(of(cells)));
  const share = (method: string, of: (cells: readonly number[]) => number) =>
    jackknifeEstimate(table, formula(of), { method, range: SHARE });
  const paired = (method: string, published: number[], inSample: number[]) => {
    const of = ([hits, base]: number[]) => formula((cells) => beyond(cells, hits!, base));
    const interval = pairedInterval(table, of(published), of(inSample));
    return estimateWithInterval(of(published)(table.total), interval, { imageCount, unitCount, method });
  };
  return {
    accuracy: share('accuracy, leave-one-unit-out', (cells) => cells[HITS]! / images(cells)),
    baseline: share('share of the commonest class', (cells) => commonest(cells) / images(cells)),
    lambda: paired('Goodman–Kruskal λ, leave-one-unit-out', [HITS], [IN_SAMPLE_HITS]),
    tau: paired(
      'Goodman–Kruskal τ, leave-one-unit-out',
      [SHARES, BASES],
      [IN_SAMPLE_SHARES, IN_SAMPLE_BASES],
    ),
  };
}

/** (hits − base)/(N − base); without a place for the base, that of the commonest class. */
function beyond(cells: readonly number[], hits: number, base?: number): number {
  const chance = base === undefined ? commonest(cells) : cells[base]!;
  return (cells[hits]! - chance) / (images(cells) - chance);
}

function images(cells: readonly number[]): number {
  return cells.slice(SUMS).reduce((total, count) => total + count, 0);
}

function commonest(cells: readonly number[]): number {
  return Math.max(0, ...cells.slice(SUMS));
}

type Formula = (cells: readonly number[]) => Figure;

function pairedInterval(table: BucketedTable, published: Formula, inSample: Formula) {
  const pair = jackknife(table, (cells) => [published(cells).value, inSample(cells).value]);
  const [low, high] = pair.map((jackknifed) => jackknifeInterval(jackknifed, AT_MOST_ONE));
  return low && high ? { ...high, lower: low.lower } : null;
}

function guessSums(
  strata: Strata,
  label: CodedVariable,
  units: UnitStructure,
): BucketedTable & { fault: Figure | null } {
  const width = SUMS + label.levels;
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
    sums[place + SUMS + code] = sums[place + SUMS + code]! + 1;
    shares[stratum] = shares[stratum]! + share;
    bases += base;
  });
  addInSample(sums, width, strata, label, units, counts, { shares, bases });
  const { imageCount, unitCount } = counts;
  const levels = counts.strata.filter((count) => count > 0).length;
  return { ...bucketsOf(sums, width), imageCount, unitCount, fault: faultOf(imageCount, unitCount, levels) };
}

function faultOf(images: number, units: number, levels: number): Figure | null {
  if (images === 0) return noFigure('EMPTY', 'NO_IMAGE');
  if (levels === 1) return noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL');
  return units === 1 ? noFigure('NOT_APPLICABLE', 'SINGLE_UNIT') : null;
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
