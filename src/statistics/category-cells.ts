/** Cells before the classes' shares: items of two ratings or more, of one or more, and Σ of the former's agreement. */
export const [TWICE_RATED, RATED, AGREEING, SHARES] = [0, 1, 2, 3] as const;

/**
 * What one item adds to the table that the coefficients of Fleiss, Gwet and Brennan–Prediger are made of: [m ≥ 2, m ≥ 1,
 * a, n_1/m … n_K/m] with a = Σ_c n_c(Σ_k w_ck n_k − 1)/(m(m−1)), the weighted share of its pairs of raters who agree; from
 * `counts` n_c of raters who gave it class c. Sums over the items of a bucket are additive. Gwet 2014, Handbook, ch. 2–3.
 */
export function categoryCells(counts: readonly number[], weights: readonly number[]): number[] {
  const classes = counts.length;
  let ratings = 0;
  for (const count of counts) ratings += count;
  const cells = new Array<number>(SHARES + classes).fill(0);
  if (ratings === 0) return cells;
  cells[RATED] = 1;
  counts.forEach((count, c) => {
    cells[SHARES + c] = count / ratings;
  });
  if (ratings < 2) return cells;
  let agreeing = 0;
  for (let c = 0; c < classes; c += 1) {
    if (counts[c] === 0) continue;
    let alike = -1;
    for (let k = 0; k < classes; k += 1) alike += weights[c * classes + k]! * counts[k]!;
    agreeing += counts[c]! * alike;
  }
  cells[TWICE_RATED] = 1;
  cells[AGREEING] = agreeing / (ratings * (ratings - 1));
  return cells;
}
