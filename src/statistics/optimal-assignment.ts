/**
 * For each row the column it is given, so that the sum of the weights is the largest possible; each column is given once
 * at most, and no row goes without. Needs at least as many columns as rows. Shortest augmenting paths with dual
 * potentials, O(rows² · columns). Jonker & Volgenant 1987, Computing 38:325; for rectangles Crouse 2016, IEEE
 * Transactions on Aerospace and Electronic Systems 52:1679.
 */
export function optimalAssignment(weights: readonly (readonly number[])[]): number[] {
  const rows = weights.length;
  const columns = weights[0]?.length ?? 0;
  const columnOf = new Int32Array(rows).fill(-1);
  const rowOf = new Int32Array(columns).fill(-1);
  const rowPotential = new Float64Array(rows);
  const columnPotential = new Float64Array(columns);
  const pathFrom = new Int32Array(columns);
  const distance = new Float64Array(columns);
  for (let start = 0; start < rows; start += 1) {
    distance.fill(Infinity);
    const reachedRows = [start];
    const reachedColumns: number[] = [];
    const isReached = new Uint8Array(columns);
    let [row, length, end] = [start, 0, -1];
    while (end < 0) {
      let nearest = -1;
      for (let column = 0; column < columns; column += 1) {
        if (isReached[column]) continue;
        const reduced = -weights[row]![column]! - rowPotential[row]! - columnPotential[column]!;
        if (length + reduced < distance[column]!) {
          distance[column] = length + reduced;
          pathFrom[column] = row;
        }
        const isNearer = nearest < 0 || distance[column]! < distance[nearest]!;
        const isFreeAtPar = nearest >= 0 && distance[column] === distance[nearest] && rowOf[column]! < 0;
        if (isNearer || (isFreeAtPar && rowOf[nearest]! >= 0)) nearest = column;
      }
      length = distance[nearest]!;
      isReached[nearest] = 1;
      if (rowOf[nearest]! < 0) end = nearest;
      else {
        reachedColumns.push(nearest);
        row = rowOf[nearest]!;
        reachedRows.push(row);
      }
    }
    rowPotential[start]! += length;
    for (const reached of reachedRows.slice(1))
      rowPotential[reached]! += length - distance[columnOf[reached]!]!;
    for (const reached of reachedColumns) columnPotential[reached]! += distance[reached]! - length;
    for (let column = end, from = -1; from !== start; ) {
      from = pathFrom[column]!;
      rowOf[column] = from;
      [column, columnOf[from]] = [columnOf[from]!, column];
    }
  }
  return Array.from(columnOf);
}
