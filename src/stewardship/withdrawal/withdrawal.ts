import { DomainError, type Reason } from '../../kernel/errors.ts';

/** Why images may be taken back. Codes alone: words on people have no place in a record that stays. */
export const WITHDRAWAL_REASONS = {
  CONSENT_WITHDRAWN: 'The person, or who speaks for them, took the consent back.',
  CONSENT_MISSING: 'There was no consent, or not for this use.',
  LICENCE: 'The rights to the images do not allow their use.',
  PRIVACY: 'They show or tell what they must not.',
  LEGAL_REQUEST: 'An authority or a court asked for it.',
  WRONG_SUBJECT: 'They are not of what they were said to be of.',
  OTHER: 'Another reason, kept elsewhere.',
} as const;
export type WithdrawalReason = keyof typeof WITHDRAWAL_REASONS;

export type WithdrawalScope = 'IMAGES' | 'SUBJECT';

export interface Withdrawal {
  readonly id: string;
  readonly datasetId: string;
  /** From 1, in its dataset. */
  readonly number: number;
  readonly at: Date;
  readonly scope: WithdrawalScope;
  readonly reason: WithdrawalReason;
  readonly revision: number;
  readonly imageCount: number;
  /** When nothing was left to destroy; null: it is being done. */
  readonly completedAt: Date | null;
}

export interface WithdrawalInput {
  readonly dataset: string;
  /** Names or ids of images; null where a subject is named. */
  readonly images: readonly string[] | null;
  readonly subject: string | null;
  /** What becomes of the images that an earlier record alone says to be of the subject; null: it was not said. */
  readonly formerImages: FormerImages | null;
}

export const FORMER_IMAGES = ['WITHDRAW', 'LEAVE'] as const;
export type FormerImages = (typeof FORMER_IMAGES)[number];

/** More than this are asked for in several requests. */
export const MOST_IMAGES = 100_000;

/** Refuses a withdrawal with every fault it has. */
export function checkWithdrawal({ images, subject, formerImages }: WithdrawalInput): void {
  const reasons: Reason[] = [];
  const fault = (field: string, message: string) =>
    reasons.push({ path: [field], code: 'BAD_INPUT', message: `${field}: ${message}` });
  if ((images === null) === (subject === null)) fault('images', 'name images or a subject, one of the two.');
  if (images?.length === 0) fault('images', 'name at least one.');
  if (images !== null && images.length > MOST_IMAGES)
    fault('images', `${images.length} are more than ${MOST_IMAGES}; withdraw them in several requests.`);
  if (subject === null && formerImages !== null)
    fault('formerImages', 'is said of a subject, and none is named.');
  if (subject !== null && subject.trim() === '') fault('subject', 'must not be empty.');
  if (reasons.length > 0) throw new DomainError('BAD_INPUT', 'The withdrawal is refused.', reasons);
}

/** What a withdrawal reaches, counted before it is made. */
export interface WithdrawalReach {
  readonly images: number;
  /** Names of the images that an earlier record alone says to be of the subject. */
  readonly formerImages: readonly string[];
  readonly annotations: number;
  readonly snapshots: readonly string[];
  readonly renderings: number;
  readonly trainingRuns: number;
  readonly consumers: number;
}

export const WITHDRAWAL_QUEUE = 'withdrawal';
export const SUCCESSOR_QUEUE = 'successor';

/** What the job is told, for the rows that said so are erased: digests that may be left in the blob store. */
export interface DestructionOrder {
  readonly withdrawal: string;
  readonly digests: readonly string[];
  readonly renderings: number;
}
