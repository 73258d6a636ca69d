import { QUALITY_MEASURES as STORED_MEASURES } from '../kernel/image-facts.ts';
import type { FactorLevels, Population } from './bias-counts.ts';

/** What is compared between levels (specification §2.1); sharpness is ln(1 + variance of the Laplacian). */
export const REPORTED_MEASURES = [...STORED_MEASURES, 'resolution'] as const;
export type ReportedMeasure = (typeof REPORTED_MEASURES)[number];

/** n, Σx and Σx² of each measure (x centred) at one level of a factor in one bucket. */
export interface MomentRow {
  readonly factor: number;
  readonly bucket: number;
  readonly level: string;
  readonly counts: readonly number[];
  readonly sums: readonly number[];
  readonly squares: readonly number[];
}

export interface MeasurementInput {
  /** Those read, in the order of the moments. */
  readonly measures: readonly ReportedMeasure[];
  readonly population: Population;
  readonly factors: readonly FactorLevels[];
  readonly moments: readonly MomentRow[];
  /** Distinct units with a value of both, by factor and measure. */
  readonly units: readonly (readonly number[])[];
}
