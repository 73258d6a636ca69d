import { canonicalJson } from '../kernel/canonical-json.ts';
import { type Envelope, type Signer, sealEnvelope } from '../kernel/dsse.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Snapshot } from './snapshot.ts';
import { parseSnapshotHeader } from './snapshot-header.ts';

/** The in-toto Attestation Framework 1.0: a Statement in a DSSE envelope. */
export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
export const STATEMENT_MEDIA_TYPE = 'application/vnd.in-toto+json';
export const PREDICATE_TYPE = 'urn:holotype:image-snapshot-attestation:1';

/** What made the snapshot: the versions that bear on its bytes. */
export type SoftwareVersions = Readonly<Record<string, string>>;

/** What this reads of a statement; it has more members. */
export interface SnapshotStatement {
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256?: string } }[];
  readonly predicate: {
    readonly dataset: string;
    readonly root: string;
    readonly size: number;
    readonly publishedAt: string;
    readonly revision: number;
  };
}

/** The server's word on a snapshot: what its header cannot say, for the digest would then be another on each machine. */
export function snapshotStatement(snapshot: Snapshot, software: SoftwareVersions): string {
  const header = parseSnapshotHeader(Buffer.from(snapshot.header, 'utf8'));
  return canonicalJson({
    _type: STATEMENT_TYPE,
    predicate: {
      annotations: snapshot.annotationCount,
      dataset: header.dataset,
      images: { bytes: header.images.bytes, reference: header.images.reference },
      publishedAt: snapshot.publishedAt.toISOString(),
      revision: snapshot.revision,
      root: header.root,
      size: header.size,
      software,
      splits: Object.fromEntries(Object.entries(header.splits).map(([name, { digest }]) => [name, digest])),
    },
    predicateType: PREDICATE_TYPE,
    subject: [
      {
        digest: { sha256: snapshot.digest.slice('sha256:'.length) },
        mediaType: 'application/json',
        name: 'snapshot.json',
      },
    ],
  });
}

export function attestSnapshot(snapshot: Snapshot, software: SoftwareVersions, signer: Signer): Envelope {
  return sealEnvelope(STATEMENT_MEDIA_TYPE, snapshotStatement(snapshot, software), signer);
}

/** Reads a payload whose signature was proved; MALFORMED_FILE for a statement of another kind. */
export function parseStatement(payloadType: string, payload: Buffer): SnapshotStatement {
  try {
    if (payloadType !== STATEMENT_MEDIA_TYPE) throw new Error(`its payload is ${payloadType}`);
    const statement = JSON.parse(payload.toString('utf8'));
    if (statement._type !== STATEMENT_TYPE) throw new Error(`it is no ${STATEMENT_TYPE}`);
    if (statement.predicateType !== PREDICATE_TYPE) throw new Error(`it says ${statement.predicateType}`);
    const { root, size } = statement.predicate;
    if (typeof root !== 'string' || typeof size !== 'number' || !Array.isArray(statement.subject))
      throw new Error('its subject, root or size is missing');
    return statement;
  } catch (error) {
    throw new DomainError(
      'MALFORMED_FILE',
      `The statement is none about a snapshot: ${(error as Error).message}.`,
    );
  }
}

/** What a proved statement says otherwise than the snapshot that it is held against; empty where it agrees. */
export function disagreements(
  { subject, predicate }: SnapshotStatement,
  snapshot: { readonly digest: string; readonly root: string; readonly size: number },
): string[] {
  const subjects = subject.map(({ digest }) => `sha256:${digest?.sha256}`);
  if (!subjects.includes(snapshot.digest))
    return [`It is about ${subjects.join(', ')}, another snapshot than ${snapshot.digest}.`];
  const { root, size } = snapshot;
  return [
    ...(predicate.root === root ? [] : [`It says root ${predicate.root}, and the header says ${root}.`]),
    ...(predicate.size === size ? [] : [`It says ${predicate.size} images, and the header says ${size}.`]),
  ];
}
