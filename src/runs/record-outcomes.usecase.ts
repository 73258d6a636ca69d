import { recorded } from '../governance/audit.store.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError, type ErrorCode, type Reason } from '../kernel/errors.ts';
import { splitLines } from '../kernel/split-lines.ts';
import type { Context } from '../platform/context.ts';
import { visibleSnapshot } from '../snapshots/snapshots.store.ts';
import { type RunOutcome, readOutcome } from './run-outcome.ts';
import { imagesNotHeld, insertOutcomes, type TrainingRun } from './runs.store.ts';
import { ownRun } from './visible-run.store.ts';

const ROWS_A_BATCH = 5_000;
const LONGEST_LINE = 262_144;
const MOST_REASONS = 20;

/**
 * Takes how each image came out, one JSON object a line, a batch in memory and in a transaction at a time: no slow
 * sender holds the database. An image's outcome is written once; sent again, what is kept already is passed over, so
 * that a sender cut off sends all again. Throws at the first batch with a fault; those before it are kept.
 */
export async function recordOutcomes(
  context: Context,
  runId: string,
  body: AsyncIterable<Uint8Array>,
): Promise<{ run: string; received: number; kept: number }> {
  const run = await ownRun(context, runId);
  const { datasetId, revision } = await visibleSnapshot(context, run.snapshot);
  let received = 0;
  let kept = 0;
  for await (const batch of batchesOf(body)) {
    kept += await keepBatch(context, run, { datasetId, asOf: revision }, batch);
    received += batch.length;
  }
  return { run: run.id, received, kept };
}

async function keepBatch(
  context: Context,
  run: TrainingRun,
  at: { datasetId: string; asOf: number },
  batch: readonly RunOutcome[],
): Promise<number> {
  const entry = {
    action: 'run.outcomes',
    subject: datasetScope(run.datasetId),
    detail: { run: run.id, images: batch.length },
  };
  return recorded(context, entry, async ({ db }) => {
    const ids = batch.map(({ image }) => image);
    refuse('UNKNOWN_IMAGE', await imagesNotHeld(db, at, ids), 'is no image of the snapshot of this run.');
    const { kept, otherwise } = await insertOutcomes(db, run.id, batch);
    refuse('CONFLICT', otherwise, 'came out otherwise in what was sent before; an outcome is written once.');
    return kept;
  });
}

function refuse(code: ErrorCode, images: readonly string[], message: string): void {
  if (images.length === 0) return;
  const reasons = images
    .slice(0, MOST_REASONS)
    .map((image): Reason => ({ path: [image], code, message: `image ${image}: ${message}` }));
  throw new DomainError(
    code,
    `${reasons[0]!.message} ${images.length} of this batch; none of it was kept.`,
    reasons,
  );
}

async function* batchesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<RunOutcome[]> {
  let batch = new Map<string, RunOutcome>();
  let number = 0;
  for await (const line of splitLines(withShortLines(body), 'outcomes')) {
    number += 1;
    const outcome = readOutcome(parsed(line, number));
    if (typeof outcome === 'string')
      throw new DomainError('INVALID_VALUE', `line ${number}: ${outcome} Lines of earlier batches are kept.`);
    if (batch.has(outcome.image))
      throw new DomainError('DUPLICATE_ROW', `line ${number}: the image ${outcome.image} is told twice.`);
    batch.set(outcome.image, outcome);
    if (batch.size < ROWS_A_BATCH) continue;
    yield [...batch.values()];
    batch = new Map();
  }
  if (batch.size > 0) yield [...batch.values()];
}

function parsed(line: Buffer, number: number): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    throw new DomainError('MALFORMED_FILE', `line ${number}: is no JSON; write one object a line.`);
  }
}

/** No line may grow without end. */
async function* withShortLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let open = 0;
  for await (const chunk of chunks) {
    const last = chunk.lastIndexOf(0x0a);
    open = last < 0 ? open + chunk.length : chunk.length - last - 1;
    if (open > LONGEST_LINE)
      throw new DomainError('MALFORMED_FILE', `outcomes: a line has more than ${LONGEST_LINE} bytes.`);
    yield chunk;
  }
}
