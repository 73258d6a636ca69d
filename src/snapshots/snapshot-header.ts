import { canonicalJson } from '../kernel/canonical-json.ts';
import { compareText } from '../kernel/compare-text.ts';
import { DomainError } from '../kernel/errors.ts';
import { sha256Hex } from '../kernel/sha256.ts';

export const SNAPSHOT_FORMAT = 'urn:holotype:image-snapshot:1';
export const SNAPSHOT_TREE = 'rfc9162-sha256';

export type Sensitivity = 'NONE' | 'PERSONAL';

/** A frozen split as its header entry tells it. `counts`: the images of this snapshot in each part. */
export interface SnapshotSplit {
  readonly digest: string;
  readonly strategy: string;
  readonly seed: string | number | null;
  readonly counts: readonly { readonly part: string; readonly images: number }[];
}

/** A consensus that the annotation documents carry: what it was made of, and how. */
export interface SnapshotConsensus {
  readonly name: string;
  readonly method: string;
  /** What the method was told, decimals as text. */
  readonly parameters: Readonly<Record<string, string | number | null>>;
  /** Whose ratings count; null: every person's and group's. */
  readonly annotators: readonly string[] | null;
  readonly engine: string;
  /** SHA-256 of the ratings that went in, and of the items that came out. */
  readonly input: string;
  readonly digest: string;
}

export interface SnapshotHeader {
  /** In the order of the label schema, which the digest covers. */
  readonly classes: readonly { readonly name: string; readonly iri?: string }[];
  /** Absent: none. */
  readonly consensus?: readonly SnapshotConsensus[];
  readonly dataset: string;
  /** Kind and unit of the declared factors whose values stand in the metadata documents. */
  readonly factors: readonly { readonly name: string; readonly kind: string; readonly unit?: string }[];
  /** How many images have their bytes here, and how many lie elsewhere. */
  readonly images: { readonly bytes: number; readonly reference: number };
  /** SPDX expression, or null where none was declared. */
  readonly license: string | null;
  /** Digest of the snapshot that the publisher says this one succeeds. */
  readonly parent: string | null;
  /** Merkle root over the manifest lines, 64 hexadecimal characters. */
  readonly root: string;
  readonly sensitivity: Sensitivity;
  /** Number of manifest lines. */
  readonly size: number;
  readonly splits: Readonly<Record<string, SnapshotSplit>>;
  readonly title: string;
  /** What the statistics count as one independent thing. */
  readonly unit: string;
}

/** What the publisher knows: as the header, with the counts of a split as part → images. */
export interface HeaderContent extends Omit<SnapshotHeader, 'splits'> {
  readonly splits: Readonly<
    Record<string, Omit<SnapshotSplit, 'counts'> & { readonly counts: Readonly<Record<string, number>> }>
  >;
}

const POLICY = {
  none: { annotators: 'pseudonymous', consensus: 'none: every rater kept' },
  beside: { annotators: 'pseudonymous', consensus: 'beside every rating, by name' },
};
const HEX_64 = /^[0-9a-f]{64}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const SPLIT_NAME = /^[\x20-\x39\x3b-\x7e]+$/;

/**
 * The canonical header, with no LF. It holds what is the content's alone, so that the same content has the same
 * digest on any machine: no tag, version, time, user name, address or tool.
 */
export function snapshotHeader(header: HeaderContent): string {
  check(header);
  const hasConsensus = (header.consensus ?? []).length > 0;
  return canonicalJson({
    classes: header.classes.map(({ name, iri }) => ({ name, iri })),
    consensus: hasConsensus
      ? header
          .consensus!.map(({ name, method, parameters, annotators, engine, input, digest }) => ({
            ...{ name, method, parameters, annotators, engine, input, digest },
          }))
          .sort((a, b) => compareText(a.name, b.name))
      : undefined,
    dataset: header.dataset,
    factors: header.factors
      .map(({ name, kind, unit }) => ({ name, kind, unit }))
      .sort((a, b) => compareText(a.name, b.name)),
    format: SNAPSHOT_FORMAT,
    images: { bytes: header.images.bytes, reference: header.images.reference },
    license: header.license,
    parent: header.parent,
    policy: hasConsensus ? POLICY.beside : POLICY.none,
    root: header.root,
    salted: header.sensitivity === 'PERSONAL',
    sensitivity: header.sensitivity,
    size: header.size,
    splits: Object.fromEntries(
      Object.entries(header.splits).map(([name, { digest, strategy, seed, counts }]) => [
        name,
        {
          counts: Object.entries(counts)
            .map(([part, images]) => ({ images, part }))
            .sort((a, b) => compareText(a.part, b.part)),
          digest,
          seed,
          strategy,
        },
      ]),
    ),
    title: header.title,
    tree: SNAPSHOT_TREE,
    unit: header.unit,
  });
}

/** The digest that names a snapshot: what `sha256sum snapshot.json` prints, after `sha256:`. */
export function snapshotDigest(header: string | Uint8Array): string {
  return `sha256:${sha256Hex(header)}`;
}

/** Reads a header's bytes; refuses with MALFORMED_FILE what this version of the format does not know. */
export function parseSnapshotHeader(bytes: Uint8Array): SnapshotHeader {
  let header: SnapshotHeader & { format?: unknown; tree?: unknown };
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(text);
    if (canonicalJson(header) !== text) throw new Error('it is not in canonical form');
    if (header.format !== SNAPSHOT_FORMAT) throw new Error(`its format is not ${SNAPSHOT_FORMAT}`);
    if (header.tree !== SNAPSHOT_TREE) throw new Error(`its tree is not ${SNAPSHOT_TREE}`);
    check(header);
  } catch (error) {
    throw new DomainError(
      'MALFORMED_FILE',
      `The snapshot's header cannot be read: ${(error as Error).message}.`,
    );
  }
  return header;
}

function check(header: SnapshotHeader | HeaderContent): void {
  const rules: [boolean, string][] = [
    [HEX_64.test(header.root), 'root must be 64 lower-case hexadecimal characters'],
    [Number.isSafeInteger(header.size) && header.size >= 0, 'size must be a count'],
    [
      header.images.bytes + header.images.reference === header.size,
      'images by bytes and by reference must add up to size',
    ],
    [header.parent === null || DIGEST.test(header.parent), 'parent must be sha256:HEX or null'],
    [['NONE', 'PERSONAL'].includes(header.sensitivity), 'sensitivity must be NONE or PERSONAL'],
    ...Object.entries(header.splits).map(([split, { digest }]): [boolean, string] => [
      SPLIT_NAME.test(split) && DIGEST.test(digest),
      `split ${split} must have a digest sha256:HEX, and a name of printable ASCII without a colon`,
    ]),
  ];
  for (const [holds, rule] of rules) {
    if (!holds) throw new DomainError('INVALID_VALUE', `Snapshot header of ${header.dataset}: ${rule}.`);
  }
}
