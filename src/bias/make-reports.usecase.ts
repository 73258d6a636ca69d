import { listDeclaredDuplicates } from '../ingestion/declared-duplicates.store.ts';
import { duplicatesAmong } from '../ingestion/duplicates.store.ts';
import { countRefusals } from '../ingestion/refusals.store.ts';
import { DomainError } from '../kernel/errors.ts';
import type { ComputeSession } from '../platform/compute-thread.ts';
import type { Services } from '../platform/context.ts';
import { threadEntry } from '../platform/thread.ts';
import { findSplitById } from '../splits/splits.store.ts';
import { scanRaterStatements } from './raters/rater-statements.store.ts';
import { gatherRatings } from './ratings/gather-ratings.store.ts';
import type { ReportFacts } from './report-input.ts';
import type { MadeReport, ReportMessage } from './report-message.ts';
import { type Moment, type ReportRequest, reportId } from './report-request.ts';
import { findReport, keepReport } from './reports.store.ts';
import { scanShapes } from './shapes/shape-statements.store.ts';
import type { StoredReport } from './stored-report.ts';
import { scanPlan } from './subjects/scan-plan.ts';
import {
  countImages,
  hasWholeImageClasses,
  listClasses,
  listFactorColumns,
  scanSubjects,
} from './subjects/subject-pages.store.ts';

/** Hears how many images were read, of how many. */
export type Progress = (done: number, total: number) => void;

const WORKER = 'bias/report.worker';

/** Reports that are being made on this server: who asks meanwhile waits for the same one. */
const inFlight = new WeakMap<object, Map<string, Promise<StoredReport>>>();

/** Each report as it is kept, or made and kept now. Those of one dataset at one revision share one scan. */
export async function makeReports(
  context: Services,
  requests: readonly ReportRequest[],
  progress: Progress = () => {},
): Promise<StoredReport[]> {
  const making = inFlight.get(context.compute) ?? new Map<string, Promise<StoredReport>>();
  inFlight.set(context.compute, making);
  const kept = await Promise.all(requests.map((request) => findReport(context.db, reportId(request))));
  const missing = requests.filter((request, index) => kept[index] === null && !making.has(reportId(request)));
  for (const group of groupByScan(missing)) {
    const made = makeTogether(context, group, progress);
    group.forEach((request, index) => {
      const id = reportId(request);
      const own = made.then((reports) => reports[index]!);
      own.catch(() => {}).finally(() => making.delete(id));
      making.set(id, own);
    });
  }
  return Promise.all(requests.map((request, index) => kept[index] ?? making.get(reportId(request))!));
}

const scanKey = ({ datasetId, revision, split }: ReportRequest) =>
  `${datasetId} ${revision} ${split?.id ?? ''}`;

/** Whether it is made of the columns of images; the others read annotations alone. */
const isOfColumns = ({ kind }: ReportRequest) =>
  kind !== 'AGREEMENT' && kind !== 'SHAPES' && kind !== 'RATERS';

function groupByScan(requests: readonly ReportRequest[]): ReportRequest[][] {
  const groups = new Map<string, ReportRequest[]>();
  const distinct = new Map(requests.map((request) => [reportId(request), request]));
  for (const request of distinct.values()) {
    const key = isOfColumns(request) ? scanKey(request) : reportId(request);
    groups.set(key, [...(groups.get(key) ?? []), request]);
  }
  return [...groups.values()];
}

async function makeTogether(
  context: Services,
  requests: readonly ReportRequest[],
  progress: Progress,
): Promise<StoredReport[]> {
  const session = await context.compute.open(threadEntry(WORKER));
  const ask = <A>(message: ReportMessage) => session.ask<A>(message);
  try {
    const columns = requests.some(isOfColumns)
      ? await gather(context, session, requests[0]!, requests, progress)
      : null;
    const reports: StoredReport[] = [];
    for (const request of requests) {
      const reference =
        request.reference && (await gather(context, session, request.reference, [request], () => {}));
      if (request.kind === 'AGREEMENT') await gatherRatings(context, session, request, progress);
      const made = await ask<MadeReport>(
        request.kind === 'AGREEMENT'
          ? { type: 'AGREEMENT', request }
          : !isOfColumns(request)
            ? await gatherStatements(context, session, request, progress)
            : {
                type: 'REPORT',
                request,
                columns: columns!,
                reference,
                facts: await readFacts(context, request),
              },
      );
      reports.push(await keepReport(context.db, request, made, context.now()));
    }
    return reports;
  } finally {
    session.end();
  }
}

/** Sends what was said of shapes, or by raters, to the session, page by page; the message that then makes the report. */
async function gatherStatements(
  { db }: Services,
  session: ComputeSession,
  request: ReportRequest,
  progress: Progress,
): Promise<ReportMessage> {
  const at = { datasetId: request.datasetId, asOf: request.revision };
  const total = await countImages(db, at);
  let done = 0;
  const send = async (message: ReportMessage) => {
    done += await session.ask<number>(message);
    progress(done, total);
  };
  if (request.kind === 'SHAPES') {
    for await (const page of scanShapes(db, at)) await send({ type: 'SHAPES', request, page });
    return { type: 'SHAPES', request, page: null };
  }
  const classes = await listClasses(db, at);
  for await (const page of scanRaterStatements(db, at))
    await send({ type: 'RATERS', request, page, classes });
  return { type: 'RATERS', request, page: null, classes };
}

/** Sends the columns of a dataset at a revision to the session, page by page, and names them. */
async function gather(
  { db }: Services,
  session: ComputeSession,
  { datasetId, revision }: Moment,
  requests: readonly ReportRequest[],
  progress: Progress,
): Promise<string> {
  const at = { datasetId, asOf: revision };
  const isReference = requests[0]!.datasetId !== datasetId || requests[0]!.revision !== revision;
  const splitId = isReference ? null : (requests[0]!.split?.id ?? null);
  const columns = `${datasetId} ${revision} ${splitId ?? ''}`;
  const plan = scanPlan(requests, {
    factors: await listFactorColumns(db, at),
    classes: await listClasses(db, at),
    wholeImageClasses: await hasWholeImageClasses(db, at),
    hasParts: splitId !== null,
  });
  const total = await countImages(db, at);
  const send = (message: ReportMessage) => session.ask<number>(message);
  let done = 0;
  let taken = send({ type: 'PLAN', columns, plan });
  for await (const page of scanSubjects(db, { ...at, plan, splitId })) {
    done += await taken;
    progress(done, total);
    taken = send({ type: 'PAGE', columns, page });
    taken.catch(() => {}); // it is awaited with the next page, or below
  }
  done += await taken;
  progress(done, total);
  return columns;
}

async function readFacts(
  { db }: Services,
  { kind, datasetId, revision, split }: ReportRequest,
): Promise<Omit<ReportFacts, 'reference'>> {
  const at = { datasetId, asOf: revision };
  const none = { refusals: null, nearLooks: null, declaredPairs: [], parts: null };
  if (kind === 'ATTRITION') return { ...none, refusals: await countRefusals(db, at) };
  if (kind !== 'SPLIT' || split === null) return none;
  const { near, candidates, hashedCount } = await duplicatesAmong(db, at);
  const confirmed = near.map(({ first, second, distance, correlation }) => ({
    first,
    second,
    distance,
    correlation,
  }));
  const held = await findSplitById(db, split.id);
  if (!held) throw new DomainError('NOT_FOUND', `split: "${split.name}" was made anew meanwhile; ask again.`);
  const { document } = held;
  return {
    ...none,
    nearLooks: hashedCount === 0 ? null : { candidates, confirmed },
    declaredPairs: await listDeclaredDuplicates(db, at),
    parts: {
      names: document.counts.map(({ part }) => part),
      areFolds: document.folds !== null || document.strategy === 'LEAVE_ONE_GROUP_OUT',
    },
  };
}
