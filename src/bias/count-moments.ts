import { imagesByUnit } from '../statistics/images-by-unit.ts';
import type { FactorLevels } from './bias-counts.ts';
import { countSubjects } from './count-subjects.ts';
import type { MeasurementInput, MomentRow, ReportedMeasure } from './moments.ts';
import type { MeasureColumn, NamedVariable, Subjects } from './subjects.ts';

/** n, Σx and Σx² of each quality measure around its mean, by bucket and level of each nominal factor (specification §2.2). */
export function countMoments(subjects: Subjects): MeasurementInput {
  const nominal = { ...subjects, factors: subjects.factors.filter(({ kind }) => kind === 'NOMINAL') };
  const { population, factors } = countSubjects(nominal);
  const centres = subjects.measures.map(({ values }) => centreOf(values));
  const variables = nominal.factors.map(({ variable }, factor) =>
    isCounted(factors[factor]!) ? variable : null,
  );
  const ordered = imagesByUnit(subjects.units);
  return {
    measures: subjects.measures.map(({ name }) => name as ReportedMeasure),
    population,
    factors,
    moments: variables.flatMap((variable, factor) =>
      variable === null ? [] : momentRows(subjects, variable, factor, centres),
    ),
    units: variables.map((variable) =>
      subjects.measures.map((measure) =>
        variable === null ? 0 : measuredUnits(subjects, ordered, variable, measure),
      ),
    ),
  };
}

const isCounted = ({ status }: FactorLevels) => status === 'COUNTED';

/** The mean: Σx² of centred values keeps its digits (§0.6). */
function centreOf(values: Float64Array): number {
  let [sum, count] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}

function momentRows(
  { units, measures }: Subjects,
  { codes, levels, names }: NamedVariable,
  factor: number,
  centres: readonly number[],
): MomentRow[] {
  const cells = units.bucketCount * levels;
  const moments = measures.map(({ values }, measure) => {
    const table = {
      counts: new Float64Array(cells),
      sums: new Float64Array(cells),
      squares: new Float64Array(cells),
    };
    for (let image = 0; image < codes.length; image += 1) {
      const value = values[image]! - centres[measure]!;
      if (codes[image]! < 0 || Number.isNaN(value)) continue;
      const cell = units.bucketOf[units.unitOf[image]!]! * levels + codes[image]!;
      table.counts[cell] = table.counts[cell]! + 1;
      table.sums[cell] = table.sums[cell]! + value;
      table.squares[cell] = table.squares[cell]! + value * value;
    }
    return table;
  });
  return Array.from({ length: cells }, (_, cell) => cell).flatMap((cell): MomentRow[] => {
    const counts = moments.map((table) => table.counts[cell]!);
    if (counts.every((count) => count === 0)) return [];
    return [
      {
        factor,
        bucket: Math.floor(cell / levels),
        level: names[cell % levels]!,
        counts,
        sums: moments.map((table) => table.sums[cell]!),
        squares: moments.map((table) => table.squares[cell]!),
      },
    ];
  });
}

/** Distinct units with a value of both. */
function measuredUnits(
  { units: { unitOf } }: Subjects,
  ordered: Int32Array,
  { codes }: NamedVariable,
  { values }: MeasureColumn,
): number {
  let [last, distinct] = [-1, 0];
  for (const image of ordered) {
    if (codes[image]! < 0 || Number.isNaN(values[image]!) || unitOf[image] === last) continue;
    last = unitOf[image]!;
    distinct += 1;
  }
  return distinct;
}
