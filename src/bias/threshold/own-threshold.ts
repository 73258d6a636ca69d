import type { Bands } from '../../statistics/colour.ts';
import { THRESHOLDS, type Threshold } from '../../statistics/thresholds.ts';

export type ThresholdName = keyof typeof THRESHOLDS;

/** Limits a dataset has set in place of the default ones, on one side; decimals as text. */
export interface OwnThreshold {
  readonly statistic: ThresholdName;
  readonly side: 'ABOVE' | 'BELOW';
  readonly amber: string;
  readonly red: string;
  readonly source: string;
}

export type Thresholds = Readonly<Record<ThresholdName, Threshold>>;

/** The default thresholds, with those that the dataset has set for itself; these say so as their origin. */
export function thresholdsOf(own: readonly OwnThreshold[]): Thresholds {
  const thresholds: Record<ThresholdName, Threshold> = { ...THRESHOLDS };
  for (const { statistic, side, amber, red, source } of own) {
    const limits = { amber: Number(amber), red: Number(red) };
    const { bands } = thresholds[statistic];
    thresholds[statistic] = { bands: withLimits(bands, side, limits), origin: 'DATASET', source };
  }
  return thresholds;
}

function withLimits(bands: Bands, side: OwnThreshold['side'], limits: { amber: number; red: number }): Bands {
  if (bands.worse !== 'BOTH') return { worse: bands.worse, ...limits };
  return side === 'BELOW' ? { ...bands, below: limits } : { ...bands, above: limits };
}
