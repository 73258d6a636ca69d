import type { CodedVariable } from './coded-variable.ts';
import type { NaiveBayesFolds } from './naive-bayes-folds.ts';

/**
 * P(class | attributes) of the images `from` … `to − 1`, each by the model of its own fold, which has not seen it; cell of
 * `into` = (image − from)·classes + class. ln prior + Σ_a ln P(value of a | class), normalised; an attribute that is not
 * known (−1) adds nothing.
 */
export function naiveBayesProbabilities(
  model: NaiveBayesFolds,
  attributes: readonly CodedVariable[],
  foldOf: Uint8Array,
  from: number,
  to: number,
  into: Float64Array,
): void {
  const { classes, levels, offsets, priors, weights } = model;
  for (let image = from, cell = 0; image < to; image += 1) {
    const prior = foldOf[image]! * classes;
    for (let code = 0; code < classes; code += 1, cell += 1) into[cell] = priors[prior + code]!;
  }
  for (let attribute = 0; attribute < attributes.length; attribute += 1) {
    const { codes } = attributes[attribute]!;
    const offset = offsets[attribute]!;
    for (let image = from; image < to; image += 1) {
      const value = codes[image]!;
      if (value < 0) continue;
      const weight = (foldOf[image]! * levels + offset + value) * classes;
      const cell = (image - from) * classes;
      for (let code = 0; code < classes; code += 1)
        into[cell + code] = into[cell + code]! + weights[weight + code]!;
    }
  }
  for (let start = 0; start < (to - from) * classes; start += classes)
    normalize(into, start, start + classes);
}

function normalize(scores: Float64Array, from: number, to: number): void {
  let best = -Infinity;
  for (let cell = from; cell < to; cell += 1) if (scores[cell]! > best) best = scores[cell]!;
  let sum = 0;
  for (let cell = from; cell < to; cell += 1) {
    const likelihood = Math.exp(scores[cell]! - best);
    scores[cell] = likelihood;
    sum += likelihood;
  }
  for (let cell = from; cell < to; cell += 1) scores[cell] = scores[cell]! / sum;
}
