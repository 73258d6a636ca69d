import type { Colour } from '../statistics/colour.ts';
import type { Estimate } from '../statistics/estimate.ts';
import { FEWEST_RUNS } from '../statistics/run-spread.ts';
import type { Threshold } from '../statistics/thresholds.ts';
import { shown } from './run-report-figures.ts';
import type { ModelRuns } from './run-report-models.ts';
import { LARGEST_Q, MEANINGFUL_WIN_SHARE, type ModelPair } from './run-report-pairs.ts';
import type { RunTwins } from './run-twins.ts';

/** What a figure of runs is held against, and where that comes from. */
export interface RunThreshold {
  readonly rule: string;
  readonly value: number;
  readonly origin: Threshold['origin'];
  readonly source: string;
}

export const RUN_THRESHOLDS: readonly RunThreshold[] = [
  {
    rule: 'runs of a model, below which nothing is judged',
    value: FEWEST_RUNS,
    origin: 'CONVENTION',
    source: 'a standard deviation of fewer says little',
  },
  {
    rule: 'q over all pairs, below which a difference is found',
    value: LARGEST_Q,
    origin: 'CONVENTION',
    source: 'Holm 1979, above 50 pairs Benjamini & Hochberg 1995; the level is habit',
  },
  {
    rule: 'share of pairs won, from which a difference found is GREEN',
    value: MEANINGFUL_WIN_SHARE,
    origin: 'MEMORY',
    source: 'Bouthillier et al. 2021, "Accounting for variance in machine learning benchmarks"',
  },
  {
    rule: 'power with which a detectable difference is found',
    value: 0.8,
    origin: 'MEMORY',
    source: 'Cohen 1988',
  },
];

/** What a person reads first (statistics.md §8). */
export interface RunCard {
  readonly colour: Colour;
  readonly sentence: string;
  /** The difference of the pair that decides; with one model, its mean. */
  readonly headline: Estimate;
  /** Of that pair. */
  readonly detectable: Estimate | null;
  readonly runs: number;
  readonly seeds: number;
  readonly folds: number;
  readonly thresholds: readonly RunThreshold[];
  readonly caveats: readonly string[];
  /** What would settle it. */
  readonly wouldChange: string;
}

/** The worst first: a claim that does not stand is not hidden by models that have too few runs. */
const ORDER: readonly Colour[] = ['RED', 'GREY', 'AMBER', 'GREEN'];

export function runCard(
  models: readonly ModelRuns[],
  pairs: readonly ModelPair[],
  twins: RunTwins,
  metric: string,
): RunCard {
  const worst = [...pairs].sort((a, b) => ORDER.indexOf(a.colour) - ORDER.indexOf(b.colour))[0];
  const few = models.filter(({ spread }) => spread.runs < FEWEST_RUNS);
  const most = (of: (model: ModelRuns) => number) => Math.max(...models.map(of));
  return {
    headline: worst?.difference ?? models[0]!.spread.mean,
    detectable: worst?.detectable ?? null,
    runs: models.reduce((runs, { spread }) => runs + spread.runs, 0),
    seeds: most(({ components }) => components.seeds),
    folds: most(({ components }) => components.folds),
    thresholds: RUN_THRESHOLDS,
    caveats: caveatsOf(models, pairs, twins),
    ...(few.length > 0 && worst?.colour !== 'RED' ? tooFew(few) : finding(models, worst, metric)),
  };
}

type Finding = Pick<RunCard, 'colour' | 'sentence' | 'wouldChange'>;

function tooFew(few: readonly ModelRuns[]): Finding {
  const told = few.map(({ model, spread }) => `${model} has ${spread.runs}`).join(', ');
  return {
    colour: 'GREY',
    sentence: `${told} of the ${FEWEST_RUNS} runs below which nothing is judged.`,
    wouldChange: `At least ${FEWEST_RUNS} runs of each model, over folds as well as seeds.`,
  };
}

function finding(models: readonly ModelRuns[], worst: ModelPair | undefined, metric: string): Finding {
  if (worst === undefined)
    return {
      colour: 'GREY',
      sentence: models[0]!.sentence,
      wouldChange: 'A second model on the same folds and seeds to compare with.',
    };
  const floor = worst.detectableFloor?.value ?? null;
  return {
    colour: worst.colour,
    sentence: worst.sentence,
    wouldChange:
      floor !== null
        ? `More repeats cannot find a difference of ${metric} below ${shown(floor)}: more data can.`
        : worst.difference.reason === 'SIZES_UNKNOWN'
          ? 'How many images each run was trained and tested on.'
          : worst.isPaired
            ? 'Runs whose seeds and folds differ, and whose scores do.'
            : `At least ${FEWEST_RUNS} runs of both models on the same folds, repeats and seeds.`,
  };
}

function caveatsOf(
  models: readonly ModelRuns[],
  pairs: readonly ModelPair[],
  { repeated, differing }: RunTwins,
): string[] {
  const leftOut = pairs.reduce((runs, pair) => runs + pair.leftOut, 0);
  const anyModel = (holds: (model: ModelRuns) => boolean, caveat: string) =>
    models.some(holds) ? [caveat] : [];
  return [
    ...anyModel(
      ({ spread }) => spread.varied === 'SEED',
      'Seeds on one test part cannot see the luck of its images: look at the sampling error of the test beside the spread.',
    ),
    ...anyModel(
      ({ testSampling }) => testSampling === null,
      'The sampling error of the test is not known: it is for an accuracy of which the test’s size, or the outcome of each image, is reported.',
    ),
    ...anyModel(
      ({ testSampling }) => testSampling?.reason === 'UNIT_UNKNOWN',
      'Nobody said of which unit some test images are: each is taken for a unit, and the sampling error of the test may be too small.',
    ),
    ...anyModel(
      ({ testSampling }) => testSampling?.reason === 'UNITS_UNKNOWN',
      'Which images came out right was not reported: the sampling error of the test takes each image for a unit, and may be too small.',
    ),
    ...anyModel(
      ({ spread }) => spread.isDeterministic,
      'All scores of a model are equal: was the seed used?',
    ),
    ...(differing > 0
      ? [
          `${differing} runs have a twin of the same split, part trained on, fold, repeat and seed with another score: training is not deterministic, or something that differed was not told.`,
        ]
      : []),
    ...(repeated > 0
      ? [
          `${repeated} runs repeat another of the same split, part trained on, fold, repeat and seed to the last bit of the score, and are counted once with it.`,
        ]
      : []),
    ...(pairs.some(({ isPaired }) => !isPaired)
      ? [
          'The runs of some models have no partners of the same split, fold, repeat and seed: the means of their seeds are compared.',
        ]
      : []),
    ...(leftOut > 0
      ? [`${leftOut} runs, counted once in each pair, have not exactly one partner and are left out of it.`]
      : []),
    ...anyModel(
      ({ spread }) => spread.varied === 'FOLD' || spread.varied === 'BOTH',
      'The error over folds is approximate: no unbiased estimate from one cross-validation exists (Bengio & Grandvalet 2004).',
    ),
  ];
}
