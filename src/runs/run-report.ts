import { compareText } from '../kernel/compare-text.ts';
import { DomainError } from '../kernel/errors.ts';
import { benjaminiHochberg } from '../statistics/benjamini-hochberg.ts';
import type { Colour } from '../statistics/colour.ts';
import { type Estimate, estimate } from '../statistics/estimate.ts';
import { FEWEST_DATASETS, type Friedman, friedman } from '../statistics/friedman.ts';
import { holm } from '../statistics/holm.ts';
import { type PairedRuns, pairedRuns } from '../statistics/paired-runs.ts';
import { FEWEST_RUNS, type RunSpread, runSpread } from '../statistics/run-spread.ts';
import { type SeedFoldComponents, seedFoldComponents } from '../statistics/seed-fold-components.ts';
import { sum } from '../statistics/sum.ts';
import { unpairedRuns } from '../statistics/unpaired-runs.ts';
import type { RunScore } from './run-score.ts';

/** From so many pairs on the false discovery rate is held, below it the chance of any false finding. */
const MOST_PAIRS_FOR_HOLM = 50;
/** Share of pairs won from which a difference is called meaningful (Bouthillier et al. 2021). */
const MEANINGFUL_WIN_SHARE = 0.75;

export interface RunReportRequest {
  readonly metric: string;
  readonly part: string;
  readonly isGreaterBetter: boolean;
  readonly claims: readonly RunClaim[];
}

/** Somebody says that one model is better than another, by so much of the metric. */
export interface RunClaim {
  readonly better: string;
  readonly worse: string;
  readonly by: number;
}

export interface RunReport extends Pick<RunReportRequest, 'metric' | 'part' | 'isGreaterBetter'> {
  readonly snapshots: readonly string[];
  readonly card: RunCard;
  readonly models: readonly ModelRuns[];
  /** On each snapshot by itself. */
  readonly pairs: readonly ModelPair[];
  /** Several models over at least five snapshots of different datasets; null, with the reason, otherwise. */
  readonly ranks: (Friedman & { readonly modelNames: readonly string[] }) | null;
  readonly ranksReason: string | null;
}

export interface RunCard {
  readonly colour: Colour;
  readonly sentence: string;
  readonly caveats: readonly string[];
  /** What would settle it. */
  readonly wouldChange: string;
}

/** The runs of one model on one snapshot. */
export interface ModelRuns {
  readonly model: string;
  readonly snapshot: string;
  readonly spread: RunSpread;
  /** How far the score would go on other test images: of one run's size of test, over its mean; null where nobody knows it. */
  readonly testSampling: Estimate | null;
  readonly components: SeedFoldComponents;
  readonly sentence: string;
}

export interface ModelPair {
  readonly snapshot: string;
  /** The one of the better mean, and the other. */
  readonly better: string;
  readonly worse: string;
  readonly isPaired: boolean;
  /** Better less worse, so that above 0 is better whichever way the metric goes; `q` over all pairs. */
  readonly difference: Estimate;
  readonly winShare: Estimate | null;
  readonly detectable: Estimate | null;
  readonly detectableFloor: Estimate | null;
  readonly claim: RunClaim | null;
  readonly colour: Colour;
  readonly sentence: string;
}

/** Where a snapshot's images of correctness are known: share right, with an interval over units. */
export type TestSampling = (model: string, snapshot: string) => Estimate | null;

/**
 * What can be said of runs by one metric on one part: each model's spread and what varied, seed against fold, every pair with the corrected comparison, and
 * what could have been found (statistics.md §7). `datasetOf` a snapshot says which may be ranked over: folds and versions of one dataset are no datasets.
 * @throws DomainError NOT_FOUND where there is no such score
 */
export function runReport(
  scores: readonly RunScore[],
  request: RunReportRequest,
  datasetOf: (snapshot: string) => string,
  testSampling: TestSampling,
): RunReport {
  const { metric, part, isGreaterBetter, claims } = request;
  const wanted = scores.filter((score) => score.metric === metric && score.part === part);
  if (wanted.length === 0) {
    const there = [...new Set(scores.map((score) => `${score.metric} on ${score.part}`))].sort(compareText);
    throw new DomainError(
      'NOT_FOUND',
      `metric: no run reports ${metric} on ${part}; there is ${there.slice(0, 20).join(', ') || 'no run'}.`,
    );
  }
  const groups = [...groupedBy(wanted, ({ snapshot, model }) => JSON.stringify([snapshot, model]))]
    .map(([, runs]) => runs)
    .sort((a, b) => compareText(a[0]!.snapshot, b[0]!.snapshot) || compareText(a[0]!.model, b[0]!.model));
  const models = groups.map((runs) =>
    modelRuns(runs, metric, testSampling(runs[0]!.model, runs[0]!.snapshot)),
  );
  const pairs = withQ(pairsOf(groups, isGreaterBetter, claims, metric));
  const { ranks, reason } = ranksOf(groups, isGreaterBetter, datasetOf);
  return {
    metric,
    part,
    isGreaterBetter,
    snapshots: [...new Set(wanted.map(({ snapshot }) => snapshot))].sort(compareText),
    card: cardOf(models, pairs, metric),
    models,
    pairs,
    ranks,
    ranksReason: reason,
  };
}

function modelRuns(runs: readonly RunScore[], metric: string, testSampling: Estimate | null): ModelRuns {
  const { model, snapshot } = runs[0]!;
  const spread = runSpread(
    runs.map(({ fold, repeat, seed, value }) => ({
      fold: fold === null ? null : String(fold),
      repeat,
      seed,
      value,
    })),
    testShare(runs),
  );
  const components = seedFoldComponents(scoreMatrix(runs));
  return {
    model,
    snapshot,
    spread,
    testSampling,
    components,
    sentence: modelSentence(model, metric, spread, components),
  };
}

/** n_test/n_train, the mean over runs that say both; null where none does. */
function testShare(runs: readonly RunScore[]): number | null {
  const shares = runs.flatMap(({ trainImages, testImages }) =>
    trainImages !== null && testImages !== null && trainImages > 0 ? [testImages / trainImages] : [],
  );
  return shares.length === 0 ? null : sum(shares) / shares.length;
}

/** A row a seed, a column a fold and repeat; the mean where one was run twice. */
function scoreMatrix(runs: readonly RunScore[]): (number | null)[][] {
  const seeds = [...new Set(runs.map(({ seed }) => seed))];
  const columnOf = ({ fold, repeat }: RunScore) => JSON.stringify([fold, repeat]);
  const columns = [...new Set(runs.map(columnOf))];
  return seeds.map((seed) =>
    columns.map((column) => {
      const values = runs
        .filter((run) => run.seed === seed && columnOf(run) === column)
        .map(({ value }) => value);
      return values.length === 0 ? null : sum(values) / values.length;
    }),
  );
}

const VARIED: Readonly<Record<RunSpread['varied'], string>> = {
  NOTHING: 'nothing that the runs say varied',
  SEED: 'only the seed varied, so this is the algorithm’s own spread',
  FOLD: 'the folds varied, so this mixes data and algorithm',
  BOTH: 'seeds and folds varied',
};

function modelSentence(
  model: string,
  metric: string,
  spread: RunSpread,
  components: SeedFoldComponents,
): string {
  const { mean, standardDeviation, runs, varied, isDeterministic } = spread;
  const sd = standardDeviation.value;
  const interval = mean.interval;
  const head =
    sd === null
      ? `${model}: ${metric} ${shown(mean.value!)} in one run; nothing is known of its spread`
      : `${model}: ${metric} ${shown(mean.value!)} ± ${shown(sd)} (mean ± sd of ${runs} runs${interval ? `; 95 % interval of the mean ${shown(interval.lower)} to ${shown(interval.upper)}` : ''}); ${VARIED[varied]}`;
  const { seedShare, foldShare } = components;
  const parts =
    seedShare.value !== null && foldShare.value !== null
      ? `. ${percent(foldShare.value)} of the spread is the data split, ${percent(seedShare.value)} the seed`
      : '';
  return `${head}${parts}${isDeterministic ? '. All scores are equal: was the seed used?' : ''}.`;
}

function pairsOf(
  groups: readonly (readonly RunScore[])[],
  isGreaterBetter: boolean,
  claims: readonly RunClaim[],
  metric: string,
): ModelPair[] {
  const pairs: ModelPair[] = [];
  groups.forEach((one, index) => {
    for (const other of groups.slice(index + 1))
      if (one[0]!.snapshot === other[0]!.snapshot)
        pairs.push(pairOf(one, other, isGreaterBetter, claims, metric));
  });
  return pairs;
}

function pairOf(
  one: readonly RunScore[],
  other: readonly RunScore[],
  isGreaterBetter: boolean,
  claims: readonly RunClaim[],
  metric: string,
): ModelPair {
  const signed = ({ value }: RunScore) => (isGreaterBetter ? value : -value);
  const mean = (runs: readonly RunScore[]) => sum(runs.map(signed)) / runs.length;
  const [a, b] = mean(one) >= mean(other) ? [one, other] : [other, one];
  const names = { snapshot: a[0]!.snapshot, better: a[0]!.model, worse: b[0]!.model };
  const claim =
    claims.find(
      ({ better, worse }) =>
        [better, worse].sort().join('\0') === [names.better, names.worse].sort().join('\0'),
    ) ?? null;
  const differences = pairedDifferences(a, b, signed);
  const share = testShare([...a, ...b]);
  const compared: PairedRuns | null =
    differences.length >= 2 && share !== null ? pairedRuns(differences, share) : null;
  const difference = compared?.difference ?? unpairedRuns(a.map(signed), b.map(signed));
  const colour = pairColour(compared, difference, claim === null ? null : claimed(claim, names.better));
  return {
    ...names,
    isPaired: compared !== null,
    difference,
    winShare: compared?.winShare ?? null,
    detectable: compared?.detectable ?? null,
    detectableFloor: compared?.detectableFloor ?? null,
    claim,
    colour,
    sentence: pairSentence(names, metric, difference, compared, claim, colour),
  };
}

/** What is claimed of the model of the better mean: below 0 where the claim is of the other. */
function claimed(claim: RunClaim, better: string): number {
  return claim.better === better ? claim.by : -claim.by;
}

/** One difference for each fold, repeat and seed that both have run once. */
function pairedDifferences(
  a: readonly RunScore[],
  b: readonly RunScore[],
  signed: (score: RunScore) => number,
): number[] {
  const keyOf = ({ fold, repeat, seed, split }: RunScore) => JSON.stringify([split, fold, repeat, seed]);
  const partners = groupedBy(b, keyOf);
  return [...groupedBy(a, keyOf)].flatMap(([key, [run, ...more]]) => {
    const [partner, ...others] = partners.get(key) ?? [];
    return partner === undefined || more.length > 0 || others.length > 0
      ? []
      : [signed(run!) - signed(partner)];
  });
}

/** statistics.md §7, "Thresholds". */
function pairColour(compared: PairedRuns | null, difference: Estimate, claim: number | null): Colour {
  const { interval } = difference;
  if (interval === null) return 'GREY';
  if (compared !== null && compared.difference.unitCount < FEWEST_RUNS) return 'GREY';
  const excludesNone = interval.lower > 0;
  if (excludesNone && (compared?.winShare.value ?? 0) >= MEANINGFUL_WIN_SHARE && (claim ?? 0) >= 0)
    return 'GREEN';
  const isShort = claim !== null && (compared?.detectable.value ?? 0) > Math.abs(claim);
  if (claim !== null && !excludesNone && isShort) return 'RED';
  return 'AMBER';
}

function pairSentence(
  { better, worse }: { better: string; worse: string },
  metric: string,
  difference: Estimate,
  compared: PairedRuns | null,
  claim: RunClaim | null,
  colour: Colour,
): string {
  const { value, interval } = difference;
  const by = `${better} is better than ${worse} by ${shown(value!)} of ${metric}`;
  if (interval === null) return `${by} in what was run; too little was run to say more.`;
  const range = `95 % interval ${shown(interval.lower)} to ${shown(interval.upper)}`;
  const found =
    compared?.detectable.value == null
      ? 'the runs have no partners, so the luck of a fold stays in it'
      : `differences below ${shown(compared.detectable.value)} would not be found by so many runs`;
  const judged =
    claim === null
      ? ''
      : colour === 'RED'
        ? ` The claim that ${claim.better} is better than ${claim.worse} by ${shown(claim.by)} is not supported.`
        : ` Claimed: ${claim.better} better than ${claim.worse} by ${shown(claim.by)}.`;
  return `${by} (${range}); ${found}.${judged}`;
}

/** Adjusted over all pairs: Holm, above 50 pairs Benjamini–Hochberg. */
function withQ(pairs: readonly ModelPair[]): ModelPair[] {
  const p = pairs.map(({ difference }) => difference.p);
  const adjusted = pairs.length > MOST_PAIRS_FOR_HOLM ? benjaminiHochberg(p) : holm(p);
  return pairs.map((pair, index) => ({
    ...pair,
    difference: estimate({ ...pair.difference, q: adjusted[index] ?? null }),
  }));
}

function ranksOf(
  groups: readonly (readonly RunScore[])[],
  isGreaterBetter: boolean,
  datasetOf: (snapshot: string) => string,
): { ranks: RunReport['ranks']; reason: string | null } {
  const means = new Map<string, Map<string, number>>();
  for (const runs of groups) {
    const { snapshot, model } = runs[0]!;
    const row = means.get(datasetOf(snapshot)) ?? new Map<string, number>();
    const mean = sum(runs.map(({ value }) => value)) / runs.length;
    row.set(model, isGreaterBetter ? mean : -mean);
    means.set(datasetOf(snapshot), row);
  }
  const names = [...new Set(groups.map((runs) => runs[0]!.model))].sort(compareText);
  const rows = [...means.values()].filter((row) => names.every((name) => row.has(name)));
  if (names.length < 3) return { ranks: null, reason: 'FEWER_THAN_3_MODELS' };
  if (rows.length < FEWEST_DATASETS) return { ranks: null, reason: 'FEWER_THAN_5_DATASETS' };
  return {
    ranks: { ...friedman(rows.map((row) => names.map((name) => row.get(name)!))), modelNames: names },
    reason: null,
  };
}

function cardOf(models: readonly ModelRuns[], pairs: readonly ModelPair[], metric: string): RunCard {
  const order: readonly Colour[] = ['RED', 'GREY', 'AMBER', 'GREEN'];
  const worst = [...pairs].sort((a, b) => order.indexOf(a.colour) - order.indexOf(b.colour))[0];
  const few = models.filter(({ spread }) => spread.runs < FEWEST_RUNS);
  const caveats = [
    ...(models.some(({ spread }) => spread.varied === 'SEED')
      ? [
          'Seeds on one test part cannot see the luck of its images: look at the sampling error of the test beside the spread.',
        ]
      : []),
    ...(models.some(({ spread, testSampling }) => spread.varied !== 'NOTHING' && testSampling === null)
      ? ['Which images came out right was not reported, so the sampling error of the test is not known.']
      : []),
    ...(models.some(({ spread }) => spread.isDeterministic)
      ? ['All scores of a model are equal: was the seed used?']
      : []),
    ...(pairs.some(({ isPaired }) => !isPaired)
      ? ['Some runs have no partner of the same fold, repeat and seed.']
      : []),
    'The error over folds is approximate: no unbiased estimate from one cross-validation exists (Bengio & Grandvalet 2004).',
  ];
  if (few.length > 0)
    return {
      colour: 'GREY',
      sentence: `${few.map(({ model, spread }) => `${model} has ${spread.runs}`).join(', ')} of the ${FEWEST_RUNS} runs below which nothing is judged.`,
      caveats,
      wouldChange: `At least ${FEWEST_RUNS} runs of each model, over folds as well as seeds.`,
    };
  if (worst === undefined)
    return {
      colour: 'GREY',
      sentence: models[0]!.sentence,
      caveats,
      wouldChange: 'A second model on the same folds and seeds to compare with.',
    };
  const floor = worst.detectableFloor?.value;
  return {
    colour: worst.colour,
    sentence: worst.sentence,
    caveats,
    wouldChange:
      floor == null
        ? 'Runs of both models on the same folds, repeats and seeds.'
        : `More repeats cannot find a difference of ${metric} below ${shown(floor)}: more data can.`,
  };
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

const shown = (value: number) => String(Number(value.toPrecision(4)));
const percent = (share: number) => `${Math.round(100 * share)} %`;
