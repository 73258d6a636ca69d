import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import { inUnitOrder } from './in-unit-order.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { SHARE } from './jackknife-interval.ts';
import { naiveBayesScores, SCORE_CELLS } from './naive-bayes-scores.ts';
import { type NaiveBayesProbe, noProbe } from './no-probe.ts';
import { scoreAreas } from './score-areas.ts';
import { type UnitsPerLevel, unitsPerLevel } from './units-per-level.ts';

export const MOST_CLASSES = 250;

/**
 * The metadata probe: could a model guess the label without looking at the object? Categorical naive Bayes over the
 * attributes, each image judged by a model learnt from the other folds (`foldOf` of its unit, 0 … 4, best its bucket mod 5:
 * then the histograms are fewest). Areas under the curve, range [0, 1], below .5 as they are; a class that fewer than 10
 * units have, or lack, is INSUFFICIENT and not in the mean, unless all are. `unitCount` of an area is the smaller of the
 * two. Intervals: jackknife without learning again. Where images show several classes: `presenceProbe`. No image: EMPTY; one
 * class, no attribute or one fold: NOT_APPLICABLE; more than 250 classes: TOO_MANY_LEVELS. Specification §3; Hand & Yu
 * 2001, International Statistical Review 69:385; Forman & Scholz 2010, SIGKDD Explorations 12:49 (folds).
 */
export function naiveBayesProbe(
  attributes: readonly CodedVariable[],
  label: CodedVariable,
  units: UnitStructure,
  foldOf: Uint8Array,
): NaiveBayesProbe {
  const sorted = inUnitOrder(units);
  const perClass = unitsPerLevel(sorted.ordered(label), sorted.units);
  const foldOfImage = Uint8Array.from(units.unitOf, (unit) => foldOf[unit]!);
  const fault = faultOf(attributes, label, foldOfImage, perClass);
  if (fault !== null) return noProbe(fault, perClass);
  const { table, histograms } = naiveBayesScores(attributes, label, units, foldOfImage, perClass);
  const images = (cells: readonly number[]) =>
    cells.slice(SCORE_CELLS.counts).reduce((total, count) => total + count, 0);
  const estimateOf = (method: string, lower: number, of: (cells: readonly number[]) => number) =>
    jackknifeEstimate(table, (cells) => figure(of(cells)), { method, range: { ...SHARE, lower } });
  return {
    withinFolds: scoreAreas(histograms, perClass, 'WITHIN_FOLDS'),
    pooled: scoreAreas(histograms, perClass, 'POOLED'),
    accuracy: estimateOf('accuracy of naive Bayes', 0, (cells) => cells[SCORE_CELLS.hits]! / images(cells)),
    baseline: estimateOf(
      'share of the commonest class',
      0,
      (cells) => Math.max(...cells.slice(SCORE_CELLS.counts)) / images(cells),
    ),
    skill: estimateOf(
      'log loss skill',
      -Infinity,
      (cells) => 1 - cells[SCORE_CELLS.loss]! / cells[SCORE_CELLS.baselineLoss]!,
    ),
  };
}

function faultOf(
  attributes: readonly CodedVariable[],
  label: CodedVariable,
  foldOfImage: Uint8Array,
  { images, imageCount }: UnitsPerLevel,
): Figure | null {
  if (imageCount === 0) return noFigure('EMPTY', 'NO_IMAGE');
  if (images.filter((count) => count > 0).length < 2) return noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL');
  if (label.levels > MOST_CLASSES) return noFigure('NOT_APPLICABLE', 'TOO_MANY_LEVELS');
  if (attributes.length === 0) return noFigure('NOT_APPLICABLE', 'NO_ATTRIBUTE');
  const first = label.codes.findIndex((code) => code >= 0);
  const another = foldOfImage.some((fold, image) => label.codes[image]! >= 0 && fold !== foldOfImage[first]);
  return another ? null : noFigure('NOT_APPLICABLE', 'SINGLE_FOLD');
}
