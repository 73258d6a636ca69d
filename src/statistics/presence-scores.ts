import type { CodedClasses } from './coded-classes.ts';
import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import { bucketsOf } from './cross-tabulate.ts';
import type { BucketedTable } from './jackknife.ts';
import { type NaiveBayesPresence, naiveBayesPresence } from './naive-bayes-presence.ts';
import { LEAST_PROBABILITY, SCORE_CELLS } from './naive-bayes-scores.ts';
import { scoreGroups } from './score-groups.ts';
import { SCORE_BINS, type ScoreHistograms, scoreBin } from './score-histograms.ts';
import type { UnitsPerLevel } from './units-per-level.ts';

/** Scores of a block of images: few enough that they stay in the processor's cache. */
const BLOCK = 32_768;

/**
 * `naiveBayesScores` for images that may show several classes. `table`: for each bucket, summed over images and classes,
 * presences guessed right, log loss, log loss of who knows the shares alone; then images of each class, and all images.
 */
export function presenceScores(
  attributes: readonly CodedVariable[],
  classes: CodedClasses,
  units: UnitStructure,
  foldOf: Uint8Array,
  perClass: UnitsPerLevel,
): { readonly table: BucketedTable; readonly histograms: ScoreHistograms } {
  const { levels: width, offsets } = classes;
  const model = naiveBayesPresence(attributes, classes, foldOf);
  const groups = scoreGroups(foldOf, (image) => offsets[image + 1]! > offsets[image]!, units);
  const cells = SCORE_CELLS.counts + width + 1;
  const sums = new Float64Array(cells * units.bucketCount);
  const counts = new Uint32Array(width * groups.list.length * 2 * SCORE_BINS);
  const shareOdds = Float64Array.from(perClass.images, (count) => count / (perClass.imageCount - count));
  const size = Math.ceil(BLOCK / Math.max(1, width));
  const odds = new Float64Array(size * width);
  const isShown = new Uint8Array(size * width);
  for (let from = 0; from < foldOf.length; from += size) {
    const to = Math.min(from + size, foldOf.length);
    addLogOdds(model, attributes, foldOf, from, to, odds);
    markShown(classes, from, to, isShown);
    for (let image = from; image < to; image += 1) {
      if (offsets[image] === offsets[image + 1]) continue;
      const place = units.bucketOf[units.unitOf[image]!]! * cells;
      sums[place + SCORE_CELLS.counts + width]! += 1;
      for (let code = 0, cell = (image - from) * width; code < width; code += 1, cell += 1) {
        const shown = isShown[cell]!;
        const probability = 1 / (1 + Math.exp(-odds[cell]!));
        const own = shown === 1 ? probability : 1 - probability;
        const share = model.baseline[foldOf[image]! * width + code]!;
        if (odds[cell]! > 0 === (shown === 1)) sums[place + SCORE_CELLS.hits]! += 1;
        sums[place + SCORE_CELLS.loss]! -= Math.log(Math.max(LEAST_PROBABILITY, own));
        sums[place + SCORE_CELLS.baselineLoss]! -= Math.log(shown === 1 ? share : 1 - share);
        sums[place + SCORE_CELLS.counts + code]! += shown;
        const start = ((code * groups.list.length + groups.ofImage[image]!) * 2 + shown) * SCORE_BINS;
        counts[start + scoreBin(probability, shareOdds[code]!)]! += 1;
      }
    }
  }
  const { imageCount, unitCount } = perClass;
  return {
    table: { ...bucketsOf(sums, cells), imageCount, unitCount },
    histograms: { classes: width, groups: groups.list, counts },
  };
}

/** The ln odds of every class of the images `from` … `to − 1`, each by the models of its own fold, which have not seen it. */
function addLogOdds(
  { classes, levels, offsets, priors, weights }: NaiveBayesPresence,
  attributes: readonly CodedVariable[],
  foldOf: Uint8Array,
  from: number,
  to: number,
  into: Float64Array,
): void {
  for (let image = from, cell = 0; image < to; image += 1) {
    const prior = foldOf[image]! * classes;
    for (let code = 0; code < classes; code += 1, cell += 1) into[cell] = priors[prior + code]!;
  }
  attributes.forEach(({ codes }, attribute) => {
    const offset = offsets[attribute]!;
    for (let image = from; image < to; image += 1) {
      const value = codes[image]!;
      if (value < 0) continue;
      const weight = (foldOf[image]! * levels + offset + value) * classes;
      const cell = (image - from) * classes;
      for (let code = 0; code < classes; code += 1) into[cell + code]! += weights[weight + code]!;
    }
  });
}

function markShown(
  { offsets, codes, levels }: CodedClasses,
  from: number,
  to: number,
  into: Uint8Array,
): void {
  into.fill(0);
  for (let image = from; image < to; image += 1)
    for (let at = offsets[image]!; at < offsets[image + 1]!; at += 1)
      into[(image - from) * levels + codes[at]!] = 1;
}
