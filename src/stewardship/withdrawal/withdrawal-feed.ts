import { canonicalJson } from '../../kernel/canonical-json.ts';
import { type Envelope, parseEnvelope, type Signer, sealEnvelope } from '../../kernel/dsse.ts';
import { DomainError } from '../../kernel/errors.ts';
import { leafHash, MerkleAccumulator } from '../../kernel/merkle.ts';

export const FEED_HEAD_FORMAT = 'urn:holotype:withdrawals-head:1';
export const FEED_HEAD_MEDIA_TYPE = 'application/vnd.holotype.withdrawals-head+json';

/** One image of a snapshot taken back (formats.md §7.4): by its opaque id and its leaf, so that who holds a copy finds it. */
export interface FeedEntry {
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly id: string;
  readonly leaf: string;
  readonly reason: string;
  readonly scope: string;
  readonly snapshot: string;
}

export const feedLine = ({ at, id, leaf, reason, scope, snapshot }: FeedEntry): string =>
  canonicalJson({ at, id, leaf, reason, scope, snapshot });

/** The head of the feed as a Merkle log over its lines (RFC 9162): what a server that hides an entry cannot sign twice. */
export interface FeedHead {
  readonly format: typeof FEED_HEAD_FORMAT;
  readonly root: string;
  readonly size: number;
  readonly snapshot: string;
}

export function sealFeedHead(lines: Iterable<string>, snapshot: string, signer: Signer): Envelope {
  const { root, size } = rootOfFeed(lines);
  return sealEnvelope(
    FEED_HEAD_MEDIA_TYPE,
    canonicalJson({ format: FEED_HEAD_FORMAT, root, size, snapshot }),
    signer,
  );
}

export function rootOfFeed(lines: Iterable<string>): { root: string; size: number } {
  const tree = new MerkleAccumulator();
  let size = 0;
  for (const line of lines) {
    tree.append(leafHash(line));
    size++;
  }
  return { root: tree.root().toString('hex'), size };
}

/** Reads a feed and the head that came with it; MALFORMED_FILE where they are of another form or do not fit each other. */
export function readFeed(
  feed: string,
  head: string,
  snapshot: string,
): { entries: FeedEntry[]; envelope: Envelope } {
  try {
    const lines = feed.split('\n').filter((line) => line !== '');
    const entries = lines.map((line) => JSON.parse(line) as FeedEntry);
    const envelope = parseEnvelope(head);
    const said = JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8')) as FeedHead;
    const { root, size } = rootOfFeed(lines);
    if (said.format !== FEED_HEAD_FORMAT || said.snapshot !== snapshot)
      throw new Error('its head is of another snapshot');
    if (said.root !== root || said.size !== size) throw new Error('its head is of other lines');
    if (!entries.every(({ id, leaf }) => /^[0-9a-f]{32}$/.test(id) && /^[0-9a-f]{64}$/.test(leaf)))
      throw new Error('a line has no id or leaf');
    return { entries, envelope };
  } catch (error) {
    throw new DomainError(
      'MALFORMED_FILE',
      `The feed of withdrawals of ${snapshot} cannot be read: ${(error as Error).message}.`,
    );
  }
}
