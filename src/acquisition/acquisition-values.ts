/** Typed columns of the acquisition record. All values are text; decimals are canonical decimal strings. */
export const COLUMN_NAMES = [
  'capturedAt',
  'site',
  'device',
  'operator',
  'session',
  'subject',
  'protocol',
  'stage',
  'view',
  'distance',
  'angle',
  'magnification',
  'pixelSize',
  'illumination',
  'weather',
] as const;

/** Fields that point to a person, a place or one particular instrument: shown and exported by permission only. */
export const RESTRICTED_NAMES = [
  'latitude',
  'longitude',
  'altitude',
  'deviceSerial',
  'lensSerial',
  'owner',
  'makerNote',
] as const;

export type ColumnName = (typeof COLUMN_NAMES)[number];
export type RestrictedName = (typeof RESTRICTED_NAMES)[number];

/** What one source says of how an image was made. A field the source does not give is absent. */
export interface AcquisitionValues {
  readonly columns: Readonly<Partial<Record<ColumnName, string>>>;
  readonly restricted: Readonly<Partial<Record<RestrictedName, string>>>;
}
