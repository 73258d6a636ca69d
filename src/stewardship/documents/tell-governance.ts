import type { DataFacts } from './data-facts.ts';
import { countText, daysText, listText, type Teller, told } from './document-item.ts';

const record = ({ subject }: DataFacts) => `dataset record, revision ${subject.revision}`;

export const people: Teller = (facts) =>
  told(
    'W',
    record(facts),
    facts.subject.isPersonal
      ? 'Its custodians declared that it speaks of people: ids are random, names are restricted, and small counts are not told.'
      : 'Its custodians declared that it does not speak of people.',
  );

/** The question arises of people alone. */
export const notOfPeople: Teller = (facts) =>
  told(
    'W',
    record(facts),
    !facts.subject.isPersonal &&
      'Its custodians declared that it does not speak of people, so the question does not arise.',
  );

/** Fields that may point to a person or a place, with how many images have them; their values are restricted. */
export const restricted: Teller = (facts) => {
  const held = facts.fields.filter(({ of, have }) => of === 'RESTRICTED' && have !== 0);
  const counts = held.map(({ name, have }) => ({ value: name, count: have }));
  return told(
    'M',
    `acquisition records, revision ${facts.subject.revision}`,
    counts.length === 0
      ? 'No position, serial number, owner or maker note is recorded of any image.'
      : `Images with restricted metadata, which no snapshot carries: ${listText(counts)}.`,
  );
};

export const withdrawals: Teller = (facts) => {
  const { withdrawn } = facts.images;
  const ofSnapshot = facts.subject.snapshot !== null;
  return told(
    'W',
    ofSnapshot ? 'images of the snapshot that are still here' : 'withdrawals of the dataset',
    withdrawn === 0
      ? 'No image of it was withdrawn.'
      : `Withdrawn: ${countText(withdrawn, 'image')}; tombstones stand in the manifests that had them.`,
  );
};

export const revocation: Teller = () =>
  told(
    'W',
    'server',
    'Whoever governs the dataset withdraws images of a subject: their bytes, labels and metadata are destroyed, tombstones stay, and no digest changes (docs/withdrawal.md).',
  );

/** To what subjects agreed, as declared. */
export const consents: Teller = ({ consents: { subjects, scopes }, terms, subject }) => [
  ...told(
    'W',
    `terms, version ${terms?.version}`,
    terms?.consent === 'REQUIRED' && 'The terms demand the consent of every subject.',
  ),
  ...told(
    'W',
    `consents, revision ${subject.revision}`,
    subjects !== 0 && `Consent is recorded of ${countText(subjects, 'subject')}; to: ${listText(scopes)}.`,
  ),
];

const CLOSED =
  'Closed by default: reading needs a token with a grant, pixels and restricted metadata each one of their own; every fetch of a snapshot is on the record.';
const OPEN =
  'Public: whoever has a token of the server reads it with its pixels; restricted metadata need a grant; every fetch of a snapshot is on the record.';

export const accessPolicy: Teller = ({ terms, subject }) => {
  if (terms === null) return told('D', `dataset record, revision ${subject.revision}`, CLOSED);
  const embargo = terms.embargoUntil === null ? '' : ` Under embargo until ${terms.embargoUntil}.`;
  const accept =
    terms.acceptance === 'REQUIRED' ? ' Each consumer accepts the terms first, on the record.' : '';
  return told(
    'D',
    `terms, version ${terms.version}`,
    `${terms.visibility === 'PUBLIC' ? OPEN : CLOSED}${embargo}${accept}`,
  );
};

/** The words of the terms. */
export const termsText: Teller = ({ terms }) =>
  told('D', `terms, version ${terms?.version}`, terms !== null && (terms.text.trim() || null));

export const distribution: Teller = (facts) =>
  told(
    'D',
    'server',
    facts.subject.snapshot === null
      ? null
      : 'By HTTPS below /snapshots/ and its digest: header, manifest, and forms such as Croissant, Parquet, COCO and tar, each under a permanent address.',
  );

export const retention: Teller = (facts) =>
  told(
    'N',
    'server',
    'A published digest is served for as long as the server keeps it; nothing under it changes, and withdrawn images become tombstones.',
  ).filter(() => facts.subject.snapshot !== null || facts.versions.length > 0);

/** What was left out, at which stage and why. */
export const exclusions: Teller = ({ exclusions: left, refused, subject }) => {
  const reasons = left.reasons.length === 0 ? '' : ` Reasons: ${listText(left.reasons)}.`;
  const out =
    left.all === 0
      ? 'No image was excluded.'
      : `Excluded: ${countText(left.all, 'image')}; by stage: ${listText(left.stages)}.${reasons}`;
  const door =
    refused.all === 0
      ? ''
      : ` Refused at the door: ${countText(refused.all, 'candidate file')}; by code: ${listText(refused.codes)}.`;
  return told('P', `exclusion ledger, revision ${subject.revision}`, `${out}${door}`);
};

export const provenance: Teller = ({ provenance: made, subject }) => {
  const steps = made.steps.map(({ summary, times }) =>
    times === 1 ? summary : `${summary} (${times} times)`,
  );
  const how = steps.length === 0 ? '' : `: ${steps.join('; ')}`;
  return told(
    'P',
    `revisions 1 to ${subject.revision}`,
    made.revisions > 0 && `${countText(made.revisions, 'revision')} ${daysText(made)}${how}.`,
  );
};

export const origins: Teller = ({ statements, acquisitionSources, subject }) => [
  ...told(
    'P',
    `annotations, revision ${subject.revision}`,
    statements.sources.length > 0 && `Statements came from: ${listText(statements.sources)}.`,
  ),
  ...told(
    'P',
    `acquisition records, revision ${subject.revision}`,
    acquisitionSources.length > 0 &&
      `Images by where their metadata came from: ${listText(acquisitionSources)}.`,
  ),
];

export const rawSaved: Teller = ({ images, subject }) =>
  told(
    'I',
    subject.snapshot === null ? `images of revision ${subject.revision}` : 'manifest of the snapshot',
    images.withBytes > 0 &&
      `Yes: ${countText(images.withBytes, 'image')} are kept byte for byte as they were imported, under their SHA-256. What was done before the import is for people to tell.`,
  );

export const runs: Teller = ({ runs: made, subject }) => {
  const more = made.models > made.named.length ? ', …' : '';
  return told(
    'U',
    subject.snapshot === null ? 'training runs told on its snapshots' : 'training runs told on the snapshot',
    made.all > 0 &&
      `Told: ${countText(made.all, 'training run')} of ${countText(made.models, 'model')}: ${made.named.join(', ')}${more}.`,
  );
};
