import type { EntityManager } from 'typeorm';
import { OPEN_REVISION } from '../kernel/revision.ts';
import { insertRows } from '../platform/database.ts';
import type { AcquisitionRow } from './acquisition.tables.ts';
import { type AcquisitionRecord, type DeclaredFactor, unitOf } from './acquisition-record.ts';
import { COLUMN_NAMES, type ColumnName } from './acquisition-values.ts';

const SQL_NAME = Object.fromEntries(
  COLUMN_NAMES.map((name) => [name, name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]),
) as Record<ColumnName, keyof AcquisitionRow & string>;

export interface ImageAcquisition extends AcquisitionRecord {
  readonly datasetId: string;
  readonly imageId: string;
  readonly unit: string;
  readonly unitKnown: boolean;
}

export async function findAcquisitions(
  db: EntityManager,
  at: { datasetId: string; asOf: number },
  imageIds: readonly string[],
): Promise<ImageAcquisition[]> {
  const rows: AcquisitionRow[] = await db.query(
    'SELECT * FROM acquisition WHERE dataset_id = $1 AND since <= $2 AND $2 < until AND image_id = ANY($3::uuid[])',
    [at.datasetId, at.asOf, imageIds],
  );
  return rows.map(toAcquisition);
}

export function toAcquisition(row: AcquisitionRow): ImageAcquisition {
  const columns = COLUMN_NAMES.flatMap((name) =>
    row[SQL_NAME[name]] === null ? [] : [[name, row[SQL_NAME[name]]]],
  );
  return {
    datasetId: row.dataset_id,
    imageId: row.image_id.replaceAll('-', ''),
    unit: row.unit,
    unitKnown: row.unit_known,
    columns: Object.fromEntries(columns),
    restricted: row.restricted,
    declared: row.declared,
    sources: row.sources,
  };
}

const COLUMN_TYPES = {
  dataset_id: 'uuid',
  since: 'int',
  image_id: 'uuid',
  unit: 'text',
  unit_known: 'boolean',
  bucket: 'smallint',
  ...Object.fromEntries(Object.values(SQL_NAME).map((name) => [name, 'text'])),
  declared: 'jsonb',
  restricted: 'jsonb',
  sources: 'jsonb',
};

export async function insertAcquisitions(
  db: EntityManager,
  at: { datasetId: string; revision: number; unitField: string },
  records: readonly { imageId: string; record: AcquisitionRecord }[],
): Promise<void> {
  const rows = records.map(({ imageId, record }) => {
    const { unit, known, bucket } = unitOf(record, at.unitField, imageId);
    const columns = COLUMN_NAMES.map((name) => [SQL_NAME[name], record.columns[name] ?? null]);
    return {
      dataset_id: at.datasetId,
      since: at.revision,
      image_id: imageId,
      unit,
      unit_known: known,
      bucket,
      ...Object.fromEntries(columns),
      declared: record.declared,
      restricted: record.restricted,
      sources: record.sources,
    };
  });
  await insertRows(db, 'acquisition', COLUMN_TYPES, rows);
}

export async function listFactors(
  db: EntityManager,
  at: { datasetId: string; asOf: number },
): Promise<DeclaredFactor[]> {
  return db.query(
    `SELECT dataset_id AS "datasetId", name, kind, unit FROM declared_factor
     WHERE dataset_id = $1 AND since <= $2 AND $2 < until ORDER BY name COLLATE "C"`,
    [at.datasetId, at.asOf],
  );
}

/** Opens these factors; one of the same name in force is closed. */
export async function replaceFactors(
  db: EntityManager,
  at: { datasetId: string; revision: number },
  factors: readonly { name: string; kind: string; unit: string | null }[],
): Promise<void> {
  await db.query(
    `UPDATE declared_factor SET until = $2 WHERE dataset_id = $1 AND until = ${OPEN_REVISION} AND name = ANY($3)`,
    [at.datasetId, at.revision, factors.map(({ name }) => name)],
  );
  await insertRows(
    db,
    'declared_factor',
    { dataset_id: 'uuid', since: 'int', name: 'text', kind: 'text', unit: 'text' },
    factors.map(({ name, kind, unit }) => ({
      dataset_id: at.datasetId,
      since: at.revision,
      name,
      kind,
      unit,
    })),
  );
}

/**
 * SQL that reads one field of an acquisition row aliased `a`: a typed column, a declared factor, or `unit` (null where
 * the unit is unknown). The name is data, so it goes in as a quoted literal.
 */
export function acquisitionField(name: string): string {
  if (name === 'unit') return 'CASE WHEN a.unit_known THEN a.unit END';
  if ((COLUMN_NAMES as readonly string[]).includes(name)) return `a."${SQL_NAME[name as ColumnName]}"`;
  return `a.declared->>'${name.replaceAll("'", "''")}'`;
}

/** Whether the dataset knows a field of this name: a typed column, `unit`, or a factor declared as of then. */
export async function isAcquisitionField(
  db: EntityManager,
  at: { datasetId: string; asOf: number },
  name: string,
): Promise<boolean> {
  if (name === 'unit' || (COLUMN_NAMES as readonly string[]).includes(name)) return true;
  return (await listFactors(db, at)).some((factor) => factor.name === name);
}
