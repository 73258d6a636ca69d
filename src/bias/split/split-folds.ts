import { type Estimate, estimate } from '../../statistics/estimate.ts';
import type { Figure } from '../../statistics/figure.ts';
import { type LabelDistribution, labelDistribution } from '../../statistics/label-distribution.ts';
import { isLabelled } from '../variables/label-variable.ts';
import type { DividedSubjects } from './divided-subjects.ts';

export interface FoldBalance {
  /** How unevenly the folds share the classes (Sechidis); of what is, without an interval. */
  readonly labelDistribution: Estimate;
  /** Of each class the standard deviation of its share over the folds; largest first, at most 200. */
  readonly classes: readonly { readonly label: string; readonly deviation: Estimate }[];
  /** Classes that all images of some fold show, which the label distribution leaves out. */
  readonly excludedClasses: readonly string[];
}

const LONGEST_LIST = 200;

/** How evenly folds share the labelled images (specification §5.2). */
export function foldBalance({ subjects, parts }: DividedSubjects): FoldBalance {
  const { offsets, codes, names } = subjects.classes;
  const labelled = isLabelled(subjects);
  const sizes = new Array<number>(parts.levels).fill(0);
  const positives = names.map(() => new Array<number>(parts.levels).fill(0));
  for (let image = 0; image < subjects.imageCount; image += 1) {
    if (labelled[image] === 0) continue;
    const fold = parts.codes[image]!;
    sizes[fold]! += 1;
    for (let at = offsets[image]!; at < offsets[image + 1]!; at += 1) positives[codes[at]!]![fold]! += 1;
  }
  const used = names.flatMap((label, code) =>
    positives[code]!.some((count) => count > 0) ? [{ label, counts: positives[code]! }] : [],
  );
  const found = labelDistribution(
    used.map(({ counts }) => counts),
    sizes,
  );
  return asEstimates(
    found,
    used.map(({ label }) => label),
    { imageCount: sizes.reduce((sum, size) => sum + size, 0), unitCount: subjects.units.unitCount },
  );
}

function asEstimates(
  { value, deviations, excludedClasses }: LabelDistribution,
  labels: readonly string[],
  basis: { imageCount: number; unitCount: number },
): FoldBalance {
  const of = (figure: Figure, method: string) => estimate({ ...figure, ...basis, method });
  return {
    labelDistribution: of(value, 'label distribution'),
    classes: labels
      .map((label, place) => ({
        label,
        deviation: of(deviations[place]!, 'standard deviation of the share over folds'),
      }))
      .sort((a, b) => (b.deviation.value ?? -1) - (a.deviation.value ?? -1))
      .slice(0, LONGEST_LIST),
    excludedClasses: excludedClasses.map((place) => labels[place]!),
  };
}
