import { DomainError, type Reason } from '../kernel/errors.ts';
import { dataUseTermFaults } from './terms/data-use-ontology.ts';

export const SENSITIVITIES = ['NONE', 'PERSONAL'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

export interface Dataset {
  readonly id: string;
  /** The same as `id`: every governed object names its dataset, which is where the policy looks. */
  readonly datasetId: string;
  readonly slug: string;
  readonly sensitivity: Sensitivity;
  readonly unit: string;
  readonly revision: number;
  readonly createdAt: Date;
  readonly title: string;
  readonly description: string;
  readonly licence: string | null;
  readonly custodian: string | null;
  readonly dataUseTerms: readonly string[];
}

export interface DatasetDescription {
  readonly title: string;
  readonly description: string;
  readonly licence: string | null;
  readonly custodian: string | null;
  readonly dataUseTerms: readonly string[];
}

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const UNIT = /^[A-Za-z][A-Za-z0-9_ -]{0,62}$/;

/** Refuses a new dataset with every fault it has. */
export function checkNewDataset(
  input: DatasetDescription & { slug: string; unit: string },
  licenceFault: string | null,
): void {
  const reasons = descriptionFaults(input, licenceFault);
  if (!SLUG.test(input.slug))
    reasons.push(fault('slug', `"${input.slug}" must be 1–63 of a–z, 0–9 and inner "-".`));
  if (!UNIT.test(input.unit))
    reasons.push(
      fault('unit', `"${input.unit}" must name an acquisition column, a declared factor, or "image".`),
    );
  if (reasons.length > 0)
    throw new DomainError('BAD_INPUT', `The dataset "${input.slug}" is refused.`, reasons);
}

export function checkDescription(input: DatasetDescription, licenceFault: string | null): void {
  const reasons = descriptionFaults(input, licenceFault);
  if (reasons.length > 0) throw new DomainError('BAD_INPUT', 'The description is refused.', reasons);
}

export function sameDescription(one: DatasetDescription, other: DatasetDescription): boolean {
  return (
    one.title === other.title &&
    one.description === other.description &&
    one.licence === other.licence &&
    one.custodian === other.custodian &&
    JSON.stringify(one.dataUseTerms) === JSON.stringify(other.dataUseTerms)
  );
}

function descriptionFaults(input: DatasetDescription, licenceFault: string | null): Reason[] {
  const reasons: Reason[] = [];
  if (input.title.trim() === '') reasons.push(fault('title', 'must not be empty.'));
  if (licenceFault !== null) reasons.push(fault('licence', licenceFault));
  for (const message of dataUseTermFaults(input.dataUseTerms)) reasons.push(fault('dataUseTerms', message));
  return reasons;
}

function fault(field: string, message: string): Reason {
  return { path: [field], code: 'BAD_INPUT', message: `${field}: ${message}` };
}

/** The revision a read is asked as of; the current one unless said otherwise. */
export function revisionAsked(dataset: Dataset, asOf: number | null | undefined): number {
  const revision = asOf ?? dataset.revision;
  if (!Number.isInteger(revision) || revision < 0 || revision > dataset.revision) {
    throw new DomainError(
      'BAD_INPUT',
      `asOf: ${asOf} is not a revision of ${dataset.slug}, which stands at ${dataset.revision}.`,
    );
  }
  return revision;
}
