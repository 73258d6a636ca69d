import type { LevelCount } from '../bias-counts.ts';

/** Levels with fewer units are pooled (specification §0.6): one unit is no level. */
export const FEWEST_UNITS_OF_A_LEVEL = 5;

export type LevelKind = 'LEVEL' | 'OTHER' | 'MISSING';

export interface PooledLevel {
  readonly level: string;
  readonly kind: LevelKind;
  /** Distinct units; null where several levels were pooled, whose units may overlap. */
  readonly units: number | null;
}

export interface PooledLevels {
  readonly levels: readonly PooledLevel[];
  /** The place of a level in `levels`; pooled levels share one. */
  readonly indexOf: (level: string) => number;
}

/**
 * The levels of a factor for a table: by falling images, then by name; those with fewer than 5 units as one `(other)`.
 * Levels in `kept` stand for themselves at any size, and at 0 where no image has them.
 */
export function poolLevels(levels: readonly LevelCount[], kept: readonly string[] = []): PooledLevels {
  const wanted = new Set(kept);
  const own = levels.filter(({ level, units }) => units >= FEWEST_UNITS_OF_A_LEVEL || wanted.has(level));
  const present = new Set(levels.map(({ level }) => level));
  const absent = [...wanted].filter((level) => !present.has(level)).sort();
  const ordered = own.toSorted((a, b) => b.images - a.images || (a.level < b.level ? -1 : 1));
  const pooled: PooledLevel[] = [
    ...ordered.map(({ level, units }) => ({ level, kind: 'LEVEL' as const, units })),
    ...absent.map((level) => ({ level, kind: 'LEVEL' as const, units: 0 })),
  ];
  const place = new Map(pooled.map(({ level }, index) => [level, index]));
  const rest = levels.filter(({ level }) => !place.has(level));
  if (rest.length > 0) {
    const units = rest.length === 1 ? rest[0]!.units : null;
    pooled.push({ level: '(other)', kind: 'OTHER', units });
  }
  const other = pooled.length - 1;
  return { levels: pooled, indexOf: (level) => place.get(level) ?? other };
}
