import type { CodedVariable } from '../../statistics/coded-variable.ts';
import type { NamedVariable, Subjects } from '../subjects/subjects.ts';
import type { TargetPopulation } from '../target/target-population.ts';
import { labelVariable } from '../variables/label-variable.ts';

/** A factor of the target, coded by the target's levels; what lies outside them shares the last code. */
export interface LatticeFactor {
  readonly name: string;
  readonly levels: readonly string[];
  /** By code, 0 of the last. */
  readonly shares: readonly number[];
  readonly variable: CodedVariable;
  readonly placeOf: (level: string) => number;
}

const MOST_COMBINED_FACTORS = 4;

/** The first four factors of the target of which the dataset has values, and the names of the others. */
export function latticeFactors(
  subjects: Subjects,
  target: Pick<TargetPopulation, 'shares'> | null,
): { factors: LatticeFactor[]; leftOut: string[] } {
  const asked = [...new Set(target?.shares.map(({ factor }) => factor))];
  const recorded = asked.flatMap((name): LatticeFactor[] => {
    const variable = recordedVariable(subjects, name);
    if (variable === null) return [];
    const own = target!.shares.filter(({ factor }) => factor === name);
    const levels = own.map(({ level }) => level);
    const place = new Map(levels.map((level, index) => [level, index]));
    const places = Int16Array.from(variable.names, (level) => place.get(level) ?? levels.length);
    const codes = variable.codes.map((code) => (code < 0 ? -1 : places[code]!));
    return [
      {
        name,
        levels,
        shares: [...own.map(({ share }) => Number(share)), 0],
        variable: { codes, levels: levels.length + 1 },
        placeOf: (level) => place.get(level)!,
      },
    ];
  });
  const factors = recorded.slice(0, MOST_COMBINED_FACTORS);
  const combined = new Set(factors.map(({ name }) => name));
  return { factors, leftOut: asked.filter((name) => !combined.has(name)) };
}

/** Null where the factor is none of the dataset, or no image has a value of it, or an image has several. */
function recordedVariable(subjects: Subjects, name: string): NamedVariable | null {
  const { factors, classes } = subjects;
  if (name !== 'label') {
    const factor = factors.find((own) => own.name === name);
    return factor?.kind === 'NOMINAL' && factor.variable?.codes.some((code) => code >= 0)
      ? factor.variable
      : null;
  }
  if (classes.mode === 'MULTIPLE') return null;
  const variable = labelVariable(subjects);
  return variable.codes.some((code) => code >= 0) ? { ...variable, names: classes.names } : null;
}
