/** UNWEIGHTED: equal or not; LINEAR and QUADRATIC: of ordered classes, the nearer the better. */
export type AgreementWeighting = 'UNWEIGHTED' | 'LINEAR' | 'QUADRATIC';

/**
 * How far class i agrees with class j, K×K row by row, in [0, 1]: [i=j], 1 − |i−j|/(K−1) or 1 − ((i−j)/(K−1))². Classes stand in
 * their order; of a single class the weight is 1. Cohen 1968, Psychological Bulletin 70:213; Gwet 2014, Handbook, ch. 3.
 */
export function agreementWeights(classes: number, weighting: AgreementWeighting): number[] {
  const weights = new Array<number>(classes * classes).fill(1);
  for (let i = 0; i < classes; i += 1) {
    for (let j = 0; j < classes; j += 1) {
      if (i === j) continue;
      const apart = Math.abs(i - j) / (classes - 1);
      weights[i * classes + j] =
        weighting === 'UNWEIGHTED' ? 0 : 1 - (weighting === 'LINEAR' ? apart : apart * apart);
    }
  }
  return weights;
}
