import { LossTally } from '../../src/interchange/loss-tally.ts';
import { isInPart } from '../../src/renderings/part-paths.ts';
import type {
  ImageRecord,
  RenderingFormat,
  RenderingInput,
  RenderingOptions,
  RenderingSource,
} from '../../src/renderings/rendering.ts';
import type { Statement } from '../../src/renderings/snapshot-documents.ts';
import { tar } from '../../src/renderings/tar.ts';
import type { SnapshotHeader } from '../../src/snapshots/snapshot-header.ts';

export const EVERYONE: RenderingOptions = { consensus: null, annotator: null };

export interface Specimen {
  readonly part: string;
  readonly statements?: readonly Statement[];
  readonly bytes?: string;
  readonly metadata?: Partial<ImageRecord['metadata']>;
  readonly consensus?: ImageRecord['annotations']['consensus'];
}

/** A small snapshot in memory, with one split `holdout`; without `bytes` an image lies elsewhere. */
export function memorySource(
  specimens: readonly Specimen[],
  classes: readonly string[] = ['leaf', 'stem'],
): RenderingSource {
  const records = specimens.map(
    ({ part, statements = [], bytes, metadata, consensus }, index): ImageRecord => {
      const id = String(index + 1).padStart(32, '0');
      return {
        index,
        entry: {
          id,
          ann: '0'.repeat(64),
          meta: '0'.repeat(64),
          media: 'image/png',
          parts: { holdout: part },
          path: `images/${id}.png`,
          pixels: bytes === undefined ? 'reference' : 'bytes',
          sha256: bytes === undefined ? null : '1'.repeat(64),
          size: bytes === undefined ? null : Buffer.byteLength(bytes),
        },
        annotations: { image: id, annotations: statements, ...(consensus ? { consensus } : {}) },
        metadata: {
          image: id,
          name: `${index}.png`,
          width: 100,
          height: 80,
          acquisition: {},
          factors: [],
          ...metadata,
        },
      };
    },
  );
  const parts = [...new Set(specimens.map(({ part }) => part))].sort();
  const header = {
    classes: classes.map((name) => ({ name })),
    dataset: 'plants',
    title: 'Plants',
    license: 'CC0-1.0',
    factors: [],
    images: { bytes: 0, reference: 0 },
    parent: null,
    root: '2'.repeat(64),
    sensitivity: 'NONE',
    size: records.length,
    unit: 'image',
    splits: {
      holdout: {
        digest: `sha256:${'3'.repeat(64)}`,
        strategy: 'RANDOM',
        seed: '7',
        counts: parts.map((part) => ({ part, images: specimens.filter((one) => one.part === part).length })),
      },
    },
  } satisfies SnapshotHeader;
  return {
    digest: `sha256:${'4'.repeat(64)}`,
    header,
    async *images(selection) {
      yield* records.filter(({ entry }) => isInPart(entry.parts, selection));
    },
    async *bytes({ id }) {
      yield Buffer.from(specimens[Number(id) - 1]!.bytes!);
    },
  };
}

export interface Written {
  /** Path → bytes of the files; of a tree its members. */
  readonly files: Map<string, Buffer>;
  /** Path → bytes as they are served. */
  readonly served: Map<string, Buffer>;
  readonly losses: LossTally['losses'];
}

/** Everything that a format writes of a source. */
export async function written(
  format: RenderingFormat,
  source: RenderingSource,
  options: RenderingOptions = EVERYONE,
): Promise<Written> {
  const input: RenderingInput = { source, options, losses: new LossTally() };
  const [files, served] = [new Map<string, Buffer>(), new Map<string, Buffer>()];
  if (format.kind === 'FILES') {
    for await (const { path, chunks } of format.files(input)) {
      files.set(path, await bytesOf(chunks));
      served.set(path, files.get(path)!);
    }
  } else if (format.kind === 'TREES') {
    for await (const { path, members } of format.trees({ ...input, losses: new LossTally() })) {
      for await (const member of members()) files.set(member.path, await bytesOf(member.chunks));
      served.set(path, Buffer.alloc(0));
    }
    for await (const { path, members } of format.trees(input))
      served.set(path, await bytesOf(tar(members())));
  }
  return { files, served, losses: input.losses.losses };
}

export async function bytesOf(
  chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(all);
}
