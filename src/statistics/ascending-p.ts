/** The p-values of one family that exist, ascending, each with its place in the list given. */
export function ascendingP(p: readonly (number | null)[]): { value: number; index: number }[] {
  const present = p.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  return present.sort((a, b) => a.value - b.value);
}
