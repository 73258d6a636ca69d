import type { EntityManager } from 'typeorm';
import { acquisitionField } from '../../acquisition/acquisition.store.ts';
import type { DeclaredFactor } from '../../acquisition/acquisition-record.ts';
import { IMAGES, type Image } from '../../catalogue/image.store.ts';
import { qualityColumn } from '../../ingestion/content-facts.store.ts';
import type { AnnotationViewer } from '../annotation-viewer.ts';
import { unsealed } from '../sealed.store.ts';
import {
  asRecorded,
  type FactorCondition,
  type ImageFilter,
  isMeasure,
  placeOfField,
  type QualityCondition,
} from './image-filter.ts';

type Factors = ReadonlyMap<string, DeclaredFactor>;

/** A filter that was found without fault, and what its reader may know of what is under seal. */
export interface FilterScan {
  readonly datasetId: string;
  readonly asOf: number;
  readonly filters: readonly ImageFilter[];
  readonly factors: Factors;
  readonly viewer: AnnotationViewer;
}

/** SQL: whether a row of alias `alias` holds as of revision $2. */
const holds = (alias: string) => `${alias}.since <= $2 AND $2 < ${alias}.until`;

/** The images of a filter by their ids, from the one after `after`. */
export async function listFiltered(
  db: EntityManager,
  scan: FilterScan,
  page: { after: string | null; limit: number },
): Promise<Image[]> {
  const { conditions, parameters, parameter } = filtered(scan);
  const after = page.after === null ? [] : [`i.image_id > ${parameter(page.after)}::uuid`];
  const where = [...conditions, ...after].map((condition) => ` AND ${condition}`).join('');
  return db.query(`${IMAGES}${where} ORDER BY i.image_id LIMIT ${parameter(page.limit)}`, parameters);
}

export async function countFiltered(db: EntityManager, scan: FilterScan): Promise<number> {
  const of = filtered(scan);
  const [row] = await db.query(`SELECT count(*)::int AS n FROM image i WHERE ${whereOf(of)}`, of.parameters);
  return row.n;
}

export interface TallyCounts {
  readonly value: string | null;
  readonly images: number;
  readonly units: number;
  /** How many values there are, whatever the limit. */
  readonly values: number;
}

/** Images and units of a filter by a field of how they were made, largest first; those without a value before all. */
export async function tallyByField(
  db: EntityManager,
  scan: FilterScan,
  by: { field: string; step: number; limit: number },
): Promise<TallyCounts[]> {
  const field = fieldOf(by.field, scan.factors);
  return tally(
    db,
    scan,
    by,
    (of) => `SELECT ${field} AS value, i.image_id, a.unit ${MADE} WHERE ${whereOf(of)}`,
  );
}

/** The same by the class of any label of any rater; an image counts once under each of its classes. */
export async function tallyByClass(
  db: EntityManager,
  scan: FilterScan,
  by: { step: number; limit: number },
): Promise<TallyCounts[]> {
  return tally(
    db,
    scan,
    by,
    (of) =>
      `SELECT l.label AS value, i.image_id, a.unit ${MADE} LEFT JOIN (
         SELECT DISTINCT n.image_id, n.label FROM annotation n
         WHERE n.dataset_id = $1 AND ${holds('n')} AND n.label IS NOT NULL AND ${seen(scan.viewer, of.parameter)}
       ) l ON l.image_id = i.image_id WHERE ${whereOf(of)}`,
  );
}

const MADE = `FROM image i JOIN acquisition a ON a.dataset_id = $1 AND a.image_id = i.image_id AND ${holds('a')}`;

/** Ordered by what is told, that is by whole steps: else the order would tell the rest. */
async function tally(
  db: EntityManager,
  scan: FilterScan,
  { step, limit }: { step: number; limit: number },
  select: (of: Filtered) => string,
): Promise<TallyCounts[]> {
  const of = filtered(scan);
  return db.query(
    `SELECT value, images, units, (count(*) FILTER (WHERE value IS NOT NULL) OVER ())::int AS "values" FROM (
       SELECT value, count(*)::int AS images, count(DISTINCT unit)::int AS units FROM (${select(of)}) s GROUP BY value
     ) t ORDER BY value IS NOT NULL, images / ${of.parameter(step)}::int DESC, value COLLATE "C" LIMIT ${of.parameter(limit)}`,
    of.parameters,
  );
}

type Parameter = (value: unknown) => string;

interface Filtered {
  /** Of an image of alias `i`. */
  readonly conditions: readonly string[];
  readonly parameters: unknown[];
  readonly parameter: Parameter;
}

function filtered({ datasetId, asOf, filters, factors, viewer }: FilterScan): Filtered {
  const parameters: unknown[] = [datasetId, asOf];
  const parameter: Parameter = (value) => `$${parameters.push(value)}`;
  const conditions = filters.flatMap((filter) => conditionsOf(filter, { factors, viewer, parameter }));
  return { conditions, parameters, parameter };
}

const whereOf = ({ conditions }: Filtered) =>
  [`i.dataset_id = $1 AND ${holds('i')}`, ...conditions].join(' AND ');

interface Terms {
  readonly factors: Factors;
  readonly viewer: AnnotationViewer;
  readonly parameter: Parameter;
}

function conditionsOf(filter: ImageFilter, { factors, viewer, parameter }: Terms): string[] {
  const conditions: string[] = [];
  if (typeof filter.kept === 'boolean') conditions.push(`${not(filter.kept)} ${EXCLUDED}`);
  if (filter.nameContains) conditions.push(`position(${parameter(filter.nameContains)}::text in i.name) > 0`);
  if (filter.imageIds) conditions.push(`i.image_id = ANY(${parameter(filter.imageIds)}::uuid[])`);
  if (filter.factors?.length) conditions.push(made(filter.factors, factors, parameter));
  if (filter.classes?.length)
    conditions.push(
      `EXISTS (SELECT 1 FROM annotation n WHERE n.dataset_id = $1 AND n.image_id = i.image_id AND ${holds('n')}
         AND n.label = ANY(${parameter(filter.classes)}::text[]) AND ${seen(viewer, parameter)})`,
    );
  if (typeof filter.disagreement === 'boolean')
    conditions.push(`${not(!filter.disagreement)} EXISTS (${differing(seen(viewer, parameter))})`);
  if (filter.quality?.length) conditions.push(measured(filter.quality, parameter));
  return conditions;
}

const not = (negated: boolean) => (negated ? 'NOT' : '');

const EXCLUDED = `EXISTS (SELECT 1 FROM exclusion e WHERE e.dataset_id = $1 AND e.image_id = i.image_id AND ${holds('e')})`;

/** SQL: whether the viewer may know of an annotation of alias `n`. */
function seen({ seesSealed, pseudonym }: AnnotationViewer, parameter: Parameter): string {
  if (seesSealed) return 'true';
  return pseudonym === null
    ? unsealed('n')
    : `(n.annotator = ${parameter(pseudonym)}::text OR ${unsealed('n')})`;
}

function made(conditions: readonly FactorCondition[], factors: Factors, parameter: Parameter): string {
  const each = conditions.map(({ name, value, missing }) => {
    const field = fieldOf(name, factors);
    if (typeof value === 'string') return `${field} = ${parameter(asRecorded(name, value, factors))}::text`;
    return `${field} IS ${not(!missing)} NULL`;
  });
  return `EXISTS (SELECT 1 FROM acquisition a WHERE a.dataset_id = $1 AND a.image_id = i.image_id AND ${holds('a')} AND ${each.join(' AND ')})`;
}

function fieldOf(name: string, factors: Factors): string {
  switch (placeOfField(name, factors)) {
    case 'MONTH':
      return `CASE WHEN a.captured_at ~ '^[0-9]{4}-[0-9]{2}' THEN left(a.captured_at, 7) END`;
    case 'RESTRICTED':
      return `a.restricted->>'${name}'`;
    default:
      return acquisitionField(name);
  }
}

function measured(conditions: readonly QualityCondition[], parameter: Parameter): string {
  const each = conditions.flatMap(({ measure, min, max }) => {
    const column = isMeasure(measure) ? `f.${qualityColumn(measure)}` : 'NULL';
    const bound = (sign: string, value: number | null | undefined) =>
      value == null ? [] : [`${column} ${sign} ${parameter(value)}::double precision`];
    return [`${column} IS NOT NULL`, ...bound('>=', min), ...bound('<=', max)];
  });
  return `EXISTS (SELECT 1 FROM content_facts f WHERE f.digest = i.digest AND i.pixels = 'BYTES' AND ${each.join(' AND ')})`;
}

/**
 * SQL of the targets of image `i` on which two raters differ: P < 1 in Fleiss 1971, "Measuring nominal scale agreement among
 * many raters", for one answer a rater. A target is the class of the whole image, the classes of its shapes, or one attribute;
 * a rater's answer is the set of what he says of it at his first look, outside adjudication; EMPTY is the empty set, SKIP no answer.
 * Models, rules and references are no raters. A GROUP differs in itself where its people say more than one thing.
 */
const differing = (seen: string) => `
  SELECT 1 FROM (
    SELECT n.annotator, CASE WHEN n.kind IN ('ATTRIBUTE', 'VALUE') THEN 'of ' || n.attribute WHEN n.kind = 'CLASS' THEN 'class' ELSE 'shapes' END AS target,
      array_agg(DISTINCT CASE WHEN n.kind IN ('ATTRIBUTE', 'VALUE') THEN n.value WHEN n.kind <> 'EMPTY' THEN coalesce(n.label, '') END) AS answer
    FROM annotation n
    WHERE n.dataset_id = $1 AND n.image_id = i.image_id AND ${holds('n')} AND n.pass < 2 AND n.kind <> 'SKIP' AND ${seen}
      AND NOT EXISTS (SELECT 1 FROM annotation_round r WHERE r.dataset_id = $1 AND r.name = n.round AND ${holds('r')} AND r.purpose = 'ADJUDICATION')
      AND NOT EXISTS (SELECT 1 FROM annotator o WHERE o.dataset_id = $1 AND o.pseudonym = n.annotator AND ${holds('o')} AND o.kind NOT IN ('HUMAN', 'GROUP'))
    GROUP BY 1, 2
  ) s LEFT JOIN annotator g ON g.dataset_id = $1 AND g.pseudonym = s.annotator AND ${holds('g')} AND g.kind = 'GROUP'
  GROUP BY s.target HAVING count(DISTINCT s.answer) > 1 OR bool_or(g.pseudonym IS NOT NULL AND cardinality(s.answer) > 1)`;
