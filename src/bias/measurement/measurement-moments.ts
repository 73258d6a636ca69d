import type { CodedVariable, UnitStructure } from '../../statistics/coded-variable.ts';
import { type UnitMoments, unitMoments } from '../../statistics/unit-moments.ts';
import type { RandomStreams } from '../bias-counts.ts';
import type { MeasuredFactor, MeasurementColumns } from './measurement-columns.ts';

/** The moments of every measure by a factor, its levels of fewer than five units pooled. */
export interface FactorMoments {
  readonly factor: MeasuredFactor;
  /** In the order of the measures. */
  readonly ofMeasures: readonly UnitMoments[];
}

/** Ranks need rows in order. So many rows tell a rank ε² to some .005: of more, those of a sample of the units are listed. */
const MOST_LISTED_ROWS = 20_000;

export function factorMoments(columns: MeasurementColumns, random: RandomStreams): FactorMoments[] {
  const { units, matrix } = columns;
  const draws = new Float64Array(units.unitCount);
  const draw = random('units that are ranked');
  for (let unit = 0; unit < draws.length; unit += 1) draws[unit] = draw();
  return columns.factors.map((factor) => {
    const share = MOST_LISTED_ROWS / rowCount(factor.variable, units);
    const isListed = new Uint8Array(units.unitCount);
    for (let unit = 0; unit < draws.length; unit += 1) isListed[unit] = draws[unit]! < share ? 1 : 0;
    return { factor, ofMeasures: unitMoments(matrix, factor.variable, units, isListed) };
  });
}

/** The moments by a variable of which no row needs to be listed. */
export function momentsBy({ units, matrix }: MeasurementColumns, variable: CodedVariable): UnitMoments[] {
  return unitMoments(matrix, variable, units, new Uint8Array(units.unitCount));
}

/** How many units there are of each level, added up. */
function rowCount({ codes, levels }: CodedVariable, { unitOf }: UnitStructure): number {
  const lastUnit = new Int32Array(levels).fill(-1);
  let rows = 0;
  for (let place = 0; place < codes.length; place += 1) {
    const code = codes[place]!;
    if (code < 0 || lastUnit[code] === unitOf[place]) continue;
    lastUnit[code] = unitOf[place]!;
    rows += 1;
  }
  return rows;
}
