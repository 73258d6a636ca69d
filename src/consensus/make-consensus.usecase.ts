import { setTimeout as sleep } from 'node:timers/promises';
import { countImages } from '../catalogue/image.store.ts';
import { listLabelClasses } from '../catalogue/label-schema.store.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Services } from '../platform/context.ts';
import { threadEntry } from '../platform/thread.ts';
import {
  findConsensus,
  insertConsensus,
  insertItems,
  lockConsensus,
  pagesOfRatings,
} from './consensus.store.ts';
import type { Consensus, ConsensusProgress } from './consensus.ts';
import type { ConsensusMessage, ItemDocument, MadeConsensus } from './consensus-message.ts';
import { type ConsensusRequest, consensusId } from './consensus-request.ts';

const WORKER = 'consensus/consensus.worker';
const ITEMS_A_PAGE = 5000;
const LOOK_MILLISECONDS = 250;

/** The consensus as it is kept, or made and kept now: all of it in one transaction, or nothing. CONFLICT where it was stopped. */
export async function makeConsensus(
  { db, compute, now }: Services,
  request: ConsensusRequest,
  progress: ConsensusProgress = () => true,
): Promise<Consensus> {
  const id = consensusId(request);
  const held = await findConsensus(db, id);
  if (held !== null) return held;
  const at = { datasetId: request.datasetId, asOf: request.revision };
  const [counts] = await countImages(db, [at]);
  const total = counts!.kept;
  const session = await compute.open(threadEntry(WORKER));
  const ask = <A>(message: ConsensusMessage) => session.ask<A>(message);
  const control = new SharedArrayBuffer(8);
  const stop = new Int32Array(control);
  const hear = (done: number) => {
    if (!progress(done, total)) Atomics.store(stop, 0, 1);
  };
  try {
    const classCount = (await listLabelClasses(db, at)).length;
    await ask({ type: 'BEGIN', request, classCount, control });
    let done = 0;
    for await (const images of pagesOfRatings(db, request)) {
      done += await ask<number>({ type: 'IMAGES', images });
      hear(done);
      if (Atomics.load(stop, 0) === 1) throw new DomainError('CONFLICT', 'The consensus was cancelled.');
    }
    const made = await whileHearing(ask<MadeConsensus>({ type: 'FINISH' }), () => hear(done));
    await db.transaction(async (inner) => {
      await lockConsensus(inner, id);
      if ((await findConsensus(inner, id)) !== null) return;
      for (;;) {
        const items = await ask<ItemDocument[]>({ type: 'ITEMS', most: ITEMS_A_PAGE });
        if (items.length === 0) break;
        await insertItems(inner, id, items);
      }
      await insertConsensus(inner, request, made, now());
    });
    return (await findConsensus(db, id))!;
  } finally {
    session.end();
  }
}

/** Asks again and again whether to go on, until the work has ended. */
async function whileHearing<T>(work: Promise<T>, hear: () => void): Promise<T> {
  let ended = false;
  const listening = (async () => {
    while (!ended) {
      await sleep(LOOK_MILLISECONDS, null, { ref: false });
      if (!ended) hear();
    }
  })();
  try {
    return await work;
  } finally {
    ended = true;
    void listening;
  }
}
