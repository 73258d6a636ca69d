import type { ContingencyTable } from '../../statistics/contingency-table.ts';
import { bucketsOf } from '../../statistics/cross-tabulate.ts';
import { imagesByUnit } from '../../statistics/images-by-unit.ts';
import { sum } from '../../statistics/sum.ts';
import type { Subjects } from '../subjects/subjects.ts';
import type { Outcomes } from './attrition-outcomes.ts';

/** Images that do not show the class (row 0) and that do (row 1) by outcome, with the units of either. */
export interface ClassOutcomes {
  readonly label: string;
  readonly units: readonly [number, number];
  readonly table: ContingencyTable;
}

const MOST_CLASSES = 200;

/** Where images show several classes: each of the 200 most frequent against the outcomes, over the labelled images. */
export function classOutcomes(
  { classes, units, imageCount }: Subjects,
  { byReason }: Outcomes,
): ClassOutcomes[] {
  const { names, offsets, codes } = classes;
  const images = new Int32Array(names.length);
  for (const code of codes) images[code]! += 1;
  const chosen = names
    .map((_, code) => code)
    .filter((code) => images[code]! > 0)
    .sort((a, b) => images[b]! - images[a]! || a - b)
    .slice(0, MOST_CLASSES);
  const place = new Int16Array(names.length).fill(-1);
  chosen.forEach((code, index) => {
    place[code] = index;
  });
  const width = byReason.levels;
  const all = new Float64Array(units.bucketCount * width);
  const present = chosen.map(() => new Float64Array(units.bucketCount * width));
  for (let image = 0; image < imageCount; image += 1) {
    if (offsets[image] === offsets[image + 1]) continue;
    const cell = units.bucketOf[units.unitOf[image]!]! * width + byReason.codes[image]!;
    all[cell]! += 1;
    for (let at = offsets[image]!; at < offsets[image + 1]!; at += 1) {
      const own = present[place[codes[at]!]!];
      if (own !== undefined) own[cell]! += 1;
    }
  }
  const { labelled, having, showingAlways } = countUnits({ classes, units }, place, chosen.length);
  return chosen.map((code, index) => {
    const table = bucketsOf(bothRows(all, present[index]!, width), 2 * width);
    const basis = { imageCount: sum(table.total), unitCount: labelled, rows: 2, columns: width };
    return {
      label: names[code]!,
      units: [labelled - showingAlways[index]!, having[index]!],
      table: { ...table, ...basis },
    };
  });
}

/** Bucket by bucket the row of what is absent, then that of what is present. */
function bothRows(all: Float64Array, present: Float64Array, width: number): Float64Array {
  const cells = new Float64Array(2 * all.length);
  all.forEach((count, cell) => {
    const outcome = cell % width;
    const start = 2 * (cell - outcome) + outcome;
    cells[start] = count - present[cell]!;
    cells[start + width] = present[cell]!;
  });
  return cells;
}

/** Units with a labelled image; of each class, those with an image of it, and those with no labelled image without it. */
function countUnits(
  { classes: { offsets, codes }, units }: Pick<Subjects, 'classes' | 'units'>,
  place: Int16Array,
  classCount: number,
) {
  const having = new Int32Array(classCount);
  const showingAlways = new Int32Array(classCount);
  const shown = new Int32Array(classCount);
  let [labelled, images, unit] = [0, 0, -1];
  let touched: number[] = [];
  const close = () => {
    if (images > 0) labelled += 1;
    for (const own of touched) {
      having[own]! += 1;
      if (shown[own] === images) showingAlways[own]! += 1;
      shown[own] = 0;
    }
    touched = [];
    images = 0;
  };
  for (const image of imagesByUnit(units)) {
    if (units.unitOf[image] !== unit) close();
    unit = units.unitOf[image]!;
    if (offsets[image] === offsets[image + 1]) continue;
    images += 1;
    for (let at = offsets[image]!; at < offsets[image + 1]!; at += 1) {
      const own = place[codes[at]!]!;
      if (own < 0) continue;
      if (shown[own] === 0) touched.push(own);
      shown[own]! += 1;
    }
  }
  close();
  return { labelled, having, showingAlways };
}
