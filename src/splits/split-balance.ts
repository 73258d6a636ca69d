import { compareText } from '../kernel/compare-text.ts';
import { ratioText } from './ratio-text.ts';
import type { SplitAssignment } from './split-strategy.ts';

/** A factor has at most this many levels; more is an identifier (statistics §0.6). */
const MOST_LEVELS = 1000;

/** How evenly the levels of one factor are spread over the parts. Shares are decimal text, rounded to six decimals. */
export type SplitBalance = {
  readonly factor: string;
  /** Images with a level, and without one. */
  readonly known: number;
  readonly missing: number;
} & (
  | {
      readonly status: 'OK';
      readonly maxDeviation: string;
      readonly levels: readonly LevelBalance[];
    }
  | { readonly status: 'NOT_APPLICABLE'; readonly reason: string }
);

interface LevelBalance {
  readonly level: string;
  readonly images: number;
  /** Share of all images that carry the level. */
  readonly share: string;
  /** Per part: share of its images that carry the level; null where the part has no image. */
  readonly parts: readonly {
    readonly part: string;
    readonly images: number;
    readonly share: string | null;
  }[];
  /** The largest difference between a part's share and the share of all, either way. */
  readonly maxDeviation: string;
}

/** Balance of a factor over the parts (in the given order). An image may carry several levels. */
export function splitBalance(
  factor: string,
  parts: readonly string[],
  assignment: SplitAssignment,
  levelsOf: ReadonlyMap<string, readonly string[]>,
): SplitBalance {
  const table = new Map<string, Map<string, number>>();
  const sizes = new Map(parts.map((part) => [part, 0]));
  let known = 0;
  for (const { image, part } of assignment) {
    sizes.set(part, (sizes.get(part) ?? 0) + 1);
    const levels = new Set(levelsOf.get(image) ?? []);
    if (levels.size > 0) known++;
    for (const level of levels) {
      const row = table.get(level) ?? new Map<string, number>();
      row.set(part, (row.get(part) ?? 0) + 1);
      table.set(level, row);
    }
  }
  const base = { factor, known, missing: assignment.length - known };
  if (known === 0) return { ...base, status: 'NOT_APPLICABLE', reason: 'NO_VALUES' };
  if (table.size > MOST_LEVELS) return { ...base, status: 'NOT_APPLICABLE', reason: 'TOO_MANY_LEVELS' };
  const rows = [...table].sort(([first], [second]) => compareText(first, second));
  const levels = rows.map(([level, row]) => levelBalance(level, row, sizes, assignment.length));
  return {
    ...base,
    status: 'OK',
    maxDeviation: largestText(levels.map((level) => level.maxDeviation)),
    levels,
  };
}

function levelBalance(
  level: string,
  row: ReadonlyMap<string, number>,
  sizes: ReadonlyMap<string, number>,
  total: number,
): LevelBalance {
  const images = [...row.values()].reduce((sum, count) => sum + count, 0);
  const deviations: string[] = [];
  const parts = [...sizes].map(([part, size]) => {
    const count = row.get(part) ?? 0;
    if (size === 0) return { part, images: 0, share: null };
    deviations.push(ratioText(Math.abs(count * total - images * size), size * total));
    return { part, images: count, share: ratioText(count, size) };
  });
  return { level, images, share: ratioText(images, total), parts, maxDeviation: largestText(deviations) };
}

/** Decimal texts between 0 and 1 order as text. */
function largestText(texts: readonly string[]): string {
  return [...texts].sort().at(-1) ?? '0';
}
