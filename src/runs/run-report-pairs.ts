import { DomainError } from '../kernel/errors.ts';
import { benjaminiHochberg } from '../statistics/benjamini-hochberg.ts';
import type { Colour } from '../statistics/colour.ts';
import { type Estimate, estimate } from '../statistics/estimate.ts';
import { holm } from '../statistics/holm.ts';
import { type PairedRuns, pairedRuns } from '../statistics/paired-runs.ts';
import { FEWEST_RUNS } from '../statistics/run-spread.ts';
import { unpairedRuns } from '../statistics/unpaired-runs.ts';
import { groupedBy, meanOf, percent, shown, testShare } from './run-report-figures.ts';
import type { RunScore } from './run-score.ts';

/** From so many pairs on the false discovery rate is held, below it the chance of any false finding. */
const MOST_PAIRS_FOR_HOLM = 50;
/** Share of pairs won from which a difference is called meaningful (Bouthillier et al. 2021). */
export const MEANINGFUL_WIN_SHARE = 0.75;
/** Of the chance of a false finding over all pairs. */
export const LARGEST_Q = 0.05;

/** Somebody says that one model is better than another, by so much of the metric. */
export interface RunClaim {
  readonly better: string;
  readonly worse: string;
  readonly by: number;
}

export interface ModelPair {
  readonly snapshot: string;
  /** The one of the better mean, and the other. */
  readonly better: string;
  readonly worse: string;
  readonly isPaired: boolean;
  /** Runs that were left out of the comparison: paired, those without exactly one partner. */
  readonly leftOut: number;
  /** Better less worse, so that above 0 is better whichever way the metric goes; `q` over all pairs. */
  readonly difference: Estimate;
  readonly winShare: Estimate | null;
  readonly detectable: Estimate | null;
  readonly detectableFloor: Estimate | null;
  readonly claim: RunClaim | null;
  readonly colour: Colour;
  readonly sentence: string;
}

type Compared = Omit<ModelPair, 'colour' | 'sentence'>;
type Verdict = 'NO_CLAIM' | 'SUPPORTED' | 'SUPPORTED_BY_LESS' | 'NOT_SUPPORTED' | 'CONTRADICTED' | 'OPEN';

/**
 * Every two models on one snapshot, with q over all pairs; each claim is held against the pairs of its two models.
 * @throws DomainError BAD_INPUT where a claim speaks of no pair, of one model twice, of less than nothing, or of what another speaks of
 */
export function modelPairs(
  groups: readonly (readonly RunScore[])[],
  isGreaterBetter: boolean,
  claims: readonly RunClaim[],
  metric: string,
): ModelPair[] {
  checkClaims(groups, claims, metric);
  const compared = groups.flatMap((one, index) =>
    groups
      .slice(index + 1)
      .filter((other) => one[0]!.snapshot === other[0]!.snapshot)
      .map((other) => comparedRuns(one, other, isGreaterBetter, claims)),
  );
  return withQ(compared).map((pair) => {
    const { colour, verdict } = judged(pair);
    return { ...pair, colour, sentence: pairSentence(pair, metric, verdict) };
  });
}

const modelsOf = ({ better, worse }: { better: string; worse: string }) =>
  JSON.stringify([better, worse].sort());

function checkClaims(
  groups: readonly (readonly RunScore[])[],
  claims: readonly RunClaim[],
  metric: string,
): void {
  const models = [...new Set(groups.map(([run]) => run!.model))];
  const held = [...groupedBy(groups, ([run]) => run!.snapshot).values()].map(
    (of) => new Set(of.map(([run]) => run!.model)),
  );
  const seen = new Set<string>();
  for (const claim of claims) {
    const { better, worse, by } = claim;
    const fault = (message: string) =>
      new DomainError('BAD_INPUT', `claims: "${better}" better than "${worse}" ${message}`);
    const isPair = held.some((names) => names.has(better) && names.has(worse));
    if (better === worse) throw fault('is of one model.');
    if (!(by >= 0)) throw fault(`by ${by} is no claim; turn the models round.`);
    if (!isPair)
      throw fault(
        `cannot be judged: no snapshot has runs of both by ${metric}; there are ${models.join(', ')}.`,
      );
    if (seen.has(modelsOf(claim))) throw fault('is claimed twice; claim one thing of two models.');
    seen.add(modelsOf(claim));
  }
}

function comparedRuns(
  one: readonly RunScore[],
  other: readonly RunScore[],
  isGreaterBetter: boolean,
  claims: readonly RunClaim[],
): Compared {
  const signed = ({ value }: RunScore) => (isGreaterBetter ? value : -value);
  const share = testShare([...one, ...other]);
  const between = (a: readonly RunScore[], b: readonly RunScore[]) => {
    const differences = pairedDifferences(a, b, signed);
    const isPaired = differences.length >= Math.min(2, a.length, b.length);
    const paired: PairedRuns | null = isPaired ? pairedRuns(differences, share) : null;
    const difference = paired?.difference ?? unpairedRuns(seedMeans(a, signed), seedMeans(b, signed));
    const leftOut = isPaired ? a.length + b.length - 2 * differences.length : 0;
    return { better: a[0]!.model, worse: b[0]!.model, isPaired, paired, difference, leftOut };
  };
  const first = between(one, other);
  const { paired, ...found } = (first.difference.value ?? 0) < 0 ? between(other, one) : first;
  return {
    snapshot: one[0]!.snapshot,
    ...found,
    winShare: paired?.winShare ?? null,
    detectable: paired?.detectable ?? null,
    detectableFloor: paired?.detectableFloor ?? null,
    claim: claims.find((claim) => modelsOf(claim) === modelsOf(found)) ?? null,
  };
}

/** One difference for each split, fold, repeat and seed that both have run once. */
function pairedDifferences(
  a: readonly RunScore[],
  b: readonly RunScore[],
  signed: (score: RunScore) => number,
): number[] {
  const keyOf = ({ fold, repeat, seed, split }: RunScore) => JSON.stringify([split, fold, repeat, seed]);
  const partners = groupedBy(b, keyOf);
  return [...groupedBy(a, keyOf)].flatMap(([key, [run, ...more]]) => {
    const [partner, ...others] = partners.get(key) ?? [];
    return partner === undefined || more.length > 0 || others.length > 0
      ? []
      : [signed(run!) - signed(partner)];
  });
}

function seedMeans(runs: readonly RunScore[], signed: (score: RunScore) => number): number[] {
  const seeds = groupedBy(runs, ({ seed }) => JSON.stringify(seed));
  return [...seeds.values()].map((held) => meanOf(held.map(signed)));
}

/** Adjusted over all pairs: Holm, above 50 pairs Benjamini–Hochberg. */
function withQ(pairs: readonly Compared[]): Compared[] {
  const p = pairs.map(({ difference }) => difference.p);
  const adjusted = pairs.length > MOST_PAIRS_FOR_HOLM ? benjaminiHochberg(p) : holm(p);
  return pairs.map((pair, index) => ({
    ...pair,
    difference: estimate({ ...pair.difference, q: adjusted[index] ?? null }),
  }));
}

/** statistics.md §7, "Thresholds"; a claim of the contrary of what is found is no more supported than one that was not to be found. */
function judged({ difference, winShare, detectable, claim, better, isPaired }: Compared): {
  colour: Colour;
  verdict: Verdict;
} {
  const { interval, q, unitCount } = difference;
  const isOfOther = claim !== null && claim.better !== better;
  const open: Verdict = claim === null ? 'NO_CLAIM' : 'OPEN';
  const repeats = isPaired ? unitCount : unitCount / 2;
  if (interval === null || repeats < FEWEST_RUNS) return { colour: 'GREY', verdict: open };
  const isFound = interval.lower > 0 && (q ?? 1) < LARGEST_Q;
  if (isFound && isOfOther) return { colour: 'RED', verdict: 'CONTRADICTED' };
  if (interval.lower <= 0 && claim !== null && (detectable?.value ?? 0) > claim.by)
    return { colour: 'RED', verdict: 'NOT_SUPPORTED' };
  if (!isFound || (winShare?.value ?? 0) < MEANINGFUL_WIN_SHARE) return { colour: 'AMBER', verdict: open };
  if (claim === null) return { colour: 'GREEN', verdict: 'NO_CLAIM' };
  return { colour: 'GREEN', verdict: interval.lower >= claim.by ? 'SUPPORTED' : 'SUPPORTED_BY_LESS' };
}

function pairSentence(pair: Compared, metric: string, verdict: Verdict): string {
  const { better, worse, difference, isPaired, winShare, detectable, claim } = pair;
  const { value, interval, reason, unitCount } = difference;
  const said =
    claim === null
      ? ''
      : `${claim.better} is better than ${claim.worse} by ${shown(claim.by)}${VERDICTS[verdict]}`;
  const claimed = claim === null ? '' : ` The claim that ${said}.`;
  if (reason === 'IDENTICAL_DIFFERENCES' || reason === 'IDENTICAL_SCORES')
    return value === 0
      ? `${better} and ${worse} have the same ${metric} in all that was run: were they two models?${claimed}`
      : `${better} is better than ${worse} by ${shown(value)} of ${metric} in all that was run; a difference that never varies has no test.${claimed}`;
  const by = `${better} is better than ${worse} by ${shown(value)} of ${metric}`;
  if (interval === null) {
    const why =
      reason === 'SIZES_UNKNOWN'
        ? 'how many images were trained and tested on is not known, so nothing says how sure that is'
        : 'too little was run to say more';
    return `${by} in what was run; ${why}.${claimed}`;
  }
  const range = `95 % interval ${shown(interval.lower)} to ${shown(interval.upper)}`;
  const found = isPaired
    ? `it wins ${percent(winShare!.value!)} of ${unitCount} pairs, and differences below ${shown(detectable!.value)} would not be found by so many`
    : 'the runs have no partners, so the luck of a fold stays in it';
  return `${by} (${range}); ${found}.${claimed}`;
}

const VERDICTS: Readonly<Record<Verdict, string>> = {
  NO_CLAIM: '',
  SUPPORTED: ' is supported',
  SUPPORTED_BY_LESS: ' is supported as to which is better, and not as to by how much',
  NOT_SUPPORTED: ' is not supported: so many runs would not have found so little',
  CONTRADICTED: ' is contradicted',
  OPEN: ' is neither supported nor refuted',
};
