import type { CodedVariable, UnitStructure } from '../../statistics/coded-variable.ts';
import type { ContingencyTable } from '../../statistics/contingency-table.ts';
import { crossTabulate } from '../../statistics/cross-tabulate.ts';
import { inUnitOrder } from '../../statistics/in-unit-order.ts';
import { unitsPerLevel } from '../../statistics/units-per-level.ts';
import type { Factor, Subjects } from '../subjects/subjects.ts';
import { isLabelled, labelVariable } from '../variables/label-variable.ts';
import type { RowField } from '../variables/level-condition.ts';
import { type LevelKind, poolLevels } from '../variables/pool-levels.ts';
import type { DividedSubjects } from './divided-subjects.ts';

export interface DividedLevel {
  readonly level: string;
  readonly kind: LevelKind;
}

/** A factor, the label or a quality measure in bins, of the images of a split. */
export interface DividedVariable extends RowField {
  readonly source: 'FACTOR' | 'LABEL' | 'MEASURE';
  readonly levels: readonly DividedLevel[];
  readonly variable: CodedVariable;
  /** The image of each entry of `variable`, where an image may have several; null: entry i is of image i. */
  readonly imageOf: Int32Array | null;
  readonly imageCount: number;
}

/**
 * The factors as they are compared between parts: levels of fewer than five units as one, images without a level as one of
 * their own. Factors of a single level are left out.
 */
export function dividedFactors({ subjects }: DividedSubjects): DividedVariable[] {
  const sorted = inUnitOrder(subjects.units);
  return subjects.factors.flatMap((factor) => {
    const divided = dividedFactor(factor, subjects, sorted);
    return divided === null || divided.levels.length < 2 ? [] : [divided];
  });
}

function dividedFactor(
  { name, kind, variable }: Factor,
  { imageCount }: Subjects,
  sorted: ReturnType<typeof inUnitOrder>,
): DividedVariable | null {
  if (variable === null) return null;
  const counts = unitsPerLevel(sorted.ordered(variable), sorted.units);
  const known = variable.names.flatMap((level, code) =>
    counts.images[code] === 0
      ? []
      : [{ level, code, images: counts.images[code]!, units: counts.having[code]! }],
  );
  if (known.length === 0) return null;
  const pooled = poolLevels(known);
  const levels: DividedLevel[] = pooled.levels.map(({ level, kind: of }) => ({ level, kind: of }));
  if (counts.imageCount < imageCount) levels.push({ level: '(missing)', kind: 'MISSING' });
  const place = new Int16Array(variable.levels + 1).fill(levels.length - 1);
  for (const { level, code } of known) place[code + 1] = pooled.indexOf(level);
  const codes = variable.codes.map((code) => place[code + 1]!);
  return {
    name,
    kind,
    source: 'FACTOR',
    levels,
    variable: { codes, levels: levels.length },
    imageOf: null,
    imageCount,
  };
}

/** The classes of the labelled images, each for itself; where an image shows several it counts once for each. Null: none. */
export function dividedLabel({ subjects }: DividedSubjects): DividedVariable | null {
  const { classes, imageCount } = subjects;
  const labelled = isLabelled(subjects);
  const labelledImages = labelled.reduce((sum, one) => sum + one, 0);
  if (labelledImages === 0) return null;
  const levels = classes.names.map((level): DividedLevel => ({ level, kind: 'LEVEL' }));
  const label = {
    name: 'label',
    kind: 'NOMINAL',
    source: 'LABEL',
    levels,
    imageCount: labelledImages,
  } as const;
  if (classes.mode === 'SINGLE') return { ...label, variable: labelVariable(subjects), imageOf: null };
  const imageOf = new Int32Array(classes.codes.length);
  for (let image = 0; image < imageCount; image += 1)
    imageOf.fill(image, classes.offsets[image], classes.offsets[image + 1]);
  return { ...label, variable: { codes: classes.codes, levels: levels.length }, imageOf };
}

/** How the entries of a variable lie in these groups of images. */
export function entryUnits({ imageOf }: DividedVariable, units: UnitStructure): UnitStructure {
  if (imageOf === null) return units;
  return { ...units, unitOf: imageOf.map((image) => units.unitOf[image]!) };
}

/** Levels (rows) by part (columns); of a label of several classes an image counts once for each. */
export function levelsByPart(divided: DividedSubjects, of: DividedVariable): ContingencyTable {
  const { parts } = divided;
  const ofEntries =
    of.imageOf === null ? parts.codes : Int16Array.from(of.imageOf, (image) => parts.codes[image]!);
  const columns = { codes: ofEntries, levels: parts.levels };
  const table = crossTabulate(entryUnits(of, divided.clusters), [of.variable, columns]);
  return { ...table, imageCount: of.imageCount, rows: of.levels.length, columns: parts.levels };
}
