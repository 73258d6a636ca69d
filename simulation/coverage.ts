import { clusterImages } from './clusters.ts';
import { DRAWS, type DrawName } from './coverage-cases.ts';
import { randomOf } from './random.ts';

/** Replicates of some figures at one number of units. */
export interface CoverageTask {
  readonly draw: DrawName;
  readonly units: number;
  readonly replicates: number;
}

/** How often the interval of a figure held the truth, and how often it lay wholly above or below it. */
export interface Covered {
  readonly figure: string;
  readonly units: number;
  readonly replicates: number;
  readonly held: number;
  readonly above: number;
  readonly below: number;
  /** Replicates that gave no interval. */
  readonly none: number;
}

/** Samples of so many units with 1 to 19 images each. */
export function coverage({ draw, units: unitCount, replicates }: CoverageTask): Covered[] {
  const counts = new Map<string, { held: number; above: number; below: number; none: number }>();
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    const random = randomOf(`coverage ${draw} ${unitCount} ${replicate}`);
    const units = clusterImages(random, unitCount, ({ integer }) => 1 + integer(19));
    for (const [figure, { truth, interval }] of Object.entries(DRAWS[draw](random, units))) {
      const count = counts.get(figure) ?? { held: 0, above: 0, below: 0, none: 0 };
      counts.set(figure, count);
      if (interval === null) count.none += 1;
      else if (interval.lower > truth) count.above += 1;
      else if (interval.upper < truth) count.below += 1;
      else count.held += 1;
    }
  }
  return [...counts].map(([figure, count]) => ({ figure, units: unitCount, replicates, ...count }));
}
