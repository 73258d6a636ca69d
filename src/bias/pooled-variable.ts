import type { CodedVariable } from '../statistics/coded-variable.ts';
import { type LevelKind, poolLevels } from './pool-levels.ts';
import type { NamedVariable } from './subjects.ts';

export interface PooledVariableLevel {
  readonly level: string;
  readonly kind: LevelKind;
  /** Distinct units with an image at the level, or at any of those pooled. */
  readonly units: number;
}

/** A variable whose levels of fewer than five units share one code; `levels` by code. */
export interface PooledVariable {
  readonly variable: CodedVariable;
  readonly levels: readonly PooledVariableLevel[];
}

/** Pools the levels of a variable (specification §0.6); levels without an image are dropped. `ordered`: `imagesByUnit`. */
export function pooledVariable(
  { codes, levels, names }: NamedVariable,
  unitOf: Int32Array,
  ordered: Int32Array,
): PooledVariable {
  const counts = countByCode({ codes, levels }, unitOf, ordered);
  const present = names.flatMap((level, code) =>
    counts.images[code]! > 0 ? [{ level, images: counts.images[code]!, units: counts.units[code]! }] : [],
  );
  const pooled = poolLevels(present);
  const places = Int16Array.from(names, pooled.indexOf);
  const variable = {
    codes: codes.map((code) => (code < 0 ? -1 : places[code]!)),
    levels: pooled.levels.length,
  };
  const other = pooled.levels.some(({ units }) => units === null)
    ? countByCode(variable, unitOf, ordered).units.at(-1)!
    : null;
  return {
    variable,
    levels: pooled.levels.map(({ level, kind, units }) => ({ level, kind, units: units ?? other! })),
  };
}

function countByCode({ codes, levels }: CodedVariable, unitOf: Int32Array, ordered: Int32Array) {
  const [images, units] = [new Int32Array(levels), new Int32Array(levels)];
  const lastUnit = new Int32Array(levels).fill(-1);
  for (const image of ordered) {
    const code = codes[image]!;
    if (code < 0) continue;
    images[code]! += 1;
    if (lastUnit[code] !== unitOf[image]) units[code]! += 1;
    lastUnit[code] = unitOf[image]!;
  }
  return { images, units };
}
