import type { CodedVariable } from '../../statistics/coded-variable.ts';

const MOST_LEVELS = 32_767;

/** Two variables as one: a code for each combination that an image has, in the order of their first images. */
export interface JointVariable extends CodedVariable {
  /** Of each code: those of the two, −1 for unknown. */
  readonly pairs: readonly (readonly [number, number])[];
}

/** Null for more than 32 767 combinations. `withUnknown`: an unknown code is a level too, else the image has no code. */
export function jointVariable(
  first: CodedVariable,
  second: CodedVariable,
  withUnknown: boolean,
): JointVariable | null {
  const width = second.levels + 1;
  const placeOf = new Int16Array((first.levels + 1) * width).fill(-1);
  const codes = new Int16Array(first.codes.length).fill(-1);
  const pairs: [number, number][] = [];
  for (let image = 0; image < codes.length; image += 1) {
    const one = first.codes[image]!;
    const other = second.codes[image]!;
    if (!withUnknown && (one < 0 || other < 0)) continue;
    const cell = (one + 1) * width + other + 1;
    if (placeOf[cell] === -1) {
      if (pairs.length === MOST_LEVELS) return null;
      placeOf[cell] = pairs.push([one, other]) - 1;
    }
    codes[image] = placeOf[cell]!;
  }
  return { codes, levels: pairs.length, pairs };
}
