import type { CaveatCode } from '../cards/card.ts';
import type { AssociationColumns } from './association-columns.ts';

/** What is to be known of every card of the association report. */
export function associationCaveats(columns: AssociationColumns): (CaveatCode | null)[] {
  return [
    'PATH_NOT_PROOF',
    columns.unknownUnits ? 'UNIT_UNKNOWN' : null,
    columns.isMultiple ? 'MULTIPLE_LABELS' : null,
    columns.unlabelledImages > 0 ? 'UNLABELLED_DROPPED' : null,
    columns.tiedImages > 0 ? 'TIES_DROPPED' : null,
    columns.refusedFactors.length > 0 ? 'TOO_MANY_LEVELS' : null,
    columns.personal ? 'SMALL_COUNTS_SUPPRESSED' : null,
  ];
}
