import { compareText } from '../kernel/compare-text.ts';

/** What people and models say of one image as a whole. */
export interface ImageVotes {
  /** The labels that no other outvotes, in the order of their bytes. */
  readonly labels: readonly string[];
  /** Whether one rater gave several. */
  readonly several: boolean;
  /** Who labelled it, where one did alone. */
  readonly annotator: string | null;
}

const NONE: ImageVotes = { labels: [], several: false, annotator: null };

/**
 * Of each image, who gave a label and which, as two arrays (null: nobody did). Each rater has one vote for each of its
 * labels. Where shapes are labelled (`countsVotes` false) a label counts once, however many raters saw it.
 */
export function imageVotes(
  raters: readonly (readonly string[] | null)[],
  labels: readonly (readonly string[] | null)[],
  countsVotes: boolean,
): ImageVotes[] {
  return raters.map((own, image) => (own === null ? NONE : votesOf(own, labels[image]!, countsVotes)));
}

function votesOf(raters: readonly string[], labels: readonly string[], countsVotes: boolean): ImageVotes {
  const first = raters[0]!;
  if (raters.length === 1) return { labels: [labels[0]!], several: false, annotator: first };
  const given = new Map<string, Set<string>>();
  const labelsOf = new Map<string, string>();
  let several = false;
  raters.forEach((rater, index) => {
    const label = labels[index]!;
    const voters = given.get(label) ?? new Set();
    given.set(label, voters.add(rater));
    const before = labelsOf.get(rater);
    several ||= before !== undefined && before !== label;
    labelsOf.set(rater, label);
  });
  const most = countsVotes ? Math.max(...[...given.values()].map(({ size }) => size)) : 0;
  const foremost = [...given].flatMap(([label, voters]) => (voters.size >= most ? [label] : []));
  return {
    labels: foremost.sort(compareText),
    several,
    annotator: labelsOf.size === 1 ? first : null,
  };
}
