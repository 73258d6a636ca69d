import { incompleteBeta } from './incomplete-beta.ts';

/** P(T > t) of Student's t with ν > 0 degrees of freedom: ½·I_{ν/(ν+t²)}(ν/2, ½) for t ≥ 0. */
export function studentTUpperTail(t: number, degreesOfFreedom: number): number {
  const square = t * t;
  const x = square === Infinity ? 0 : degreesOfFreedom / (degreesOfFreedom + square);
  const complement = square === Infinity ? 1 : square / (degreesOfFreedom + square);
  const tail = incompleteBeta(degreesOfFreedom / 2, 0.5, x, complement).lower / 2;
  return t >= 0 ? tail : 1 - tail;
}
