import { canonicalJson } from '../kernel/canonical-json.ts';
import { CANONICAL_DECIMAL, type Decimal } from '../kernel/decimal.ts';
import { DomainError, type Reason } from '../kernel/errors.ts';
import { sha256Hex } from '../kernel/sha256.ts';

/** The version of what turns ratings into a consensus; another version makes another consensus. */
export const CONSENSUS_ENGINE = 'holotype-consensus/1';

/**
 * VOTE_SHARE and DAWID_SKENE: of the class of whole images. WEIGHTED_BOXES_FUSION: of boxes. MEAN_MASK and STAPLE: of
 * what the annotators' masks of a class cover together in an image.
 */
export const CONSENSUS_METHODS = [
  'VOTE_SHARE',
  'DAWID_SKENE',
  'WEIGHTED_BOXES_FUSION',
  'MEAN_MASK',
  'STAPLE',
] as const;
export type ConsensusMethod = (typeof CONSENSUS_METHODS)[number];

export interface ConsensusParameters {
  /** DAWID_SKENE: added to every cell; null: 1/K (Perks). 0 gives the published maximum likelihood. */
  readonly prior: Decimal | null;
  /** DAWID_SKENE: of the penalised log likelihood, relative. */
  readonly tolerance: Decimal;
  /** DAWID_SKENE. */
  readonly mostIterations: number;
  /** WEIGHTED_BOXES_FUSION: overlap above which a box joins others. */
  readonly overlapAbove: Decimal;
  /** WEIGHTED_BOXES_FUSION: share of those who saw the image above which a box is kept; masks: of the probability. */
  readonly supportAbove: Decimal;
}

export const DEFAULT_PARAMETERS: ConsensusParameters = {
  prior: null,
  tolerance: '0.000001',
  mostIterations: 200,
  overlapAbove: '0.55',
  supportAbove: '0.5',
};

const USED: Readonly<Record<ConsensusMethod, readonly (keyof ConsensusParameters)[]>> = {
  VOTE_SHARE: [],
  DAWID_SKENE: ['prior', 'tolerance', 'mostIterations'],
  WEIGHTED_BOXES_FUSION: ['overlapAbove', 'supportAbove'],
  MEAN_MASK: ['supportAbove'],
  STAPLE: ['supportAbove'],
};

/** All that a consensus is a function of, besides the rows that hold at its revision, which never change. */
export interface ConsensusRequest {
  readonly datasetId: string;
  readonly revision: number;
  readonly name: string;
  readonly engine: string;
  readonly method: ConsensusMethod;
  /** Those the method uses. */
  readonly parameters: Partial<ConsensusParameters>;
  /** Pseudonyms whose ratings count, in order; null: every person's and group's. */
  readonly annotators: readonly string[] | null;
}

/** The request with what was not said filled in; refuses, with every reason, what the method cannot take. */
export function consensusRequest(
  asked: Pick<ConsensusRequest, 'datasetId' | 'revision' | 'name' | 'method' | 'annotators'> & {
    readonly parameters: Partial<ConsensusParameters>;
  },
): ConsensusRequest {
  const used = USED[asked.method];
  const reasons: Reason[] = [];
  const reason = (field: string, message: string) =>
    reasons.push({ path: [field], code: 'BAD_INPUT', message });
  if (!/^[A-Za-z0-9][A-Za-z0-9._ -]{0,62}$/.test(asked.name))
    reason('name', 'A name has 1–63 letters, digits, ".", "_", "-", spaces.');
  for (const [field, value] of Object.entries(asked.parameters)) {
    if (value === undefined || value === null) continue;
    if (!used.includes(field as keyof ConsensusParameters))
      reason(field, `${asked.method} has no such parameter; leave it out.`);
    else if (field === 'mostIterations') {
      if (!Number.isInteger(value) || (value as number) < 1 || (value as number) > 10_000)
        reason(field, 'A whole number from 1 to 10000.');
    } else if (!CANONICAL_DECIMAL.test(String(value)) || Number(value) < 0 || Number(value) > 1)
      reason(field, 'A canonical decimal from 0 to 1, such as 0.55.');
  }
  if (asked.annotators?.length === 0) reason('annotators', 'Name some, or leave it out for all.');
  if (reasons.length > 0)
    throw new DomainError('BAD_INPUT', `The consensus "${asked.name}" cannot be made so.`, reasons);
  return {
    ...asked,
    engine: CONSENSUS_ENGINE,
    parameters: Object.fromEntries(
      used.map((field) => [field, asked.parameters[field] ?? DEFAULT_PARAMETERS[field]]),
    ),
    annotators: asked.annotators === null ? null : [...new Set(asked.annotators)].sort(),
  };
}

/** The name of the consensus this request asks for: 128 bits of the SHA-256 of its canonical JSON, in hex. */
export function consensusId(request: ConsensusRequest): string {
  return sha256Hex(canonicalJson(request)).slice(0, 32);
}
