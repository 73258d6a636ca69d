import { sha256Hex } from '../kernel/sha256.ts';
import type { AnnotationEntry, ConsensusEntry } from './annotation-document.ts';
import { annotationDocument } from './annotation-document.ts';
import { manifestLine } from './manifest-line.ts';
import { metadataDocument } from './metadata-document.ts';
import type { Sensitivity } from './snapshot-header.ts';

/** What publishing knows of one image; `ImageLines` is what becomes of it. */
export interface ImageContent {
  readonly id: string;
  readonly name: string;
  readonly digest: string | null;
  readonly pixels: 'BYTES' | 'REFERENCE';
  readonly address: string | null;
  readonly mediaType: string | null;
  readonly size: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly salt: string | null;
  readonly annotationSalt: string | null;
  readonly metadataSalt: string | null;
  readonly facts: {
    readonly orientation: number | null;
    readonly bitDepth: number;
    readonly channels: number;
    readonly pages: number;
  } | null;
  readonly acquisition: {
    readonly columns: Readonly<Record<string, string | undefined>>;
    readonly declared: Readonly<Record<string, string>>;
    readonly sources: Readonly<Record<string, string>>;
  };
  readonly parts: Readonly<Record<string, string>>;
}

export interface ImageLines {
  readonly manifest: string;
  readonly annotations: string;
  readonly metadata: string;
}

/** The three lines of one image, each without its LF. */
export function imageDocuments(
  image: ImageContent,
  annotations: readonly AnnotationEntry[],
  sensitivity: Sensitivity,
  consensuses: readonly ConsensusEntry[],
): ImageLines {
  const annotationLine = annotationDocument(
    image.id,
    annotations,
    image.annotationSalt ?? undefined,
    consensuses,
  );
  const { columns, declared, sources } = image.acquisition;
  const acquisition = Object.fromEntries(
    Object.entries(columns).map(([name, value]) => [name, { value: value!, source: sources[name] ?? null }]),
  );
  const metadata = metadataDocument(
    {
      image: image.id,
      name: image.name,
      address: image.address,
      width: image.width,
      height: image.height,
      mediaType: image.mediaType,
      orientation: image.facts?.orientation ?? null,
      bitDepth: image.facts?.bitDepth ?? null,
      channels: image.facts?.channels ?? null,
      pages: image.facts?.pages ?? null,
      acquisition,
      factors: declared,
      salt: image.metadataSalt ?? undefined,
    },
    sensitivity,
  );
  const manifest = manifestLine({
    id: image.id,
    ann: sha256Hex(annotationLine),
    meta: sha256Hex(metadata),
    media: image.mediaType,
    parts: image.parts,
    pixels: image.pixels === 'BYTES' ? 'bytes' : 'reference',
    sha256: image.digest,
    size: image.size,
    salt: image.salt ?? undefined,
  });
  return { manifest, annotations: annotationLine, metadata };
}
