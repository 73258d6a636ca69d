import type { EntityManager } from 'typeorm';
import { OPEN_REVISION } from '../kernel/revision.ts';
import { insertRows } from '../platform/database.ts';
import type { AnnotationDraft } from './annotation-draft.ts';
import type { AnnotationViewer } from './annotation-viewer.ts';
import type { AnnotatorKind } from './annotator-kind.ts';
import type { AnnotationKind, Geometry } from './geometry.ts';
import type { RoundPurpose } from './round-purpose.ts';
import { unsealed } from './sealed.store.ts';

export interface Annotation
  extends Omit<AnnotationDraft, 'image' | 'annotator' | 'kind' | 'pass' | 'votes' | 'key' | 'corrects'> {
  readonly datasetId: string;
  readonly id: string;
  readonly imageId: string;
  readonly asOf: number;
  readonly annotator: string;
  readonly round: string | null;
  readonly kind: AnnotationKind;
  readonly geometry: Geometry | null;
  readonly source: string | null;
  readonly supersedes: string | null;
  readonly pass: number;
  readonly votes: number;
  /** The model's statement that it corrects. */
  readonly corrects: string | null;
}

export interface Annotator {
  readonly datasetId: string;
  readonly pseudonym: string;
  readonly kind: AnnotatorKind;
  readonly expertise: string | null;
}

export interface Guideline {
  readonly datasetId: string;
  readonly version: string;
  readonly text: string;
}

export interface AnnotationRound {
  readonly datasetId: string;
  readonly name: string;
  readonly guidelineVersion: string | null;
  readonly blind: boolean;
  readonly state: 'OPEN' | 'CLOSED';
  readonly purpose: RoundPurpose;
  readonly asOf: number;
}

type Moment = { datasetId: string; asOf: number };
type Target = { datasetId: string; revision: number };

const ANNOTATIONS = `
  SELECT dataset_id AS "datasetId", replace(annotation_id::text, '-', '') AS id, replace(image_id::text, '-', '') AS "imageId", $2::int AS "asOf",
         annotator, round, kind, label, attribute, value, geometry, confidence, seconds, annotated_at AS "annotatedAt", attributes, occurrence,
         source, replace(supersedes::text, '-', '') AS supersedes, pass, votes, replace(corrects::text, '-', '') AS corrects
  FROM annotation n WHERE dataset_id = $1 AND since <= $2 AND $2 < until AND ($3::boolean OR annotator = $4::text OR ${unsealed('n')})`;
const seenBy = (at: Moment, viewer: AnnotationViewer) => [
  at.datasetId,
  at.asOf,
  viewer.seesSealed,
  viewer.pseudonym,
];

export async function findAnnotationsOf(
  db: EntityManager,
  at: Moment,
  imageIds: readonly string[],
  viewer: AnnotationViewer,
): Promise<Annotation[]> {
  return db.query(`${ANNOTATIONS} AND image_id = ANY($5::uuid[]) ORDER BY annotation_id`, [
    ...seenBy(at, viewer),
    imageIds,
  ]);
}

export async function findAnnotation(
  db: EntityManager,
  at: Moment,
  id: string,
  viewer: AnnotationViewer,
): Promise<Annotation | null> {
  const [annotation] = await db.query(`${ANNOTATIONS} AND annotation_id = $5::uuid`, [
    ...seenBy(at, viewer),
    id,
  ]);
  return annotation ?? null;
}

export async function listAnnotationRows(
  db: EntityManager,
  at: Moment,
  filter: { annotator: string | null; after: string | null; limit: number },
  viewer: AnnotationViewer,
): Promise<Annotation[]> {
  return db.query(
    `${ANNOTATIONS} AND ($5::text IS NULL OR annotator = $5) AND ($6::uuid IS NULL OR annotation_id > $6::uuid) ORDER BY annotation_id LIMIT $7`,
    [...seenBy(at, viewer), filter.annotator, filter.after, filter.limit],
  );
}

/** Counts of several datasets, each as of its own revision, in one statement; in the order asked. */
export async function countAnnotations(db: EntityManager, moments: readonly Moment[]): Promise<number[]> {
  const rows: { n: number }[] = await db.query(
    `SELECT count(a.row_id)::int AS n FROM unnest($1::uuid[], $2::int[]) WITH ORDINALITY AS m(dataset_id, as_of, place)
     LEFT JOIN annotation a ON a.dataset_id = m.dataset_id AND a.since <= m.as_of AND m.as_of < a.until
     GROUP BY m.place ORDER BY m.place`,
    [moments.map(({ datasetId }) => datasetId), moments.map(({ asOf }) => asOf)],
  );
  return rows.map(({ n }) => n);
}

/** Those of the ids that hold now: whose statement each is, and about which image. */
export async function findHeldAnnotations(
  db: EntityManager,
  datasetId: string,
  ids: readonly string[],
): Promise<Map<string, { imageId: string; annotator: string }>> {
  const rows: { id: string; imageId: string; annotator: string }[] = await db.query(
    `SELECT replace(annotation_id::text, '-', '') AS id, replace(image_id::text, '-', '') AS "imageId", annotator
     FROM annotation WHERE dataset_id = $1 AND until = ${OPEN_REVISION} AND annotation_id = ANY($2::uuid[])`,
    [datasetId, ids],
  );
  return new Map(rows.map(({ id, ...held }) => [id, held]));
}

export async function closeAnnotations(db: EntityManager, at: Target, ids: readonly string[]): Promise<void> {
  await db.query(
    `UPDATE annotation SET until = $2 WHERE dataset_id = $1 AND until = ${OPEN_REVISION} AND annotation_id = ANY($3::uuid[])`,
    [at.datasetId, at.revision, ids],
  );
}

export async function insertAnnotations(
  db: EntityManager,
  at: Target,
  annotations: readonly Omit<Annotation, 'datasetId' | 'asOf'>[],
): Promise<void> {
  const rows = annotations.map((annotation) => ({
    dataset_id: at.datasetId,
    since: at.revision,
    annotation_id: annotation.id,
    image_id: annotation.imageId,
    annotator: annotation.annotator,
    round: annotation.round,
    kind: annotation.kind,
    label: annotation.label,
    attribute: annotation.attribute,
    value: annotation.value,
    geometry: annotation.geometry,
    confidence: annotation.confidence,
    seconds: annotation.seconds,
    annotated_at: annotation.annotatedAt,
    attributes: annotation.attributes,
    occurrence: annotation.occurrence,
    source: annotation.source,
    supersedes: annotation.supersedes,
    pass: annotation.pass,
    votes: annotation.votes,
    corrects: annotation.corrects,
  }));
  await insertRows(
    db,
    'annotation',
    {
      dataset_id: 'uuid',
      since: 'int',
      annotation_id: 'uuid',
      image_id: 'uuid',
      annotator: 'text',
      round: 'text',
      kind: 'text',
      label: 'text',
      attribute: 'text',
      value: 'text',
      geometry: 'jsonb',
      confidence: 'text',
      seconds: 'text',
      annotated_at: 'text',
      attributes: 'jsonb',
      occurrence: 'int',
      source: 'text',
      supersedes: 'uuid',
      pass: 'smallint',
      votes: 'int',
      corrects: 'uuid',
    },
    rows,
  );
}

export async function listAnnotators(db: EntityManager, at: Moment): Promise<Annotator[]> {
  return db.query(
    `SELECT dataset_id AS "datasetId", pseudonym, kind, expertise FROM annotator WHERE dataset_id = $1 AND since <= $2 AND $2 < until ORDER BY pseudonym COLLATE "C"`,
    [at.datasetId, at.asOf],
  );
}

/** Opens these annotators; one of the same pseudonym in force is closed. */
export async function replaceAnnotators(
  db: EntityManager,
  at: Target,
  annotators: readonly Omit<Annotator, 'datasetId'>[],
): Promise<void> {
  await db.query(
    `UPDATE annotator SET until = $2 WHERE dataset_id = $1 AND until = ${OPEN_REVISION} AND pseudonym = ANY($3)`,
    [at.datasetId, at.revision, annotators.map(({ pseudonym }) => pseudonym)],
  );
  const rows = annotators.map((annotator) => ({
    ...annotator,
    dataset_id: at.datasetId,
    since: at.revision,
  }));
  await insertRows(
    db,
    'annotator',
    { dataset_id: 'uuid', since: 'int', pseudonym: 'text', kind: 'text', expertise: 'text' },
    rows,
  );
}

export async function listGuidelines(db: EntityManager, at: Moment): Promise<Guideline[]> {
  return db.query(
    `SELECT dataset_id AS "datasetId", version, text FROM guideline WHERE dataset_id = $1 AND since <= $2 AND $2 < until ORDER BY version COLLATE "C"`,
    [at.datasetId, at.asOf],
  );
}

export async function insertGuideline(
  db: EntityManager,
  at: Target,
  guideline: { version: string; text: string },
): Promise<void> {
  await insertRows(db, 'guideline', { dataset_id: 'uuid', since: 'int', version: 'text', text: 'text' }, [
    { dataset_id: at.datasetId, since: at.revision, ...guideline },
  ]);
}

export async function listRounds(db: EntityManager, at: Moment): Promise<AnnotationRound[]> {
  return db.query(
    `SELECT dataset_id AS "datasetId", $2::int AS "asOf", name, guideline_version AS "guidelineVersion", blind, state, purpose FROM annotation_round
     WHERE dataset_id = $1 AND since <= $2 AND $2 < until ORDER BY name COLLATE "C"`,
    [at.datasetId, at.asOf],
  );
}

/** Opens this round; the row in force under its name is closed. */
export async function replaceRound(
  db: EntityManager,
  at: Target,
  { guidelineVersion, name, blind, state, purpose }: Omit<AnnotationRound, 'datasetId' | 'asOf'>,
): Promise<void> {
  await db.query(
    `UPDATE annotation_round SET until = $2 WHERE dataset_id = $1 AND until = ${OPEN_REVISION} AND name = $3`,
    [at.datasetId, at.revision, name],
  );
  await insertRows(
    db,
    'annotation_round',
    {
      dataset_id: 'uuid',
      since: 'int',
      name: 'text',
      guideline_version: 'text',
      blind: 'boolean',
      state: 'text',
      purpose: 'text',
    },
    [
      {
        dataset_id: at.datasetId,
        since: at.revision,
        name,
        guideline_version: guidelineVersion,
        blind,
        state,
        purpose,
      },
    ],
  );
}
