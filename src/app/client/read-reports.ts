import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../../kernel/errors.ts';
import { accepted, ask, PROBLEM } from './graphql.ts';
import { getBytes, type ServerAccess } from './http.ts';
import type { Progress } from './import-report.ts';
import { pagesOf } from './pages-of.ts';
import type { ReportKind } from './report-kinds.ts';
import { resolveReference } from './resolve-reference.ts';

/** What is asked beside the subject and the kind; absent: the server's default. */
export interface ReportChoice {
  readonly split?: string;
  readonly part?: string;
  readonly target?: string;
  readonly reference?: string;
  readonly group?: string;
  readonly external?: boolean;
}

/** A report as the server keeps it, or as it reads it. */
export interface FetchedReport {
  readonly kind: ReportKind;
  readonly split: string | null;
  readonly id: string;
  readonly colour: string;
  readonly text: string;
}

const MOST_BYTES = 256 * 2 ** 20;
const POLL_MILLISECONDS = 200;

/** Orders reports on a dataset as it stands, or on a snapshot, waits for each, and fetches it as a file. */
export async function readReports(
  access: ServerAccess,
  reference: string,
  kinds: readonly ReportKind[],
  choice: ReportChoice,
  format: 'json' | 'csv' | 'md',
  progress: Progress,
): Promise<FetchedReport[]> {
  const subject = await subjectOf(access, reference);
  const reports: FetchedReport[] = [];
  for (const kind of kinds)
    for (const asked of await choicesOf(access, subject, kind, choice)) {
      const { id, colour } = await makeReport(
        access,
        { ...subject, kind: kind.toUpperCase(), ...asked },
        progress,
      );
      const text = (await getBytes(access, `/reports/${id}.${format}`, MOST_BYTES)).toString('utf8');
      reports.push({ kind, split: asked.split ?? null, id, colour, text });
    }
  return reports;
}

export interface Subject {
  readonly dataset: string;
  readonly snapshot?: string;
}

/** A dataset as it stands, or a snapshot of it. */
export async function subjectOf(access: ServerAccess, reference: string): Promise<Subject> {
  if (!/[@:]/.test(reference)) return { dataset: reference };
  const digest = await resolveReference(access, reference);
  const query = 'query Snapshot($digest: String!) { snapshot(digest: $digest) { header } }';
  const { snapshot } = await ask<{ snapshot: { header: string } }>(access, query, { digest });
  const { dataset } = JSON.parse(snapshot.header) as { dataset: string };
  return { dataset, snapshot: digest };
}

/** Reports of everybody's ratings of all kept images. */
const OF_ALL_RATINGS: ReadonlySet<ReportKind> = new Set(['agreement', 'shapes', 'raters']);

/** What each kind takes of the choice; without a split named, a split report of each split there is. */
async function choicesOf(
  access: ServerAccess,
  subject: Subject,
  kind: ReportKind,
  { split, part, target, reference, group, external }: ReportChoice,
): Promise<ReportChoice[]> {
  if (OF_ALL_RATINGS.has(kind)) return [{}];
  if (kind === 'attrition') return [{ split }];
  if (kind !== 'split') {
    const compared = kind === 'selection' || kind === 'measurement' ? { reference } : {};
    return [{ split, part, ...compared, ...(kind === 'selection' ? { target } : {}) }];
  }
  const names = split === undefined ? await splitsOf(access, subject) : [split];
  return names.map((name) => ({ split: name, group, external }));
}

async function splitsOf(access: ServerAccess, { dataset, snapshot }: Subject): Promise<string[]> {
  if (snapshot) {
    const query = 'query Snapshot($digest: String!) { snapshot(digest: $digest) { header } }';
    const answer = await ask<{ snapshot: { header: string } }>(access, query, { digest: snapshot });
    return Object.keys((JSON.parse(answer.snapshot.header) as { splits: object }).splits);
  }
  const names: string[] = [];
  const connection = { connection: 'splits', fields: 'name', size: 50 } as const;
  for await (const { name } of pagesOf<{ name: string }>(access, dataset, connection)) names.push(name);
  return names;
}

interface Order {
  readonly id: string;
  readonly state: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED';
  readonly done: number;
  readonly total: number;
  readonly fault: string | null;
  readonly report: { readonly id: string; readonly colour: string } | null;
}

const ORDER = 'id state done total fault report { id colour }';

/** Orders one report and waits for it. */
export async function makeReport(access: ServerAccess, input: object, progress: Progress) {
  const { orderReport } = await ask<{ orderReport: Order }>(
    access,
    `mutation Order($input: OrderReportInput!) { orderReport(input: $input) { ... on ReportOrder { ${ORDER} } ${PROBLEM} } }`,
    { input },
  );
  let order = accepted(orderReport);
  let read = 0;
  while (order.state === 'WAITING' || order.state === 'RUNNING') {
    await sleep(POLL_MILLISECONDS);
    const query = `query Order($id: ID!) { reportOrder(id: $id) { ${ORDER} } }`;
    order = (await ask<{ reportOrder: Order }>(access, query, { id: order.id })).reportOrder;
    if (read === 0 && order.total > 0) progress.start('images', order.total);
    progress.advance(order.done - read);
    read = order.done;
  }
  progress.stop();
  if (order.report === null) throw new DomainError('UNAVAILABLE', order.fault ?? 'The report was not made.');
  return order.report;
}
