import { refusalStage } from '../../ingestion/refused-image.ts';
import { accepted, ask, PROBLEM } from './graphql.ts';
import { batchesOf, type ImportTarget } from './import-images.ts';
import type { LostCandidate } from './import-report.ts';

const CANDIDATES_A_BATCH = 2_000;

/** Enters into the exclusion ledger what never reached the server: attrition begins at the door. */
export async function recordRefused(
  { access, report }: ImportTarget,
  lost: readonly LostCandidate[],
): Promise<void> {
  const refusals = lost.flatMap(({ name, code, message }) => {
    const stage = refusalStage(code);
    return stage === null ? [] : [{ name, stage, code, reason: message }];
  });
  for (const batch of batchesOf(refusals, CANDIDATES_A_BATCH)) {
    const { recordRefusedImages } = await ask<{ recordRefusedImages: { revision: number } }>(
      access,
      `mutation Refuse($input: RecordRefusedImagesInput!) {
         recordRefusedImages(input: $input) { ... on BulkReport { revision } ${PROBLEM} } }`,
      { input: { dataset: report.dataset, refusals: batch } },
    );
    report.revision = accepted(recordRefusedImages).revision;
  }
}
