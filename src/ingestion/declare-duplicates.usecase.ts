import { type BulkReport, type RefusedRow, refusedRow } from '../catalogue/bulk.ts';
import { findImagesByName } from '../catalogue/image.store.ts';
import { revise } from '../catalogue/revise.store.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { type DuplicatePair, duplicatePair, type NamedDuplicate } from './declared-duplicate.ts';
import { replaceDeclaredDuplicates } from './declared-duplicates.store.ts';

export interface DuplicatesInput {
  readonly dataset: string;
  /** Who found them, and how. */
  readonly source: string;
  readonly pairs: readonly NamedDuplicate[];
}

/** Records pairs that somebody found to be copies by other means than ours. A pair said anew is replaced. */
export async function declareDuplicates(context: Context, input: DuplicatesInput): Promise<BulkReport> {
  const request = {
    dataset: input.dataset,
    action: 'dataset.curate',
    verb: 'duplicates.declare',
    summary: `${input.pairs.length} pairs of duplicates from ${input.source}`,
  } as const;
  return revise(context, request, async ({ db }, target) => {
    if (input.source.trim() === '')
      throw new DomainError('BAD_INPUT', 'source: say who found the duplicates, and how.');
    const { datasetId } = target;
    const names = [...new Set(input.pairs.flatMap(({ first, second }) => [first, second]))];
    const images = await findImagesByName(db, datasetId, target.dataset.revision, names);
    const idOf = new Map(images.map(({ name, id }) => [name, id]));
    const { pairs, refused } = judge(input.pairs, idOf);
    const taken = await replaceDeclaredDuplicates(db, target, pairs, input.source);
    const revision = taken > 0 ? target.revision : target.dataset.revision;
    const alreadyThere = input.pairs.length - new Set(refused.map(({ row }) => row)).size - taken;
    return { changed: taken > 0, result: { datasetId, revision, taken, alreadyThere, refused } };
  });
}

function judge(
  rows: readonly NamedDuplicate[],
  idOf: ReadonlyMap<string, string>,
): { pairs: DuplicatePair[]; refused: RefusedRow[] } {
  const pairs = new Map<string, DuplicatePair>();
  const refused: RefusedRow[] = [];
  for (const [row, named] of rows.entries()) {
    const name = `${named.first} = ${named.second}`;
    const judged = duplicatePair(named, idOf);
    if ('faults' in judged) {
      refused.push(...judged.faults.map((fault) => refusedRow(row, name, fault)));
      continue;
    }
    const key = `${judged.pair.first} ${judged.pair.second}`;
    const earlier = pairs.get(key);
    if (earlier && earlier.judgement !== named.judgement) {
      const message = `judgement: the pair is ${earlier.judgement} in an earlier row and ${named.judgement} here.`;
      refused.push(refusedRow(row, name, { path: ['judgement'], code: 'DUPLICATE_ROW', message }));
    } else pairs.set(key, judged.pair);
  }
  return { pairs: [...pairs.values()], refused };
}
