/** The rows that lack the same columns, by their sums; `observed` lists the columns they have, ascending. */
export interface MissingPattern {
  readonly observed: readonly number[];
  readonly count: number;
  /** Σx of each observed column, and Σxxᵀ of the observed columns, row by row. */
  readonly sums: Float64Array;
  readonly products: Float64Array;
}

/**
 * Sufficient statistics of incomplete numeric rows under normality, one entry a pattern of missingness: all that the EM
 * algorithm and Little's test read, in one pass over the rows. At most 30 columns, of equal length; a value that is not
 * finite is missing. Each column is centred and scaled as given, so that squares keep their digits. Rows without any value
 * are left out. Patterns are ordered by the columns they have.
 */
export function missingPatterns(
  columns: readonly Float64Array[],
  centres: readonly number[],
  scales: readonly number[],
): MissingPattern[] {
  const patterns = new Map<
    number,
    { observed: number[]; count: number; sums: Float64Array; products: Float64Array }
  >();
  const row = new Float64Array(columns.length);
  const rowCount = columns[0]?.length ?? 0;
  for (let index = 0; index < rowCount; index += 1) {
    let mask = 0;
    columns.forEach((column, place) => {
      const value = column[index]!;
      if (!Number.isFinite(value)) return;
      mask |= 1 << place;
      row[place] = (value - centres[place]!) / scales[place]!;
    });
    if (mask === 0) continue;
    let pattern = patterns.get(mask);
    if (pattern === undefined) {
      const observed = columns.flatMap((_, place) => (mask & (1 << place) ? [place] : []));
      const size = observed.length;
      pattern = { observed, count: 0, sums: new Float64Array(size), products: new Float64Array(size * size) };
      patterns.set(mask, pattern);
    }
    pattern.count += 1;
    addRow(pattern, row);
  }
  return [...patterns].sort(([one], [other]) => one - other).map(([, pattern]) => pattern);
}

function addRow({ observed, sums, products }: Omit<MissingPattern, 'count'>, row: Float64Array): void {
  const size = observed.length;
  for (let i = 0; i < size; i += 1) {
    const value = row[observed[i]!]!;
    sums[i]! += value;
    for (let j = 0; j < size; j += 1) products[i * size + j]! += value * row[observed[j]!]!;
  }
}
