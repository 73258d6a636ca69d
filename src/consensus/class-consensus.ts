import { compareText } from '../kernel/compare-text.ts';
import type { Decimal } from '../kernel/decimal.ts';
import { voteShare } from '../statistics/vote-share.ts';
import { classRatings, type ImageRatings, type Rating } from './image-ratings.ts';
import { decimalText } from './share-text.ts';

export interface LabelShare {
  readonly label: string;
  readonly share: Decimal;
}

/** What is held of one image: its soft label, and what it comes from. */
export interface ClassItem {
  readonly image: string;
  /** VOTE_SHARE, or DAWID_SKENE; in a part of the dataset where the latter says nothing the former stands in its place. */
  readonly method: 'VOTE_SHARE' | 'DAWID_SKENE';
  /** The likeliest class; null where several tie. */
  readonly label: string | null;
  /** The classes that tie, in order; none where one leads. */
  readonly ties: readonly string[];
  /** Classes of a share above 0, in the order of their names. */
  readonly soft: readonly LabelShare[];
  /** Of the shares, in [0, 1]: H/ln K; null of a single rating, for one opinion is no consensus. */
  readonly entropy: Decimal | null;
  readonly votes: readonly { readonly label: string; readonly votes: number }[];
}

/** The vote share of one image among K classes; null where nobody gave it a class. */
export function voteShareItem(image: ImageRatings, classCount: number): ClassItem | null {
  const votes = countVotes(classRatings(image, 'FIRST'));
  if (votes.length === 0) return null;
  const counts = [
    ...votes.map((one) => one.votes),
    ...new Array<number>(Math.max(0, classCount - votes.length)).fill(0),
  ];
  const { soft, tied, entropy } = voteShare(counts);
  const shares = votes.map(({ label }, index) => ({ label, share: soft![index]! }));
  const ties = tied.map((index) => votes[index]!.label);
  return {
    image: image.imageId,
    method: 'VOTE_SHARE',
    ...softLabel(shares, ties, entropy),
    votes,
  };
}

/** A soft label as it is written: shares that round to 0 are left out. */
export function softLabel(
  shares: readonly { label: string; share: number }[],
  ties: readonly string[],
  entropy: number | null,
): Pick<ClassItem, 'label' | 'ties' | 'soft' | 'entropy'> {
  return {
    label: ties.length === 1 ? ties[0]! : null,
    ties: ties.length > 1 ? ties : [],
    soft: shares
      .map(({ label, share }) => ({ label, share: decimalText(share) }))
      .filter(({ share }) => share !== '0'),
    entropy: entropy === null ? null : decimalText(entropy),
  };
}

/** Votes by class, in the order of the classes' names. */
export function countVotes(ratings: readonly Rating[]): { label: string; votes: number }[] {
  const votes = new Map<string, number>();
  for (const { label, votes: own } of ratings) votes.set(label!, (votes.get(label!) ?? 0) + own);
  return [...votes]
    .map(([label, count]) => ({ label, votes: count }))
    .sort((a, b) => compareText(a.label, b.label));
}
