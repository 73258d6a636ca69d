import { recorded } from '../governance/audit.store.ts';
import { datasetScope } from '../kernel/actor.ts';
import { compareText } from '../kernel/compare-text.ts';
import type { Context } from '../platform/context.ts';
import { knownSnapshot } from '../snapshots/snapshots.store.ts';
import { type LineFault, readOutcomeLines, refuseFaults, type ToldOutcome } from './outcome-lines.ts';
import { imagesNotHeld, insertOutcomes, outcomesKeptOtherwise } from './runs.store.ts';
import { ownRun } from './visible-run.store.ts';

const ROWS_A_STATEMENT = 5_000;

/**
 * Takes how each image came out: all that the request tells, or nothing of it with every fault. The whole request is
 * read first, so that no slow sender holds the database. An image's outcome is written once; sent again, what is kept
 * already is passed over.
 */
export async function recordOutcomes(
  context: Context,
  runId: string,
  body: AsyncIterable<Uint8Array>,
): Promise<{ run: string; received: number; kept: number }> {
  const run = await ownRun(context, runId);
  const { datasetId, revision } = await knownSnapshot(context, run.snapshot);
  const { told, faults } = await readOutcomeLines(body);
  const batches = batchesOf(told);
  for (const batch of batches) {
    const ids = batch.map(({ image }) => image);
    const unknown = await imagesNotHeld(context.db, { datasetId, asOf: revision }, ids);
    faults.push(...faultsOf(batch, unknown, 'UNKNOWN_IMAGE', 'is no image of the snapshot of this run.'));
  }
  const entry = {
    action: 'run.outcomes',
    subject: datasetScope(run.datasetId),
    detail: { run: run.id, images: told.length },
  };
  return recorded(context, entry, async ({ db }) => {
    let kept = 0;
    for (const batch of batches) {
      // Written before it is compared: what another request writes meanwhile is waited for, and seen.
      const written = faults.length === 0 ? await insertOutcomes(db, run.id, batch) : 0;
      kept += written;
      if (written === batch.length) continue;
      const otherwise = await outcomesKeptOtherwise(db, run.id, batch);
      faults.push(
        ...faultsOf(batch, otherwise, 'CONFLICT', 'came out otherwise before; it is written once.'),
      );
    }
    refuseFaults(faults);
    return { run: run.id, received: told.length, kept };
  });
}

/** By image, so that two requests for one run wait for each other and neither for ever. */
function batchesOf(told: readonly ToldOutcome[]): ToldOutcome[][] {
  const ordered = [...told].sort((a, b) => compareText(a.image, b.image));
  const batches: ToldOutcome[][] = [];
  for (let at = 0; at < ordered.length; at += ROWS_A_STATEMENT)
    batches.push(ordered.slice(at, at + ROWS_A_STATEMENT));
  return batches;
}

function faultsOf(
  batch: readonly ToldOutcome[],
  images: readonly string[],
  code: LineFault['code'],
  message: string,
): LineFault[] {
  const faulty = new Set(images);
  return batch
    .filter(({ image }) => faulty.has(image))
    .map(({ line, image }) => ({ line, field: 'image', code, message: `image ${image} ${message}` }));
}
