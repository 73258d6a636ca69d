import { areaUnderCurve } from './area-under-curve.ts';
import type { Estimate } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import { jackknifeBuckets } from './jackknife-buckets.ts';
import { estimateWithInterval, FEWEST_UNITS_FOR_INTERVAL } from './jackknife-estimate.ts';
import { jackknifeInterval, SHARE } from './jackknife-interval.ts';
import { SCORE_BINS, type ScoreHistograms } from './score-histograms.ts';
import { sum } from './sum.ts';
import type { UnitsPerLevel } from './units-per-level.ts';

export interface ScoreAreas {
  readonly macroArea: Estimate;
  readonly classesInMean: number;
  readonly areas: readonly Estimate[];
}

/** Whether an image is compared with those of its own fold alone, or with all. */
export type Comparison = 'WITHIN_FOLDS' | 'POOLED';

/**
 * Area under the curve of each class against the rest and their mean, with jackknife intervals from the histograms alone.
 * The mean is over the classes that 10 units have and 10 lack; where there is none, over all that have an area, INSUFFICIENT.
 */
export function scoreAreas(
  histograms: ScoreHistograms,
  perClass: UnitsPerLevel,
  comparison: Comparison,
): ScoreAreas {
  const { imageCount, unitCount, having, lacking } = perClass;
  const unitsOf = (code: number) => Math.min(having[code]!, lacking[code]!);
  const strata = strataOf(histograms, comparison);
  const totals = Array.from(having, (_, code) => sumsOf(histograms, code, strata));
  const figures = totals.map(areaOf);
  const defined = figures.flatMap(({ value }, code) => (value === null ? [] : [code]));
  const enough = defined.filter((code) => unitsOf(code) >= FEWEST_UNITS_FOR_INTERVAL);
  const averaged = enough.length > 0 ? enough : defined;
  const buckets = ascending(histograms.groups.map(({ bucket }) => bucket));
  const jackknifed = jackknifeBuckets(buckets, (without) => {
    const rest = (total: Float64Array[], code: number) =>
      areaOf(less(total, histograms, code, strata, without!));
    const areas = (without === null ? figures : totals.map(rest)).map(({ value }) => value);
    return [...areas, meanOf(averaged.map((code) => areas[code]!))];
  });
  const intervals = jackknifed.map((one) => jackknifeInterval(one, SHARE));
  const method = `area under the ROC curve, ${comparison === 'POOLED' ? 'folds pooled' : 'within folds'}`;
  const mean = jackknifed.at(-1)!.value;
  const macro =
    mean === null ? noFigure('NOT_APPLICABLE', 'NO_PAIR_WITHIN_A_STRATUM') : macroFigure(mean, enough.length);
  return {
    areas: figures.map((area, code) => {
      const basis = { imageCount, unitCount: unitsOf(code), method };
      return estimateWithInterval(area, intervals[code]!, basis);
    }),
    macroArea: estimateWithInterval(macro, enough.length > 0 ? intervals.at(-1)! : null, {
      imageCount,
      unitCount,
      method: `${method}, mean over classes`,
    }),
    classesInMean: averaged.length,
  };
}

function macroFigure(mean: number, classes: number): Figure {
  return classes > 0 ? figure(mean) : figure(mean, 'INSUFFICIENT', 'FEWER_THAN_10_UNITS');
}

function meanOf(areas: readonly (number | null)[]): number | null {
  const known = areas.filter((area) => area !== null);
  return known.length === areas.length && known.length > 0 ? sum(known) / known.length : null;
}

/** The histograms of a class in each stratum, its negatives first. */
function areaOf(strata: readonly Float64Array[]): Figure {
  return areaUnderCurve(
    strata.map((counts) => ({
      positives: counts.subarray(SCORE_BINS),
      negatives: counts.subarray(0, SCORE_BINS),
    })),
  );
}

function ascending(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** Of each group, the place of its stratum. */
function strataOf({ groups }: ScoreHistograms, comparison: Comparison): number[] {
  const folds = ascending(groups.map(({ fold }) => fold));
  return groups.map(({ fold }) => (comparison === 'POOLED' ? 0 : folds.indexOf(fold)));
}

function histogramsOf({ groups, counts }: ScoreHistograms, code: number, group: number): Uint32Array {
  const start = (code * groups.length + group) * 2 * SCORE_BINS;
  return counts.subarray(start, start + 2 * SCORE_BINS);
}

function sumsOf(histograms: ScoreHistograms, code: number, strata: readonly number[]): Float64Array[] {
  const sums = Array.from({ length: Math.max(...strata) + 1 }, () => new Float64Array(2 * SCORE_BINS));
  for (const [group, stratum] of strata.entries())
    add(sums[stratum]!, histogramsOf(histograms, code, group), 1);
  return sums;
}

function less(
  total: readonly Float64Array[],
  histograms: ScoreHistograms,
  code: number,
  strata: readonly number[],
  without: number,
): Float64Array[] {
  const rest = [...total];
  histograms.groups.forEach(({ bucket }, group) => {
    if (bucket !== without) return;
    const stratum = strata[group]!;
    rest[stratum] = add(rest[stratum]!.slice(), histogramsOf(histograms, code, group), -1);
  });
  return rest;
}

function add(into: Float64Array, counts: Uint32Array, sign: 1 | -1): Float64Array {
  for (let bin = 0; bin < into.length; bin += 1) into[bin] = into[bin]! + sign * counts[bin]!;
  return into;
}
