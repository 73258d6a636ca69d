/** Eigenvalues and, beside each, its eigenvector of length 1; in no order. */
export interface SymmetricEigen {
  readonly values: readonly number[];
  readonly vectors: readonly (readonly number[])[];
}

const MOST_SWEEPS = 60;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations, to the last digits of its largest
 * eigenvalue. Jacobi 1846; Golub & Van Loan 2013, §8.5.
 */
export function symmetricEigen(matrix: readonly (readonly number[])[]): SymmetricEigen {
  const a = matrix.map((row) => Float64Array.from(row));
  const vectors = a.map((_, row) => a.map((__, column) => (row === column ? 1 : 0)));
  for (let sweep = 0; sweep < MOST_SWEEPS && !isDiagonal(a); sweep += 1) {
    for (let p = 0; p < a.length; p += 1) for (let q = p + 1; q < a.length; q += 1) rotate(a, vectors, p, q);
  }
  return { values: a.map((row, index) => row[index]!), vectors };
}

function isDiagonal(a: readonly Float64Array[]): boolean {
  let [off, on] = [0, 0];
  a.forEach((row, p) => {
    row.forEach((value, q) => {
      if (p === q) on += value * value;
      else off += value * value;
    });
  });
  return off <= 1e-32 * on;
}

/** Turns a in the plane of p and q so that a_pq becomes 0. */
function rotate(a: readonly Float64Array[], vectors: readonly number[][], p: number, q: number): void {
  const off = a[p]![q]!;
  if (off === 0) return;
  const half = (a[q]![q]! - a[p]![p]!) / (2 * off);
  const tangent = (half < 0 ? -1 : 1) / (Math.abs(half) + Math.hypot(half, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  const turn = (first: number, second: number): [number, number] => [
    cosine * first - sine * second,
    sine * first + cosine * second,
  ];
  for (const row of a) [row[p], row[q]] = turn(row[p]!, row[q]!);
  const [above, below] = [a[p]!, a[q]!];
  for (let k = 0; k < a.length; k += 1) [above[k], below[k]] = turn(above[k]!, below[k]!);
  const [left, right] = [vectors[p]!, vectors[q]!];
  for (let k = 0; k < a.length; k += 1) [left[k], right[k]] = turn(left[k]!, right[k]!);
}
