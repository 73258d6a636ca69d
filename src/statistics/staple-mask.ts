import { maskExtent } from './mask-extent.ts';
import type { Mask } from './mask-runs.ts';
import { maskSegments } from './mask-segments.ts';
import { meanMask } from './mean-mask.ts';
import { type ProbabilityMask, probabilityMask } from './probability-mask.ts';
import { type Staple, staple } from './staple.ts';
import { unionMask } from './union-mask.ts';

export interface StapleMask {
  /** MEAN: of fewer than three raters, or of equal masks, STAPLE says nothing, and the mean mask stands in its place. */
  readonly method: 'STAPLE' | 'MEAN';
  readonly status: Staple['status'] | 'NOT_APPLICABLE';
  readonly probabilities: ProbabilityMask;
  /** By rater; null with the mean mask. */
  readonly sensitivities: readonly (number | null)[];
  readonly specificities: readonly (number | null)[];
  readonly prior: number | null;
}

const FEWEST_RATERS = 3;
/** Of its width and height, on each side, at least a pixel, and never out of the image. */
const DILATION = 0.1;

/**
 * STAPLE of the masks of one thing in one image, one a rater, an empty one included where the rater saw the image; null for
 * none. Votes are taken within the box round all masks, dilated by 10 %; outside of it nobody marked a pixel, and it is
 * background. Pixels are never visited one by one: the runs are merged into patterns of votes. Throws SIZE_MISMATCH.
 */
export function stapleMask(masks: readonly Mask[]): StapleMask | null {
  const mean = meanMask(masks);
  if (mean === null) return null;
  const unknown = masks.map(() => null);
  const asMean = {
    method: 'MEAN',
    probabilities: mean,
    sensitivities: unknown,
    specificities: unknown,
    prior: null,
  } as const;
  if (masks.length < FEWEST_RATERS) return { ...asMean, status: 'NOT_APPLICABLE' };
  const patterns = new Map<string, { votes: number[]; pixels: number }>();
  const stretches: { length: number; pattern: string }[] = [];
  let touched = 0;
  maskSegments(masks, (votes, _, length) => {
    const isTouched = votes.includes(1);
    const pattern = isTouched ? votes.join('') : '';
    stretches.push({ length, pattern });
    if (!isTouched) return;
    touched += length;
    const held = patterns.get(pattern);
    if (held) held.pixels += length;
    else patterns.set(pattern, { votes: Array.from(votes), pixels: length });
  });
  const untouched = areaNear(masks) - touched;
  if (untouched > 0) patterns.set('', { votes: masks.map(() => 0), pixels: untouched });
  const found = staple([...patterns.values()]);
  if (found.status === 'UNDEFINED') return { ...asMean, status: 'UNDEFINED' };
  const probabilityOf = new Map([...patterns.keys()].map((key, index) => [key, found.probabilities[index]!]));
  const value = (pattern: string) => (pattern === '' ? 0 : probabilityOf.get(pattern)!);
  return {
    method: 'STAPLE',
    status: found.status,
    probabilities: probabilityMask(
      masks[0]!,
      stretches.map(({ length, pattern }) => ({ length, value: value(pattern) })),
    ),
    sensitivities: found.sensitivities,
    specificities: found.specificities,
    prior: found.prior,
  };
}

function areaNear(masks: readonly Mask[]): number {
  const union = unionMask(masks)!;
  const extent = maskExtent(union);
  if (extent === null) return 0;
  const { left, top, right, bottom } = extent;
  const across = Math.max(1, Math.round((right - left) * DILATION));
  const down = Math.max(1, Math.round((bottom - top) * DILATION));
  const width = Math.min(union.width, right + across) - Math.max(0, left - across);
  const height = Math.min(union.height, bottom + down) - Math.max(0, top - down);
  return width * height;
}
