import { compareText } from '../../kernel/compare-text.ts';

/** Two annotators who saw an image in common, `first` before `second` in the order of names. */
export interface AnnotatorPair {
  readonly first: string;
  readonly second: string;
}

/** One thing for each pair of annotators, made when the pair is first met. */
export interface AnnotatorPairs<T> {
  /** Null for a pair met after `most` others. */
  of(first: string, second: string): T | null;
  /** In the order of names. */
  all(): (AnnotatorPair & { readonly held: T })[];
}

export function annotatorPairs<T>(make: () => T, most: number): AnnotatorPairs<T> {
  const held = new Map<string, Map<string, T>>();
  let count = 0;
  return {
    of(one, other) {
      const [first, second] = compareText(one, other) <= 0 ? [one, other] : [other, one];
      const row = held.get(first) ?? new Map<string, T>();
      const known = row.get(second);
      if (known !== undefined) return known;
      if (count === most) return null;
      const made = make();
      held.set(first, row.set(second, made));
      count += 1;
      return made;
    },
    all() {
      const pairs = [...held].flatMap(([first, row]) =>
        [...row].map(([second, thing]) => ({ first, second, held: thing })),
      );
      return pairs.sort((a, b) => compareText(a.first, b.first) || compareText(a.second, b.second));
    },
  };
}
