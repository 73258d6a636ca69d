import { imageId } from '../../src/kernel/image-id.ts';
import { leafHash, merkleRoot } from '../../src/kernel/merkle.ts';
import { sha256Hex } from '../../src/kernel/sha256.ts';
import { type AnnotationEntry, annotationDocument } from '../../src/snapshots/annotation-document.ts';
import { type ManifestEntry, manifestLine } from '../../src/snapshots/manifest-line.ts';
import { metadataDocument } from '../../src/snapshots/metadata-document.ts';
import { SHARD_LINES, shardCount, shardName } from '../../src/snapshots/shards.ts';
import { type Sensitivity, snapshotDigest, snapshotHeader } from '../../src/snapshots/snapshot-header.ts';

export interface FixtureImage {
  readonly name: string;
  /** Null: an image by reference. */
  readonly bytes: Buffer | null;
  readonly parts: Readonly<Record<string, string>>;
  readonly labels: readonly { readonly annotator: string; readonly label: string }[];
  readonly factors?: Readonly<Record<string, string>>;
}

export interface BuiltSnapshot {
  readonly digest: string;
  /** `snapshot.json` and the shards. */
  readonly files: Map<string, Buffer>;
  /** Hexadecimal digest → bytes. */
  readonly blobs: Map<string, Buffer>;
  readonly entries: readonly (ManifestEntry & { readonly name: string })[];
}

/** A snapshot made in memory with the pure functions that the product publishes with. */
export function buildSnapshot(
  images: readonly FixtureImage[],
  sensitivity: Sensitivity = 'NONE',
): BuiltSnapshot {
  const built = images
    .map((image) => buildImage(image, sensitivity))
    .sort((a, b) => (a.entry.id < b.entry.id ? -1 : 1));
  const manifest = built.map(({ entry }) => manifestLine(entry));
  const header = snapshotHeader({
    classes: [{ name: 'healthy' }, { name: 'diseased', iri: 'http://purl.obolibrary.org/obo/PATO_0000461' }],
    dataset: 'leaves',
    factors: [{ name: 'Höhe', kind: 'CONTINUOUS', unit: 'm' }],
    images: {
      bytes: images.filter(({ bytes }) => bytes).length,
      reference: images.filter(({ bytes }) => !bytes).length,
    },
    license: 'CC-BY-4.0',
    parent: null,
    root: merkleRoot(manifest.map(leafHash)).toString('hex'),
    sensitivity,
    size: images.length,
    splits: {
      holdout: {
        digest: `sha256:${'ab'.repeat(32)}`,
        strategy: 'GROUPED',
        seed: '7',
        counts: counts(images),
      },
    },
    title: 'Leaves — données d’essai',
    unit: 'image',
  });
  const files = new Map([['snapshot.json', Buffer.from(header)]]);
  addShards(files, 'manifest', manifest);
  addShards(
    files,
    'annotations',
    built.map(({ annotations }) => annotations),
  );
  addShards(
    files,
    'metadata',
    built.map(({ metadata }) => metadata),
  );
  const blobs = new Map(images.flatMap(({ bytes }) => (bytes ? [[sha256Hex(bytes), bytes] as const] : [])));
  return {
    digest: snapshotDigest(header),
    files,
    blobs,
    entries: built.map(({ entry, name }) => ({ ...entry, name })),
  };
}

/** `count` small images in the parts train, train, test, train, …, labelled by two raters. */
export function someImages(count: number): FixtureImage[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `field ${index}/leaf-é.png`,
    bytes: Buffer.from(`image bytes ${index} `.repeat(20 + index)),
    parts: { holdout: index % 3 === 2 ? 'test' : 'train' },
    labels: [
      { annotator: 'rater-1', label: 'healthy' },
      { annotator: 'rater-2', label: index % 2 ? 'healthy' : 'diseased' },
    ],
    factors: { Höhe: `${index}.5` },
  }));
}

function buildImage(image: FixtureImage, sensitivity: Sensitivity) {
  const sha256 = image.bytes && sha256Hex(image.bytes);
  const id = imageId(image.name, sha256);
  const salt = sensitivity === 'PERSONAL' ? sha256Hex(`salt of ${image.name}`).slice(0, 32) : undefined;
  const annotations = annotationDocument(
    id,
    image.labels.map((label) => statement(id, label)),
    salt,
  );
  const metadata = metadataDocument(
    {
      image: id,
      name: image.name,
      address: image.bytes ? null : `https://images.invalid/${encodeURIComponent(image.name)}`,
      ...{
        width: 4,
        height: 3,
        orientation: null,
        bitDepth: 8,
        channels: 3,
        pages: 1,
        mediaType: 'image/png',
      },
      acquisition: { site: { value: 'Feld 1', source: 'table' }, device: { value: 'camera', source: null } },
      factors: image.factors ?? {},
      salt,
    },
    sensitivity,
  );
  const entry: ManifestEntry = {
    id,
    ann: sha256Hex(annotations),
    meta: sha256Hex(metadata),
    media: 'image/png',
    parts: image.parts,
    pixels: image.bytes ? 'bytes' : 'reference',
    sha256,
    size: image.bytes?.length ?? null,
    salt,
  };
  return { entry, annotations, metadata, name: image.name };
}

export function statement(
  image: string,
  { annotator, label }: { annotator: string; label: string },
): AnnotationEntry {
  return {
    id: sha256Hex(`${image} ${annotator} ${label}`).slice(0, 32),
    annotator: { name: annotator, kind: 'HUMAN', expertise: null },
    ...{ round: 'first', guideline: '1', kind: 'CLASS', label, attribute: null, value: null, geometry: null },
    ...{
      confidence: '0.9',
      seconds: null,
      annotatedAt: '2026-03-02T10:00:00Z',
      attributes: [],
      supersedes: null,
      pass: 1,
      votes: 1,
      purpose: 'LABELLING',
      corrects: null,
    },
  };
}

function counts(images: readonly FixtureImage[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const part of images.flatMap(({ parts }) => parts.holdout ?? []))
    counts[part] = (counts[part] ?? 0) + 1;
  return counts;
}

function addShards(
  files: Map<string, Buffer>,
  kind: 'manifest' | 'annotations' | 'metadata',
  lines: readonly string[],
) {
  for (let shard = 0; shard < shardCount(lines.length); shard++) {
    const part = lines.slice(shard * SHARD_LINES, (shard + 1) * SHARD_LINES);
    files.set(shardName(kind, shard), Buffer.from(part.map((line) => `${line}\n`).join('')));
  }
}
