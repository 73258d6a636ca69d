import { classTable } from './class-table.ts';
import type { CodedClasses } from './coded-classes.ts';
import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import { FEWEST_UNITS_FOR_INTERVAL } from './jackknife-estimate.ts';
import { unitsPerClass } from './units-per-class.ts';
import { type UnitsPerLevel, unitsPerLevel } from './units-per-level.ts';

/** A value of the factor at this place in the list, a class, and their crude risk difference. */
export interface AssociatedValue {
  readonly factor: number;
  readonly value: number;
  readonly label: number;
  readonly riskDifference: number;
}

/** What a reversal must reach (`confounding`): a search from .05 would miss Charig's kidney stones, whose crude difference is .046. */
const LEAST_DIFFERENCE = 0.02;

/**
 * The values and classes with |risk difference| ≥ .02, largest first. Values and classes that fewer than 10 units have,
 * or lack, are passed over; of two levels only the second is taken, for the first says the same, and so of two classes
 * of which every image shows one. The images come in unit order (`inUnitOrder`).
 */
export function associatedValues(
  factors: readonly CodedVariable[],
  classes: CodedClasses,
  units: UnitStructure,
): AssociatedValue[] {
  const perClass = unitsPerClass(classes, units);
  const oneEach = classes.codes.length === perClass.imageCount;
  const labels = levelsOfEnoughUnits(perClass, oneEach && classes.levels === 2);
  const found = factors.flatMap((variable, factor) => {
    const values = levelsOfEnoughUnits(unitsPerLevel(variable, units), variable.levels === 2);
    const differences = riskDifferences(variable, classes, units);
    return values.flatMap((value) =>
      labels.map((label) => ({ factor, value, label, riskDifference: differences(value, label) })),
    );
  });
  const size = ({ riskDifference }: AssociatedValue) => Math.abs(riskDifference);
  return found.filter((one) => size(one) >= LEAST_DIFFERENCE).sort((a, b) => size(b) - size(a));
}

function levelsOfEnoughUnits({ having, lacking }: UnitsPerLevel, areTwoSides: boolean): number[] {
  const all = [...having.keys()].slice(areTwoSides ? 1 : 0);
  return all.filter((level) => Math.min(having[level]!, lacking[level]!) >= FEWEST_UNITS_FOR_INTERVAL);
}

function riskDifferences(
  factor: CodedVariable,
  classes: CodedClasses,
  units: UnitStructure,
): (value: number, label: number) => number {
  const table = classTable([factor], classes, units);
  if (table === null) return () => 0;
  const width = classes.levels + 1;
  const total = new Float64Array(factor.levels * width);
  table.cells.forEach((count, cell) => {
    total[cell % total.length]! += count;
  });
  const sums = new Float64Array(width);
  total.forEach((count, cell) => {
    sums[cell % width]! += count;
  });
  return (value, label) => {
    const [both, withIt] = [total[value * width + label]!, total[value * width + classes.levels]!];
    const without = sums[classes.levels]! - withIt;
    return withIt > 0 && without > 0 ? both / withIt - (sums[label]! - both) / without : 0;
  };
}
