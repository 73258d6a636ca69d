import { midRanks } from './mid-ranks.ts';
import { sum } from './sum.ts';

const LAGS = 3;
/** √n times the autocorrelation of a series without any stays below it in 95 of 100. */
const SIGNIFICANT = 1.959963984540054;

/**
 * By how much autocorrelation inflates the variance of Mann–Kendall's S, at least 1: with ρ_i of the ranks of the
 * series without its trend, 1 + 2/(n(n−1)(n−2)) · |Σ (n−i)(n−i−1)(n−i−2)ρ_i| over the lags i ≤ 3 with |ρ_i| >
 * 1.96/√n. More lags add noise, not truth. n ≥ 3; a series without variation: 1. Hamed & Rao 1998, Journal of
 * Hydrology 204:182.
 */
export function hamedRaoInflation(detrended: Float64Array): number {
  const n = detrended.length;
  const { ranks } = midRanks(detrended);
  const centred = Array.from(ranks, (rank) => rank - (n + 1) / 2);
  const whole = sum(centred.map((rank) => rank * rank));
  if (n < 3 || whole === 0) return 1;
  let excess = 0;
  for (let lag = 1; lag <= LAGS; lag += 1) {
    const autocorrelation = sum(centred.slice(lag).map((rank, i) => rank * centred[i]!)) / whole;
    if (Math.abs(autocorrelation) <= SIGNIFICANT / Math.sqrt(n)) continue;
    excess += (n - lag) * (n - lag - 1) * (n - lag - 2) * autocorrelation;
  }
  return 1 + (2 / (n * (n - 1) * (n - 2))) * Math.abs(excess);
}
