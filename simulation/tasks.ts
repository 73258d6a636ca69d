import { type BiasedTask, biased, type Found, PLANTED, STRENGTHS } from './biased.ts';
import { type CoverageTask, type Covered, coverage } from './coverage.ts';
import { DRAWS, type DrawName } from './coverage-cases.ts';
import { type Coloured, type QuietTask, quiet } from './quiet.ts';

export type Task =
  | ({ readonly part: 'COVERAGE' } & CoverageTask)
  | ({ readonly part: 'QUIET' } & QuietTask)
  | ({ readonly part: 'BIASED' } & BiasedTask);

export interface Results {
  readonly coverage: readonly Covered[];
  readonly quiet: readonly Coloured[];
  readonly biased: readonly Found[];
}

/** How much is simulated. Datasets of the second and third part, and replicates of the first, are at each number of units. */
export interface Extent {
  readonly coverage: { readonly units: readonly number[]; readonly replicates: number };
  readonly quiet: { readonly units: readonly number[]; readonly datasets: number };
  readonly biased: { readonly units: readonly number[]; readonly datasets: number };
}

export const FULL: Extent = {
  coverage: { units: [60, 200, 400, 1000], replicates: 300 },
  quiet: { units: [400, 1000, 2000], datasets: 40 },
  biased: { units: [400, 2000], datasets: 10 },
};

export const QUICK: Extent = {
  coverage: { units: [200], replicates: 40 },
  quiet: { units: [4000], datasets: 4 },
  biased: { units: [2000], datasets: 1 },
};

/** Replicates and datasets done at a time, so that threads end together. */
const AT_A_TIME = 25;

/** Largest first, so that no thread waits long for the last. */
export function tasksOf(extent: Extent): Task[] {
  const byUnits = (units: readonly number[]) => units.toSorted((a, b) => b - a);
  return [
    ...byUnits(extent.quiet.units).flatMap((units) =>
      portions(extent.quiet.datasets).map((own): Task => ({ part: 'QUIET', units, ...own })),
    ),
    ...byUnits(extent.biased.units).flatMap((units) =>
      PLANTED.flatMap((_, planted) =>
        STRENGTHS.flatMap((strength) =>
          portions(extent.biased.datasets).map(
            (own): Task => ({ part: 'BIASED', planted, strength, units, ...own }),
          ),
        ),
      ),
    ),
    ...byUnits(extent.coverage.units).flatMap((units) =>
      (Object.keys(DRAWS) as DrawName[]).map(
        (draw): Task => ({ part: 'COVERAGE', draw, units, replicates: extent.coverage.replicates }),
      ),
    ),
  ];
}

function portions(datasets: number): { first: number; datasets: number }[] {
  return Array.from({ length: Math.ceil(datasets / AT_A_TIME) }, (_, portion) => ({
    first: portion * AT_A_TIME,
    datasets: Math.min(AT_A_TIME, datasets - portion * AT_A_TIME),
  }));
}

export function runTask(task: Task): Partial<Results> {
  switch (task.part) {
    case 'COVERAGE':
      return { coverage: coverage(task) };
    case 'QUIET':
      return { quiet: quiet(task) };
    case 'BIASED':
      return { biased: [biased(task)] };
  }
}

/** Sums what portions of the same thing found, in the order of the tasks. */
export function together(parts: readonly Partial<Results>[]): Results {
  return {
    coverage: parts.flatMap((part) => part.coverage ?? []),
    quiet: summed(
      parts.flatMap((part) => part.quiet ?? []),
      ({ report, card, units }) => `${report} ${card} ${units}`,
      ['RED', 'AMBER', 'GREY', 'GREEN'],
    ),
    biased: summed(
      parts.flatMap((part) => part.biased ?? []),
      ({ planted, strength, units }) => `${planted} ${strength} ${units}`,
      ['datasets', 'found', 'red', 'grey'],
    ),
  };
}

function summed<Row extends object>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  counts: readonly (keyof Row)[],
): Row[] {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    const before = sums.get(keyOf(row));
    if (before === undefined) sums.set(keyOf(row), row);
    else {
      const added = counts.map((count) => [count, Number(before[count]) + Number(row[count])]);
      sums.set(keyOf(row), { ...before, ...Object.fromEntries(added) });
    }
  }
  return [...sums.values()];
}
