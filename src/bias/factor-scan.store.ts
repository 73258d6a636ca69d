import type { EntityManager } from 'typeorm';
import type { FactorLevels, FactorUnits, Population } from './bias-counts.ts';
import type { FactorColumn } from './subjects.store.ts';

/** GROUPING() takes at most 31 columns. */
const FACTORS_A_SCAN = 24;
const MOST_LEVELS = 1000;

export interface FactorScan {
  /** SQL: GROUPING SETS of these columns with each factor of the scan. */
  readonly sets: (columns: string) => string;
  /** SQL: which factor a row is of, as the bits of GROUPING(). */
  readonly which: string;
  readonly level: string;
}

/** One scan of `bias_subject` for each 24 counted factors, the rows of each factor under its index in `factors`. */
export async function scanByFactor<R extends { readonly factor: number }>(
  factors: readonly FactorLevels[],
  query: (scan: FactorScan) => Promise<(Omit<R, 'factor'> & { which: number })[]>,
): Promise<R[]> {
  const counted = factors.flatMap(({ status }, f) => (status === 'COUNTED' ? [f] : []));
  const found: R[] = [];
  for (let at = 0; at < counted.length; at += FACTORS_A_SCAN) {
    const batch = counted.slice(at, at + FACTORS_A_SCAN);
    const columns = batch.map((f) => `s.f${f}`);
    const sets = (others: string) => `GROUPING SETS (${columns.map((column) => `(${others}, ${column})`)})`;
    const level = columns.length === 1 ? columns[0]! : `coalesce(${columns})`;
    const rows = await query({ sets, which: `GROUPING(${columns})`, level });
    const all = 2 ** batch.length - 1;
    const factorOf = new Map(batch.map((f, index) => [all - 2 ** (batch.length - 1 - index), f]));
    for (const { which, ...row } of rows)
      found.push({ ...row, factor: factorOf.get(which)! } as unknown as R);
  }
  return found;
}

/** The levels of each factor with images and distinct units; more than 1000 of them are not listed. */
export async function countLevels(
  db: EntityManager,
  factors: readonly FactorColumn[],
): Promise<FactorLevels[]> {
  if (factors.length === 0) return [];
  const scans = factors.map(
    (_, f) => `(SELECT ${f} AS factor, f${f} AS level, sum(n)::int AS images, count(*)::int AS units
      FROM (SELECT f${f}, count(*) AS n FROM bias_subject WHERE f${f} IS NOT NULL GROUP BY f${f}, unit) x
      GROUP BY f${f} LIMIT ${MOST_LEVELS + 1})`,
  );
  const rows: { factor: number; level: string; images: number; units: number }[] = await db.query(
    scans.join(' UNION ALL '),
  );
  const found = factors.map((): { level: string; images: number; units: number }[] => []);
  for (const { factor, ...level } of rows) found[factor]!.push(level);
  return factors.map(({ name, kind }, f) => {
    const levels = found[f]!;
    if (levels.length > MOST_LEVELS) return { name, kind, status: 'TOO_MANY_LEVELS', levels: [] };
    return { name, kind, status: levels.length === 0 ? 'NEVER_RECORDED' : 'COUNTED', levels };
  });
}

/** Distinct units: in all, with a label, and by factor. A unit's mask is 1 where it has a value, 3 on a labelled image. */
export async function countUnits(
  db: EntityManager,
  factors: number,
): Promise<{ population: Population; labelled: number; factors: FactorUnits[] }> {
  const columns = Array.from({ length: factors }, (_, index) => index);
  const masks = columns.map(
    (f) => `, bit_or(CASE WHEN f${f} IS NULL THEN 0 WHEN labelled THEN 3 ELSE 1 END) AS m${f}`,
  );
  const above = (least: number) => columns.map((f) => `count(*) FILTER (WHERE m${f} > ${least})`);
  const [row] = await db.query(
    `SELECT coalesce(sum(images), 0)::int AS images, count(*)::int AS units, coalesce(sum(strangers), 0)::int AS strangers,
            (count(*) FILTER (WHERE labelled))::int AS labelled, ARRAY[${above(0)}]::int[] AS known, ARRAY[${above(1)}]::int[] AS "knownLabelled"
     FROM (SELECT count(*) AS images, count(*) FILTER (WHERE NOT unit_known) AS strangers, bool_or(labelled) AS labelled ${masks.join('')}
           FROM bias_subject GROUP BY unit) u`,
  );
  return {
    population: { imageCount: row.images, unitCount: row.units, imagesOfUnknownUnit: row.strangers },
    labelled: row.labelled,
    factors: columns.map((f) => ({ known: row.known[f], labelled: row.knownLabelled[f] })),
  };
}
