import type { ClassRows } from './class-rows.ts';
import { type ClassTable, classTable } from './class-table.ts';
import type { CodedClasses } from './coded-classes.ts';
import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import type { ContingencyTable } from './contingency-table.ts';
import type { BucketedTable } from './jackknife.ts';

/** Images by two factors, class and bucket, and of each of the factors alone the sums over the other. */
export interface TripleTable {
  readonly table: ClassTable;
  readonly levels: readonly [number, number];
  /** Cell = (bucket·level count + level)·(classes + 1) + class, as of `ClassTable`. */
  readonly margins: readonly [Int32Array, Int32Array];
}

/** `first`: of the first factor (`classRows`). Null where the table would be too large (`classTable`). */
export function tripleTable(
  first: ClassRows,
  second: CodedVariable,
  classes: CodedClasses,
  units: UnitStructure,
): TripleTable | null {
  const table = classTable(first, second, classes, units);
  if (table === null) return null;
  const levels = [first.levels, second.levels] as const;
  const width = classes.levels + 1;
  const margins = [
    new Int32Array(table.buckets * levels[0] * width),
    new Int32Array(table.buckets * levels[1] * width),
  ] as const;
  for (let bucket = 0, cell = 0; bucket < table.buckets; bucket += 1) {
    for (let one = 0; one < levels[0]; one += 1) {
      for (let other = 0; other < levels[1]; other += 1) {
        const first = (bucket * levels[0] + one) * width;
        const second = (bucket * levels[1] + other) * width;
        for (let code = 0; code < width; code += 1, cell += 1) {
          const count = table.cells[cell]!;
          if (count === 0) continue;
          margins[0][first + code]! += count;
          margins[1][second + code]! += count;
        }
      }
    }
  }
  return { table, levels, margins };
}

/**
 * The 2 × 2 tables of one value of the factor `of` (0 or 1) and one class, in the strata of the other factor that hold any
 * image; cells as `riskDifference` reads them.
 */
export function strataOfTriple(triple: TripleTable, of: 0 | 1, value: number, code: number): BucketedTable {
  const { table, levels, margins } = triple;
  const { cells, classes, buckets: bucketCount, imageCount, unitCount } = table;
  const stratifier = margins[1 - of]!;
  const kept = strataWithImages(triple, of);
  const width = classes + 1;
  const total = new Array<number>(kept.length * 4).fill(0);
  const buckets: number[][] = [];
  for (let bucket = 0; bucket < bucketCount; bucket += 1) {
    const own = new Array<number>(kept.length * 4).fill(0);
    for (let place = 0; place < kept.length; place += 1) {
      const stratum = kept[place]!;
      const pair = of === 0 ? value * levels[1] + stratum : stratum * levels[1] + value;
      const at = (bucket * table.levels + pair) * width;
      const margin = (bucket * levels[1 - of]! + stratum) * width;
      const shown = cells[at + code]!;
      const rest = cells[at + classes]! - shown;
      const shownWithout = stratifier[margin + code]! - shown;
      own[place * 4] = shown;
      own[place * 4 + 1] = rest;
      own[place * 4 + 2] = shownWithout;
      own[place * 4 + 3] = stratifier[margin + classes]! - shown - rest - shownWithout;
    }
    for (let cell = 0; cell < own.length; cell += 1) total[cell]! += own[cell]!;
    buckets.push(own);
  }
  return { total, buckets, imageCount, unitCount };
}

function strataWithImages({ table, levels, margins }: TripleTable, of: 0 | 1): number[] {
  const strata = levels[1 - of]!;
  const width = table.classes + 1;
  const sizes = new Float64Array(strata);
  for (let row = 0; row < table.buckets * strata; row += 1)
    sizes[row % strata]! += margins[1 - of]![row * width + table.classes]!;
  return [...sizes.keys()].filter((stratum) => sizes[stratum]! > 0);
}

/** The images of the two factors alone, whatever their class. */
export function pairOfTriple({ table, levels }: TripleTable): ContingencyTable {
  const { cells, classes, buckets: bucketCount, imageCount, unitCount } = table;
  const total = new Array<number>(table.levels).fill(0);
  const buckets = Array.from({ length: bucketCount }, (_, bucket) =>
    Array.from({ length: table.levels }, (_, level) => {
      const images = cells[(bucket * table.levels + level) * (classes + 1) + classes]!;
      total[level]! += images;
      return images;
    }),
  );
  return { total, buckets, imageCount, unitCount, rows: levels[0], columns: levels[1] };
}
