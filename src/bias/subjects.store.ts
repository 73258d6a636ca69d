import type { EntityManager } from 'typeorm';
import { acquisitionField, listFactors } from '../acquisition/acquisition.store.ts';
import { IMAGE_LABELS } from '../annotation/image-labels.store.ts';
import { BUCKET_COUNT } from '../statistics/unit-bucket.ts';
import type { FactorKind, LabelMode } from './bias-counts.ts';
import { quantileBins } from './quantile-bins.ts';

export interface AtRevision {
  readonly datasetId: string;
  readonly asOf: number;
}

export interface FactorColumn {
  readonly name: string;
  readonly kind: FactorKind;
  readonly declared: boolean;
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

/** The factors of the reports: typed columns, then those declared; moments are none. */
export async function listFactorColumns(db: EntityManager, at: AtRevision): Promise<FactorColumn[]> {
  const declared = await listFactors(db, at);
  return [
    ...NOMINAL_COLUMNS.map((name) => ({ name, kind: 'NOMINAL' as const, declared: false })),
    ...CONTINUOUS_COLUMNS.map((name) => ({ name, kind: 'CONTINUOUS' as const, declared: false })),
    ...declared.flatMap(({ name, kind }): FactorColumn[] =>
      kind === 'TIME' ? [] : [{ name, kind: kind === 'CONTINUOUS' ? kind : 'NOMINAL', declared: true }],
    ),
  ];
}

/** SQL: whether a row of alias `alias` holds as of revision $2. */
export const holds = (alias: string) => `${alias}.since <= $2 AND $2 < ${alias}.until`;

/** SQL: the kept images of dataset $1 as of revision $2, as `i`, with their acquisition records, as `a`. */
export const KEPT_IMAGES = `image i
  JOIN acquisition a ON a.dataset_id = i.dataset_id AND a.image_id = i.image_id AND ${holds('a')}
  WHERE i.dataset_id = $1 AND ${holds('i')} AND NOT EXISTS (
    SELECT 1 FROM exclusion e WHERE e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND ${holds('e')})`;

/** Numbers as `canonicalDecimal` writes them, short enough for a double; a factor may have been declared anew. */
const DECIMAL = `'^-?[0-9]+(\\.[0-9]+)?$'`;

/** Temporary tables of one transaction: they need memory, and no compilation pays at their size. */
export async function prepareScan(db: EntityManager): Promise<void> {
  await db.query(`SET LOCAL work_mem = '64MB'`);
  await db.query('SET LOCAL jit = off');
}

export async function makeTemporary(
  db: EntityManager,
  table: string,
  columns: readonly string[],
): Promise<void> {
  await db.query(`DROP TABLE IF EXISTS pg_temp.${table}`);
  await db.query(`CREATE TEMPORARY TABLE ${table} (${columns.join(', ')}) ON COMMIT DROP`);
}

/** Beyond this many labelled images a sixteenth of them, by id, tells how many show several classes. */
const SAMPLED_ABOVE = 50_000;
const SAMPLE_END = '0fffffff-ffff-ffff-ffff-ffffffffffff';
const EVERY_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * Fills `bias_label` with the labels of each image that no other label outvotes, and says whether images show one class
 * or several: several where only shapes are labelled, or where more than 1 % of the images got two classes of one rater.
 */
export async function fillLabels(db: EntityManager, at: AtRevision): Promise<LabelMode> {
  const of = [at.datasetId, at.asOf];
  await makeTemporary(db, 'bias_label', ['image_id uuid', 'label text']);
  await db.query(`INSERT INTO bias_label SELECT image_id, label FROM (${IMAGE_LABELS}) l WHERE top`, of);
  const classes = `annotation n WHERE n.dataset_id = $1 AND ${holds('n')} AND n.kind = 'CLASS' AND n.label IS NOT NULL`;
  const [{ whole }] = await db.query(`SELECT EXISTS (SELECT 1 FROM ${classes}) AS whole`, of);
  const [{ images }] = await db.query('SELECT count(DISTINCT image_id)::int AS images FROM bias_label');
  if (!whole) return images > 0 ? 'MULTIPLE' : 'SINGLE';
  const [{ several, all }] = await db.query(
    `SELECT (count(*) FILTER (WHERE several))::int AS several, count(*)::int AS all FROM (
       SELECT bool_or(least <> greatest) AS several FROM (
         SELECT n.image_id, min(n.label COLLATE "C") AS least, max(n.label COLLATE "C") AS greatest
         FROM ${classes} AND n.image_id <= $3::uuid GROUP BY n.image_id, n.annotator) r GROUP BY image_id) i`,
    [...of, images > SAMPLED_ABOVE ? SAMPLE_END : EVERY_ID],
  );
  return several > all / 100 ? 'MULTIPLE' : 'SINGLE';
}

export interface SubjectColumns {
  readonly factors: readonly FactorColumn[];
  /** Null: no labels are wanted. */
  readonly labels: LabelMode | null;
  /** SQL over `c`, the content facts of the image. */
  readonly measures: readonly string[];
}

/**
 * Fills `bias_subject` with one narrow row for each kept image, in the order of ids, so that sums of fractions come out
 * the same each time: unit, bucket, label, factors f0… as text (numbers in ten quantile bins), measures x0….
 */
export async function fillSubjects(db: EntityManager, at: AtRevision, wanted: SubjectColumns): Promise<void> {
  const { factors, labels, measures } = wanted;
  await makeTemporary(db, 'bias_subject', [
    'image_id uuid, unit text, unit_known boolean, bucket smallint, label text, labels int, labelled boolean',
    ...factors.map((_, index) => `f${index} text`),
    ...measures.map((_, index) => `x${index} double precision`),
  ]);
  const values = factors.map(({ name, kind }) => {
    const field = acquisitionField(name);
    if (kind === 'NOMINAL') return field;
    return `CASE WHEN ${field} ~ ${DECIMAL} AND length(${field}) <= 300 THEN ${field} END`;
  });
  const finite = measures.map((x) => `CASE WHEN ${x} BETWEEN -1e300 AND 1e300 THEN ${x} END`);
  await db.query(
    `INSERT INTO bias_subject SELECT ${[
      'k.image_id, k.unit, k.unit_known, k.bucket',
      labels === 'SINGLE' ? 'CASE WHEN l.labels = 1 THEN l.label END' : 'NULL',
      labels === null
        ? '0, false'
        : `coalesce(l.labels, 0), coalesce(l.labels, 0) ${labels === 'SINGLE' ? '= 1' : '> 0'}`,
      ...factors.map((_, index) => `k.f${index}`),
      ...finite,
    ].join(', ')}
     FROM (SELECT ${['i.image_id, i.digest, a.unit, a.unit_known, a.bucket', ...values.map((value, index) => `${value} AS f${index}`)].join(', ')} FROM ${KEPT_IMAGES}) k
     ${labels === null ? '' : 'LEFT JOIN (SELECT image_id, min(label COLLATE "C") AS label, count(*)::int AS labels FROM bias_label GROUP BY image_id) l USING (image_id)'}
     ${measures.length === 0 ? '' : 'LEFT JOIN content_facts c ON c.digest = k.digest'}
     ORDER BY k.image_id`,
    [at.datasetId, at.asOf],
  );
  await rankFewUnits(db, 'bias_subject');
  await binNumbers(db, factors);
}

/** With fewer than 50 units each is a bucket of its own (specification §0.3). */
export async function rankFewUnits(db: EntityManager, table: string): Promise<void> {
  const rows: { unit: string }[] = await db.query(
    `SELECT unit FROM ${table} GROUP BY unit ORDER BY unit COLLATE "C" LIMIT ${BUCKET_COUNT}`,
  );
  if (rows.length === BUCKET_COUNT || rows.length === 0) return;
  await db.query(`UPDATE ${table} SET bucket = array_position($1::text[], unit) - 1`, [
    rows.map(({ unit }) => unit),
  ]);
}

async function binNumbers(db: EntityManager, factors: readonly FactorColumn[]): Promise<void> {
  const numeric = factors.flatMap(({ kind }, index) => (kind === 'CONTINUOUS' ? [`f${index}`] : []));
  for (const column of numeric) {
    const [quantiles]: { cuts: (number | null)[] | null }[] = await db.query(
      `SELECT percentile_disc(ARRAY[.1, .2, .3, .4, .5, .6, .7, .8, .9]) WITHIN GROUP (ORDER BY ${column}::double precision) AS cuts
       FROM bias_subject WHERE ${column} IS NOT NULL`,
    );
    const bins = quantileBins(quantiles?.cuts ?? []);
    if (bins === null) continue;
    await db.query(
      `UPDATE bias_subject SET ${column} = ($2::text[])[width_bucket(${column}::double precision, $1::double precision[]) + 1] WHERE ${column} IS NOT NULL`,
      [bins.cuts, bins.names],
    );
  }
}
