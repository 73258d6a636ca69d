import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import { bucketsOf } from './cross-tabulate.ts';
import type { BucketedTable } from './jackknife.ts';
import { naiveBayesFolds } from './naive-bayes-folds.ts';
import { naiveBayesProbabilities } from './naive-bayes-probabilities.ts';
import { scoreGroups } from './score-groups.ts';
import { SCORE_BINS, type ScoreHistograms, scoreBin } from './score-histograms.ts';
import type { UnitsPerLevel } from './units-per-level.ts';

/** Probabilities of a block of images: few enough that they stay in the processor's cache. */
const BLOCK = 32_768;
/** The smallest probability whose logarithm is taken, as elsewhere in the trade. */
export const LEAST_PROBABILITY = 1e-15;
/** Where the cells of a bucket begin. */
export const SCORE_CELLS = { hits: 0, loss: 1, baselineLoss: 2, counts: 3 } as const;

/**
 * Judges every labelled image by the model of its fold, block by block, so that no image is an object. `table`: for each
 * bucket images guessed right (the first of equals), log loss, log loss of who knows the class shares of the other folds
 * alone, then images of each class. `foldOf`: of each image.
 */
export function naiveBayesScores(
  attributes: readonly CodedVariable[],
  label: CodedVariable,
  units: UnitStructure,
  foldOf: Uint8Array,
  perClass: UnitsPerLevel,
): { readonly table: BucketedTable; readonly histograms: ScoreHistograms } {
  const classes = label.levels;
  const model = naiveBayesFolds(attributes, label, foldOf);
  const groups = scoreGroups(foldOf, (image) => label.codes[image]! >= 0, units);
  const sums = new Float64Array((SCORE_CELLS.counts + classes) * units.bucketCount);
  const counts = new Uint32Array(classes * groups.list.length * 2 * SCORE_BINS);
  const shareOdds = Float64Array.from(perClass.images, (count) => count / (perClass.imageCount - count));
  const size = Math.ceil(BLOCK / classes);
  const probabilities = new Float64Array(size * classes);
  for (let from = 0; from < foldOf.length; from += size) {
    const block = { from, to: Math.min(from + size, foldOf.length), probabilities };
    naiveBayesProbabilities(model, attributes, foldOf, block.from, block.to, probabilities);
    addScores(block, label, groups.ofImage, shareOdds, counts, groups.list.length);
    addGuesses(block, label, units, foldOf, model.baseline, sums);
  }
  const { imageCount, unitCount } = perClass;
  return {
    table: { ...bucketsOf(sums, SCORE_CELLS.counts + classes), imageCount, unitCount },
    histograms: { classes, groups: groups.list, counts },
  };
}

interface Block {
  readonly from: number;
  readonly to: number;
  readonly probabilities: Float64Array;
}

/** Class by class, for the histograms of one class are near each other in memory. */
function addScores(
  { from, to, probabilities }: Block,
  { codes, levels: classes }: CodedVariable,
  groupOf: Int16Array,
  shareOdds: Float64Array,
  counts: Uint32Array,
  groups: number,
): void {
  for (let code = 0; code < classes; code += 1) {
    const odds = shareOdds[code]!;
    for (let image = from, cell = code; image < to; image += 1, cell += classes) {
      const own = codes[image]!;
      if (own < 0) continue;
      const start = ((code * groups + groupOf[image]!) * 2 + (code === own ? 1 : 0)) * SCORE_BINS;
      const bin = start + scoreBin(probabilities[cell]!, odds);
      counts[bin] = counts[bin]! + 1;
    }
  }
}

function addGuesses(
  { from, to, probabilities }: Block,
  { codes, levels: classes }: CodedVariable,
  { unitOf, bucketOf }: UnitStructure,
  foldOf: Uint8Array,
  baseline: Float64Array,
  sums: Float64Array,
): void {
  const { hits, loss, baselineLoss, counts } = SCORE_CELLS;
  for (let image = from; image < to; image += 1) {
    const own = codes[image]!;
    if (own < 0) continue;
    const start = (image - from) * classes;
    let best = 0;
    for (let code = 1; code < classes; code += 1) {
      if (probabilities[start + code]! > probabilities[start + best]!) best = code;
    }
    const place = bucketOf[unitOf[image]!]! * (counts + classes);
    const probability = Math.max(LEAST_PROBABILITY, probabilities[start + own]!);
    if (best === own) sums[place + hits] = sums[place + hits]! + 1;
    sums[place + loss] = sums[place + loss]! - Math.log(probability);
    sums[place + baselineLoss] = sums[place + baselineLoss]! - baseline[foldOf[image]! * classes + own]!;
    sums[place + counts + own] = sums[place + counts + own]! + 1;
  }
}
