/** `ties` is Σ(t³ − t) over the groups of t equal values. */
export interface MidRanks {
  readonly ranks: Float64Array;
  readonly ties: number;
}

/** Ranks from 1; equal values share the mean of theirs. No value may be NaN. Kendall 1945, Biometrika 33:239. */
export function midRanks(values: Float64Array): MidRanks {
  const sorted = values.slice().sort();
  const distinct = new Float64Array(sorted.length);
  const rankOf = new Float64Array(sorted.length);
  let [groups, ties] = [0, 0];
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to] === sorted[from]) to += 1;
    const size = to - from;
    distinct[groups] = sorted[from]!;
    rankOf[groups] = from + (size + 1) / 2;
    groups += 1;
    ties += size * size * size - size;
  }
  return { ranks: values.map((value) => rankOf[placeOf(value, distinct, groups)]!), ties };
}

/** Sorting and searching is several times faster than sorting the places by their values. */
function placeOf(value: number, distinct: Float64Array, groups: number): number {
  let [low, high] = [0, groups - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (distinct[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
