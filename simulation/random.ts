import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { sha256 } from '../src/kernel/sha256.ts';

/** One stream of random numbers, the same whenever it is made of the same name. */
export interface Random {
  /** In [0, 1). */
  readonly uniform: () => number;
  /** 0 … below. */
  readonly integer: (below: number) => number;
  readonly normal: () => number;
  /** An index, with the chance that its share says. */
  readonly pick: (shares: readonly number[]) => number;
}

/** xoroshiro128+ seeded by the first four bytes of SHA-256(name), as the streams of the reports are. */
export function randomOf(name: string): Random {
  const generator = xoroshiro128plus(sha256(name).readInt32BE(0));
  const uniform = () => (generator.next() >>> 0) / 2 ** 32;
  return {
    uniform,
    integer: (below) => Math.floor(uniform() * below),
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    pick: (shares) => {
      let rest = uniform();
      for (let index = 0; index < shares.length - 1; index += 1) {
        rest -= shares[index]!;
        if (rest < 0) return index;
      }
      return shares.length - 1;
    },
  };
}
