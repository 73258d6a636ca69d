import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { acquisitionField, listFactors } from '../acquisition/acquisition.store.ts';
import type { DerivedFactor, FactorColumn, ScanPlan, SubjectPage } from './subject-page.ts';

export interface AtRevision {
  readonly datasetId: string;
  readonly asOf: number;
}

/** Typed columns that are factors; the rest of them are identifiers or moments. */
export const NOMINAL_COLUMNS = [
  'site',
  'device',
  'operator',
  'session',
  'stage',
  'view',
  'protocol',
  'illumination',
  'weather',
] as const;
const CONTINUOUS_COLUMNS = ['distance', 'angle', 'magnification', 'pixelSize'] as const;

/** Read off other fields of the image: the day and the hour of the capture as recorded, and a sole rater. */
const DERIVED: readonly DerivedFactor[] = ['captureDate', 'captureHour', 'annotator'];

/** SQL of a derived factor that is read off the acquisition record alone; null for any other field. */
export function derivedField(name: string): string | null {
  if (name === 'captureDate')
    return `CASE WHEN a.captured_at ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}' THEN left(a.captured_at, 10) END`;
  if (name === 'captureHour')
    return `CASE WHEN a.captured_at ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}' THEN substr(a.captured_at, 12, 2) END`;
  return null;
}

const column = (name: string): FactorColumn => ({ name, kind: 'NOMINAL', origin: 'COLUMN' });

/** The factors of the reports: typed columns, what is derived, then those declared; moments are none. */
export async function listFactorColumns(db: EntityManager, at: AtRevision): Promise<FactorColumn[]> {
  const declared = await listFactors(db, at);
  return [
    ...NOMINAL_COLUMNS.map(column),
    ...CONTINUOUS_COLUMNS.map((name): FactorColumn => ({ ...column(name), kind: 'CONTINUOUS' })),
    ...DERIVED.map((name): FactorColumn => ({ ...column(name), origin: 'DERIVED' })),
    ...declared.flatMap(({ name, kind }): FactorColumn[] =>
      kind === 'TIME' ? [] : [{ name, kind: kind === 'CONTINUOUS' ? kind : 'NOMINAL', origin: 'DECLARED' }],
    ),
  ];
}

export async function listClasses(db: EntityManager, at: AtRevision): Promise<string[]> {
  const rows: { name: string }[] = await db.query(
    `SELECT name FROM label_class c WHERE c.dataset_id = $1 AND ${holds('c')} ORDER BY position, name COLLATE "C"`,
    [at.datasetId, at.asOf],
  );
  return rows.map(({ name }) => name);
}

/** SQL: whether a row of alias `alias` holds as of revision $2. */
export const holds = (alias: string) => `${alias}.since <= $2 AND $2 < ${alias}.until`;

/** SQL of the quality measures over `c`, the content facts, by name. */
const MEASURES: Readonly<Record<string, string>> = {
  mean: 'c.mean',
  contrast: 'c.contrast',
  robustContrast: 'c.robust_contrast',
  sharpness: 'ln(1 + c.sharpness)',
  noise: 'c.noise',
  clippedHigh: 'c.clipped_high',
  clippedLow: 'c.clipped_low',
  saturation: 'c.saturation',
  redGreenCast: 'c.red_green_cast',
  blueGreenCast: 'c.blue_green_cast',
  resolution: 'c.width::double precision * c.height',
};
export const MEASURE_NAMES = Object.keys(MEASURES);

/** 8 MiB of the gathered table: some twenty thousand images. */
const BLOCKS_A_PAGE = 1024;

/** Everything is read: of fresh tables the planner does not know that, and would loop, or go by an index. No compilation pays. */
const PLANNER = `SET LOCAL enable_nestloop = off; SET LOCAL enable_indexscan = off; SET LOCAL jit = off; SET LOCAL work_mem = '128MB'`;

export interface SubjectScan extends AtRevision {
  readonly plan: ScanPlan;
  /** The split whose parts are read; null: none. */
  readonly splitId: string | null;
}

/** Whether any whole image has a class; where none has, the classes of its shapes count. */
export async function hasWholeImageClasses(db: EntityManager, at: AtRevision): Promise<boolean> {
  const [row] = await db.query(
    `SELECT EXISTS (SELECT 1 FROM annotation n WHERE n.dataset_id = $1 AND ${holds('n')} AND n.kind = 'CLASS' AND n.label IS NOT NULL) AS whole`,
    [at.datasetId, at.asOf],
  );
  return row.whole;
}

export async function countImages(db: EntityManager, at: AtRevision): Promise<number> {
  const [row] = await db.query(
    `SELECT count(*)::int AS images FROM image i WHERE i.dataset_id = $1 AND ${holds('i')}`,
    [at.datasetId, at.asOf],
  );
  return row.images;
}

/**
 * All images of a dataset at a revision, kept or excluded, as columns, in no order: gathered in one statement into a
 * table of this session's, then handed out in pages of it. Rows that hold at a revision never change, so no transaction
 * is held open meanwhile, and on a real server every other request has connections of its own.
 */
export async function* scanSubjects(db: EntityManager, scan: SubjectScan): AsyncGenerator<SubjectPage> {
  const session = db.connection.createQueryRunner();
  const table = `bias_subject_${randomUUID().replaceAll('-', '')}`;
  const columns = columnsOf(scan);
  try {
    await session.startTransaction();
    await session.query(PLANNER);
    await session.query(gatherQuery(scan, table, columns), [
      scan.datasetId,
      scan.asOf,
      ...splitParameter(scan),
    ]);
    await session.commitTransaction();
    const [{ blocks }] = await session.query(
      `SELECT (pg_relation_size('pg_temp.${table}') / current_setting('block_size')::int)::int AS blocks`,
    );
    const page = `SELECT ${columns.map(({ name, outer }) => `${outer} AS ${name}`).join(', ')} FROM pg_temp.${table}
      WHERE ctid >= $1::tid AND ctid < $2::tid`;
    for (let block = 0; block < blocks; block += BLOCKS_A_PAGE) {
      const [row] = await session.query(page, [`(${block},0)`, `(${block + BLOCKS_A_PAGE},0)`]);
      if (row.units !== null) yield toPage(row, scan.plan);
    }
  } finally {
    if (session.isTransactionActive) await session.rollbackTransaction();
    await session.query(`DROP TABLE IF EXISTS pg_temp.${table}`).finally(() => session.release());
  }
}

const splitParameter = ({ plan, splitId }: SubjectScan) => (plan.hasParts ? [splitId] : []);

/** Numbers as `canonicalDecimal` writes them, short enough for a double; a factor may have been declared anew. */
const DECIMAL = `'^-?[0-9]+(\\.[0-9]+)?$'`;

interface ScannedColumn {
  readonly name: string;
  readonly inner: string;
  readonly outer: string;
}

function columnsOf({ plan }: SubjectScan): ScannedColumn[] {
  const text = (sql: string, name: string) => ({ name, inner: sql, outer: `json_agg(${name})::text` });
  const flag = (sql: string, name: string) => ({
    name,
    inner: sql,
    outer: `string_agg(CASE WHEN ${name} THEN '1' ELSE '0' END, '')`,
  });
  const number = (sql: string, name: string) => ({
    name,
    inner: `CASE WHEN ${sql} BETWEEN -1e300 AND 1e300 THEN ${sql} ELSE 'NaN' END`,
    outer: `string_agg(float8send(${name}), ''::bytea)`,
  });
  const numeric = (sql: string) =>
    `(CASE WHEN ${sql} ~ ${DECIMAL} AND length(${sql}) <= 300 THEN (${sql})::double precision END)`;
  return [
    { name: 'ids', inner: 'i.image_id', outer: `string_agg(uuid_send(ids), ''::bytea)` },
    text('a.unit', 'units'),
    flag('a.unit_known', 'known'),
    text('a.bucket', 'buckets'),
    text('l.raters', 'raters'),
    text('l.labels', 'labels'),
    text('a.captured_at', 'captured'),
    text('e.stage', 'stages'),
    text('e.reason', 'reasons'),
    text('e.excluded_by', 'excluders'),
    ...(plan.hasParts ? [text('p.part', 'parts')] : []),
    ...(plan.hasIdentities ? [text('i.digest', 'digests')] : []),
    ...plan.factors.flatMap(({ name, kind, origin }, index) => {
      if (origin === 'DERIVED') return [];
      const sql = acquisitionField(name);
      return [kind === 'NOMINAL' ? text(sql, `f${index}`) : number(numeric(sql), `f${index}`)];
    }),
    ...plan.groupKeys.map((name, index) => text(derivedField(name) ?? acquisitionField(name), `g${index}`)),
    ...plan.measures.map((name, index) => number(`(${MEASURES[name]})`, `x${index}`)),
  ];
}

/** `l`: who gave each image which label, in two arrays of equal length; of an annotator's boxes every one. */
function gatherQuery({ plan }: SubjectScan, table: string, columns: readonly ScannedColumn[]): string {
  return `CREATE TEMPORARY TABLE ${table} AS
    WITH l AS MATERIALIZED (
      SELECT n.image_id, json_agg(n.annotator) AS raters, json_agg(n.label) AS labels FROM annotation n
      WHERE n.dataset_id = $1 AND ${holds('n')} AND n.label IS NOT NULL ${plan.wholeImageClasses ? `AND n.kind = 'CLASS'` : ''}
      GROUP BY n.image_id)
    SELECT ${columns.map(({ name, inner }) => `${inner} AS ${name}`).join(', ')}
    FROM image i
    JOIN acquisition a ON a.dataset_id = i.dataset_id AND a.image_id = i.image_id AND ${holds('a')}
    LEFT JOIN exclusion e ON e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND ${holds('e')}
    LEFT JOIN l ON l.image_id = i.image_id
    ${plan.measures.length === 0 ? '' : 'LEFT JOIN content_facts c ON c.digest = i.digest'}
    ${plan.hasParts ? 'LEFT JOIN split_assignment p ON p.split_id = $3::uuid AND p.image_id = i.image_id' : ''}
    WHERE i.dataset_id = $1 AND ${holds('i')}`;
}

function toPage(row: Record<string, string & Uint8Array>, plan: ScanPlan): SubjectPage {
  return {
    ids: row.ids!,
    units: row.units!,
    unitKnown: row.known!,
    buckets: row.buckets!,
    raters: row.raters!,
    labels: row.labels!,
    captured: row.captured!,
    stages: row.stages!,
    reasons: row.reasons!,
    excludedBy: row.excluders!,
    parts: row.parts ?? null,
    digests: row.digests ?? null,
    factors: plan.factors.map((_, index) => row[`f${index}`] ?? null),
    groupKeys: plan.groupKeys.map((_, index) => row[`g${index}`]!),
    measures: plan.measures.map((_, index) => row[`x${index}`]!),
  };
}
