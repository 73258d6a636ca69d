import type { EntityManager } from 'typeorm';
import { acquisitionField, listFactors } from '../acquisition/acquisition.store.ts';
import type { FactorColumn, ScanPlan, SubjectPage } from './subject-page.ts';

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

/** SQL of what is read off other fields: the day and the hour of the capture as recorded, and a sole rater. */
const DERIVED = {
  captureDate: `CASE WHEN a.captured_at ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}' THEN left(a.captured_at, 10) END`,
  captureHour: `CASE WHEN a.captured_at ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}' THEN substr(a.captured_at, 12, 2) END`,
  annotator: 'l.annotator',
} as const;

/** SQL of a derived factor that is read off the acquisition record alone; null for any other field. */
export function derivedField(name: string): string | null {
  return name === 'captureDate' || name === 'captureHour' ? DERIVED[name] : null;
}

const column = (name: string): FactorColumn => ({ name, kind: 'NOMINAL', origin: 'COLUMN' });

/** The factors of the reports: typed columns, what is derived, then those declared; moments are none. */
export async function listFactorColumns(db: EntityManager, at: AtRevision): Promise<FactorColumn[]> {
  const declared = await listFactors(db, at);
  return [
    ...NOMINAL_COLUMNS.map(column),
    ...CONTINUOUS_COLUMNS.map((name): FactorColumn => ({ ...column(name), kind: 'CONTINUOUS' })),
    ...Object.keys(DERIVED).map((name): FactorColumn => ({ ...column(name), origin: 'DERIVED' })),
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

const PAGE_SIZE = 16_384;

/** Of fresh tables the planner knows nothing: it would loop over a page within a page. No compilation pays at this size. */
const PLANNER = `SET LOCAL enable_nestloop = off; SET LOCAL jit = off; SET LOCAL work_mem = '64MB'`;

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
 * All images of a dataset at a revision, kept or excluded, as columns: one statement for each range of ids of some 16 000
 * images. Ids are evenly spread (they are hashes, or random). Rows that hold at a revision never change, so the pages are
 * of one state without a transaction, and other requests have their turn between two of them.
 */
export async function* scanSubjects(
  db: EntityManager,
  scan: SubjectScan,
  imageCount: number,
): AsyncGenerator<SubjectPage> {
  const sql = pageQuery(scan);
  for (const [from, to] of idRanges(Math.ceil(imageCount / PAGE_SIZE))) {
    const [row] = await db.transaction(async (page) => {
      await page.query(PLANNER);
      return page.query(sql, [scan.datasetId, scan.asOf, from, to, scan.splitId]);
    });
    if (row.units !== null) yield toPage(row, scan.plan);
  }
}

/** 2^k ranges of ids, both ends included, at least `pages` of them. */
function idRanges(pages: number): [string, string][] {
  const bits = Math.max(0, Math.ceil(Math.log2(pages)));
  const uuid = (prefix: number, fill: string) => {
    const hex = prefix.toString(16).padStart(8, '0');
    return `${hex}-${fill.repeat(4)}-${fill.repeat(4)}-${fill.repeat(4)}-${fill.repeat(12)}`;
  };
  const width = 2 ** (32 - bits);
  return Array.from({ length: 2 ** bits }, (_, index) => [
    uuid(index * width, '0'),
    uuid((index + 1) * width - 1, 'f'),
  ]);
}

/** Numbers as `canonicalDecimal` writes them, short enough for a double; a factor may have been declared anew. */
const DECIMAL = `'^-?[0-9]+(\\.[0-9]+)?$'`;

function pageQuery({ plan }: SubjectScan): string {
  const range = 'BETWEEN $3::uuid AND $4::uuid';
  const kind = plan.wholeImageClasses ? `AND n.kind = 'CLASS'` : '';
  const votes = plan.wholeImageClasses ? 'count(DISTINCT annotator)::int' : '1';
  const text = (sql: string, name: string) => ({ name, inner: sql, outer: `json_agg(${name})::text` });
  const number = (sql: string, name: string) => ({
    name,
    inner: `CASE WHEN ${sql} BETWEEN -1e300 AND 1e300 THEN ${sql} ELSE 'NaN' END`,
    outer: `string_agg(float8send(${name}), ''::bytea)`,
  });
  const columns = [
    text('a.unit', 'units'),
    { name: 'known', inner: 'a.unit_known', outer: `string_agg(CASE WHEN known THEN '1' ELSE '0' END, '')` },
    text('a.bucket', 'buckets'),
    text('l.labels', 'labels'),
    { name: 'several', inner: 'l.several', outer: `string_agg(CASE WHEN several THEN '1' ELSE '0' END, '')` },
    text('a.captured_at', 'captured'),
    text('e.stage', 'stages'),
    text('e.reason', 'reasons'),
    text('e.excluded_by', 'excluders'),
    text(plan.hasParts ? 'p.part' : 'NULL::text', 'parts'),
    ...(plan.hasIdentities
      ? [text(`replace(i.image_id::text, '-', '')`, 'ids'), text('i.digest', 'digests')]
      : []),
    ...plan.factors.map(({ name, kind: ofKind, origin }, index) => {
      const sql = origin === 'DERIVED' ? DERIVED[name as keyof typeof DERIVED] : acquisitionField(name);
      if (ofKind === 'NOMINAL') return text(sql, `f${index}`);
      const field = `CASE WHEN ${sql} ~ ${DECIMAL} AND length(${sql}) <= 300 THEN (${sql})::double precision END`;
      return number(`(${field})`, `f${index}`);
    }),
    ...plan.groupKeys.map((name, index) => text(acquisitionField(name), `g${index}`)),
    ...plan.measures.map((name, index) => number(`(${MEASURES[name]})`, `x${index}`)),
  ];
  return `WITH held AS MATERIALIZED (
      SELECT n.image_id, n.annotator, n.label FROM annotation n
      WHERE n.dataset_id = $1 AND ${holds('n')} AND n.image_id ${range} AND n.label IS NOT NULL ${kind}),
    votes AS (SELECT image_id, label, ${votes} AS votes FROM held GROUP BY image_id, label),
    top AS (SELECT image_id, json_agg(label ORDER BY label COLLATE "C") AS labels FROM (
      SELECT image_id, label, votes, max(votes) OVER (PARTITION BY image_id) AS most FROM votes) v WHERE votes = most GROUP BY image_id),
    raters AS (SELECT image_id, bool_or(least <> greatest) AS several, CASE WHEN count(*) = 1 THEN min(annotator) END AS annotator FROM (
      SELECT image_id, annotator, min(label COLLATE "C") AS least, max(label COLLATE "C") AS greatest FROM held GROUP BY image_id, annotator) r GROUP BY image_id),
    l AS (SELECT image_id, labels, several, annotator FROM top JOIN raters USING (image_id))
    SELECT ${columns.map(({ name, outer }) => `${outer} AS ${name}`).join(', ')} FROM (
      SELECT ${columns.map(({ name, inner }) => `${inner} AS ${name}`).join(', ')}
      FROM image i
      JOIN acquisition a ON a.dataset_id = $1 AND a.image_id = i.image_id AND ${holds('a')} AND a.image_id ${range}
      LEFT JOIN exclusion e ON e.dataset_id = $1 AND e.image_id = i.image_id AND ${holds('e')} AND e.image_id ${range}
      LEFT JOIN l ON l.image_id = i.image_id
      ${plan.measures.length === 0 ? '' : 'LEFT JOIN content_facts c ON c.digest = i.digest'}
      LEFT JOIN split_assignment p ON p.split_id = $5::uuid AND p.image_id = i.image_id AND p.image_id ${range}
      WHERE i.dataset_id = $1 AND ${holds('i')} AND i.image_id ${range}
      ORDER BY i.image_id) s`;
}

function toPage(row: Record<string, string & Uint8Array>, plan: ScanPlan): SubjectPage {
  return {
    units: row.units!,
    unitKnown: row.known!,
    buckets: row.buckets!,
    labels: row.labels!,
    several: row.several!,
    captured: row.captured!,
    stages: row.stages!,
    reasons: row.reasons!,
    excludedBy: row.excluders!,
    parts: plan.hasParts ? row.parts! : null,
    ids: row.ids ?? null,
    digests: row.digests ?? null,
    factors: plan.factors.map((_, index) => row[`f${index}`]!),
    groupKeys: plan.groupKeys.map((_, index) => row[`g${index}`]!),
    measures: plan.measures.map((_, index) => row[`x${index}`]!),
  };
}
