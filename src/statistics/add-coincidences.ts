/**
 * Adds one item's ratings (class indexes 0..K−1, one for each annotator) to a K×K coincidence matrix, row by row, in
 * place: each ordered pair of different annotators counts 1/(m−1). An item with fewer than two ratings adds nothing.
 * Kept one matrix a bucket, so that a stream of ratings costs K² numbers. Krippendorff 2011.
 */
export function addCoincidences(matrix: number[], classes: number, ratings: readonly number[]): void {
  const weight = 1 / (ratings.length - 1);
  for (let one = 0; one < ratings.length; one += 1) {
    for (let other = 0; other < ratings.length; other += 1) {
      if (one === other) continue;
      const cell = ratings[one]! * classes + ratings[other]!;
      matrix[cell] = matrix[cell]! + weight;
    }
  }
}
