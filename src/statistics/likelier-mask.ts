import type { Mask } from './mask-runs.ts';
import type { ProbabilityMask } from './probability-mask.ts';
import { segmentedMask } from './segmented-mask.ts';

export interface LikelierMask {
  /** Pixels of a probability above ½; of a mean mask, those that the majority marks. */
  readonly mask: Mask;
  /** Pixels of exactly ½: tied, and in the mask by no right. */
  readonly tied: Mask;
}

/** The pixels more likely foreground than background, and those that are tied. */
export function likelierMask(probabilities: ProbabilityMask): LikelierMask {
  const { lengths, values } = probabilities;
  const where = (holds: (value: number) => boolean): Mask =>
    segmentedMask(
      probabilities,
      lengths.map((length, place) => ({ length, isForeground: holds(values[place]!) })),
    );
  return { mask: where((value) => value > 0.5), tied: where((value) => value === 0.5) };
}
