/**
 * Normalised cross-correlation of two grey images of the same size: Pearson's r of their samples, in [−1, 1].
 * @returns null where either image is constant, for then it is not defined
 */
export function normalisedCrossCorrelation(first: Uint8Array, second: Uint8Array): number | null {
  if (first.length !== second.length) {
    throw new RangeError(`Images of ${first.length} and ${second.length} samples cannot be correlated.`);
  }
  const count = first.length;
  let [sumFirst, sumSecond, squaresFirst, squaresSecond, products] = [0, 0, 0, 0, 0];
  for (let index = 0; index < count; index++) {
    const a = first[index]!;
    const b = second[index]!;
    sumFirst += a;
    sumSecond += b;
    squaresFirst += a * a;
    squaresSecond += b * b;
    products += a * b;
  }
  const spreadFirst = count * squaresFirst - sumFirst * sumFirst;
  const spreadSecond = count * squaresSecond - sumSecond * sumSecond;
  if (spreadFirst === 0 || spreadSecond === 0) return null;
  const correlation = (count * products - sumFirst * sumSecond) / Math.sqrt(spreadFirst * spreadSecond);
  return Math.max(-1, Math.min(1, correlation));
}
