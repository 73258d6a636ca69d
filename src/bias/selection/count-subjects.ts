import { imagesByUnit } from '../../statistics/images-by-unit.ts';
import type {
  BiasCounts,
  CellRow,
  ClassUnitsRow,
  FactorLevels,
  FactorUnits,
  LabelCounts,
  LevelRow,
  PresenceRow,
} from '../bias-counts.ts';
import type { Factor, NamedVariable, Subjects } from '../subjects/subjects.ts';
import { countLevels } from '../variables/count-levels.ts';
import { isLabelled } from '../variables/label-variable.ts';

/** The additive tables of the images' labels and factors, keyed by jackknife bucket. */
export function countSubjects(subjects: Subjects): BiasCounts {
  const { units, unitKnown, imageCount, factors } = subjects;
  const labelled = isLabelled(subjects);
  const every = new Uint8Array(imageCount).fill(1);
  return {
    population: {
      imageCount,
      unitCount: units.unitCount,
      imagesOfUnknownUnit: unitKnown.reduce((strangers, known) => strangers + (known === 1 ? 0 : 1), 0),
    },
    labels: labelCounts(subjects, labelled),
    labelledUnits: distinctUnits(subjects, labelled),
    factors: factors.map((factor) => factorLevels(subjects, factor)),
    factorUnits: factors.map(
      ({ variable }): FactorUnits => ({
        known: variable === null ? 0 : distinctUnits(subjects, every, variable),
        labelled: variable === null ? 0 : distinctUnits(subjects, labelled, variable),
      }),
    ),
    presence: presenceRows(subjects, labelled),
  };
}

/** Images of each bucket at each level of the factors, unknown levels too. */
export function countLevelRows(subjects: Subjects): LevelRow[] {
  return tables(subjects, (variable, factor) => {
    const { levels, codes, names } = variable;
    const counts = new Float64Array(subjects.units.bucketCount * (levels + 1));
    for (let image = 0; image < codes.length; image += 1) {
      const cell = bucketOf(subjects, image) * (levels + 1) + codes[image]! + 1;
      counts[cell] = counts[cell]! + 1;
    }
    return nonZero(counts, levels + 1).map(({ bucket, cell, count }) => ({
      factor,
      bucket,
      level: cell === 0 ? null : names[cell - 1]!,
      images: count,
    }));
  });
}

/** The labelled images by label besides. Where images show several classes: in all, and once for each class they show. */
export function countCellRows(subjects: Subjects): CellRow[] {
  const { classes, imageCount, units } = subjects;
  const labelled = isLabelled(subjects);
  const labels = classes.names.length;
  return tables(subjects, ({ levels, codes, names }, factor) => {
    const width = (levels + 1) * (labels + 1);
    const counts = new Float64Array(units.bucketCount * width);
    for (let image = 0; image < imageCount; image += 1) {
      if (labelled[image] === 0) continue;
      const row = bucketOf(subjects, image) * width + (codes[image]! + 1) * (labels + 1);
      if (classes.mode === 'MULTIPLE') counts[row] = counts[row]! + 1;
      for (let at = classes.offsets[image]!; at < classes.offsets[image + 1]!; at += 1) {
        const cell = row + classes.codes[at]! + 1;
        counts[cell] = counts[cell]! + 1;
      }
    }
    return nonZero(counts, width).map(({ bucket, cell, count }) => {
      const label = cell % (labels + 1);
      const level = (cell - label) / (labels + 1);
      return {
        factor,
        bucket,
        level: level === 0 ? null : names[level - 1]!,
        label: label === 0 ? null : classes.names[label - 1]!,
        labelled: true,
        images: count,
      };
    });
  });
}

/** Distinct units of each bucket with an image of the class. */
export function countClassUnits(subjects: Subjects): ClassUnitsRow[] {
  const { classes, units } = subjects;
  const labelled = isLabelled(subjects);
  const width = classes.names.length;
  const lastUnit = new Int32Array(width).fill(-1);
  const counts = new Float64Array(units.bucketCount * width);
  for (const image of imagesByUnit(units)) {
    if (labelled[image] === 0) continue;
    const unit = units.unitOf[image]!;
    for (let at = classes.offsets[image]!; at < classes.offsets[image + 1]!; at += 1) {
      const label = classes.codes[at]!;
      if (lastUnit[label] === unit) continue;
      lastUnit[label] = unit;
      const cell = units.bucketOf[unit]! * width + label;
      counts[cell] = counts[cell]! + 1;
    }
  }
  return nonZero(counts, width).map(({ bucket, cell, count }) => ({
    bucket,
    label: classes.names[cell]!,
    units: count,
  }));
}

function presenceRows(subjects: Subjects, labelled: Uint8Array): PresenceRow[] {
  const { classes, units, factors } = subjects;
  const width = classes.names.length + 2; // unlabelled, labelled but of no single class, each class
  const { images, cells } = presenceCells(subjects, labelled, width);
  const counts = new Float64Array(units.bucketCount * width);
  for (const cell of cells) counts[cell] = counts[cell]! + 1;
  const known = factors.map(({ variable }) => {
    const own = new Float64Array(counts.length);
    if (variable === null) return own;
    for (let at = 0; at < cells.length; at += 1) {
      const cell = cells[at]!;
      if (variable.codes[images[at]!]! >= 0) own[cell] = own[cell]! + 1;
    }
    return own;
  });
  return nonZero(counts, width).map(({ bucket, cell, count }) => ({
    bucket,
    label: cell < 2 ? null : classes.names[cell - 2]!,
    labelled: cell > 0,
    images: count,
    known: known.map((own) => own[bucket * width + cell]!),
  }));
}

/** The cells that each image is in, of `width` a bucket: entry by entry the image and the cell. */
function presenceCells({ classes, units, imageCount }: Subjects, labelled: Uint8Array, width: number) {
  const { mode, offsets, codes } = classes;
  const images = new Int32Array(imageCount + codes.length);
  const cells = new Int32Array(images.length);
  let entries = 0;
  const add = (image: number, cell: number) => {
    images[entries] = image;
    cells[entries] = cell;
    entries += 1;
  };
  for (let image = 0; image < imageCount; image += 1) {
    const start = units.bucketOf[units.unitOf[image]!]! * width;
    if (mode === 'MULTIPLE' || labelled[image] === 0) add(image, start + labelled[image]!);
    if (labelled[image] === 0) continue;
    for (let at = offsets[image]!; at < offsets[image + 1]!; at += 1) add(image, start + codes[at]! + 2);
  }
  return { images: images.subarray(0, entries), cells: cells.subarray(0, entries) };
}

function labelCounts({ classes, imageCount }: Subjects, labelled: Uint8Array): LabelCounts {
  let [unlabelled, tied] = [0, 0];
  for (let image = 0; image < imageCount; image += 1) {
    if (classes.offsets[image + 1] === classes.offsets[image]) unlabelled += 1;
    else if (labelled[image] === 0) tied += 1;
  }
  return { mode: classes.mode, classes: classes.names, unlabelledImages: unlabelled, tiedImages: tied };
}

function factorLevels({ units: structure }: Subjects, { name, kind, variable }: Factor): FactorLevels {
  if (variable === null) return { name, kind, status: 'TOO_MANY_LEVELS', levels: [] };
  const { images, units } = countLevels(variable, structure);
  const levels = variable.names.flatMap((level, code) =>
    images[code]! > 0 ? [{ level, images: images[code]!, units: units[code]! }] : [],
  );
  return { name, kind, status: levels.length === 0 ? 'NEVER_RECORDED' : 'COUNTED', levels };
}

/** Distinct units of the images marked 1 that have a value of the variable. */
function distinctUnits({ units }: Subjects, marked: Uint8Array, variable?: NamedVariable): number {
  const seen = new Uint8Array(units.unitCount);
  for (let image = 0; image < marked.length; image += 1) {
    if (marked[image] === 0 || (variable !== undefined && variable.codes[image]! < 0)) continue;
    seen[units.unitOf[image]!] = 1;
  }
  return seen.reduce((distinct, one) => distinct + one, 0);
}

function tables<Row>(
  { factors }: Subjects,
  rowsOf: (variable: NamedVariable, factor: number) => Row[],
): Row[] {
  return factors.flatMap(({ variable }, factor) => (variable === null ? [] : rowsOf(variable, factor)));
}

function bucketOf({ units }: Subjects, image: number): number {
  return units.bucketOf[units.unitOf[image]!]!;
}

function nonZero(counts: Float64Array, width: number) {
  const found: { bucket: number; cell: number; count: number }[] = [];
  counts.forEach((count, index) => {
    if (count !== 0) found.push({ bucket: Math.floor(index / width), cell: index % width, count });
  });
  return found;
}
