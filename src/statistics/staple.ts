import { sum } from './sum.ts';

/** So many pixels were judged in this way: one vote a rater, 1 for foreground. */
export interface VotePattern {
  readonly votes: readonly number[];
  readonly pixels: number;
}

export interface Staple {
  /** NOT_CONVERGED: the answer after 500 rounds. UNDEFINED: no pixel, or all votes equal, so that nothing tells raters apart. */
  readonly status: 'OK' | 'NOT_CONVERGED' | 'UNDEFINED';
  /** P(foreground) for each pattern. */
  readonly probabilities: readonly number[];
  /** By rater: P(votes foreground | foreground) and P(votes background | background); null where UNDEFINED. */
  readonly sensitivities: readonly (number | null)[];
  readonly specificities: readonly (number | null)[];
  /** P(foreground) before the votes: their mean. */
  readonly prior: number;
  readonly rounds: number;
}

const START = 0.99999;
const CLAMP = 1e-7;
const ENOUGH = 1e-8;
const MOST_ROUNDS = 500;

/**
 * Binary STAPLE: the likeliest foreground and each rater's sensitivity p and specificity q, by EM. E step:
 * W = g·Πp…/(g·Πp… + (1−g)·Πq…); M step: p_j = ΣW·D_j/ΣW, q_j = Σ(1−W)(1−D_j)/Σ(1−W); from .99999, clamped to
 * [1e-7, 1 − 1e-7], until no p or q moves by 1e-8. Pixels of one vote pattern share one W, so a round costs the number of
 * patterns; equal raters get equal estimates, in whatever order they come. The prior g is the mean vote over the pixels given: give those near the object and not the whole image, else
 * every specificity goes to 1. Warfield, Zou & Wells 2004, IEEE Transactions on Medical Imaging 23:903.
 */
export function staple(given: readonly VotePattern[]): Staple {
  const merged = mergeEqual(given);
  const patterns = [...merged.values()];
  const raters = patterns[0]?.votes.length ?? 0;
  const pixels = sum(patterns.map((pattern) => pattern.pixels));
  const marked = sum(patterns.map((pattern) => pattern.pixels * sum(pattern.votes)));
  const prior = pixels * raters > 0 ? marked / (pixels * raters) : 0;
  if (!(prior > 0 && prior < 1)) {
    const none = new Array<null>(raters).fill(null);
    const probabilities = given.map(() => prior);
    const constant = { sensitivities: none, specificities: none, prior, rounds: 0 };
    return { status: 'UNDEFINED', probabilities, ...constant };
  }
  let sensitivities = new Array<number>(raters).fill(START);
  let specificities = new Array<number>(raters).fill(START);
  let moved = Infinity;
  let rounds = 0;
  for (; rounds < MOST_ROUNDS && moved >= ENOUGH; rounds += 1) {
    const beliefs = believed(patterns, prior, sensitivities, specificities);
    const [hits, rejections] = rates(patterns, beliefs, raters);
    moved = Math.max(farthest(hits, sensitivities), farthest(rejections, specificities));
    [sensitivities, specificities] = [hits, rejections];
  }
  const beliefs = believed(patterns, prior, sensitivities, specificities);
  const beliefOf = new Map([...merged.keys()].map((key, index) => [key, beliefs[index]!]));
  const probabilities = given.map(({ votes }) => beliefOf.get(votes.join(''))!);
  const status = moved < ENOUGH ? 'OK' : 'NOT_CONVERGED';
  return { status, probabilities, sensitivities, specificities, prior, rounds };
}

/** In logarithms: the product of a hundred raters would vanish. */
function believed(
  patterns: readonly VotePattern[],
  prior: number,
  sensitivities: readonly number[],
  specificities: readonly number[],
): number[] {
  const marked = sensitivities.map((p, rater) => Math.log(p) - Math.log1p(-specificities[rater]!));
  const unmarked = sensitivities.map((p, rater) => Math.log1p(-p) - Math.log(specificities[rater]!));
  return patterns.map(({ votes }) => {
    const terms = votes.map((vote, rater) => (vote ? marked[rater]! : unmarked[rater]!));
    const odds = Math.log(prior) - Math.log1p(-prior) + orderlySum(terms);
    return odds >= 0 ? 1 / (1 + Math.exp(-odds)) : Math.exp(odds) / (1 + Math.exp(odds));
  });
}

function rates(
  patterns: readonly VotePattern[],
  beliefs: readonly number[],
  raters: number,
): [hits: number[], rejections: number[]] {
  const inside = patterns.map(({ pixels }, index) => pixels * beliefs[index]!);
  const outside = patterns.map(({ pixels }, index) => pixels - inside[index]!);
  const [foreground, background] = [orderlySum(inside), orderlySum(outside)];
  const each = Array.from({ length: raters }, (_, rater) => rater);
  const isMarked = (rater: number, index: number) => patterns[index]!.votes[rater] === 1;
  return [
    each.map((rater) => {
      return within(orderlySum(inside.filter((_, index) => isMarked(rater, index))), foreground);
    }),
    each.map((rater) => {
      return within(orderlySum(outside.filter((_, index) => !isMarked(rater, index))), background);
    }),
  ];
}

/**
 * Adds in ascending order, so that no order of raters or patterns shows in the last digit: where raters are exactly at
 * odds, EM stands on a saddle, and that digit would decide between them.
 */
function orderlySum(values: readonly number[]): number {
  return Float64Array.from(values)
    .sort()
    .reduce((total, value) => total + value, 0);
}

function within(part: number, whole: number): number {
  return whole > 0 ? Math.min(1 - CLAMP, Math.max(CLAMP, part / whole)) : START;
}

function farthest(now: readonly number[], before: readonly number[]): number {
  return Math.max(0, ...now.map((value, index) => Math.abs(value - before[index]!)));
}

function mergeEqual(patterns: readonly VotePattern[]): Map<string, VotePattern> {
  const merged = new Map<string, VotePattern>();
  for (const { votes, pixels } of patterns) {
    const key = votes.join('');
    merged.set(key, { votes, pixels: pixels + (merged.get(key)?.pixels ?? 0) });
  }
  return merged;
}
