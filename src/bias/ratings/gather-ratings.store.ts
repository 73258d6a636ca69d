import type { ComputeSession } from '../../platform/compute-thread.ts';
import type { Services } from '../../platform/context.ts';
import type { ReportMessage } from '../report-message.ts';
import type { Moment } from '../report-request.ts';
import { countImages } from '../subjects/subject-pages.store.ts';
import { ratingScan, readRatingPlan, scanKeptImages, scanRatings } from './ratings.store.ts';

/** Sends the kept images of a dataset at a revision and their ratings to the session, page by page, both at once. */
export async function gatherRatings(
  { db }: Services,
  session: ComputeSession,
  { datasetId, revision }: Moment,
  progress: (done: number, total: number) => void,
): Promise<void> {
  const at = { datasetId, asOf: revision };
  const send = (message: ReportMessage) => session.ask<number>(message);
  const total = await countImages(db, at);
  const scan = { ...at, ...(await ratingScan(db, at)) };
  await send({ type: 'RATING_PLAN', plan: await readRatingPlan(db, at) });
  let done = 0;
  const images = async () => {
    for await (const page of aheadOf(scanKeptImages(db, at), (page) =>
      send({ type: 'RATED_IMAGES', page }),
    )) {
      done += page;
      progress(done, total);
    }
  };
  const ratings = async () => {
    const pages = scanRatings(db, scan);
    for await (const _ of aheadOf(pages, (page) => send({ type: 'RATINGS', ...page })));
  };
  const ended = await Promise.allSettled([images(), ratings()]);
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
  progress(total, total);
}

/** What `send` answers to each page, the next page being read meanwhile. */
async function* aheadOf<P, A>(pages: AsyncIterable<P>, send: (page: P) => Promise<A>): AsyncGenerator<A> {
  let sent: Promise<A> | null = null;
  for await (const page of pages) {
    if (sent !== null) yield await sent;
    sent = send(page);
    sent.catch(() => {}); // it is awaited with the next page, or below
  }
  if (sent !== null) yield await sent;
}
