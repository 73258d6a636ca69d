/** How the parts of a split were told apart: by their names, by their order, as folds; NONE: fewer than two parts. */
export type RolesTakenBy = 'NAME' | 'POSITION' | 'FOLDS' | 'NONE';

/** Which part is which, as places in `names`. Of folds each is tested in its turn, and all others are train. */
export interface SplitRoles {
  readonly names: readonly string[];
  readonly train: number | null;
  readonly validation: number | null;
  readonly test: number | null;
  readonly takenBy: RolesTakenBy;
}

const TRAIN = /^train(ing)?$/i;
const VALIDATION = /^(val|validation|dev)$/i;
const TEST = /^test(ing)?$/i;
const FOLD = /^fold[-_ ]?\d+$/i;

/**
 * Train, validation and test by their usual names, in any case. Where train or test is not called so, it is the first and
 * the last of the other parts.
 */
export function splitRoles(names: readonly string[], areFolds: boolean): SplitRoles {
  const none = { names, train: null, validation: null, test: null };
  if (names.length < 2) return { ...none, takenBy: 'NONE' };
  if (areFolds || names.every((name) => FOLD.test(name))) return { ...none, takenBy: 'FOLDS' };
  const places = names.map((_, place) => place);
  const called = (pattern: RegExp) => places.find((place) => pattern.test(names[place]!));
  const other = (...taken: (number | undefined)[]) => places.filter((place) => !taken.includes(place));
  const [namedTrain, namedValidation, namedTest] = [called(TRAIN), called(VALIDATION), called(TEST)];
  const train = namedTrain ?? other(namedTest, namedValidation)[0] ?? other(namedTest)[0]!;
  const test = namedTest ?? other(train, namedValidation).at(-1) ?? other(train).at(-1)!;
  return {
    names,
    train,
    validation: other(train, test).find((place) => place === namedValidation) ?? null,
    test,
    takenBy: namedTrain !== undefined && namedTest !== undefined ? 'NAME' : 'POSITION',
  };
}
