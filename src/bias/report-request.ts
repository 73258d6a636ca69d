import { canonicalJson } from '../kernel/canonical-json.ts';
import { sha256 } from '../kernel/sha256.ts';
import { SPECIFICATION_VERSION } from '../statistics/estimate.ts';
import type { ReportKind } from './bias-counts.ts';
import type { TargetPopulation } from './target/target-population.ts';
import type { OwnThreshold } from './threshold/own-threshold.ts';

/** The version of what turns columns into reports; a report of another version is another report. */
export const ENGINE_VERSION = 'holotype-bias/4';

/** A dataset at a revision. */
export interface Moment {
  readonly datasetId: string;
  readonly slug: string;
  readonly revision: number;
}

/**
 * All that a report is a function of, besides the rows that hold at its revision, which never change. Its canonical JSON
 * names the report: the same request is the same report.
 */
export interface ReportRequest extends Moment {
  readonly kind: ReportKind;
  readonly engine: string;
  readonly specification: string;
  /** The snapshot it is of; null: the dataset at the revision. */
  readonly snapshot: string | null;
  readonly split: { readonly id: string; readonly name: string; readonly digest: string } | null;
  /** Only the images of this part of the split. */
  readonly part: string | null;
  readonly target: Omit<TargetPopulation, 'datasetId'> | null;
  /** Every target declared; where several are and none was asked for, none is used. */
  readonly targetNames: readonly string[];
  /** A sample of the deployment, or any other dataset to be compared with. */
  readonly reference: Moment | null;
  /** SPLIT: the field whose groups may not stand in two parts. */
  readonly group: string | null;
  /** SPLIT: the test part is of another world on purpose. */
  readonly external: boolean;
  readonly thresholds: readonly OwnThreshold[];
  readonly personal: boolean;
}

export type RequestParts = Moment &
  Pick<ReportRequest, 'kind' | 'personal'> &
  Partial<Omit<ReportRequest, 'engine' | 'specification'>>;

/** A request with every part that is not said left out on the record too. */
export function reportRequest(parts: RequestParts): ReportRequest {
  return {
    snapshot: null,
    split: null,
    part: null,
    target: null,
    targetNames: [],
    reference: null,
    group: null,
    external: false,
    thresholds: [],
    ...parts,
    engine: ENGINE_VERSION,
    specification: SPECIFICATION_VERSION,
  };
}

/** The name of the report this request asks for: 128 bits of the SHA-256 of its canonical JSON, in hex. */
export function reportId(request: ReportRequest): string {
  return sha256(canonicalJson(request)).toString('hex').slice(0, 32);
}

/** What the streams of random numbers of a report are made of. */
export function reportSeed({ slug, revision, kind, part }: ReportRequest): string {
  return `holotype-bias/1 ${slug} ${revision} ${kind}${part === null ? '' : ` ${part}`}`;
}
