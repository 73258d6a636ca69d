import type { Estimate } from '../statistics/estimate.ts';
import { type RunSpread, runSpread } from '../statistics/run-spread.ts';
import { type SeedFoldComponents, seedFoldComponents } from '../statistics/seed-fold-components.ts';
import { groupedBy, meanOf, percent, shown, testShare } from './run-report-figures.ts';
import type { RunScore } from './run-score.ts';

/** The runs of one model on one snapshot. */
export interface ModelRuns {
  readonly model: string;
  readonly snapshot: string;
  readonly spread: RunSpread;
  /** How far the score would go on other test images; null where nobody knows it. */
  readonly testSampling: Estimate | null;
  readonly components: SeedFoldComponents;
  readonly sentence: string;
}

export function modelRuns(
  runs: readonly RunScore[],
  metric: string,
  testSampling: Estimate | null,
): ModelRuns {
  const { model, snapshot } = runs[0]!;
  const spread = runSpread(
    runs.map(({ split, fold, repeat, seed, value }) => ({
      fold: JSON.stringify([split, fold]),
      repeat,
      seed,
      value,
    })),
    testShare(runs),
  );
  const components = seedFoldComponents(scoreMatrix(runs));
  const sentence = modelSentence(model, metric, spread, components);
  return { model, snapshot, spread, testSampling, components, sentence };
}

/** A row a seed, a column a split, fold and repeat; the mean where one was run twice. */
function scoreMatrix(runs: readonly RunScore[]): (number | null)[][] {
  const rowOf = ({ seed }: RunScore) => JSON.stringify(seed);
  const columnOf = ({ split, fold, repeat }: RunScore) => JSON.stringify([split, fold, repeat]);
  const columns = [...new Set(runs.map(columnOf))];
  return [...groupedBy(runs, rowOf).values()].map((row) => {
    const cells = groupedBy(row, columnOf);
    return columns.map((column) => {
      const cell = cells.get(column);
      return cell === undefined ? null : meanOf(cell.map(({ value }) => value));
    });
  });
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
  const { interval } = mean;
  const range =
    interval === null
      ? ''
      : `; 95 % interval of the mean ${shown(interval.lower)} to ${shown(interval.upper)}`;
  const head =
    sd === null
      ? `${model}: ${metric} ${shown(mean.value)} in one run; nothing is known of its spread`
      : `${model}: ${metric} ${shown(mean.value)} ± ${shown(sd)} (mean ± sd of ${runs} runs${range}); ${VARIED[varied]}`;
  const { seedShare, foldShare } = components;
  const parts =
    seedShare.value !== null && foldShare.value !== null
      ? `. ${percent(foldShare.value)} of the spread is the data split, ${percent(seedShare.value)} the seed`
      : '';
  return `${head}${parts}${isDeterministic ? '. All scores are equal: was the seed used?' : ''}.`;
}
