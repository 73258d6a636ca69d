import type { DawidSkeneCounts, DawidSkeneParameters } from './dawid-skene-expectation.ts';

/**
 * The M-step of `dawidSkene`: p_c and π^a_cl as logs, `prior` added to every cell; a row of which nothing is known is
 * uniform. Leaves the counts at 0.
 */
export function dawidSkeneMaximisation(counts: DawidSkeneCounts, prior: number): DawidSkeneParameters {
  const classes = counts.classes.length;
  const annotators = counts.said.length / classes ** 2;
  const total = counts.classes.reduce((sum, count) => sum + count, 0) + classes * prior;
  const logPrior = counts.classes.map((count) => Math.log(total > 0 ? (count + prior) / total : 1 / classes));
  const said = new Float64Array(counts.said.length);
  for (let annotator = 0; annotator < annotators; annotator += 1) {
    const start = annotator * classes * classes;
    for (let c = start; c < start + classes; c += 1) {
      let row = classes * prior;
      for (let l = 0; l < classes; l += 1) row += counts.said[c + l * classes]!;
      for (let l = 0; l < classes; l += 1) {
        const cell = c + l * classes;
        said[cell] = Math.log(row > 0 ? (counts.said[cell]! + prior) / row : 1 / classes);
      }
    }
  }
  counts.classes.fill(0);
  counts.said.fill(0);
  return { classes: logPrior, said };
}
