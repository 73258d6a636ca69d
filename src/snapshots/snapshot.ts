export const SNAPSHOT_STATES = ['PUBLISHED', 'DEPRECATED', 'DEGRADED'] as const;

export interface Snapshot {
  readonly digest: string;
  readonly datasetId: string;
  readonly revision: number;
  /** Canonical JSON: what `GET /snapshots/{digest}` serves, byte for byte. */
  readonly header: string;
  readonly imageCount: number;
  readonly referenceCount: number;
  readonly annotationCount: number;
  readonly state: (typeof SNAPSHOT_STATES)[number];
  readonly publishedAt: Date;
}
