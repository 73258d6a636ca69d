import { QUALITY_MEASURES as STORED_MEASURES } from '../../kernel/image-facts.ts';

/** What is compared between levels (specification §2.1); sharpness is ln(1 + variance of the Laplacian). */
export const REPORTED_MEASURES = [...STORED_MEASURES, 'resolution'] as const;
export type ReportedMeasure = (typeof REPORTED_MEASURES)[number];
