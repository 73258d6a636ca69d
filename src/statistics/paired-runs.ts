import { type Estimate, estimate, notEstimable } from './estimate.ts';
import { resamplingFactor, standardDeviation } from './run-spread.ts';
import { studentTQuantile } from './student-t-quantile.ts';
import { studentTUpperTail } from './student-t-upper-tail.ts';
import { sum } from './sum.ts';
import { wilsonInterval } from './wilson-interval.ts';

export interface PairedRuns {
  /** Mean of a − b with the corrected interval and p; `unitCount` is the number of pairs. */
  readonly difference: Estimate;
  /** Corrected resampled t; null where it cannot be had. */
  readonly t: number | null;
  readonly degreesOfFreedom: number;
  /** Share of pairs that a wins, ties counting half. */
  readonly winShare: Estimate;
  /** The smallest true difference that so many pairs would show with a power of 80 %. */
  readonly detectable: Estimate;
  /** What no number of repeats can bring `detectable` below. */
  readonly detectableFloor: Estimate;
}

/**
 * Two models compared run by run over the same fold, repeat and seed: t = d̄/(s_d·√(1/J + n_test/n_train)) with J − 1 degrees of freedom (Nadeau & Bengio
 * 2003, Machine Learning 52:239). Equal pairs throughout: p = 1; one constant difference other than 0: no t, DEGENERATE. The smallest detectable difference is
 * (t_.975 + t_.8)·s_d·√(1/J + n_test/n_train), within 0.2 % of the exact answer from 10 pairs on. `testShare` is n_test/n_train: where nobody knows it, the
 * difference stands without interval and p.
 */
export function pairedRuns(differences: readonly number[], testShare: number | null): PairedRuns {
  const pairs = differences.length;
  const basis = { imageCount: pairs, unitCount: pairs };
  const mean = sum(differences) / pairs;
  const degreesOfFreedom = pairs - 1;
  const winShare = shareWon(differences);
  const deviation = pairs < 2 ? null : standardDeviation(differences);
  const without = whyNoError(deviation, testShare);
  if (without !== null) {
    const isSame = deviation === 0 && mean === 0;
    const none = (method: string) => notEstimable(without.status, without.reason, { ...basis, method });
    return {
      difference: estimate({
        ...basis,
        value: mean,
        status: isSame ? 'OK' : without.status,
        reason: without.reason,
        p: isSame ? 1 : null,
        method: DIFFERENCE,
      }),
      t: isSame ? 0 : null,
      degreesOfFreedom,
      winShare,
      detectable: none(DETECTABLE),
      detectableFloor: none(FLOOR),
    };
  }
  const error = deviation! * resamplingFactor(pairs, testShare!);
  const t = mean / error;
  const half = studentTQuantile(0.975, degreesOfFreedom) * error;
  const power = studentTQuantile(0.975, degreesOfFreedom) + studentTQuantile(0.8, degreesOfFreedom);
  return {
    difference: estimate({
      ...basis,
      value: mean,
      interval: { lower: mean - half, upper: mean + half, level: 0.95, method: CORRECTED },
      p: Math.min(1, 2 * studentTUpperTail(Math.abs(t), degreesOfFreedom)),
      method: DIFFERENCE,
    }),
    t,
    degreesOfFreedom,
    winShare,
    detectable: estimate({ ...basis, value: power * error, method: DETECTABLE }),
    detectableFloor: estimate({
      ...basis,
      value: (1.959963984540054 + 0.8416212335729143) * deviation! * Math.sqrt(testShare!),
      method: FLOOR,
    }),
  };
}

/** Why the error of a mean difference cannot be had; null where it can. */
function whyNoError(
  deviation: number | null,
  testShare: number | null,
): { readonly status: 'INSUFFICIENT' | 'DEGENERATE'; readonly reason: string } | null {
  if (deviation === null) return { status: 'INSUFFICIENT', reason: 'ONE_PAIR' };
  if (deviation === 0) return { status: 'DEGENERATE', reason: 'IDENTICAL_DIFFERENCES' };
  return testShare === null ? { status: 'INSUFFICIENT', reason: 'SIZES_UNKNOWN' } : null;
}

const DIFFERENCE = 'mean paired difference over runs';
const CORRECTED = 'corrected resampled t (Nadeau & Bengio 2003)';
const DETECTABLE = 'smallest difference detectable with power 0.8';
const FLOOR = 'smallest difference detectable with any number of repeats';

/** Wilson's interval, ties counting half (Bouthillier et al. 2021, "Accounting for variance in machine learning benchmarks"). */
function shareWon(differences: readonly number[]): Estimate {
  const won = sum(differences.map((difference) => (difference > 0 ? 1 : difference === 0 ? 0.5 : 0)));
  const pairs = differences.length;
  return estimate({
    value: won / pairs,
    interval: wilsonInterval(won, pairs),
    imageCount: pairs,
    unitCount: pairs,
    method: 'share of pairs won, ties counting half',
  });
}
