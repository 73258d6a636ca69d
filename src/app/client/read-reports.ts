import { DomainError } from '../../kernel/errors.ts';
import { ask } from './graphql.ts';
import { getBytes, type ServerAccess } from './http.ts';
import { pagesOf } from './pages-of.ts';
import { readSchema } from './select-all.ts';
import { snapshotReference } from './snapshot-reference.ts';

export const REPORT_KINDS = [
  'selection',
  'measurement',
  'association',
  'attrition',
  'split',
  'agreement',
] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** As GraphQL gives it: a report under the name of its field, splits with their certificates under `splits`. */
export interface DatasetReports {
  /** Of the snapshot asked for; null where a slug was. */
  readonly digest: string | null;
  readonly dataset: { readonly slug: string; readonly revision: number } & Readonly<Record<string, unknown>>;
}

/** Reads the reports of a dataset as it stands, or of the revision that a snapshot shows. */
export async function readReports(
  access: ServerAccess,
  reference: string,
  kind: ReportKind | 'all',
): Promise<DatasetReports> {
  const { slug, revision, digest, splits } = await subjectOf(access, reference);
  const schema = await readSchema(access);
  const offered = schema.fieldsOf('Dataset');
  const wanted = kind === 'all' ? REPORT_KINDS : [kind];
  const reports: Record<string, unknown> = {};
  for (const each of wanted) {
    const field = `${each}Report`;
    if (each === 'split') reports.splits = await readSplits(access, slug, splits);
    else if (offered.includes(field)) {
      const selection = schema.selectAll('Dataset', field);
      const query = `query Report($slug: String!, $asOf: Int) {
        dataset(slug: $slug) { ${field}(asOf: $asOf) ${selection} } }`;
      const answer = await ask<{ dataset: Record<string, unknown> }>(access, query, { slug, asOf: revision });
      reports[field] = answer.dataset[field];
    } else if (kind !== 'all')
      throw new DomainError('BAD_INPUT', `${access.server} has no ${kind} report; it is another release.`);
  }
  return { digest, dataset: { slug, revision, ...reports } };
}

interface Subject {
  readonly slug: string;
  readonly revision: number;
  readonly digest: string | null;
  /** Splits the snapshot carries; null: every split of the dataset. */
  readonly splits: readonly string[] | null;
}

async function subjectOf(access: ServerAccess, reference: string): Promise<Subject> {
  if (!/[@:]/.test(reference)) {
    const query = 'query Dataset($slug: String!) { dataset(slug: $slug) { slug revision } }';
    const { dataset } = await ask<{ dataset: { slug: string; revision: number } }>(access, query, {
      slug: reference,
    });
    return { ...dataset, digest: null, splits: null };
  }
  const digest = await digestOf(access, reference);
  const { snapshot } = await ask<{ snapshot: { revision: number; header: string } }>(
    access,
    'query Snapshot($digest: String!) { snapshot(digest: $digest) { revision header } }',
    { digest },
  );
  const header = JSON.parse(snapshot.header) as { dataset: string; splits: object };
  return {
    slug: header.dataset,
    revision: snapshot.revision,
    digest,
    splits: Object.keys(header.splits),
  };
}

/** The pin itself, or what a tag resolves to. */
export async function digestOf(access: ServerAccess, text: string): Promise<string> {
  const reference = snapshotReference(text);
  if ('digest' in reference) return reference.digest;
  const path = `/datasets/${encodeURIComponent(reference.slug)}/tags/${encodeURIComponent(reference.tag)}`;
  const answer = (await getBytes(access, path, 4096)).toString('utf8');
  const digest = /"digest"\s*:\s*"(sha256:[0-9a-f]{64})"/.exec(answer)?.[1];
  if (!digest) throw new DomainError('MALFORMED_FILE', `${path}: the server's answer holds no digest.`);
  return digest;
}

const SPLIT = `name state strategy seed groupBy stratifyBy revision digest certificate { algorithm leaks waiver
  counts { part asked share images } sharedGroups { status reason count }
  exactDuplicates { status reason count } nearDuplicates { status reason count }
  missingGroupKeys { count share treatment } }`;

async function readSplits(access: ServerAccess, slug: string, names: readonly string[] | null) {
  const splits: { name: string }[] = [];
  for await (const split of pagesOf<{ name: string }>(access, slug, {
    connection: 'splits',
    fields: SPLIT,
    size: 50,
  }))
    if (names === null || names.includes(split.name)) splits.push(split);
  return splits;
}
