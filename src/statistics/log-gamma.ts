/**
 * ln Γ(x), x > 0, to about 1e-15 relative: Stirling's series at x ≥ 12, reached by Γ(x+1) = xΓ(x).
 * Abramowitz & Stegun 1964, 6.1.15 and 6.1.41.
 */
export function logGamma(x: number): number {
  let argument = x;
  let product = 1;
  while (argument < 12) {
    product *= argument;
    argument += 1;
  }
  const inverse = 1 / (argument * argument);
  const series =
    (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / argument;
  return (
    (argument - 0.5) * Math.log(argument) -
    argument +
    0.5 * Math.log(2 * Math.PI) +
    series -
    Math.log(product)
  );
}
