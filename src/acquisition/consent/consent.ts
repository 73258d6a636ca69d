import type { Visibility } from '../../catalogue/terms/terms.ts';
import { DomainError, type Reason } from '../../kernel/errors.ts';

/** To what a subject may consent: each with what needs it where the terms require consent. */
export const CONSENT_SCOPES = {
  TRAINING: 'Images of the subject may be in a snapshot, from which models are trained.',
  SHARING_WITH_CONSUMERS: 'Their pixels may go to those who do not work on the dataset.',
  PUBLICATION_OF_PIXELS: 'Their pixels may be read by everyone, in a public dataset.',
} as const;
export type ConsentScope = keyof typeof CONSENT_SCOPES;

export interface SubjectConsent {
  readonly datasetId: string;
  readonly subject: string;
  readonly scopes: readonly ConsentScope[];
  /** From then on it counts as none; null: until another is declared. */
  readonly until: Date | null;
}

/** How many images lack a scope, and how many of them name no subject who could give it. */
export interface LackingConsent {
  readonly scope: ConsentScope;
  readonly images: number;
  readonly nameless: number;
}

/** The scopes without which no consumer gets pixels. */
export function scopesOfPixels(visibility: Visibility): ConsentScope[] {
  return visibility === 'PUBLIC'
    ? ['SHARING_WITH_CONSUMERS', 'PUBLICATION_OF_PIXELS']
    : ['SHARING_WITH_CONSUMERS'];
}

/** The scopes without which no image is published. */
export function scopesOfPublishing(visibility: Visibility): ConsentScope[] {
  return ['TRAINING', ...scopesOfPixels(visibility)];
}

export function refusalOfPublishing(slug: string, lacking: readonly LackingConsent[]): DomainError {
  const reasons = lacking.map((one) => reasonOf(one));
  return new DomainError(
    'TERMS_FORBID',
    `consent: ${slug} requires the consent of its subjects. ${reasons.map(({ message }) => message).join(' ')} Declare what they consented to (declareConsent), or exclude these images with that reason; none is left out silently.`,
    reasons,
  );
}

export function refusalOfPixels(slug: string, lacking: readonly LackingConsent[]): DomainError {
  const reasons = lacking.map((one) => reasonOf(one));
  return new DomainError(
    'TERMS_FORBID',
    `consent: ${slug} requires the consent of its subjects. ${reasons.map(({ message }) => message).join(' ')} Ask its custodian.`,
    reasons,
  );
}

function reasonOf({ scope, images, nameless }: LackingConsent): Reason {
  const of = nameless === 0 ? '' : ` (${nameless} of them name no subject)`;
  return { path: [scope], code: 'TERMS_FORBID', message: `${scope} is lacking for ${counted(images)}${of}.` };
}

const counted = (images: number) => (images === 1 ? '1 image' : `${images} images`);

const MOST_AT_ONCE = 10_000;

/** The subjects, each once; refused with every fault. */
export function checkSubjects(subjects: readonly string[]): string[] {
  const reasons: Reason[] = [];
  if (subjects.length === 0) reasons.push(fault('name at least one subject.'));
  if (subjects.length > MOST_AT_ONCE) reasons.push(fault(`give at most ${MOST_AT_ONCE} at once.`));
  if (subjects.some((subject) => subject.trim() === '')) reasons.push(fault('a subject has no name.'));
  if (reasons.length > 0) throw new DomainError('BAD_INPUT', 'The consent is refused.', reasons);
  return [...new Set(subjects)];
}

function fault(message: string): Reason {
  return { path: ['subjects'], code: 'BAD_INPUT', message: `subjects: ${message}` };
}
