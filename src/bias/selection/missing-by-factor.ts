import type { ContingencyTable } from '../../statistics/contingency-table.ts';
import { bucketsOf } from '../../statistics/cross-tabulate.ts';
import { sum } from '../../statistics/sum.ts';
import type { BiasCounts } from '../bias-counts.ts';
import type { Factor, NamedVariable, Subjects } from '../subjects/subjects.ts';
import { poolLevels } from '../variables/pool-levels.ts';

/** A field's absence (row 0: missing, row 1: known) by the levels of another factor; both as places in the factors. */
export interface MissingByFactor {
  readonly field: number;
  readonly factor: number;
  readonly table: ContingencyTable;
}

/**
 * The absence of each of these fields by every other factor, over the images whose level of that factor is known. One
 * pass a factor: an image adds to the tables of the fields it misses, and what is known is the rest.
 */
export function missingByFactor(
  subjects: Subjects,
  counts: BiasCounts,
  fields: readonly number[],
): MissingByFactor[] {
  const gaps = missingOfImages(subjects, fields);
  return subjects.factors.flatMap(({ variable }, factor) => {
    if (variable === null || counts.factors[factor]!.status !== 'COUNTED') return [];
    const { levels, indexOf } = poolLevels(counts.factors[factor]!.levels);
    const places = Int16Array.from(variable.names, indexOf);
    const cells = countCells(subjects, variable, places, levels.length, { gaps, fieldCount: fields.length });
    const unitCount = counts.factorUnits[factor]!.known;
    return fields.flatMap((field, place) => {
      if (field === factor) return [];
      const table = bucketsOf(cells[place]!, 2 * levels.length);
      const basis = { imageCount: sum(table.total), unitCount, rows: 2, columns: levels.length };
      return [{ field, factor, table: { ...table, ...basis } }];
    });
  });
}

/** The fields that image i misses, as places in `fields`, are `places` from `offsets[i]` up to `offsets[i + 1]`. */
interface Gaps {
  readonly offsets: Int32Array;
  readonly places: Int16Array;
}

function missingOfImages({ factors, imageCount }: Subjects, fields: readonly number[]): Gaps {
  const codes = fields.map((field) => isMissing(factors[field]!));
  const offsets = new Int32Array(imageCount + 1);
  for (const missing of codes)
    for (let image = 0; image < imageCount; image += 1) offsets[image + 1]! += missing(image);
  for (let image = 0; image < imageCount; image += 1) offsets[image + 1]! += offsets[image]!;
  const places = new Int16Array(offsets[imageCount]!);
  const next = offsets.slice();
  codes.forEach((missing, place) => {
    for (let image = 0; image < imageCount; image += 1) {
      if (missing(image) === 0) continue;
      places[next[image]!] = place;
      next[image]! += 1;
    }
  });
  return { offsets, places };
}

function isMissing({ variable }: Factor): (image: number) => 0 | 1 {
  const codes = variable?.codes;
  return codes === undefined ? () => 0 : (image) => (codes[image]! < 0 ? 1 : 0);
}

/** Of each field the cells [missing by level, known by level], bucket by bucket. */
function countCells(
  { units: { unitOf, bucketOf, bucketCount }, imageCount }: Subjects,
  { codes }: NamedVariable,
  levelOf: Int16Array,
  levels: number,
  { gaps: { offsets, places }, fieldCount }: { gaps: Gaps; fieldCount: number },
): Float64Array[] {
  const size = 2 * bucketCount * levels;
  const all = new Float64Array(size);
  const missing = new Float64Array(fieldCount * size);
  for (let image = 0; image < imageCount; image += 1) {
    const code = codes[image]!;
    if (code < 0) continue;
    const cell = 2 * bucketOf[unitOf[image]!]! * levels + levelOf[code]!;
    all[cell] = all[cell]! + 1;
    const end = offsets[image + 1]!;
    for (let at = offsets[image]!; at < end; at += 1) {
      const own = places[at]! * size + cell;
      missing[own] = missing[own]! + 1;
    }
  }
  return Array.from({ length: fieldCount }, (_, place) => {
    const cells = missing.subarray(place * size, (place + 1) * size);
    for (let cell = 0; cell < size; cell += 1)
      if (cell % (2 * levels) < levels) cells[cell + levels] = all[cell]! - cells[cell]!;
    return cells;
  });
}
