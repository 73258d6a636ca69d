import type { RenderingSource } from './rendering.ts';

/**
 * The content of some parts, `SPLIT:PART` each, of a snapshot; null: all of it. Other splits stay in the header without parts, so that
 * the files of a part have the names that they have among those of all.
 */
export function partsAlone(source: RenderingSource, parts: readonly string[] | null): RenderingSource {
  if (parts === null) return source;
  const { header } = source;
  const splits = Object.entries(header.splits).map(([split, of]) => {
    const counts = of.counts.filter(({ part }) => parts.includes(`${split}:${part}`));
    return [split, { ...of, counts }] as const;
  });
  return {
    ...source,
    header: { ...header, splits: Object.fromEntries(splits) },
    async *images(selection) {
      for await (const record of source.images(selection)) {
        const held = Object.entries(record.entry.parts).map(([split, part]) => `${split}:${part}`);
        if (held.some((part) => parts.includes(part))) yield record;
      }
    },
  };
}
