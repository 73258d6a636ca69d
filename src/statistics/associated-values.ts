import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import { FEWEST_UNITS_FOR_INTERVAL } from './jackknife-estimate.ts';
import { type UnitsPerLevel, unitsPerLevel } from './units-per-level.ts';

/** A value of the factor at this place in the list, a class of the label, and their crude risk difference. */
export interface AssociatedValue {
  readonly factor: number;
  readonly value: number;
  readonly label: number;
  readonly riskDifference: number;
}

const LEAST_DIFFERENCE = 0.05;

/**
 * The values and classes with |risk difference| ≥ .05, largest first. Values and classes that fewer than 10 units have,
 * or lack, are passed over; of two levels only the second is taken, for the first says the same. The images come in unit
 * order (`inUnitOrder`).
 */
export function associatedValues(
  factors: readonly CodedVariable[],
  label: CodedVariable,
  units: UnitStructure,
): AssociatedValue[] {
  const classes = levelsOfEnoughUnits(label.levels, unitsPerLevel(label, units));
  const found = factors.flatMap((variable, factor) => {
    const values = levelsOfEnoughUnits(variable.levels, unitsPerLevel(variable, units));
    const differences = riskDifferences(variable, label);
    return values.flatMap((value) =>
      classes.map((code) => ({ factor, value, label: code, riskDifference: differences(value, code) })),
    );
  });
  const size = ({ riskDifference }: AssociatedValue) => Math.abs(riskDifference);
  return found.filter((one) => size(one) >= LEAST_DIFFERENCE).sort((a, b) => size(b) - size(a));
}

function levelsOfEnoughUnits(levels: number, { having, lacking }: UnitsPerLevel): number[] {
  const all = Array.from({ length: levels }, (_, level) => level).slice(levels === 2 ? 1 : 0);
  return all.filter((level) => Math.min(having[level]!, lacking[level]!) >= FEWEST_UNITS_FOR_INTERVAL);
}

function riskDifferences(
  factor: CodedVariable,
  label: CodedVariable,
): (value: number, code: number) => number {
  const table = new Float64Array(factor.levels * label.levels);
  const values = new Float64Array(factor.levels);
  const classes = new Float64Array(label.levels);
  let images = 0;
  for (let image = 0; image < label.codes.length; image += 1) {
    const value = factor.codes[image]!;
    const code = label.codes[image]!;
    if (value < 0 || code < 0) continue;
    const cell = value * label.levels + code;
    table[cell] = table[cell]! + 1;
    values[value] = values[value]! + 1;
    classes[code] = classes[code]! + 1;
    images += 1;
  }
  return (value, code) => {
    const both = table[value * label.levels + code]!;
    const [with_, without] = [values[value]!, images - values[value]!];
    return with_ > 0 && without > 0 ? both / with_ - (classes[code]! - both) / without : 0;
  };
}
