import { setTimeout as sleep } from 'node:timers/promises';
import { accepted, ask, PROBLEM } from './graphql.ts';
import type { ServerAccess } from './http.ts';

/** What is meant: images by name or id, or a subject. */
export interface MeantImages {
  readonly dataset: string;
  readonly images: readonly string[] | null;
  readonly subject: string | null;
  /** What becomes of those that an earlier record alone says to be of the subject. */
  readonly formerImages: 'WITHDRAW' | 'LEAVE' | null;
}

export interface WithdrawalReach {
  readonly images: number;
  readonly formerImages: readonly string[];
  readonly annotations: number;
  readonly snapshots: readonly string[];
  readonly renderings: number;
  readonly trainingRuns: number;
  readonly consumers: number;
}

/** What a withdrawal would reach; nothing is done. */
export async function previewWithdrawal(access: ServerAccess, meant: MeantImages): Promise<WithdrawalReach> {
  const { dataset } = await ask<{ dataset: { withdrawalReach: WithdrawalReach } }>(
    access,
    `query ($dataset: String!, $images: [String!], $subject: String, $formerImages: FormerImages) { dataset(slug: $dataset) {
       withdrawalReach(images: $images, subject: $subject, formerImages: $formerImages) { images formerImages annotations snapshots renderings trainingRuns consumers } } }`,
    meant,
  );
  return dataset.withdrawalReach;
}

export interface MadeWithdrawal {
  readonly id: string;
  readonly imageCount: number;
  readonly revision: number;
}

export async function withdrawImages(
  access: ServerAccess,
  meant: MeantImages,
  reason: string,
): Promise<MadeWithdrawal> {
  const answer = await ask<{ withdrawImages: MadeWithdrawal }>(
    access,
    `mutation ($input: WithdrawImagesInput!) { withdrawImages(input: $input) { ... on Withdrawal { id imageCount revision } ${PROBLEM} } }`,
    { input: { ...meant, reason } },
  );
  return accepted(answer.withdrawImages);
}

/** How far a withdrawal is, and what is proposed in the place of what it degraded. */
export interface WithdrawalProgress {
  readonly completedAt: string | null;
  readonly successors: readonly {
    readonly parent: string;
    readonly state: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED';
    readonly fault: string | null;
    readonly proposal: { readonly id: string; readonly digest: string; readonly imageCount: number } | null;
  }[];
}

const POLL_MILLISECONDS = 200;

/** Waits until nothing is left to destroy and every successor is proposed, or could not be; at most as long as said. */
export async function awaitWithdrawal(
  access: ServerAccess,
  id: string,
  milliseconds: number,
): Promise<WithdrawalProgress> {
  const patience = Date.now() + milliseconds;
  for (;;) {
    const { withdrawal } = await ask<{ withdrawal: WithdrawalProgress }>(
      access,
      'query ($id: ID!) { withdrawal(id: $id) { completedAt successors { parent state fault proposal { id digest imageCount } } } }',
      { id },
    );
    const isDone = withdrawal.successors.every(({ state }) => state === 'DONE' || state === 'FAILED');
    if ((withdrawal.completedAt !== null && isDone) || Date.now() > patience) return withdrawal;
    await sleep(POLL_MILLISECONDS);
  }
}
