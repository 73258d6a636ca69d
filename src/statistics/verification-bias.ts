import type { Estimate } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { SHARE } from './jackknife-interval.ts';

export interface Accuracy {
  readonly sensitivity: Estimate;
  readonly specificity: Estimate;
}

export interface VerificationBias {
  /** Of the verified images alone. */
  readonly naive: Accuracy;
  readonly corrected: Accuracy;
}

/** Cells of `verificationBias`, in their order. */
type Cells = readonly number[];

/**
 * Sensitivity and specificity of a test of which not every result was checked against the gold standard. Cells: true
 * positives, false positives, false negatives, true negatives among the verified; unverified positives and negatives.
 * Corrected by P(T)·P(D|T, verified), as checking depends on the result and not on the truth. No verified image with one
 * of the two results: NOT_APPLICABLE; no case, or no control: UNDEFINED. Range [0, 1]. Begg & Greenes 1983, Biometrics
 * 39:207.
 */
export function verificationBias(table: BucketedTable): VerificationBias {
  const accuracy = (
    kind: string,
    diseased: (cells: Cells) => Figure,
    healthy: (cells: Cells) => Figure,
  ): Accuracy => {
    const of = (name: string, formula: (cells: Cells) => Figure) =>
      jackknifeEstimate(table, (cells) => guarded(cells, formula), {
        method: `${name}, ${kind}`,
        range: SHARE,
      });
    return { sensitivity: of('sensitivity', diseased), specificity: of('specificity', healthy) };
  };
  return {
    naive: accuracy(
      'of the verified',
      ([tp, , fn]) => share(tp!, fn!),
      ([, fp, , tn]) => share(tn!, fp!),
    ),
    corrected: accuracy(
      'Begg–Greenes',
      (cells) => share(expected(cells, 0), expected(cells, 2)),
      (cells) => share(expected(cells, 3), expected(cells, 1)),
    ),
  };
}

function guarded(cells: Cells, formula: (cells: Cells) => Figure): Figure {
  const [tp, fp, fn, tn] = cells;
  if (cells.every((count) => count === 0)) return noFigure('EMPTY', 'NO_IMAGE');
  if (tp! + fp! === 0 || fn! + tn! === 0) return noFigure('NOT_APPLICABLE', 'RESULT_NEVER_VERIFIED');
  return formula(cells);
}

function share(hits: number, misses: number): Figure {
  return hits + misses > 0 ? figure(hits / (hits + misses)) : noFigure('UNDEFINED', 'NO_VARIATION');
}

/** A verified cell, scaled up to all images with its test result. */
function expected(cells: Cells, cell: 0 | 1 | 2 | 3): number {
  const first = cell < 2 ? 0 : 2;
  const verified = cells[first]! + cells[first + 1]!;
  return cells[cell]! * (1 + cells[first === 0 ? 4 : 5]! / verified);
}
