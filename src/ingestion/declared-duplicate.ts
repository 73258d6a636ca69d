import type { ErrorCode, Reason } from '../kernel/errors.ts';

/** EXACT: the same pixels; NEAR: the same shot, processed differently; SIMILAR: hard to tell apart (Barz and Denzler 2020). */
export const DUPLICATE_JUDGEMENTS = ['EXACT', 'NEAR', 'SIMILAR'] as const;
export type DuplicateJudgement = (typeof DUPLICATE_JUDGEMENTS)[number];

/** Two images, by name, and how alike somebody found them. */
export interface NamedDuplicate {
  readonly first: string;
  readonly second: string;
  readonly judgement: DuplicateJudgement;
}

/** The same by ids (32 hexadecimal digits), the smaller one first: a pair is one thing, in whatever order it was named. */
export type DuplicatePair = NamedDuplicate;

/** The pair of a row, or why it is none: an image that is not there, or the same one twice. */
export function duplicatePair(
  row: NamedDuplicate,
  idOf: ReadonlyMap<string, string>,
): { pair: DuplicatePair } | { faults: Reason[] } {
  const { judgement } = row;
  const [first, second] = [idOf.get(row.first), idOf.get(row.second)];
  if (first !== undefined && second !== undefined && first !== second)
    return {
      pair: first < second ? { first, second, judgement } : { first: second, second: first, judgement },
    };
  const fault = (field: 'first' | 'second', code: ErrorCode, message: string): Reason => ({
    path: [field],
    code,
    message: `${field}: ${message}`,
  });
  if (first !== undefined && first === second)
    return { faults: [fault('second', 'BAD_INPUT', `"${row.second}" is the first image itself.`)] };
  return {
    faults: (['first', 'second'] as const).flatMap((field) =>
      idOf.has(row[field])
        ? []
        : [fault(field, 'UNKNOWN_IMAGE', `no image "${row[field]}" is in the dataset.`)],
    ),
  };
}
