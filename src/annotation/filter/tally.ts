import type { Sensitivity } from '../../catalogue/dataset.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { PageRequest } from '../../kernel/page.ts';
import { CAPTURE_MONTH } from './image-filter.ts';

/** Counts of a personal dataset are told in steps of so many, as its reports tell them (docs/statistics.md §0.2). */
const PERSONAL_STEP = 5;

export const TALLIED_BY = ['FACTOR', 'CLASS', 'CAPTURE_MONTH'] as const;

export interface TallyRequest extends Pick<PageRequest, 'first'> {
  readonly by: (typeof TALLIED_BY)[number];
  /** The field, of FACTOR. */
  readonly factor?: string | null;
}

/** The field that images are counted by; null: the classes. */
export function tallyField({ by, factor }: TallyRequest): string | null {
  if ((by === 'FACTOR') !== ((factor ?? null) !== null))
    throw new DomainError('BAD_INPUT', 'factor: name one with by: FACTOR, and with nothing else.');
  if (by === 'CLASS') return null;
  return factor ?? CAPTURE_MONTH;
}

/** Null: fewer than the step, and not none. */
export interface TallyRow {
  readonly value: string;
  readonly images: number | null;
  readonly units: number | null;
}

export interface Tally {
  readonly rows: readonly TallyRow[];
  readonly missing: Omit<TallyRow, 'value'>;
  readonly valueCount: number;
  readonly step: number;
}

export function tallyStep(sensitivity: Sensitivity): number {
  return sensitivity === 'PERSONAL' ? PERSONAL_STEP : 1;
}

/** What may be told of counts by value, largest first, the missing ones (value null) apart. */
export function tallyOf(
  counts: readonly { value: string | null; images: number; units: number; values: number }[],
  { step, first }: { step: number; first: number },
): Tally {
  const told = (count: number) => (count > 0 && count < step ? null : count - (count % step));
  const tell = ({ images, units }: { images: number; units: number }) => ({
    images: told(images),
    units: told(units),
  });
  const missing = counts.find(({ value }) => value === null);
  return {
    rows: counts
      .flatMap((row) => (row.value === null ? [] : [{ value: row.value, ...tell(row) }]))
      .slice(0, first),
    missing: tell(missing ?? { images: 0, units: 0 }),
    valueCount: counts[0]?.values ?? 0,
    step,
  };
}
