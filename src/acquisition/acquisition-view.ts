import type { AcquisitionRecord } from './acquisition-record.ts';
import { COLUMN_NAMES } from './acquisition-values.ts';

/** A record as its readers see it: each column by name, and every value with its source. */
export function toAcquisitionView<R extends AcquisitionRecord>(record: R) {
  const named = (values: Readonly<Record<string, string | undefined>>) =>
    Object.entries(values).map(([name, value]) => ({
      name,
      value: value!,
      source: record.sources[name] ?? null,
    }));
  return {
    ...record,
    ...Object.fromEntries(COLUMN_NAMES.map((name) => [name, record.columns[name] ?? null])),
    values: [...named(record.columns), ...named(record.declared)],
    restricted: named(record.restricted),
  };
}
