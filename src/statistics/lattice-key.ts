/**
 * The number of a cell in a lattice of `levels` levels a factor: coordinates (i, j, l) of levels (r, c, k) have
 * (i·c + j)·k + l, as in `crossTabulate`. Exact for up to 4 factors of 1000 levels.
 */
export function latticeKey(coordinates: readonly number[], levels: readonly number[]): number {
  return coordinates.reduce((key, coordinate, factor) => key * levels[factor]! + coordinate, 0);
}

/** The coordinates of a cell from its number: the inverse of `latticeKey`. */
export function latticeCoordinates(key: number, levels: readonly number[]): number[] {
  let rest = key;
  return levels
    .toReversed()
    .map((size) => {
      const coordinate = rest % size;
      rest = (rest - coordinate) / size;
      return coordinate;
    })
    .reverse();
}
