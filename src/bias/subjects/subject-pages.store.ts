import type { EntityManager } from 'typeorm';
import { acquisitionField, listFactors } from '../../acquisition/acquisition.store.ts';
import { unsealed } from '../../annotation/sealed.store.ts';
import { type GatheredColumn, type GatheredRow, GatheredTable } from './gathered-table.store.ts';
import type {
  DerivedFactor,
  FactorColumn,
  ImagePage,
  ScanPlan,
  SubjectPage,
  VotePage,
} from './subject-page.ts';

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
 * All images of a dataset at a revision, kept or excluded, as columns, in no order, then the labels given to them: each
 * gathered in one statement, beside one another, into a table of a session's, then handed out in pages of it. Rows that
 * hold at a revision never change, so no transaction is held open meanwhile, and on a real server every other request
 * has connections of its own.
 */
export async function* scanSubjects(db: EntityManager, scan: SubjectScan): AsyncGenerator<SubjectPage> {
  const at = [scan.datasetId, scan.asOf];
  const images = new GatheredTable(db, columnsOf(scan));
  const votes = new GatheredTable(db, VOTE_COLUMNS);
  try {
    const gathered = [
      images.gather(imagesQuery(scan), [...at, ...splitParameter(scan)]),
      votes.gather(votesQuery(scan), at),
    ];
    await Promise.allSettled(gathered);
    await Promise.all(gathered);
    for await (const row of images.pages()) yield imagePage(row, scan.plan);
    for await (const row of votes.pages()) yield votePage(row);
  } finally {
    await Promise.all([images.drop(), votes.drop()]);
  }
}

const splitParameter = ({ plan, splitId }: SubjectScan) => (plan.hasParts ? [splitId] : []);

/** Numbers as `canonicalDecimal` writes them, short enough for a double; a factor may have been declared anew. */
const DECIMAL = `'^-?[0-9]+(\\.[0-9]+)?$'`;

/** SQL of texts, numbers and ids as `SubjectPage` holds them: bytes, as text of JSON costs twice the time. */
const text = (inner: string, name: string): GatheredColumn => ({
  name,
  inner,
  outer: `string_agg(coalesce(textsend(${name}), '\\xff'), '\\x00'::bytea)`,
});
const double = (sql: string) => `string_agg(float8send(${sql}), ''::bytea)`;
const measure = (inner: string, name: string): GatheredColumn => ({
  name,
  inner,
  outer: double(`CASE WHEN ${name} BETWEEN -1e300 AND 1e300 THEN ${name} ELSE 'NaN' END`),
});
const decimal = (inner: string, name: string): GatheredColumn => ({
  name,
  inner,
  outer: double(
    `CASE WHEN ${name} ~ ${DECIMAL} AND length(${name}) <= 300 THEN ${name}::double precision ELSE 'NaN' END`,
  ),
});
const ids = (inner: string): GatheredColumn => ({
  name: 'ids',
  inner,
  outer: `string_agg(uuid_send(ids), ''::bytea)`,
});

function columnsOf({ plan }: SubjectScan): GatheredColumn[] {
  return [
    ids('i.image_id'),
    text('a.unit', 'units'),
    { name: 'known', inner: 'a.unit_known', outer: `string_agg(boolsend(known), ''::bytea)` },
    { name: 'buckets', inner: `a.bucket`, outer: `string_agg(substr(int2send(buckets), 2), ''::bytea)` },
    text('a.captured_at', 'captured'),
    text('e.stage', 'stages'),
    text('e.reason', 'reasons'),
    text('e.excluded_by', 'excluders'),
    ...(plan.hasParts ? [text('p.part', 'parts')] : []),
    ...(plan.hasIdentities ? [text('i.digest', 'digests')] : []),
    ...plan.factors.flatMap(({ name, kind, origin }, index) => {
      if (origin === 'DERIVED') return [];
      const sql = acquisitionField(name);
      return [kind === 'NOMINAL' ? text(sql, `f${index}`) : decimal(sql, `f${index}`)];
    }),
    ...plan.groupKeys.map((name, index) => text(derivedField(name) ?? acquisitionField(name), `g${index}`)),
    ...plan.measures.map((name, index) => measure(MEASURES[name]!, `x${index}`)),
  ];
}

function imagesQuery({ plan }: SubjectScan) {
  return (columns: string) => `SELECT ${columns}
    FROM image i
    JOIN acquisition a ON a.dataset_id = i.dataset_id AND a.image_id = i.image_id AND ${holds('a')}
    LEFT JOIN exclusion e ON e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND ${holds('e')}
    ${plan.measures.length === 0 ? '' : 'LEFT JOIN content_facts c ON c.digest = i.digest'}
    ${plan.hasParts ? 'LEFT JOIN split_assignment p ON p.split_id = $3::uuid AND p.image_id = i.image_id' : ''}
    WHERE i.dataset_id = $1 AND ${holds('i')}`;
}

const VOTE_COLUMNS: readonly GatheredColumn[] = [
  ids('n.image_id'),
  text('n.annotator', 'raters'),
  text('n.label', 'labels'),
  // Unknown stands for one, so that nothing is handed out where all speak for themselves.
  {
    name: 'weights',
    inner: 'nullif(n.votes, 1)',
    outer: `string_agg(int4send(coalesce(weights, 1)), ''::bytea)`,
  },
];

/** Who gave each image which label at first sight; of an annotator's boxes every one. */
function votesQuery({ plan }: SubjectScan) {
  return (columns: string) => `SELECT ${columns} FROM annotation n
    WHERE n.dataset_id = $1 AND ${holds('n')} AND n.label IS NOT NULL AND n.pass = 1 AND ${unsealed('n')}
      ${plan.wholeImageClasses ? `AND n.kind = 'CLASS'` : ''}`;
}

function imagePage(row: GatheredRow, plan: ScanPlan): ImagePage {
  return {
    of: 'IMAGES',
    ids: row.ids!,
    units: row.units!,
    unitKnown: row.known!,
    buckets: row.buckets!,
    captured: row.captured ?? null,
    stages: row.stages ?? null,
    reasons: row.reasons ?? null,
    excludedBy: row.excluders ?? null,
    parts: row.parts ?? null,
    digests: row.digests ?? null,
    factors: plan.factors.map((_, index) => row[`f${index}`] ?? null),
    groupKeys: plan.groupKeys.map((_, index) => row[`g${index}`] ?? null),
    measures: plan.measures.map((_, index) => row[`x${index}`] ?? null),
  };
}

const votePage = (row: GatheredRow): VotePage => ({
  of: 'VOTES',
  ids: row.ids!,
  raters: row.raters!,
  labels: row.labels!,
  weights: row.weights ?? null,
});
