const MOST_ITERATIONS = 50;
const TOLERANCE = 1e-5;

/**
 * π_cl = P(says l | c is true) of one annotator, at c·K + l, from what was said of n items and what all others say of their classes
 * (`posteriors`, n × K): expectation–maximisation with the others held fixed, from their posteriors, 1/K added to every cell. To
 * count posteriors alone would take the others' doubt for the annotator's errors. Dawid & Skene 1979, Applied Statistics 28:20.
 */
export function confusionGivenOthers(
  posteriors: Float64Array,
  said: readonly number[],
  classes: number,
): Float64Array {
  let confusion = new Float64Array(classes * classes).fill(1 / classes);
  const shares = new Float64Array(classes);
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration += 1) {
    const next = new Float64Array(classes * classes).fill(1 / classes);
    for (let item = 0; item < said.length; item += 1) {
      const label = said[item]!;
      let total = 0;
      for (let c = 0; c < classes; c += 1) {
        shares[c] = posteriors[item * classes + c]! * confusion[c * classes + label]!;
        total += shares[c]!;
      }
      for (let c = 0; c < classes; c += 1) next[c * classes + label]! += shares[c]! / total;
    }
    let furthest = 0;
    for (let c = 0; c < classes; c += 1) {
      let row = 0;
      for (let l = 0; l < classes; l += 1) row += next[c * classes + l]!;
      for (let l = 0; l < classes; l += 1) {
        next[c * classes + l]! /= row;
        furthest = Math.max(furthest, Math.abs(next[c * classes + l]! - confusion[c * classes + l]!));
      }
    }
    confusion = next;
    if (furthest <= TOLERANCE) break;
  }
  return confusion;
}
