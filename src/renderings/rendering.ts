import type { LossTally } from '../interchange/loss-tally.ts';
import type { ManifestEntry } from '../snapshots/manifest-line.ts';
import type { SnapshotHeader } from '../snapshots/snapshot-header.ts';
import type { AnnotationDocument, MetadataDocument } from './snapshot-documents.ts';

/** One image of a snapshot with its two documents. */
export interface ImageRecord {
  /** Its line in the manifest, from 0. */
  readonly index: number;
  readonly entry: ManifestEntry & { readonly path: string };
  readonly annotations: AnnotationDocument;
  readonly metadata: MetadataDocument;
}

/** The images of one part of a split; `split` null: the snapshot carries none, and `part` is `all`. */
export interface Selection {
  readonly split: string | null;
  readonly part: string;
}

/**
 * The content of a snapshot, which is all that a rendering is made of: on a server its blobs, at a client a pulled folder.
 * `images` may be read several times and always comes in the order of the manifest; withdrawn images are left out.
 */
export interface RenderingSource {
  /** `sha256:HEX`. */
  readonly digest: string;
  readonly header: SnapshotHeader;
  /** Null: all images. */
  images(selection: Selection | null): AsyncIterable<ImageRecord>;
  /** The bytes of an image with `pixels: "bytes"`, as they came. */
  bytes(entry: ImageRecord['entry']): AsyncIterable<Uint8Array>;
}

/** What a format may be told. Both null: every rater's statements, and as the one label what most people said. */
export interface RenderingOptions {
  /** Name of a consensus that the snapshot carries, to be taken for the truth where the format holds one. */
  readonly consensus: string | null;
  /** Pseudonym whose statements alone are written. */
  readonly annotator: string | null;
}

/** What documents about a snapshot are told besides its content. */
export interface DocumentFacts {
  /** Where clients reach the server, without a slash at its end. */
  readonly origin: string;
  /** How often images of the snapshot were withdrawn. */
  readonly view: number;
  readonly publishedAt: Date;
  readonly annotationCount: number;
  readonly description: string;
  readonly custodian: string | null;
  readonly dataUseTerms: readonly string[];
  /** The shards of the snapshot, as they are served. */
  readonly shards: readonly MadeFile[];
  /** The files of the renderings that the format `needs`, which are made before it. */
  readonly files: readonly MadeFile[];
}

export interface MadeFile {
  /** Below `/snapshots/{digest}/`. */
  readonly path: string;
  readonly mediaType: string;
  /** SHA-256, 64 hexadecimal characters. */
  readonly digest: string;
  readonly size: number;
}

export interface RenderingInput {
  readonly source: RenderingSource;
  readonly options: RenderingOptions;
  /** Counts what the format cannot say. */
  readonly losses: LossTally;
}

/** A file that is being written: `chunks` is read to its end before the next file is asked for. */
export interface RenderedFile {
  readonly path: string;
  readonly mediaType: string;
  readonly chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;
}

/** A member of a tree of files: text made here, or an image as it came. Members come in the byte order of their paths. */
export interface TreeMember {
  /** Relative, ASCII, with `/`. */
  readonly path: string;
  readonly size: number;
  readonly chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;
  /** Of an image as it came: its manifest entry, so that a client may link the file that it has. */
  readonly image?: ImageRecord['entry'];
}

/** A tree that is served as one tar, and that `holotype pull --format` lays out as files. */
export interface Tree {
  /** Of the tar, below `/snapshots/{digest}/`. */
  readonly path: string;
  members(): AsyncIterable<TreeMember>;
}

/**
 * A form in which a snapshot is handed out: a pure function of the snapshot's content and the options, so that the same
 * version writes the same bytes anywhere. Another output is another `version`.
 */
export type RenderingFormat = {
  /** Counts from 1. */
  readonly version: number;
  /** Whether bytes of images are in it: it is handed out to those alone who may read pixels. */
  readonly holdsPixels: boolean;
  /** What it is for, one sentence for people. */
  readonly purpose: string;
  /** What it never says, of whichever snapshot; `losses` adds what this snapshot has of it. */
  readonly limits: readonly string[];
} & (
  | { readonly kind: 'FILES'; files(input: RenderingInput): AsyncIterable<RenderedFile> }
  | { readonly kind: 'TREES'; trees(input: RenderingInput): AsyncIterable<Tree> }
  | {
      readonly kind: 'DOCUMENTS';
      /** Formats whose files it names; they are made before it, with no options. */
      readonly needs: readonly string[];
      documents(input: RenderingInput & { readonly facts: DocumentFacts }): AsyncIterable<RenderedFile>;
    }
);
