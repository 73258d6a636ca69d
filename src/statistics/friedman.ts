import { chiSquareUpperTail } from './chi-square-upper-tail.ts';
import { fTails } from './f-tails.ts';
import { midRanks } from './mid-ranks.ts';
import { studentizedRangeQuantile } from './studentized-range-quantile.ts';
import { sum } from './sum.ts';

/** Fewer datasets than this, or two models, are compared pair by pair. */
export const FEWEST_DATASETS = 5;

export interface Friedman {
  readonly datasets: number;
  readonly models: number;
  /** 1 is best. */
  readonly meanRanks: readonly number[];
  /** As Demšar 2006 writes it, and as corrected for ties; null where all ties. */
  readonly chiSquare: number;
  readonly chiSquareTies: number | null;
  readonly degreesOfFreedom: number;
  readonly pChiSquare: number;
  /** Iman & Davenport 1980; null where every dataset ranks the models the same. */
  readonly f: number | null;
  readonly fTies: number | null;
  /** Why `f` or `fTies` is null. */
  readonly fReason: 'SAME_RANKING_EVERYWHERE' | null;
  readonly fDegreesOfFreedom: readonly [number, number];
  readonly pF: number | null;
  /** Kendall's W, corrected for ties, in [0, 1]; null where all ties. */
  readonly concordance: number | null;
  /** Two mean ranks that differ by less cannot be told apart (Nemenyi 1963, infinite degrees of freedom). */
  readonly criticalDifference: number;
}

/**
 * Several models over several datasets (rows datasets, columns models; a greater score is better): mean ranks, ties sharing theirs, χ²_F = 12N/(k(k+1))·(ΣR̄² −
 * k(k+1)²/4) and F = (N−1)χ²/(N(k−1)−χ²). Demšar 2006, JMLR 7:1. Folds of one dataset are no datasets.
 */
export function friedman(scores: readonly (readonly number[])[], level = 0.95): Friedman {
  const [datasets, models] = [scores.length, scores[0]!.length];
  const ranked = scores.map((row) => midRanks(Float64Array.from(row, (score) => -score)));
  const meanRanks = scores[0]!.map((_, model) => sum(ranked.map(({ ranks }) => ranks[model]!)) / datasets);
  const spread = sum(meanRanks.map((rank) => rank * rank)) - (models * (models + 1) ** 2) / 4;
  const chiSquare = Math.max(0, ((12 * datasets) / (models * (models + 1))) * spread);
  const ties = sum(ranked.map((row) => row.ties));
  const correction = 1 - ties / (datasets * (models ** 3 - models));
  const chiSquareTies = correction <= 0 ? null : chiSquare / correction;
  const degreesOfFreedom = models - 1;
  const f = (square: number | null) => {
    const rest = square === null ? 0 : datasets * degreesOfFreedom - square;
    return rest <= 1e-9 * datasets ? null : ((datasets - 1) * square!) / rest;
  };
  const second = degreesOfFreedom * (datasets - 1);
  const demsar = f(chiSquare);
  const fTies = f(chiSquareTies);
  return {
    datasets,
    models,
    meanRanks,
    chiSquare,
    chiSquareTies,
    degreesOfFreedom,
    pChiSquare: chiSquareUpperTail(chiSquare, degreesOfFreedom),
    f: demsar,
    fTies,
    fReason: demsar === null || fTies === null ? 'SAME_RANKING_EVERYWHERE' : null,
    fDegreesOfFreedom: [degreesOfFreedom, second],
    pF: demsar === null ? null : fTails(demsar, degreesOfFreedom, second).upper,
    concordance: chiSquareTies === null ? null : chiSquareTies / (datasets * degreesOfFreedom),
    criticalDifference:
      (studentizedRangeQuantile(level, models) / Math.SQRT2) *
      Math.sqrt((models * (models + 1)) / (6 * datasets)),
  };
}
