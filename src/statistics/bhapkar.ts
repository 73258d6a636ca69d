import { chiSquareUpperTail } from './chi-square-upper-tail.ts';
import { figure } from './figure.ts';
import { type MarginalHomogeneity, noHomogeneity } from './marginal-homogeneity.ts';
import { stuartMaxwell } from './stuart-maxwell.ts';
import { sum } from './sum.ts';

/**
 * Test of the same as `stuartMaxwell`, X²/(1 − X²/n), a little more powerful; faults as there, and UNDEFINED, SINGULAR where
 * X² = n. Bhapkar 1966, J. American Statistical Association 61:228.
 */
export function bhapkar(table: readonly number[]): MarginalHomogeneity {
  const stuart = stuartMaxwell(table);
  if (stuart.statistic.value === null) return stuart;
  const left = 1 - stuart.statistic.value / sum(table);
  if (!(left > 1e-12)) return noHomogeneity('UNDEFINED', 'SINGULAR');
  const statistic = stuart.statistic.value / left;
  const { degreesOfFreedom } = stuart;
  return {
    statistic: figure(statistic),
    degreesOfFreedom,
    p: chiSquareUpperTail(statistic, degreesOfFreedom),
  };
}
