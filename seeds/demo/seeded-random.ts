import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Repeatable randomness: the same seed and the same calls give the same values on any machine. */
export interface SeededRandom {
  /** Uniform in [from, to). */
  between(from: number, to: number): number;
  /** Uniform integer in 0 … count − 1. */
  below(count: number): number;
  /** 32 uniform bits as a signed integer: the cheap source of pixel grain. */
  bits(): number;
  /** A new array in uniform random order (Fisher–Yates). */
  shuffled<T>(items: readonly T[]): T[];
}

const WARM_UP = 64; // a small seed leaves most of the initial state equal, and the first outputs show it

/** Each call of the function returned opens another stream of the seed, 2⁶⁴ steps from the one before. */
export function seededStreams(seed: number): () => SeededRandom {
  const frontier = xoroshiro128plus(seed);
  for (let i = 0; i < WARM_UP; i++) frontier.next();
  return () => {
    frontier.jump();
    const generator = frontier.clone();
    const below = (count: number) => Math.floor(uniformFloat64(generator) * count);
    return {
      between: (from, to) => from + uniformFloat64(generator) * (to - from),
      below,
      bits: () => generator.next(),
      shuffled: (items) => {
        const order = [...items];
        for (let i = order.length - 1; i > 0; i--) {
          const j = below(i + 1);
          [order[i], order[j]] = [order[j]!, order[i]!];
        }
        return order;
      },
    };
  };
}
