import DataLoader from 'dataloader';
import type { Context } from '../platform/context.ts';
import type { ConsensusItem } from './make-items.ts';
import { readItemsOf } from './read-consensus.usecase.ts';

export interface ImageInConsensus {
  readonly consensus: string;
  readonly imageId: string;
}

/** Items of a request's images: one statement for each consensus asked. */
export function consensusItemsLoader(context: Context) {
  return new DataLoader<ImageInConsensus, ConsensusItem | null, string>(
    async (keys) => {
      const byConsensus = new Map<string, string[]>();
      for (const { consensus, imageId } of keys)
        byConsensus.set(consensus, [...(byConsensus.get(consensus) ?? []), imageId]);
      const found = new Map<string, Map<string, ConsensusItem>>();
      for (const [consensus, ids] of byConsensus)
        found.set(consensus, await readItemsOf(context, consensus, ids));
      return keys.map(({ consensus, imageId }) => found.get(consensus)!.get(imageId) ?? null);
    },
    { cacheKeyFn: ({ consensus, imageId }) => `${consensus} ${imageId}` },
  );
}
