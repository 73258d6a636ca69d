import { DomainError } from '../kernel/errors.ts';
import type { ClassRatings } from './class-ratings.ts';
import {
  type DawidSkeneCounts,
  type DawidSkeneParameters,
  dawidSkeneExpectation,
} from './dawid-skene-expectation.ts';
import { dawidSkeneMaximisation } from './dawid-skene-maximisation.ts';
import { ratingsByItem } from './ratings-by-item.ts';

export interface DawidSkeneOptions {
  /** Added to every cell: 1/K (Perks) unless told; 0 gives the published maximum likelihood, whose zeros are absorbing. */
  readonly prior?: number;
  /** Of the penalised log likelihood, relative; 1e-6 unless told. */
  readonly tolerance?: number;
  /** 200 unless told. */
  readonly mostIterations?: number;
  /** Told after each iteration; false ends the work. */
  readonly progress?: (iteration: number) => boolean | undefined;
}

/** NOT_CONVERGED and CANCELLED: what there was when it ended, not to be taken for a result. */
export type DawidSkeneStatus = 'CONVERGED' | 'NOT_CONVERGED' | 'CANCELLED';

export interface DawidSkene {
  /** P(class c | ratings) of item i at i·K + c; of an item without ratings the class prior. */
  readonly softLabels: Float64Array;
  /** p_c. */
  readonly classPrior: Float64Array;
  /** π^a_cl = P(a says l | c is true) at (a·K + c)·K + l; each row sums to 1. */
  readonly confusion: Float64Array;
  readonly iterations: number;
  readonly status: DawidSkeneStatus;
  readonly logLikelihood: number;
  /** LL + prior·(Σ ln p_c + Σ ln π^a_cl) of each iteration; never falls. */
  readonly penalisedLogLikelihoods: readonly number[];
}

/** What rounding may take from a likelihood that in truth rose or stood still, relative. */
const ROUNDING = 1e-10;

/**
 * True classes and the annotators' confusion by expectation–maximisation from the vote shares: p_c = (Σ_i T_ic + s)/(I +
 * Ks), π^a_cl = (Σ_i T_ic n^a_il + s)/Σ_l(…), ln T_ic ∝ ln p_c + Σ n^a_il ln π^a_cl, s the prior; the prior makes it the
 * posterior mode. All of an annotator's ratings of an item count. A row of which nothing is known is uniform. The order
 * of ratings does not matter, nor does the machine: sums run in a fixed order. O(ratings · K) an iteration. Dawid & Skene
 * 1979, Applied Statistics 28:20; Dempster, Laird & Rubin 1977, JRSS B 39:1. Specification §6.2.
 */
export function dawidSkene(
  ratings: ClassRatings,
  {
    prior = 1 / Math.max(1, ratings.classes),
    tolerance = 1e-6,
    mostIterations = 200,
    progress,
  }: DawidSkeneOptions = {},
): DawidSkene {
  const { items, annotators, classes } = ratings;
  const { starts, annotatorOf, labelOf, votes } = ratingsByItem(ratings);
  const rows = annotatorOf.map((annotator, place) => (annotator * classes + labelOf[place]!) * classes);
  const grouped = { starts, rows, votes };
  const counts: DawidSkeneCounts = {
    classes: new Float64Array(classes),
    said: new Float64Array(annotators * classes * classes),
  };
  const softLabels = voteShares(items, classes, starts, labelOf, votes);
  dawidSkeneExpectation(softLabels, grouped, null, counts);
  const path: number[] = [];
  let parameters = dawidSkeneMaximisation(counts, prior);
  let [status, logLikelihood]: [DawidSkeneStatus, number] = ['NOT_CONVERGED', 0];
  while (path.length < mostIterations) {
    if (path.length > 0) parameters = dawidSkeneMaximisation(counts, prior);
    logLikelihood = dawidSkeneExpectation(softLabels, grouped, parameters, counts);
    const penalised = logLikelihood + penalty(parameters, prior);
    const before = path.at(-1);
    requireNoFall(before, penalised, path.length);
    path.push(penalised);
    if (before !== undefined && Math.abs(penalised - before) <= tolerance * Math.abs(penalised)) {
      status = 'CONVERGED';
      progress?.(path.length);
      break;
    }
    if (progress?.(path.length) === false) {
      status = 'CANCELLED';
      break;
    }
  }
  return {
    softLabels,
    classPrior: parameters.classes.map(Math.exp),
    confusion: confusionOf(parameters.said, annotators, classes),
    iterations: path.length,
    status,
    logLikelihood,
    penalisedLogLikelihoods: path,
  };
}

function voteShares(
  items: number,
  classes: number,
  starts: Int32Array,
  labelOf: Int32Array,
  votes: Float64Array,
): Float64Array {
  const shares = new Float64Array(items * classes);
  for (let item = 0; item < items; item += 1) {
    let total = 0;
    for (let place = starts[item]!; place < starts[item + 1]!; place += 1) {
      shares[item * classes + labelOf[place]!]! += votes[place]!;
      total += votes[place]!;
    }
    for (let c = item * classes; c < (item + 1) * classes; c += 1)
      shares[c] = total > 0 ? shares[c]! / total : 1 / classes;
  }
  return shares;
}

function penalty({ classes, said }: DawidSkeneParameters, prior: number): number {
  if (prior === 0) return 0;
  let logs = 0;
  for (let c = 0; c < classes.length; c += 1) logs += classes[c]!;
  for (let cell = 0; cell < said.length; cell += 1) logs += said[cell]!;
  return prior * logs;
}

function requireNoFall(before: number | undefined, now: number, iteration: number): void {
  if (before === undefined || now >= before - ROUNDING * Math.max(1, Math.abs(before))) return;
  const message = `Dawid–Skene: the penalised log likelihood fell from ${before} to ${now} in iteration ${iteration + 1}; it must not.`;
  throw new DomainError('INTERNAL', message);
}

function confusionOf(said: Float64Array, annotators: number, classes: number): Float64Array {
  const confusion = new Float64Array(said.length);
  for (let annotator = 0; annotator < annotators; annotator += 1)
    for (let c = 0; c < classes; c += 1)
      for (let l = 0; l < classes; l += 1)
        confusion[(annotator * classes + c) * classes + l] = Math.exp(
          said[(annotator * classes + l) * classes + c]!,
        );
  return confusion;
}
