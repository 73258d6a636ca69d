/** Lines a shard: a power of two, so that every full manifest shard is a complete subtree of the Merkle tree. */
export const SHARD_LINES = 65_536;

export const SHARD_KINDS = ['manifest', 'annotations', 'metadata'] as const;
export type ShardKind = (typeof SHARD_KINDS)[number];

/** How many shards of each kind a snapshot of `size` images has. */
export function shardCount(size: number): number {
  return Math.ceil(size / SHARD_LINES);
}

/** `manifest-00000.jsonl`: the number from zero, five digits or more. */
export function shardName(kind: ShardKind, index: number): string {
  return `${kind}-${String(index).padStart(5, '0')}.jsonl`;
}

/** How many lines shard `index` holds: SHARD_LINES, the last one what remains. */
export function shardLines(index: number, size: number): number {
  return Math.min(SHARD_LINES, size - index * SHARD_LINES);
}

/** Whether it is the name of a shard, of whichever snapshot. */
export function isShardName(name: string): boolean {
  return /^(manifest|annotations|metadata)-\d{5,}\.jsonl$/.test(name);
}
