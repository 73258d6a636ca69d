import { analysisOfVariance } from '../src/statistics/analysis-of-variance.ts';
import { areaUnderCurve } from '../src/statistics/area-under-curve.ts';
import { chiSquareStatistics } from '../src/statistics/chi-square-statistics.ts';
import { classImbalance } from '../src/statistics/class-imbalance.ts';
import type { CodedVariable, UnitStructure } from '../src/statistics/coded-variable.ts';
import { cohenW } from '../src/statistics/cohen-w.ts';
import { confounding } from '../src/statistics/confounding.ts';
import { expectedCounts, margins } from '../src/statistics/contingency-table.ts';
import { cramersV } from '../src/statistics/cramers-v.ts';
import { crossTabulate } from '../src/statistics/cross-tabulate.ts';
import type { Estimate, Interval } from '../src/statistics/estimate.ts';
import { factorCoverage } from '../src/statistics/factor-coverage.ts';
import { goodmanKruskal } from '../src/statistics/goodman-kruskal.ts';
import { independenceDesignEffect } from '../src/statistics/independence-design-effect.ts';
import { jensenShannonDivergence } from '../src/statistics/jensen-shannon-divergence.ts';
import { keptVersusExcluded } from '../src/statistics/kept-versus-excluded.ts';
import { leaveOneUnitOut } from '../src/statistics/leave-one-unit-out.ts';
import { meanComparison } from '../src/statistics/mean-comparison.ts';
import { momentTable } from '../src/statistics/moment-table.ts';
import { naiveBayesProbe } from '../src/statistics/naive-bayes-probe.ts';
import { proportion } from '../src/statistics/proportion.ts';
import { riskDifference } from '../src/statistics/risk-difference.ts';
import { standardizedDifference } from '../src/statistics/standardized-difference.ts';
import { sum } from '../src/statistics/sum.ts';
import { totalVariation } from '../src/statistics/total-variation.ts';
import { wilsonInterval } from '../src/statistics/wilson-interval.ts';
import {
  clusteredCodes,
  clusteredValues,
  firstOfUnits,
  margin,
  meansOfUnits,
  oneImageEach,
} from './clusters.ts';
import type { Random } from './random.ts';

/** A figure of one sample beside what it is of the population. */
export interface Told {
  readonly truth: number;
  readonly interval: Interval | null;
}

/** Figures of the same draws, by name. */
export type Draw = (random: Random, units: UnitStructure) => Readonly<Record<string, Told>>;

const told = (truth: number | null, { interval }: Pick<Estimate, 'interval'>): Told => ({
  truth: truth!,
  interval,
});

const LEVELS = [0.3, 0.27, 0.25, 0.15, 0.03];
const TARGET = [0.2, 0.3, 0.3, 0.16, 0.04];

/** A factor of five levels against a target that it misses: w .27, total variation .10. */
const selection: Draw = (random, units) => {
  const table = crossTabulate(units, [clusteredCodes(random, units, LEVELS)]);
  const coverage = factorCoverage(table, { shares: TARGET, sourceCount: null }, random.uniform);
  const expected = chiSquareStatistics(LEVELS, TARGET).chiSquare;
  const [common, rare] = [coverage.levels[0]!, coverage.levels[4]!];
  return {
    'share of a level (30 %)': told(0.3, common.share),
    '… image-level interval (Wilson)': {
      truth: 0.3,
      interval: wilsonInterval(table.total[0]!, table.imageCount),
    },
    'share of a rare level (3 %)': told(0.03, rare.share),
    'representation ratio (1.5)': told(1.5, common.representationRatio),
    'representation ratio, rare level (.75)': told(0.75, rare.representationRatio),
    'Cohen w, fit to the target': told(cohenW(expected, 1).value, coverage.cohenW),
    'total variation': told(totalVariation(LEVELS, TARGET).value, coverage.totalVariation),
    'Jensen–Shannon divergence': told(
      jensenShannonDivergence(LEVELS, TARGET).value,
      coverage.jensenShannonDivergence,
    ),
    'standardized difference': told(
      standardizedDifference(LEVELS, TARGET).value,
      coverage.standardizedDifference,
    ),
  };
};

const CLASSES = [0.55, 0.3, 0.15];

const classes: Draw = (random, units) => {
  const label = clusteredCodes(random, units, CLASSES);
  const rare = { codes: label.codes.map((code) => (code === 2 ? 1 : 0)), levels: 2 };
  return {
    'share of a class (15 %)': told(0.15, shareOf(units, rare)),
    'imbalance ratio (3.7)': told(0.55 / 0.15, classImbalance(crossTabulate(units, [label])).imbalanceRatio),
  };
};

const missing: Draw = (random, units) => ({
  'share missing (8 %)': told(0.08, shareOf(units, clusteredCodes(random, units, [0.92, 0.08]))),
  'share excluded (8 %), whole units': told(
    0.08,
    shareOf(units, clusteredCodes(random, units, [0.92, 0.08], 1)),
  ),
});

/** Of images with code 1. */
function shareOf(units: UnitStructure, variable: CodedVariable): Estimate {
  const table = crossTabulate(units, [variable]);
  const cells = ([without, withIt]: readonly number[]) => [withIt!, without! + withIt!];
  return proportion({ ...table, total: cells(table.total), buckets: table.buckets.map(cells) });
}

/** Three classes by four levels, w about .3, of three levels the commonest class is another one. */
const JOINT = [0.17, 0.1, 0.08, 0.1, 0.06, 0.12, 0.05, 0.05, 0.05, 0.05, 0.1, 0.07];

const association: Draw = (random, units) => {
  const cells = clusteredCodes(random, units, JOINT);
  const [label, factor] = [margin(cells, [3, 4], 0), margin(cells, [3, 4], 1)];
  const table = { ...crossTabulate(units, [label, factor]), rows: 3, columns: 4 };
  const strength = cramersV(table, { designEffect: independenceDesignEffect(table) });
  const w = Math.sqrt(chiSquareStatistics(JOINT, expectedCounts(margins(JOINT, 4))).chiSquare);
  return {
    'Cohen w (.30)': told(w, strength.w),
    'Cramér V (.21)': told(w / Math.SQRT2, strength.corrected),
    'λ, leave-one-unit-out': told(
      goodmanKruskal(JOINT, 4).lambda.value,
      leaveOneUnitOut(factor, label, units).lambda,
    ),
  };
};

/** By stratum: [with & outcome, with & none, without & outcome, without & none]. */
const STRATA = [0.12, 0.08, 0.09, 0.16, 0.05, 0.1, 0.08, 0.32];

const risk: Draw = (random, units) => {
  const found = confounding(crossTabulate(units, [clusteredCodes(random, units, STRATA)]));
  const truth = riskDifference(STRATA);
  return {
    'risk difference': told(truth.crude.value, found.crude),
    'risk difference, standardized': told(truth.standardized.value, found.standardized),
  };
};

/** Four levels by kept and excluded, a tenth excluded. */
const KEPT = [0.38, 0.03, 0.27, 0.03, 0.17, 0.02, 0.08, 0.02];

const attrition: Draw = (random, units) => {
  const table = { ...crossTabulate(units, [clusteredCodes(random, units, KEPT)]), rows: 4, columns: 2 };
  const [kept, excluded] = [0, 1].map((column) => KEPT.filter((_, cell) => cell % 2 === column));
  const found = keptVersusExcluded(table, true, random.uniform);
  return {
    'share excluded (10 %)': told(sum(excluded!), found.exclusionShare),
    'standardized difference, kept and excluded (.21)': told(
      standardizedDifference(kept!, excluded!).value,
      found.standardizedDifference,
    ),
  };
};

/** Means of four equally common levels in standard deviations within a level: image-level ω² .062. */
const MEANS = [-1.3416, -0.4472, 0.4472, 1.3416].map((place) => place * Math.sqrt(0.066));
/** Between levels over all, of images and of unit means: half the variance within a level lies between units. */
const OF_IMAGES = 0.066 / 1.066;
const OF_UNIT_MEANS = 0.066 / (0.066 + 0.5 + 0.5 * meanInverse(19));

/** The mean of 1/m over m = 1 … most. */
function meanInverse(most: number): number {
  return sum(Array.from({ length: most }, (_, index) => 1 / (index + 1))) / most;
}

/** A measure by a factor that is one and the same within a unit, such as the site. */
const measurement: Draw = (random, units) => {
  const factor = clusteredCodes(random, units, [0.25, 0.25, 0.25, 0.25], 1);
  const values = clusteredValues(random, units).map((value, image) => value + MEANS[factor.codes[image]!]!);
  const ofUnits = momentTable(oneImageEach(units), meansOfUnits(values, units), firstOfUnits(factor, units));
  const extremes = { codes: factor.codes.map((code) => [0, -1, -1, 1][code]!), levels: 2 };
  return {
    'ω² of unit means (.10)': told(OF_UNIT_MEANS, analysisOfVariance(ofUnits).omegaSquared),
    'ω² of images (.062)': told(
      OF_IMAGES,
      analysisOfVariance(momentTable(units, values, factor)).omegaSquared,
    ),
    'standardized difference of means (.69)': told(
      MEANS[0]! - MEANS[3]!,
      meanComparison(momentTable(units, values, extremes)).standardizedDifference,
    ),
  };
};

const LABEL = [0.5, 0.5];
/** Of each class, shares of the levels of two attributes that know nothing of each other. */
const FIRST = [
  [0.4, 0.3, 0.2, 0.1],
  [0.2, 0.25, 0.25, 0.3],
];
const SECOND = [
  [0.5, 0.3, 0.2],
  [0.35, 0.35, 0.3],
];
const PROBED = LABEL.flatMap((share, code) =>
  FIRST[code]!.flatMap((one) => SECOND[code]!.map((other) => share * one * other)),
);

/** The area that naive Bayes has once it has seen everything. */
function areaOfPopulation(): number {
  const half = PROBED.length / 2;
  const odds = Array.from({ length: half }, (_, cell) => ({
    odds: PROBED[half + cell]! / PROBED[cell]!,
    cell,
  })).sort((a, b) => a.odds - b.odds);
  const positives = odds.map(({ cell }) => PROBED[half + cell]!);
  const negatives = odds.map(({ cell }) => PROBED[cell]!);
  return areaUnderCurve([{ positives, negatives }]).value!;
}
const AREA = areaOfPopulation();

const probe: Draw = (random, units) => {
  const cells = clusteredCodes(random, units, PROBED);
  const [label, first, second] = [0, 1, 2].map((which) => margin(cells, [2, 4, 3], which));
  const folds = units.bucketOf.map((bucket) => bucket % 5);
  const found = naiveBayesProbe([first!, second!], label!, units, folds);
  return {
    [`area of the metadata probe (${AREA.toFixed(2).slice(1)})`]: told(AREA, found.withinFolds.macroArea),
  };
};

/** Label, site, measure and exclusion know nothing of each other; the site is the unit's. */
const nothing: Draw = (random, units) => {
  const label = clusteredCodes(random, units, CLASSES);
  const site = clusteredCodes(random, units, [0.4, 0.3, 0.2, 0.1], 1);
  const excluded = clusteredCodes(random, units, [0.9, 0.1]);
  const values = clusteredValues(random, units);
  const effect = analysisOfVariance(
    momentTable(oneImageEach(units), meansOfUnits(values, units), firstOfUnits(site, units)),
  );
  const tied = { ...crossTabulate(units, [label, site]), rows: 3, columns: 4 };
  const folds = units.bucketOf.map((bucket) => bucket % 5);
  const lost = keptVersusExcluded(
    { ...crossTabulate(units, [site, excluded]), rows: 4, columns: 2 },
    true,
    random.uniform,
  );
  return {
    'Cramér V (0)': told(0, cramersV(tied, { designEffect: independenceDesignEffect(tied) }).corrected),
    'standardized difference, kept and excluded (0)': told(0, lost.standardizedDifference),
    'ω² of unit means (0)': told(0, effect.omegaSquared),
    'area of the metadata probe (.50)': told(
      0.5,
      naiveBayesProbe([site], label, units, folds).withinFolds.macroArea,
    ),
  };
};

export const DRAWS = {
  selection,
  classes,
  missing,
  association,
  risk,
  attrition,
  measurement,
  probe,
  nothing,
} as const;
export type DrawName = keyof typeof DRAWS;
