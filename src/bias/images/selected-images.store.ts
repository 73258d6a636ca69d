import type { EntityManager } from 'typeorm';
import { acquisitionField } from '../../acquisition/acquisition.store.ts';
import { IMAGE_LABELS } from '../../annotation/image-labels.store.ts';
import { derivedField, holds } from '../subjects/subject-pages.store.ts';
import type { Condition, ImageSelection } from './image-selection.ts';

export interface SelectionMoment {
  readonly datasetId: string;
  readonly asOf: number;
  readonly splitId: string | null;
}

/** The ids of a selection's images, ascending, from the one after `after`. */
export async function listSelectedIds(
  db: EntityManager,
  { datasetId, asOf, splitId }: SelectionMoment,
  { where, among }: ImageSelection,
  page: { after: string | null; limit: number },
): Promise<string[]> {
  const parameters: unknown[] = [datasetId, asOf, splitId, page.after, page.limit];
  const parameter = (value: unknown) => `$${parameters.push(value)}`;
  const conditions = where.map((condition) => conditionOf(condition, parameter));
  if (among !== 'ALL') conditions.push(`e.row_id IS ${among === 'KEPT' ? 'NULL' : 'NOT NULL'}`);
  const labels = where.some(({ field }) => field === 'label');
  const rows: { id: string }[] = await db.query(
    `${labels ? `WITH shown AS MATERIALIZED (SELECT image_id, label FROM (${IMAGE_LABELS}) l WHERE top)` : ''}
     SELECT replace(i.image_id::text, '-', '') AS id
     FROM image i
     JOIN acquisition a ON a.dataset_id = i.dataset_id AND a.image_id = i.image_id AND ${holds('a')}
     LEFT JOIN exclusion e ON e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND ${holds('e')}
     LEFT JOIN split_assignment p ON p.split_id = $3::uuid AND p.image_id = i.image_id
     WHERE i.dataset_id = $1 AND ${holds('i')} AND ($4::uuid IS NULL OR i.image_id > $4::uuid)
       ${conditions.map((condition) => `AND (${condition})`).join(' ')}
     ORDER BY i.image_id LIMIT $5`,
    parameters,
  );
  return rows.map(({ id }) => id);
}

const FIELDS: Readonly<Record<string, string>> = {
  part: 'p.part',
  digest: 'i.digest',
  image: `replace(i.image_id::text, '-', '')`,
  reason: 'e.reason',
  stage: 'e.stage',
  excludedBy: 'e.excluded_by',
};

const DECIMAL = `'^-?[0-9]+(\\.[0-9]+)?$'`;

function conditionOf(condition: Condition, parameter: (value: unknown) => string): string {
  if (condition.field === 'label') return labelCondition(condition, parameter);
  // Every unit counts, also that of an image whose unit is unknown: the image itself.
  const field =
    condition.field === 'unit'
      ? 'a.unit'
      : (FIELDS[condition.field] ?? derivedField(condition.field) ?? acquisitionField(condition.field));
  switch (condition.kind) {
    case 'IN':
      return `${field} = ANY(${parameter(condition.values)}::text[])`;
    case 'NOT_IN':
      return `${field} <> ALL(${parameter(condition.values)}::text[])`;
    case 'MISSING':
      return `${field} IS NULL`;
    case 'RANGE': {
      const number = `(CASE WHEN ${field} ~ ${DECIMAL} AND length(${field}) <= 300 THEN (${field})::double precision END)`;
      const least =
        condition.from === null ? 'true' : `${number} >= ${parameter(condition.from)}::double precision`;
      const most =
        condition.below === null ? 'true' : `${number} < ${parameter(condition.below)}::double precision`;
      return `${number} IS NOT NULL AND ${least} AND ${most}`;
    }
  }
}

function labelCondition(condition: Condition, parameter: (value: unknown) => string): string {
  const any = 'SELECT 1 FROM shown s WHERE s.image_id = i.image_id';
  switch (condition.kind) {
    case 'IN':
      return `EXISTS (${any} AND s.label = ANY(${parameter(condition.values)}::text[]))`;
    case 'NOT_IN':
      return `EXISTS (${any}) AND NOT EXISTS (${any} AND s.label = ANY(${parameter(condition.values)}::text[]))`;
    case 'MISSING':
      return `NOT EXISTS (${any})`;
    case 'RANGE':
      return 'false';
  }
}
