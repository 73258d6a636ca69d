import type { Envelope } from '../../kernel/dsse.ts';
import type { Context } from '../../platform/context.ts';
import { knownSnapshot } from '../../snapshots/snapshots.store.ts';
import { feedLine, sealFeedHead } from './withdrawal-feed.ts';
import { listFeed } from './withdrawals.store.ts';

const LINES_A_PAGE = 5_000;

/** Every image of the snapshot that was withdrawn, a line each, in the order in which they were; a page in memory at a time. */
export async function readFeed(context: Context, digest: string): Promise<AsyncGenerator<Buffer>> {
  const snapshot = await knownSnapshot(context, digest);
  return chunks(context, snapshot.digest);
}

async function* chunks(context: Context, snapshot: string): AsyncGenerator<Buffer> {
  for await (const lines of pagesOf(context, snapshot))
    yield Buffer.from(lines.map((line) => `${line}\n`).join(''), 'utf8');
}

/** The signed head of that feed. */
export async function readFeedHead(context: Context, digest: string): Promise<Envelope> {
  const snapshot = await knownSnapshot(context, digest);
  const lines: string[] = [];
  for await (const page of pagesOf(context, snapshot.digest)) lines.push(...page);
  return sealFeedHead(lines, snapshot.digest, context.signer);
}

async function* pagesOf({ db }: Context, snapshot: string): AsyncGenerator<string[]> {
  let after: { view: number; id: string } | null = null;
  for (;;) {
    const page = await listFeed(db, snapshot, after, LINES_A_PAGE);
    if (page.length > 0) yield page.map(({ entry }) => feedLine(entry));
    if (page.length < LINES_A_PAGE) return;
    const { view, entry } = page.at(-1)!;
    after = { view, id: entry.id };
  }
}
