import type { Verdict } from '../../statistics/colour.ts';
import { type Estimate, notEstimable } from '../../statistics/estimate.ts';
import { imagesByUnit } from '../../statistics/images-by-unit.ts';
import { FEWEST_UNITS_PER_CELL } from '../../statistics/lattice-coverage.ts';
import { testCases } from '../../statistics/test-cases.ts';
import { hideSmallCounts, hideWith } from '../cards/hide-small-counts.ts';
import { type ImageSelection, isIn, keptWhere } from '../images/image-selection.ts';
import { isLabelled } from '../variables/label-variable.ts';
import type { DividedSubjects } from './divided-subjects.ts';

/** How much there is to score a class on; of folds, in the one with the fewest units of it. */
export interface TestedClass {
  /** Null: all images of the part, labelled or not. */
  readonly label: string | null;
  readonly part: string;
  readonly images: Estimate;
  readonly units: Estimate;
  /** Half the width of the interval of a score of 90 % on these units. */
  readonly halfWidth: Estimate;
  readonly verdict: Verdict;
  readonly selection: ImageSelection;
}

interface Cases {
  readonly code: number | null;
  readonly part: number;
  readonly imageCount: number;
  readonly unitCount: number;
}

/** The test part as a whole, then its classes by rising units (specification §5, degenerate cases). */
export function testedClasses(divided: DividedSubjects, personal: boolean): TestedClass[] {
  const { subjects, roles, imagesOfPart } = divided;
  if (roles.takenBy === 'NONE') return [];
  const tested = roles.takenBy === 'FOLDS' ? imagesOfPart.map((_, part) => part) : [roles.test!];
  const { images, units, classes } = countCases(divided);
  const { levels } = divided.parts;
  const fewest = (row: number): Cases => {
    const cases = tested.map((part) => ({
      code: row === classes ? null : row,
      part,
      imageCount: images[row * levels + part]!,
      unitCount: units[row * levels + part]!,
    }));
    return cases.toSorted((a, b) => a.unitCount - b.unitCount || a.imageCount - b.imageCount)[0]!;
  };
  const isUsed = (row: number) =>
    images.subarray(row * levels, (row + 1) * levels).some((count) => count > 0);
  const rows = Array.from({ length: classes }, (_, row) => row)
    .filter(isUsed)
    .map(fewest)
    .sort((a, b) => a.unitCount - b.unitCount || a.imageCount - b.imageCount);
  const all = [fewest(classes), ...rows];
  const population = { imageCount: subjects.imageCount, unitCount: subjects.units.unitCount };
  const imageCounts = hideSmallCounts(
    all.map(({ imageCount }) => imageCount),
    { ...population, method: 'images' },
    personal,
  );
  const unitCounts = hideSmallCounts(
    all.map(({ unitCount }) => unitCount),
    { ...population, method: 'units' },
    personal,
  );
  return testCases(all).map((halfWidth, index): TestedClass => {
    const { code, part, unitCount } = all[index]!;
    const name = roles.names[part]!;
    const label = code === null ? null : subjects.classes.names[code]!;
    const [imagesTold, unitsTold] = [imageCounts[index]!, unitCounts[index]!];
    const isEmpty = code === null && unitCount === 0;
    return {
      label,
      part: name,
      images: hideWith(unitsTold, imagesTold),
      units: hideWith(imagesTold, unitsTold),
      halfWidth: hideWith(unitsTold, hideWith(imagesTold, isEmpty ? emptyTest(halfWidth) : halfWidth)),
      verdict: isEmpty ? EMPTY_TEST : sizeVerdict(unitCount),
      selection: keptWhere(isIn('part', name), ...(label === null ? [] : [isIn('label', label)])),
    };
  });
}

const EMPTY_TEST: Verdict = { colour: 'RED', certainty: 'CONFIRMED', unitsNeeded: FEWEST_UNITS_PER_CELL };

const emptyTest = (of: Estimate) => notEstimable('EMPTY', 'EMPTY_TEST', of);

/** Enough units to tell a score to ±.10, or not; more would tell. */
function sizeVerdict(unitCount: number): Verdict {
  if (unitCount >= FEWEST_UNITS_PER_CELL)
    return { colour: 'GREEN', certainty: 'CONFIRMED', unitsNeeded: null };
  return { colour: 'GREY', certainty: 'UNRESOLVED', unitsNeeded: FEWEST_UNITS_PER_CELL };
}

/** Images and distinct units of each class (row) in each part (column); the last row is of all images. */
function countCases({ subjects, parts }: DividedSubjects) {
  const { offsets, codes, names } = subjects.classes;
  const labelled = isLabelled(subjects);
  const cells = (names.length + 1) * parts.levels;
  const images = new Int32Array(cells);
  const units = new Int32Array(cells);
  const lastUnit = new Int32Array(cells).fill(-1);
  for (const image of imagesByUnit(subjects.units)) {
    const [unit, part] = [subjects.units.unitOf[image]!, parts.codes[image]!];
    const from = labelled[image] === 1 ? offsets[image]! : offsets[image + 1]!;
    for (let at = from - 1; at < offsets[image + 1]!; at += 1) {
      const row = at < from ? names.length : codes[at]!;
      const cell = row * parts.levels + part;
      images[cell]! += 1;
      if (lastUnit[cell] !== unit) units[cell]! += 1;
      lastUnit[cell] = unit;
    }
  }
  return { images, units, classes: names.length };
}
