import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../../kernel/errors.ts';
import { accepted, ask, PROBLEM } from '../client/graphql.ts';
import type { ServerAccess } from '../client/http.ts';
import { pagesOf } from '../client/pages-of.ts';
import { readLines } from '../client/read-lines.ts';
import type { Configuration } from '../configuration.ts';
import { startServer } from '../server.ts';

/** The feed of a dataset's withdrawals, as its server gave it out. */
export interface WithdrawalFeed {
  readonly dataset: string;
  readonly path: string;
}

const POLL_MILLISECONDS = 100;

/**
 * Withdraws again, in a restored server that nobody else can reach yet, what was withdrawn after its backup was made; resolves
 * with how many images that were when nothing of them is left.
 */
export async function applyWithdrawals(
  configuration: Configuration,
  token: string | null,
  feeds: readonly WithdrawalFeed[],
): Promise<number> {
  const server = await startServer({ ...configuration, host: '127.0.0.1', port: 0, metricsPublic: false });
  try {
    const access = { server: server.url, token };
    let count = 0;
    for (const feed of feeds) count += await applyFeed(access, feed);
    for (const { dataset } of feeds) await untilDestroyed(access, dataset);
    return count;
  } finally {
    await server.stop();
  }
}

async function applyFeed(access: ServerAccess, { dataset, path }: WithdrawalFeed): Promise<number> {
  const wanted = await withdrawnIn(path);
  const meant = new Map<string, string[]>();
  // What the backup knows as withdrawn is not among the images any more.
  for await (const { imageId } of pagesOf<{ imageId: string }>(access, dataset, {
    connection: 'images',
    fields: 'imageId',
  })) {
    const reason = wanted.get(imageId);
    if (reason !== undefined) meant.set(reason, [...(meant.get(reason) ?? []), imageId]);
  }
  let count = 0;
  for (const [reason, images] of meant) {
    const { withdrawImages } = await ask<{ withdrawImages: { imageCount: number } }>(
      access,
      `mutation ($input: WithdrawImagesInput!) { withdrawImages(input: $input) { ... on Withdrawal { imageCount } ${PROBLEM} } }`,
      { input: { dataset, images, reason } },
    );
    count += accepted(withdrawImages).imageCount;
  }
  return count;
}

/** Each image of a feed with the last reason given for it. */
async function withdrawnIn(path: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let number = 0;
  for await (const line of readLines(path)) {
    number += 1;
    const entry = parsed(line.toString('utf8'));
    if (typeof entry?.id !== 'string' || typeof entry.reason !== 'string')
      throw new DomainError('MALFORMED_FILE', `${path}: line ${number} names no withdrawn image and reason.`);
    found.set(entry.id, entry.reason);
  }
  return found;
}

function parsed(text: string): { id?: unknown; reason?: unknown } | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function untilDestroyed(access: ServerAccess, dataset: string): Promise<void> {
  for (;;) {
    const { dataset: found } = await ask<{
      dataset: { withdrawals: { nodes: { completedAt: string | null }[] } };
    }>(
      access,
      'query ($slug: String!) { dataset(slug: $slug) { withdrawals(first: 100) { nodes { completedAt } } } }',
      { slug: dataset },
    );
    if (found.withdrawals.nodes.every(({ completedAt }) => completedAt !== null)) return;
    await sleep(POLL_MILLISECONDS);
  }
}
