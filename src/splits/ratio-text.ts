const MILLION = 1_000_000n;

/**
 * numerator / denominator as canonical decimal text, rounded to six decimals, halves away from zero. Exact in
 * integers, so a document that carries it is the same on every machine. Takes safe integers, denominator > 0.
 */
export function ratioText(numerator: number, denominator: number): string {
  const whole = BigInt(denominator);
  const scaled = BigInt(Math.abs(numerator)) * MILLION;
  const rounded = (2n * scaled + whole) / (2n * whole);
  const fraction = String(rounded % MILLION)
    .padStart(6, '0')
    .replace(/0+$/, '');
  const text = `${rounded / MILLION}${fraction === '' ? '' : '.'}${fraction}`;
  return numerator < 0 && rounded > 0n ? `-${text}` : text;
}
