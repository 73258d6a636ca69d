import type { CodedVariable, UnitStructure } from '../../statistics/coded-variable.ts';
import type { NamedVariable } from '../subjects/subjects.ts';
import { countLevels } from './count-levels.ts';
import { type LevelKind, poolLevels } from './pool-levels.ts';

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

/** Pools the levels of a variable (specification §0.6); levels without an image are dropped. */
export function pooledVariable(named: NamedVariable, structure: UnitStructure): PooledVariable {
  const { codes, names } = named;
  const { images, units } = countLevels(named, structure);
  const present = names.flatMap((level, code) =>
    images[code]! > 0 ? [{ level, images: images[code]!, units: units[code]! }] : [],
  );
  const pooled = poolLevels(present);
  const places = Int16Array.from(names, pooled.indexOf);
  const variable = {
    codes: codes.map((code) => (code < 0 ? -1 : places[code]!)),
    levels: pooled.levels.length,
  };
  const other = pooled.levels.some((level) => level.units === null)
    ? countLevels(variable, structure).units.at(-1)!
    : null;
  return {
    variable,
    levels: pooled.levels.map((level) => ({ ...level, units: level.units ?? other! })),
  };
}
