/** Ascending cut points and the names of the `cuts.length + 1` bins between them; a bin holds its lower limit. */
export interface QuantileBins {
  readonly cuts: readonly number[];
  readonly names: readonly string[];
}

/** Bins from quantiles, which may repeat where many values are equal; null for none. */
export function quantileBins(quantiles: readonly (number | null)[]): QuantileBins | null {
  const cuts = [...new Set(quantiles.filter((cut) => cut !== null))];
  if (cuts.length === 0) return null;
  const inner = cuts.slice(1).map((cut, index) => `${cuts[index]} to < ${cut}`);
  return { cuts, names: [`< ${cuts[0]}`, ...inner, `≥ ${cuts.at(-1)}`] };
}
