import type { CodedVariable } from './coded-variable.ts';

export const FOLDS = 5;

/** One categorical naive Bayes for each fold, learnt from the other folds. */
export interface NaiveBayesFolds {
  readonly classes: number;
  /** Levels of all attributes together, and where those of each attribute begin among them. */
  readonly levels: number;
  readonly offsets: readonly number[];
  /** ln of the share of each class; cell = fold·classes + class. −Infinity for a class the other folds lack. */
  readonly priors: Float64Array;
  /** ln P(value | class); cell = (fold·levels + offset + value)·classes + class. */
  readonly weights: Float64Array;
  /** ln P(class) of who knows only the label counts of the other folds, with Laplace's 1; cell as of `priors`. */
  readonly baseline: Float64Array;
}

/**
 * Learns ln P(value | class) = ln((n_{a,v,y} + 1)/(n_{a,.,y} + c_a)) of every attribute a with c_a levels, from the counts
 * of all folds less those of the fold to be judged. An image that lacks an attribute does not count for it; one that lacks
 * the label does not count. `foldOf`: of each image, 0 … 4; two of them at least must hold labelled images.
 * Maron 1961, JACM 8:404; Laplace 1814.
 */
export function naiveBayesFolds(
  attributes: readonly CodedVariable[],
  label: CodedVariable,
  foldOf: Uint8Array,
): NaiveBayesFolds {
  const classes = label.levels;
  const offsets: number[] = [];
  let levels = 0;
  for (const attribute of attributes) {
    offsets.push(levels);
    levels += attribute.levels;
  }
  const weights = new Float64Array(FOLDS * levels * classes);
  attributes.forEach(({ codes, levels: own }, attribute) => {
    const counts = countByFold(codes, own, label, foldOf);
    learn(
      counts,
      own,
      classes,
      (fold, cell) => (fold * levels + offsets[attribute]!) * classes + cell,
      weights,
    );
  });
  const ones = new Int16Array(label.codes.length);
  return { classes, levels, offsets, weights, ...priorsOf(countByFold(ones, 1, label, foldOf), classes) };
}

/** Cell = (fold·levels + value)·classes + class. */
function countByFold(
  codes: Int16Array,
  levels: number,
  label: CodedVariable,
  foldOf: Uint8Array,
): Float64Array {
  const counts = new Float64Array(FOLDS * levels * label.levels);
  for (let image = 0; image < codes.length; image += 1) {
    const value = codes[image]!;
    const code = label.codes[image]!;
    if (value < 0 || code < 0) continue;
    const cell = (foldOf[image]! * levels + value) * label.levels + code;
    counts[cell] = counts[cell]! + 1;
  }
  return counts;
}

function learn(
  counts: Float64Array,
  levels: number,
  classes: number,
  place: (fold: number, cell: number) => number,
  weights: Float64Array,
): void {
  const width = levels * classes;
  const training = othersOf(counts, width);
  for (let fold = 0; fold < FOLDS; fold += 1) {
    for (let code = 0; code < classes; code += 1) {
      let all = levels;
      for (let cell = code; cell < width; cell += classes) all += training[fold * width + cell]!;
      for (let cell = code; cell < width; cell += classes) {
        weights[place(fold, cell)] = Math.log((training[fold * width + cell]! + 1) / all);
      }
    }
  }
}

/** Of each fold: the sum of the other folds. */
function othersOf(counts: Float64Array, width: number): Float64Array {
  const others = new Float64Array(counts.length);
  for (let cell = 0; cell < width; cell += 1) {
    let total = 0;
    for (let at = cell; at < counts.length; at += width) total += counts[at]!;
    for (let at = cell; at < counts.length; at += width) others[at] = total - counts[at]!;
  }
  return others;
}

function priorsOf(counts: Float64Array, classes: number): Pick<NaiveBayesFolds, 'priors' | 'baseline'> {
  const training = othersOf(counts, classes);
  const present = Array.from({ length: classes }, (_, code) => {
    for (let at = code; at < counts.length; at += classes) if (counts[at]! > 0) return 1;
    return 0;
  }).reduce<number>((total, one) => total + one, 0);
  const priors = new Float64Array(training.length);
  const baseline = new Float64Array(training.length);
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const own = training.subarray(fold * classes, (fold + 1) * classes);
    const all = own.reduce((total, count) => total + count, 0);
    own.forEach((count, code) => {
      priors[fold * classes + code] = Math.log(count / all);
      baseline[fold * classes + code] = Math.log((count + 1) / (all + present));
    });
  }
  return { priors, baseline };
}
