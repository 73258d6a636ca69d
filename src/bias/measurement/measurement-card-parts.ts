import type { Bands, Verdict } from '../../statistics/colour.ts';
import { type Estimate, notEstimable } from '../../statistics/estimate.ts';
import type { CaveatCode } from '../cards/card.ts';
import { notEnoughData } from '../cards/estimate-text.ts';
import type { Thresholds } from '../threshold/own-threshold.ts';
import { everyImage, type MeasurementColumns } from './measurement-columns.ts';

export interface MeasurementCardInput {
  readonly columns: MeasurementColumns;
  readonly thresholds: Thresholds;
  readonly personal: boolean;
}

/**
 * The worst row with a value: where the question does not arise (one level, a constant measure, too few days) for some
 * but is answered for others, these are what the card tells of. Else the first.
 */
export function worstTold<Row>(rows: readonly Row[], of: (row: Row) => Estimate): Row | undefined {
  return rows.find((row) => of(row).value !== null) ?? rows[0];
}

export function none(columns: MeasurementColumns, reason: string, method: string): Estimate {
  return notEstimable('NOT_APPLICABLE', reason, everyImage(columns, method));
}

export function doubted(verdict: Verdict, text: string): string {
  return verdict.colour === 'GREY' ? `${notEnoughData(verdict)} ${text}` : text;
}

export function amberOf(bands: Bands): number {
  return bands.worse === 'BOTH' ? bands.above.amber : bands.amber;
}

export function commonCaveats({ columns, personal }: MeasurementCardInput): (CaveatCode | null)[] {
  return [columns.unknownUnits ? 'UNIT_UNKNOWN' : null, personal ? 'SMALL_COUNTS_SUPPRESSED' : null];
}
