import type { CodedClasses } from './coded-classes.ts';
import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { SHARE } from './jackknife-interval.ts';
import { MOST_CLASSES } from './naive-bayes-probe.ts';
import { SCORE_CELLS } from './naive-bayes-scores.ts';
import { type NaiveBayesProbe, noProbe } from './no-probe.ts';
import { presenceScores } from './presence-scores.ts';
import { scoreAreas } from './score-areas.ts';
import { sum } from './sum.ts';
import { unitsPerClass } from './units-per-class.ts';
import type { UnitsPerLevel } from './units-per-level.ts';

/**
 * The metadata probe (`naiveBayesProbe`) where an image may show several classes: each class against its absence, areas and
 * their mean as there. Accuracy, baseline (the commoner of presence and absence) and skill are means over images and
 * classes. The images come in unit order (`inUnitOrder`). A class that every image shows, or none, has no area.
 */
export function presenceProbe(
  attributes: readonly CodedVariable[],
  classes: CodedClasses,
  units: UnitStructure,
  foldOf: Uint8Array,
): NaiveBayesProbe {
  const perClass = unitsPerClass(classes, units);
  const foldOfImage = Uint8Array.from(units.unitOf, (unit) => foldOf[unit]!);
  const fault = faultOf(attributes, classes, foldOfImage, perClass);
  if (fault !== null) return noProbe(fault, perClass);
  const { table, histograms } = presenceScores(attributes, classes, units, foldOfImage, perClass);
  const estimateOf = (method: string, lower: number, of: (cells: readonly number[]) => number) =>
    jackknifeEstimate(table, (cells) => figure(of(cells)), { method, range: { ...SHARE, lower } });
  const answers = (cells: readonly number[]) => cells.at(-1)! * classes.levels;
  return {
    withinFolds: scoreAreas(histograms, perClass, 'WITHIN_FOLDS'),
    pooled: scoreAreas(histograms, perClass, 'POOLED'),
    accuracy: estimateOf(
      'accuracy of naive Bayes, mean over classes',
      0,
      (cells) => cells[SCORE_CELLS.hits]! / answers(cells),
    ),
    baseline: estimateOf('share of the commoner answer, mean over classes', 0, (cells) => {
      const shown = cells.slice(SCORE_CELLS.counts, -1);
      return sum(shown.map((count) => Math.max(count, cells.at(-1)! - count))) / answers(cells);
    }),
    skill: estimateOf(
      'log loss skill, over all classes',
      -Infinity,
      (cells) => 1 - cells[SCORE_CELLS.loss]! / cells[SCORE_CELLS.baselineLoss]!,
    ),
  };
}

function faultOf(
  attributes: readonly CodedVariable[],
  { offsets, levels }: CodedClasses,
  foldOfImage: Uint8Array,
  { images, imageCount }: UnitsPerLevel,
): Figure | null {
  if (imageCount === 0) return noFigure('EMPTY', 'NO_IMAGE');
  if (images.every((count) => count === 0 || count === imageCount))
    return noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL');
  if (levels > MOST_CLASSES) return noFigure('NOT_APPLICABLE', 'TOO_MANY_LEVELS');
  if (attributes.length === 0) return noFigure('NOT_APPLICABLE', 'NO_ATTRIBUTE');
  const isLabelled = (image: number) => offsets[image + 1]! > offsets[image]!;
  const first = foldOfImage.findIndex((_, image) => isLabelled(image));
  const another = foldOfImage.some((fold, image) => isLabelled(image) && fold !== foldOfImage[first]);
  return another ? null : noFigure('NOT_APPLICABLE', 'SINGLE_FOLD');
}
