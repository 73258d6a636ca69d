import { DomainError } from '../../kernel/errors.ts';
import { ask } from './graphql.ts';
import { getBytes, type ServerAccess } from './http.ts';
import type { Progress } from './import-report.ts';
import { makeReport, subjectOf } from './read-reports.ts';
import { resolveReference } from './resolve-reference.ts';

const MOST_BYTES = 256 * 2 ** 20;

/** The certificate of a frozen split of a dataset, or of a snapshot. Its report is ordered first, which may take a while. */
export async function readCertificate(
  access: ServerAccess,
  { reference, split: name, format }: { reference: string; split: string; format: 'md' | 'html' | 'json' },
  progress: Progress,
): Promise<Buffer> {
  const subject = await subjectOf(access, reference);
  const query =
    'query Split($slug: String!, $name: String!) { dataset(slug: $slug) { split(name: $name) { state groupBy } } }';
  const { dataset } = await ask<Answer>(access, query, { slug: subject.dataset, name });
  if (dataset.split === null)
    throw new DomainError('NOT_FOUND', `--split: ${subject.dataset} has no split "${name}".`);
  const { state, groupBy } = dataset.split;
  if (state !== 'FROZEN')
    throw new DomainError(
      'NOT_FROZEN',
      `--split: "${name}" is a draft and may still change; freeze it first.`,
    );
  await makeReport(access, { ...subject, kind: 'SPLIT', split: name, group: groupBy ?? 'unit' }, progress);
  const split = encodeURIComponent(name);
  const path = subject.snapshot
    ? `/snapshots/${subject.snapshot}/certificates/${split}.${format}`
    : `/datasets/${encodeURIComponent(subject.dataset)}/splits/${split}/certificate.${format}`;
  return getBytes(access, path, MOST_BYTES);
}

/** The certificate of a snapshot: which data it is, who labelled it, where it leans, on what terms it was let out. */
export async function readSnapshotCertificate(
  access: ServerAccess,
  reference: string,
  format: 'md' | 'html' | 'json',
): Promise<Buffer> {
  const digest = await resolveReference(access, reference);
  return getBytes(access, `/snapshots/${digest}/certificate.${format}`, MOST_BYTES);
}

interface Answer {
  readonly dataset: { readonly split: { readonly state: string; readonly groupBy: string | null } | null };
}
