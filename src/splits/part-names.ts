import { compareText } from '../kernel/compare-text.ts';
import { partShares } from './part-shares.ts';
import { type SplitAssignment, type SplitRequest, splitTraits } from './split-strategy.ts';

/** The parts of a split in their order: as asked, by number of the fold, or, made from values, in byte order. */
export function partNames(request: SplitRequest, assignment: SplitAssignment): readonly string[] {
  if (splitTraits(request.strategy).parts !== 'VALUES') return partShares(request).names;
  return [...new Set(assignment.map(({ part }) => part))].sort(compareText);
}
