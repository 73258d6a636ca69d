import type { SplitRequest } from './split-strategy.ts';

/** The parts in order; part `i` is due `weights[i] / scale` of the images. Integers, and the weights sum to `scale`. */
export interface PartShares {
  readonly names: readonly string[];
  readonly weights: readonly number[];
  readonly scale: number;
}

const DECIMALS = 6;

/** Shares as integers, so that no floating-point sum decides where an image goes. Expects a checked request. */
export function partShares(request: SplitRequest): PartShares {
  if (request.folds !== null) {
    const folds = Array.from({ length: request.folds }, (_, index) => index + 1);
    return {
      names: folds.map((fold) => `fold-${fold}`),
      weights: folds.map(() => 1),
      scale: request.folds,
    };
  }
  return {
    names: request.parts.map((part) => part.name),
    weights: request.parts.map((part) => millionths(part.share)),
    scale: 10 ** DECIMALS,
  };
}

/** A canonical decimal below one, of at most six decimals, in millionths. */
export function millionths(share: string): number {
  return Number(share.slice('0.'.length).padEnd(DECIMALS, '0'));
}
