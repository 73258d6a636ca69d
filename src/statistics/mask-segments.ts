import { DomainError } from '../kernel/errors.ts';
import type { Mask } from './mask-runs.ts';

/**
 * Walks over several masks of one image at once, by their runs and not by pixels: calls `visit` with each longest stretch on
 * which no mask changes, its start (column-major) and length, and who has it as foreground (one array, changed from
 * call to call). Costs the number of runs. Throws SIZE_MISMATCH for masks of different frames, which are never stretched,
 * and INVALID_VALUE for runs that do not cover their frame.
 */
export function maskSegments(
  masks: readonly Mask[],
  visit: (votes: Uint8Array, start: number, length: number) => void,
): void {
  const first = masks[0];
  if (first === undefined) return;
  for (const mask of masks) requireFrame(mask, first);
  const pixels = first.width * first.height;
  const votes = new Uint8Array(masks.length);
  const places = new Int32Array(masks.length);
  const ends = masks.map(({ runs }) => runs[0] ?? 0);
  for (let start = 0; start < pixels; ) {
    let end = pixels;
    for (let rater = 0; rater < masks.length; rater += 1) {
      const { runs } = masks[rater]!;
      while (ends[rater]! <= start && places[rater]! + 1 < runs.length) {
        places[rater]! += 1;
        ends[rater]! += runs[places[rater]!]!;
      }
      votes[rater] = places[rater]! % 2;
      if (ends[rater]! < end) end = ends[rater]!;
    }
    visit(votes, start, end - start);
    start = end;
  }
}

function requireFrame({ width, height, runs }: Mask, first: Mask): void {
  if (width !== first.width || height !== first.height) {
    throw new DomainError(
      'SIZE_MISMATCH',
      `The masks are ${width} × ${height} and ${first.width} × ${first.height} pixels: nothing is stretched; compare masks of one frame.`,
    );
  }
  let covered = 0;
  let isBroken = false;
  for (const run of runs) {
    covered += run;
    if (!Number.isInteger(run) || run < 0) isBroken = true;
  }
  if (isBroken || covered !== width * height) {
    throw new DomainError(
      'INVALID_VALUE',
      `The runs of a mask cover ${covered} pixels, not its ${width} × ${height}; give whole runs that cover it.`,
    );
  }
}
