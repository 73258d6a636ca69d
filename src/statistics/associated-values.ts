import type { ClassTable } from './class-table.ts';
import { FEWEST_UNITS_FOR_INTERVAL } from './jackknife-estimate.ts';
import type { UnitsPerLevel } from './units-per-level.ts';

/** A value of the factor at this place in the list, a class, and their crude risk difference. */
export interface AssociatedValue {
  readonly factor: number;
  readonly value: number;
  readonly label: number;
  readonly riskDifference: number;
}

/** A factor by class, and its units; null: the table would be too large (`classTable`). */
export interface CountedFactor {
  readonly counts: ClassTable | null;
  readonly units: UnitsPerLevel;
}

/** What a reversal must reach (`confounding`): a search from .05 would miss Charig's kidney stones, whose crude difference is .046. */
const LEAST_DIFFERENCE = 0.02;

/**
 * The values and classes with |risk difference| ≥ .02, largest first. Values and classes that fewer than 10 units have,
 * or lack, are passed over; of two levels only the second is taken, for the first says the same, and so of two classes
 * of which every image shows one (`areExclusive`).
 */
export function associatedValues(
  factors: readonly CountedFactor[],
  perClass: UnitsPerLevel,
  areExclusive: boolean,
): AssociatedValue[] {
  const labels = levelsOfEnoughUnits(perClass, areExclusive);
  const found = factors.flatMap(({ counts, units }, factor) => {
    if (counts === null) return [];
    const differences = riskDifferences(counts);
    return levelsOfEnoughUnits(units, true).flatMap((value) =>
      labels.map((label) => ({ factor, value, label, riskDifference: differences(value, label) })),
    );
  });
  const size = ({ riskDifference }: AssociatedValue) => Math.abs(riskDifference);
  return found.filter((one) => size(one) >= LEAST_DIFFERENCE).sort((a, b) => size(b) - size(a));
}

function levelsOfEnoughUnits({ having, lacking }: UnitsPerLevel, areExclusive: boolean): number[] {
  const all = [...having.keys()].slice(areExclusive && having.length === 2 ? 1 : 0);
  return all.filter((level) => Math.min(having[level]!, lacking[level]!) >= FEWEST_UNITS_FOR_INTERVAL);
}

function riskDifferences({ cells, levels, classes }: ClassTable): (value: number, label: number) => number {
  const width = classes + 1;
  const total = new Float64Array(levels * width);
  for (let start = 0; start < cells.length; start += total.length)
    for (let cell = 0; cell < total.length; cell += 1) total[cell]! += cells[start + cell]!;
  const sums = new Float64Array(width);
  total.forEach((count, cell) => {
    sums[cell % width]! += count;
  });
  return (value, label) => {
    const [both, withIt] = [total[value * width + label]!, total[value * width + classes]!];
    const without = sums[classes]! - withIt;
    return withIt > 0 && without > 0 ? both / withIt - (sums[label]! - both) / without : 0;
  };
}
