import { type Alarm, cumulativeSum } from './cumulative-sum.ts';
import { type Estimate, estimate, type Interval } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import { hamedRaoInflation } from './hamed-rao-inflation.ts';
import { estimateWithInterval } from './jackknife-estimate.ts';
import { magnitude } from './magnitude.ts';
import { mannKendall } from './mann-kendall.ts';
import type { PeriodSeries } from './period-means.ts';
import { senSlope } from './sen-slope.ts';
import { sum } from './sum.ts';

/** Fewer periods than this show no trend (specification §2.5). */
const FEWEST_PERIODS = 10;
/** The first periods, which give the step chart its mean and standard deviation. */
const REFERENCE_PERIODS = 20;
const ALARM_LIMIT = 5;

/** Days without image between two periods: the first and the last, in days since 1970-01-01. */
export interface Gap {
  readonly firstDay: number;
  readonly lastDay: number;
}

/**
 * The first days of the period in which the measure began to leave its reference, and of that in which it was
 * noticed.
 */
export interface Step {
  readonly sinceDay: number;
  readonly alarmDay: number;
  readonly direction: Alarm['direction'];
}

export interface Drift {
  /** The headline: |slope| · span, in standard deviations inside a period. */
  readonly totalDrift: Estimate;
  /** Sen's slope, signed, in units of the measure a period. */
  readonly slope: Estimate;
  readonly kendallTau: Estimate;
  /** How much autocorrelation inflated the variance of the test, at least 1; null without a test. */
  readonly inflation: number | null;
  /** Null where the reference periods are too few, or all equal. */
  readonly steps: readonly Step[] | null;
  readonly gaps: readonly Gap[];
}

/**
 * Whether a measure of one group drifts, from its period means (specification §2.5): trend by Sen's slope with its
 * rank interval and by Mann–Kendall with Hamed and Rao's correction, whose p each figure carries; steps by CUSUM at
 * limit 5 in standard deviations of the first 20 periods. Fewer than 10 periods: INSUFFICIENT, no value; all means
 * equal: UNDEFINED; no variance inside the periods: no total drift. Fewer than 10 units: no interval.
 */
export function drift(series: PeriodSeries): Drift {
  const { means, withinDeviation, imageCount, unitCount } = series;
  const basis = (method: string) => ({ imageCount, unitCount, method });
  const times = Float64Array.from(series.starts, (day) => (day - series.starts[0]!) / series.length);
  const fault = faultOf(means);
  const trend = fault === null ? trendOf(times, means) : null;
  const span = times[times.length - 1]!;
  const scale = span / (withinDeviation ?? 0);
  const total = fault ?? totalOf(trend!.slope, span, withinDeviation);
  const figureOf = (value: number | undefined): Figure => fault ?? figure(value!);
  const p = trend?.p ?? null;
  return {
    totalDrift: magnitude(
      estimateWithInterval(
        total,
        trend && scaled(trend.interval, scale),
        basis('Sen slope by span in standard deviations'),
        p,
      ),
    ),
    slope: estimateWithInterval(figureOf(trend?.slope), trend?.interval ?? null, basis('Sen slope'), p),
    kendallTau: estimate({ ...figureOf(trend?.tauB), ...basis('Kendall tau-b with time'), p }),
    inflation: trend?.inflation ?? null,
    steps: stepsOf(series),
    gaps: gapsOf(series),
  };
}

function faultOf(means: Float64Array): Figure | null {
  if (means.length < FEWEST_PERIODS) return noFigure('INSUFFICIENT', 'FEWER_THAN_10_PERIODS');
  const [least, most] = [Math.min(...means), Math.max(...means)];
  const rounding = 1e-12 * Math.max(Math.abs(least), Math.abs(most));
  return most - least <= rounding ? noFigure('UNDEFINED', 'CONSTANT_VALUE') : null;
}

function trendOf(times: Float64Array, means: Float64Array) {
  const { slope, intervalAt } = senSlope(times, means);
  const inflation = hamedRaoInflation(means.map((mean, i) => mean - slope * times[i]!));
  const { variance, p, tauB } = mannKendall(means, inflation);
  return { slope, interval: intervalAt(variance), p, tauB, inflation };
}

function totalOf(slope: number, span: number, withinDeviation: number | null): Figure {
  if (withinDeviation === null) return noFigure('UNDEFINED', 'ONE_IMAGE_A_PERIOD');
  if (withinDeviation === 0) return noFigure('UNDEFINED', 'ZERO_WITHIN_VARIANCE');
  return figure((slope * span) / withinDeviation);
}

function scaled(interval: Interval, factor: number): Interval {
  return { ...interval, lower: interval.lower * factor, upper: interval.upper * factor };
}

function stepsOf({ means, starts }: PeriodSeries): Step[] | null {
  if (means.length <= REFERENCE_PERIODS) return null;
  const reference = Array.from(means.subarray(0, REFERENCE_PERIODS));
  const mean = sum(reference) / REFERENCE_PERIODS;
  const squares = sum(reference.map((value) => (value - mean) ** 2));
  const deviation = Math.sqrt(squares / (REFERENCE_PERIODS - 1));
  if (!(deviation > 1e-12 * Math.abs(mean))) return null;
  const { alarms } = cumulativeSum(
    means.map((value) => (value - mean) / deviation),
    ALARM_LIMIT,
  );
  return alarms.map(({ at, since, direction }) => ({
    sinceDay: starts[since]!,
    alarmDay: starts[at]!,
    direction,
  }));
}

function gapsOf({ starts, length }: PeriodSeries): Gap[] {
  return Array.from(starts.subarray(1), (start, i) => ({
    firstDay: starts[i]! + length,
    lastDay: start - 1,
  })).filter(({ firstDay, lastDay }) => firstDay <= lastDay);
}
