import { createHash } from 'node:crypto';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { DomainError } from '../kernel/errors.ts';
import { serveSessions } from '../platform/serve-sessions.ts';
import type { ConsensusMessage, ItemDocument, MadeConsensus } from './consensus-message.ts';
import type { ConsensusRequest } from './consensus-request.ts';
import type { FitSummary } from './dawid-skene-consensus.ts';
import { classRatings, type ImageRatings } from './image-ratings.ts';
import { type ConsensusItem, itemsOf, itemsTogether } from './make-items.ts';

/** What the digest of the input is of: the order of an annotator's statements is that of their revisions, and no content. */
const inputOf = ({ ratings, ...image }: ImageRatings) => ({
  ...image,
  ratings: ratings.map(({ order: _, ...rating }) => rating),
});

/** Makes consensuses beside the server: images come in the order of their ids, documents go out in the same. */
serveSessions(() => {
  let request: ConsensusRequest;
  let classCount: number;
  let control: Int32Array;
  const input = createHash('sha256');
  const output = createHash('sha256');
  const kept: ImageRatings[] = [];
  const documents: ItemDocument[] = [];
  let [handed, tied, unnamedVotes] = [0, 0, 0];
  const add = (items: readonly ConsensusItem[]) => {
    for (const item of items) {
      const document = canonicalJson(item);
      output.update(document).update('\n');
      documents.push({ imageId: item.image, document });
      if ('ties' in item && item.ties.length > 0) tied += 1;
    }
  };
  return (received): unknown => {
    const message = received as ConsensusMessage;
    switch (message.type) {
      case 'BEGIN':
        ({ request, classCount } = message);
        control = new Int32Array(message.control);
        return null;
      case 'IMAGES': {
        for (const image of message.images) {
          input.update(canonicalJson(inputOf(image))).update('\n');
          for (const { isGroup, votes } of classRatings(image, 'FIRST')) if (isGroup) unnamedVotes += votes;
        }
        const items = itemsOf(request, message.images);
        if (items === null) kept.push(...message.images);
        else add(items);
        return message.images.length;
      }
      case 'FINISH': {
        let [fits, severalClasses]: [readonly FitSummary[], boolean] = [[], false];
        if (kept.length > 0) {
          const made = itemsTogether(request, kept, classCount, (iteration) => {
            Atomics.store(control, 1, iteration);
            return Atomics.load(control, 0) === 0;
          });
          if (made === null) throw new DomainError('CONFLICT', 'The consensus was cancelled.');
          add(made.items);
          ({ fits, severalClasses } = made);
        }
        const answer: MadeConsensus = {
          inputDigest: `sha256:${input.digest('hex')}`,
          digest: `sha256:${output.digest('hex')}`,
          itemCount: documents.length,
          result: { tied, fits, unnamedVotes, severalClasses },
        };
        return answer;
      }
      case 'ITEMS': {
        const page = documents.slice(handed, handed + message.most);
        handed += page.length;
        return page;
      }
    }
  };
});
