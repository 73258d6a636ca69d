import { colour, type Verdict } from '../../statistics/colour.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { naiveBayesProbe } from '../../statistics/naive-bayes-probe.ts';
import { presenceProbe } from '../../statistics/presence-probe.ts';
import type { Threshold } from '../../statistics/thresholds.ts';
import { verdictAmong } from '../../statistics/verdict-among.ts';
import { hideSmallCounts, hideWith } from '../cards/hide-small-counts.ts';
import { judgedAmong, worstFirst } from '../cards/worst-first.ts';
import { CHANCE_AREA } from '../variables/chance-area.ts';
import { type AssociationColumns, labelledImages, singleLabel } from './association-columns.ts';

/** How well one class is told from the rest. */
export interface ProbedClass {
  readonly label: string;
  readonly images: Estimate;
  /** Units with an image of the class. */
  readonly units: Estimate;
  readonly area: Estimate;
  readonly verdict: Verdict;
}

/** Could a model guess the label without looking at the object? */
export interface MetadataProbe {
  /** Area under the ROC curve within folds, mean over classes: the headline. */
  readonly area: Estimate;
  readonly verdict: Verdict;
  /** The same over all folds at once, as other software has it; too low for few units. */
  readonly pooledArea: Estimate;
  readonly accuracy: Estimate;
  readonly baseline: Estimate;
  readonly skill: Estimate;
  /** Worst first, at most 200. */
  readonly classes: readonly ProbedClass[];
  readonly classCount: number;
  /** Classes that 10 units have and 10 lack: those of the mean. */
  readonly classesInMean: number;
  /** What it was given. */
  readonly factors: readonly string[];
}

const LONGEST_LIST = 200;

/** Naive Bayes over every factor of two levels or more, each image judged by a model that has not seen its unit's fold. */
export function metadataProbe(columns: AssociationColumns, { bands }: Threshold): MetadataProbe {
  const attributes = columns.attributes.filter(({ variable }) => variable.levels > 1);
  const variables = attributes.map(({ variable }) => variable);
  const { units, foldOf } = columns;
  const probe = columns.isMultiple
    ? presenceProbe(variables, columns.classes, units, foldOf)
    : naiveBayesProbe(variables, singleLabel(columns), units, foldOf);
  const { macroArea, areas, classesInMean } = probe.withinFolds;
  const classes = judgedAmong(
    probedClasses(columns, areas).map((row) => ({ ...row, verdict: colour(row.area, bands) })),
    ({ area }) => area,
    CHANCE_AREA,
  );
  return {
    area: macroArea,
    verdict: verdictAmong(colour(macroArea, bands), macroArea, { comparisons: 1, ...CHANCE_AREA }),
    pooledArea: probe.pooled.macroArea,
    accuracy: probe.accuracy,
    baseline: probe.baseline,
    skill: probe.skill,
    classes: worstFirst(classes, ({ area }) => area).slice(0, LONGEST_LIST),
    classCount: classes.length,
    classesInMean,
    factors: attributes.map(({ name }) => name),
  };
}

function probedClasses(columns: AssociationColumns, areas: readonly Estimate[]) {
  const { perClass, classNames, personal } = columns;
  const images = hideSmallCounts([...perClass.images], labelledImages(columns, 'images'), personal);
  const units = hideSmallCounts([...perClass.having], labelledImages(columns, 'units'), personal);
  return classNames.map((label, code) => {
    const [shownImages, shownUnits] = [images[code]!, units[code]!];
    return {
      label,
      images: hideWith(shownUnits, shownImages),
      units: hideWith(shownImages, shownUnits),
      area: hideWith(shownUnits, hideWith(shownImages, areas[code]!)),
    };
  });
}
