import { type Action, actionsOf } from '../../governance/policy.ts';
import { type Actor, INSTANCE_SCOPE } from '../../kernel/actor.ts';
import { DomainError, type Reason } from '../../kernel/errors.ts';
import { dataUseTermFaults } from './data-use-ontology.ts';

export const VISIBILITIES = ['PRIVATE', 'PUBLIC'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** Whether something is asked of who reads (an acceptance), or of whom is shown (a consent). */
export const REQUIREMENTS = ['NONE', 'REQUIRED'] as const;
export type Requirement = (typeof REQUIREMENTS)[number];

/** What is declared, as one. */
export interface Terms {
  readonly licence: string | null;
  readonly dataUseTerms: readonly string[];
  readonly visibility: Visibility;
  readonly embargoUntil: Date | null;
  readonly acceptance: Requirement;
  readonly consent: Requirement;
  readonly text: string;
}

/** Terms as they stand in the record. */
export interface DatasetTerms extends Terms {
  readonly datasetId: string;
  readonly version: number;
  /** The revision that declared them. */
  readonly since: number;
  readonly declaredAt: Date;
}

const LONGEST_TEXT = 20_000;

/** Refuses terms with every fault they have. */
export function checkTerms(terms: Terms, licenceFault: string | null): void {
  const reasons = [
    ...(licenceFault === null ? [] : [fault('licence', licenceFault)]),
    ...dataUseTermFaults(terms.dataUseTerms).map((message) => fault('dataUseTerms', message)),
  ];
  if (terms.text.length > LONGEST_TEXT)
    reasons.push(fault('text', `is longer than ${LONGEST_TEXT} characters; put the rest at an address.`));
  if (reasons.length > 0) throw new DomainError('BAD_INPUT', 'The terms are refused.', reasons);
}

function fault(field: string, message: string): Reason {
  return { path: [field], code: 'BAD_INPUT', message: `${field}: ${message}` };
}

export function sameTerms(one: Terms, other: Terms): boolean {
  return contentOf(one) === contentOf(other);
}

function contentOf({ licence, dataUseTerms, visibility, embargoUntil, acceptance, consent, text }: Terms) {
  const embargo = embargoUntil?.getTime() ?? null;
  return JSON.stringify([licence, dataUseTerms, visibility, embargo, acceptance, consent, text]);
}

const WORK: readonly Action[] = [
  'dataset.curate',
  'annotation.write',
  'snapshot.publish',
  'snapshot.review',
  'terms.declare',
];

/**
 * Whether somebody works on what is there: then terms for consumers do not bind. By role alone, since a token that only reads
 * makes nobody a consumer.
 */
export function worksOn(actor: Actor | null, scope: string): boolean {
  return (
    actor?.grants.some(
      (grant) =>
        (grant.scope === scope || grant.scope === INSTANCE_SCOPE) &&
        actionsOf(grant.role).some((action) => WORK.includes(action)),
    ) ?? false
  );
}

/** What binds a consumer now. */
export interface BindingTerms
  extends Pick<DatasetTerms, 'version' | 'visibility' | 'embargoUntil' | 'acceptance' | 'consent'> {
  readonly slug: string;
  /** Whether the one who asks accepted this very version. */
  readonly accepted: boolean;
}

/** Why a consumer may not have pixels or a snapshot now; null: the terms do not forbid it. */
export function refusalOf(
  terms: Omit<BindingTerms, 'visibility' | 'consent'>,
  now: Date,
): DomainError | null {
  const { slug, version, embargoUntil, acceptance, accepted } = terms;
  if (embargoUntil !== null && now < embargoUntil)
    return new DomainError(
      'TERMS_FORBID',
      `embargo: ${slug} is under embargo until ${embargoUntil.toISOString()}; it opens by itself then.`,
    );
  if (acceptance === 'REQUIRED' && !accepted)
    return new DomainError(
      'TERMS_NOT_ACCEPTED',
      `acceptance: version ${version} of the terms of ${slug} is to be accepted first: read them by \`holotype terms ${slug}\` and accept them by \`holotype terms accept ${slug} --purpose …\` (mutation acceptTerms).`,
    );
  return null;
}
