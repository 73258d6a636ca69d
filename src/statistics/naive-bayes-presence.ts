import type { CodedClasses } from './coded-classes.ts';
import type { CodedVariable } from './coded-variable.ts';
import { FOLDS } from './naive-bayes-folds.ts';

/** For each fold and each class a naive Bayes of whether an image shows it, learnt from the other folds. */
export interface NaiveBayesPresence {
  readonly classes: number;
  /** Levels of all attributes together, and where those of each attribute begin among them. */
  readonly levels: number;
  readonly offsets: readonly number[];
  /** ln of the odds of each class; cell = fold·classes + class; ±Infinity where the other folds know but one answer. */
  readonly priors: Float64Array;
  /** ln P(value | shown) − ln P(value | not shown); cell = (fold·levels + offset + value)·classes + class. */
  readonly weights: Float64Array;
  /** Share of the images that show it, of who knows only the other folds, with Laplace's 1; cell as of `priors`. */
  readonly baseline: Float64Array;
}

/**
 * `naiveBayesFolds` for images that may show several classes: every class against its absence, all in one pass over each
 * attribute. An image that shows no class counts for none. `foldOf`: of each image, 0 … 4.
 */
export function naiveBayesPresence(
  attributes: readonly CodedVariable[],
  classes: CodedClasses,
  foldOf: Uint8Array,
): NaiveBayesPresence {
  const width = classes.levels + 1;
  const levels = attributes.reduce((total, attribute) => total + attribute.levels, 0);
  const weights = new Float64Array(FOLDS * levels * classes.levels);
  const offsets: number[] = [];
  let offset = 0;
  for (const { codes, levels: own } of attributes) {
    const training = trainingCounts(codes, own, classes, foldOf);
    for (let fold = 0; fold < FOLDS; fold += 1) {
      const counts = training.subarray(fold * own * width, (fold + 1) * own * width);
      const into = weights.subarray((fold * levels + offset) * classes.levels);
      learn(counts, own, classes.levels, into);
    }
    offsets.push(offset);
    offset += own;
  }
  const everyone = trainingCounts(new Int16Array(foldOf.length), 1, classes, foldOf);
  const priors = new Float64Array(FOLDS * classes.levels);
  const baseline = new Float64Array(FOLDS * classes.levels);
  for (let fold = 0, cell = 0; fold < FOLDS; fold += 1) {
    const images = everyone[fold * width + classes.levels]!;
    for (let code = 0; code < classes.levels; code += 1, cell += 1) {
      const shown = everyone[fold * width + code]!;
      priors[cell] = Math.log(shown) - Math.log(images - shown);
      baseline[cell] = (shown + 1) / (images + 2);
    }
  }
  return { classes: classes.levels, levels, offsets, priors, weights, baseline };
}

/** Images of the folds but one; cell = (fold·levels + value)·(classes + 1) + class, the last class being all images. */
function trainingCounts(
  codes: Int16Array,
  levels: number,
  classes: CodedClasses,
  foldOf: Uint8Array,
): Float64Array {
  const width = classes.levels + 1;
  const counts = new Float64Array(FOLDS * levels * width);
  for (let image = 0; image < codes.length; image += 1) {
    const value = codes[image]!;
    const [from, to] = [classes.offsets[image]!, classes.offsets[image + 1]!];
    if (value < 0 || from === to) continue;
    const place = (foldOf[image]! * levels + value) * width;
    for (let at = from; at < to; at += 1) counts[place + classes.codes[at]!]! += 1;
    counts[place + classes.levels]! += 1;
  }
  const own = levels * width;
  for (let cell = 0; cell < own; cell += 1) {
    let total = 0;
    for (let at = cell; at < counts.length; at += own) total += counts[at]!;
    for (let at = cell; at < counts.length; at += own) counts[at] = total - counts[at]!;
  }
  return counts;
}

function learn(counts: Float64Array, levels: number, classes: number, weights: Float64Array): void {
  const width = classes + 1;
  let images = 0;
  for (let cell = classes; cell < counts.length; cell += width) images += counts[cell]!;
  for (let code = 0; code < classes; code += 1) {
    let shown = 0;
    for (let cell = code; cell < counts.length; cell += width) shown += counts[cell]!;
    const normal = Math.log(images - shown + levels) - Math.log(shown + levels);
    for (let value = 0; value < levels; value += 1) {
      const own = counts[value * width + code]!;
      const rest = counts[value * width + classes]! - own;
      weights[value * classes + code] = Math.log((own + 1) / (rest + 1)) + normal;
    }
  }
}
