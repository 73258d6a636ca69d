import type { EntityManager } from 'typeorm';
import { countLevels, countUnits, scanByFactor } from './factor-scan.store.ts';
import type { MomentRow, REPORTED_MEASURES } from './measurement-report.ts';
import { type AtRevision, type FactorColumn, fillSubjects, prepareScan } from './subjects.store.ts';

/** SQL of the quality measures, in their order. */
const MEASURES = [
  'c.mean',
  'c.contrast',
  'c.robust_contrast',
  'ln(1 + c.sharpness)',
  'c.noise',
  'c.clipped_high',
  'c.clipped_low',
  'c.saturation',
  'c.red_green_cast',
  'c.blue_green_cast',
  'c.width::double precision * c.height',
] as const satisfies { length: (typeof REPORTED_MEASURES)['length'] };

/** n, Σx and Σx² around the mean, of each quality measure at each level of a factor, and what else the report reads. */
export async function measureSubjects(db: EntityManager, at: AtRevision, factors: readonly FactorColumn[]) {
  await prepareScan(db);
  const nominal = factors.filter(({ kind }) => kind === 'NOMINAL');
  await fillSubjects(db, at, { factors: nominal, labels: null, measures: MEASURES });
  const { population } = await countUnits(db, 0);
  const levels = await countLevels(db, nominal);
  const columns = MEASURES.map((_, m) => m);
  const [{ centres, complete }] = await db.query(
    `SELECT ARRAY[${columns.map((m) => `coalesce(avg(x${m}), 0)`)}]::double precision[] AS centres,
            ARRAY[${columns.map((m) => `count(x${m}) = count(*)`)}] AS complete FROM bias_subject`,
  );
  // The database computes equal aggregates once, so measures that every image has share one count.
  const counts = columns.map((m) => (complete[m] ? 'count(*)' : `count(s.x${m})`));
  const centred = columns.map((m) => `(s.x${m} - ($1::double precision[])[${m + 1}])`);
  const moments: MomentRow[] = await scanByFactor<MomentRow>(levels, ({ sets, which, level }) =>
    db.query(
      `SELECT ${which} AS which, s.bucket, ${level} AS level, ARRAY[${counts}]::int[] AS counts,
              ARRAY[${centred.map((x) => `coalesce(sum(${x}), 0)`)}]::double precision[] AS sums,
              ARRAY[${centred.map((x) => `coalesce(sum(${x} * ${x}), 0)`)}]::double precision[] AS squares
       FROM bias_subject s GROUP BY ${sets('s.bucket')}`,
      [centres],
    ),
  );
  const units = await countMeasuredUnits(db, nominal.length);
  return { population, factors: levels, moments: moments.filter(({ level }) => level !== null), units };
}

/** Distinct units with a value of both, by factor and measure: bit m of a unit's mask is measure m. */
async function countMeasuredUnits(db: EntityManager, factors: number): Promise<number[][]> {
  const units = Array.from({ length: factors }, () => MEASURES.map(() => 0));
  if (factors === 0) return units;
  const measured = MEASURES.map((_, m) => `CASE WHEN x${m} IS NULL THEN 0 ELSE ${2 ** m} END`).join(' + ');
  const masks = units.map((_, f) => `bit_or(CASE WHEN f${f} IS NULL THEN 0 ELSE measured END) AS m${f}`);
  const scans = units.map(
    (_, f) => `SELECT ${f} AS factor, m${f} AS mask, count(*)::int AS units FROM u GROUP BY 2`,
  );
  const rows: { factor: number; mask: number; units: number }[] = await db.query(
    `WITH u AS MATERIALIZED (SELECT ${masks} FROM (SELECT *, ${measured} AS measured FROM bias_subject) s GROUP BY unit) ${scans.join(' UNION ALL ')}`,
  );
  for (const { factor, mask, units: count } of rows) {
    MEASURES.forEach((_, m) => {
      if (mask & (2 ** m)) units[factor]![m] = units[factor]![m]! + count;
    });
  }
  return units;
}
