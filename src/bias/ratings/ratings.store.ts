import type { EntityManager } from 'typeorm';
import { unsealed } from '../../annotation/sealed.store.ts';
import { type GatheredColumn, GatheredTable } from '../subjects/gathered-table.store.ts';
import { type AtRevision, holds, listClasses } from '../subjects/subject-pages.store.ts';
import { KEPT_IMAGES } from './kept-images.store.ts';
import type { RatedImagesPage, RatingKind, RatingPlan, RatingsPage } from './rating-page.ts';

/** What of a dataset's annotations are ratings, and where in the table they lie. */
export interface RatingScan extends AtRevision {
  /** Annotators who are no raters: models, derived labels, references. */
  readonly strangers: readonly string[];
  /** Rounds in which disagreement was settled. */
  readonly adjudications: readonly string[];
}

/** Of the key of the table of annotations: so many rows a page. */
const ROWS_A_PAGE = 65_536;

/**
 * SQL: what people gave to whole images, of $1 as of $2, without the annotators $3 and the rounds $4. Adjudicated labels and second
 * passes never enter agreement (specification §6).
 */
const RATINGS = `annotation n WHERE n.dataset_id = $1 AND ${holds('n')} AND n.pass < 2 AND ${unsealed('n')}
  AND (n.kind = 'CLASS' AND n.label IS NOT NULL OR n.kind = 'VALUE' AND n.attribute IS NOT NULL AND n.value IS NOT NULL)
  AND n.annotator <> ALL ($3::text[]) AND (n.round IS NULL OR n.round <> ALL ($4::text[]))`;

export async function readRatingPlan(db: EntityManager, at: AtRevision): Promise<RatingPlan> {
  const groups = await annotatorsOf(db, at, `o.kind = 'GROUP'`);
  return { classes: await listClasses(db, at), groups };
}

export async function ratingScan(
  db: EntityManager,
  at: AtRevision,
): Promise<Pick<RatingScan, 'strangers' | 'adjudications'>> {
  const rounds: { name: string }[] = await db.query(
    `SELECT o.name FROM annotation_round o WHERE o.dataset_id = $1 AND ${holds('o')} AND o.purpose = 'ADJUDICATION'`,
    [at.datasetId, at.asOf],
  );
  return {
    strangers: await annotatorsOf(db, at, `o.kind NOT IN ('HUMAN', 'GROUP')`),
    adjudications: rounds.map(({ name }) => name),
  };
}

async function annotatorsOf(db: EntityManager, at: AtRevision, where: string): Promise<string[]> {
  const rows: { name: string }[] = await db.query(
    `SELECT o.pseudonym AS name FROM annotator o WHERE o.dataset_id = $1 AND ${holds('o')} AND ${where}`,
    [at.datasetId, at.asOf],
  );
  return rows.map(({ name }) => name);
}

/** SQL of a page's column of texts, as bytes: JSON costs more time on both sides. */
const texts = (sql: string) => `string_agg(coalesce(textsend(${sql}), '\\xff'), '\\x00'::bytea)`;
const numbers = (sql: string) => `json_agg(${sql})::text`;

/**
 * The ratings, in no order, by ranges of the table's key: each page is a statement of its own, which reads no more than its rows.
 * Rows that hold at a revision never change, so no transaction is held open.
 */
export async function* scanRatings(db: EntityManager, scan: RatingScan): AsyncGenerator<KindOfRatings> {
  const of = [scan.datasetId, scan.asOf, scan.strangers, scan.adjudications];
  const ranges: RatingRange[] = await db.query(
    `SELECT n.kind, min(n.row_id)::float8 AS first, max(n.row_id)::float8 AS last, min(n.since) < max(n.since) AS revised,
       count(n.annotated_at) > 0 AS dated, max(n.votes) > 1 AS counted FROM ${RATINGS} GROUP BY n.kind`,
    of,
  );
  for (const range of ranges) {
    const page = pageOf(range);
    for (let row = range.first; row <= range.last; row += ROWS_A_PAGE) {
      const [columns] = await db.query(page, [...of, row, row + ROWS_A_PAGE, range.kind]);
      if (columns.ids !== null) yield { kind: range.kind, page: columns };
    }
  }
}

export interface KindOfRatings {
  readonly kind: RatingKind;
  readonly page: RatingsPage;
}

/** Where in the table the ratings of a kind lie, and which of their columns tell anything. */
interface RatingRange {
  readonly kind: RatingKind;
  readonly first: number;
  readonly last: number;
  readonly revised: boolean;
  readonly dated: boolean;
  readonly counted: boolean;
}

function pageOf({ kind, revised, dated, counted }: RatingRange): string {
  return `SELECT string_agg(uuid_send(n.image_id), ''::bytea) AS ids, ${texts('n.annotator')} AS raters,
      ${texts(kind === 'CLASS' ? 'n.label' : 'n.attribute')} AS labels,
      ${kind === 'VALUE' ? numbers('n.value') : 'NULL'} AS "values", ${revised ? numbers('n.since') : 'NULL'} AS since,
      ${dated ? texts('n.annotated_at') : 'NULL'} AS moments, ${counted ? numbers('n.votes') : 'NULL'} AS votes
    FROM ${RATINGS} AND n.row_id >= $5 AND n.row_id < $6 AND n.kind = $7`;
}

const IMAGE_COLUMNS: readonly GatheredColumn[] = [
  { name: 'ids', inner: 'i.image_id', outer: `string_agg(uuid_send(ids), ''::bytea)` },
  { name: 'units', inner: 'a.unit', outer: texts('units') },
  { name: 'known', inner: 'a.unit_known', outer: `string_agg(boolsend(known), ''::bytea)` },
  { name: 'buckets', inner: 'a.bucket', outer: `string_agg(substr(int2send(buckets), 2), ''::bytea)` },
];

/** The kept images of a dataset at a revision, in no order: gathered into a table of a session's, then handed out in pages. */
export async function* scanKeptImages(db: EntityManager, at: AtRevision): AsyncGenerator<RatedImagesPage> {
  const images = new GatheredTable(db, IMAGE_COLUMNS);
  try {
    await images.gather((columns) => `SELECT ${columns} FROM ${KEPT_IMAGES}`, [at.datasetId, at.asOf]);
    for await (const { ids, units, known, buckets } of images.pages())
      yield { ids: ids!, units: units!, unitKnown: known!, buckets: buckets! };
  } finally {
    await images.drop();
  }
}
