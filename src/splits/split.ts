import type { SplitCertificate } from './split-certificate.ts';
import type { SplitDocument } from './split-document.ts';
import type { SplitKeys, SplitRequest } from './split-strategy.ts';

export interface SplitFacts extends SplitRequest, SplitKeys {
  readonly id: string;
  readonly datasetId: string;
  readonly name: string;
  readonly revision: number;
  readonly document: SplitDocument;
  readonly digest: string;
  readonly certificate: SplitCertificate;
  readonly createdAt: Date;
}

export interface DraftSplit extends SplitFacts {
  readonly state: 'DRAFT';
}

export interface FrozenSplit extends SplitFacts {
  readonly state: 'FROZEN';
  readonly frozenAt: Date;
  readonly waiver: string | null;
}

export type Split = DraftSplit | FrozenSplit;
