import type { DataFacts } from './data-facts.ts';
import { countText, daysText, listText, type Teller, told } from './document-item.ts';

const record = ({ subject }: DataFacts) => `dataset record, revision ${subject.revision}`;
const content = ({ subject }: DataFacts) =>
  subject.snapshot === null ? `images of revision ${subject.revision}` : 'manifest of the snapshot';
const acquisition = ({ subject }: DataFacts) => `acquisition records, revision ${subject.revision}`;

export const title: Teller = (facts) => {
  const { title: name, description } = facts.subject;
  const described = description.trim();
  return told('D', record(facts), described === '' ? name : `${name}: ${described}`);
};

export const custodian: Teller = (facts) =>
  told('D', record(facts), facts.subject.custodian && `Custodian: ${facts.subject.custodian}.`);

export const licence: Teller = (facts) =>
  told('D', record(facts), facts.subject.licence && `Licence: ${facts.subject.licence} (SPDX).`);

export const dataUseTerms: Teller = (facts) => {
  const { dataUseTerms: terms } = facts.subject;
  return told('D', record(facts), terms.length > 0 && `Data use terms (DUO): ${terms.join(', ')}.`);
};

export const identity: Teller = (facts) => {
  const { snapshot, dataset, published, parent } = facts.subject;
  if (snapshot === null) return [];
  const after = parent === null ? '' : ` It succeeds ${parent}.`;
  return told(
    'N',
    'header of the snapshot',
    `Snapshot ${snapshot} of ${dataset}, published on ${published}.${after}`,
  );
};

export const versions: Teller = (facts) => {
  const { versions: published, subject } = facts;
  if (subject.snapshot !== null) return identity(facts);
  if (published.length === 0) return told('N', record(facts), 'No snapshot is published yet.');
  const last = published.at(-1)!;
  return told(
    'N',
    'published snapshots',
    `${countText(published.length, 'snapshot')} published ${daysText({ first: published[0]!.published, last: last.published })}; the last is ${last.digest}.`,
  );
};

/** The exact commands by which it is fetched and verified. */
export const access: Teller = (facts) => {
  const { snapshot, dataset } = facts.subject;
  const digest = snapshot ?? facts.versions.at(-1)?.digest;
  if (digest === undefined) return [];
  return told(
    'N',
    'header of the snapshot',
    `holotype pull ${dataset}@${digest} ./${dataset} fetches it and proves every byte; holotype verify ./${dataset} proves it again, without a server. Stock loaders read /snapshots/${digest}/croissant.json.`,
  );
};

export const instances: Teller = (facts) => {
  const { images } = facts;
  const elsewhere = images.byReference > 0 ? `, and ${images.byReference} lie elsewhere by address` : '';
  return told(
    'N',
    content(facts),
    `${countText(images.all, 'image')}: ${images.withBytes} are held byte for byte (${images.octets} octets)${elsewhere}.`,
  );
};

export const imageTypes: Teller = (facts) => {
  const { mediaTypes, bitDepths, sizes, all } = facts.images;
  if (all === 0) return [];
  const pixels = sizes === null ? '' : ` Width × height from ${sizes.least} to ${sizes.most} pixels.`;
  return told(
    'I',
    content(facts),
    `Media types: ${listText(mediaTypes)}. Bits a sample: ${listText(bitDepths)}.${pixels}`,
  );
};

export const schema: Teller = (facts) =>
  told(
    'N',
    'snapshot format',
    `Every image has its bytes as they came or an address, a metadata document and an annotation document with every statement of every rater (docs/snapshot-format.md).${factorsText(facts)}`,
  );

function factorsText({ factors }: DataFacts): string {
  if (factors.length === 0) return '';
  const each = factors.map(
    ({ name, kind, unit }) => `${name} (${kind.toLowerCase()}${unit === null ? '' : `, ${unit}`})`,
  );
  return ` Declared factors: ${each.join(', ')}.`;
}

export const variables: Teller = (facts) => told('N', record(facts), factorsText(facts).trim() || null);

export const unit: Teller = (facts) => {
  const { field, units, imagesOfUnknownUnit: unknown } = facts.unit;
  if (field === 'image')
    return told('M', record(facts), 'Every image stands for itself: no group is declared.');
  const rest =
    unknown === 0
      ? ''
      : ` Of ${unknown === null ? 'some images' : countText(unknown, 'image')} the ${field} is not known.`;
  return told(
    'M',
    acquisition(facts),
    `Images of the same ${field} belong together: ${units === null ? 'fewer than five different ones' : countText(units, 'different one')}.${rest}`,
  );
};

export const duplicates: Teller = (facts) => {
  const { sameBytes, declared } = facts.duplicates;
  const found =
    sameBytes === 0
      ? 'No two images whose digest is known have the same bytes.'
      : `Images with the same bytes as another: ${sameBytes ?? 'a number that is not told'}.`;
  const said = declared.length === 0 ? '' : ` Declared pairs of copies: ${listText(declared)}.`;
  return facts.images.all === 0 ? [] : told('I', content(facts), `${found}${said}`);
};

export const missing: Teller = (facts) => {
  const { fields, images } = facts;
  if (images.all === 0) return [];
  const lacking = fields.filter(({ missing: none }) => none !== 0);
  const each = lacking.map(({ name, missing: none }) => ({ value: name, count: none }));
  return told(
    'M',
    acquisition(facts),
    each.length === 0
      ? `All ${images.all} images have every acquisition field and declared factor.`
      : `Of ${images.all} images so many have no value: ${listText(each)}.`,
  );
};

export const selfContained: Teller = (facts) => {
  const { all, withBytes, byReference } = facts.images;
  if (all === 0) return [];
  return told(
    'N',
    content(facts),
    byReference === 0
      ? `Yes: the bytes of all ${withBytes} images are held under their SHA-256.`
      : `Not wholly: ${countText(byReference, 'image')} lie at addresses elsewhere, and the digest does not pin their pixels unless theirs was declared.`,
  );
};

export const captured: Teller = (facts) =>
  told('M', acquisition(facts), facts.captured && `Captured ${daysText(facts.captured)}, as recorded.`);

/** What is recorded of fields of the acquisition record: how many images have it, and which values there are. */
export const fieldsTold =
  (...names: readonly string[]): Teller =>
  (facts) =>
    facts.fields
      .filter(({ name, have }) => names.includes(name) && have !== 0)
      .flatMap((field) => told('M', acquisition(facts), fieldText(field, facts.images.all)));

export function fieldText(
  { name, have, levels, shown }: DataFacts['fields'][number],
  images: number,
): string {
  const held =
    have === null ? 'not all or not few' : have === images ? `all ${images}` : `${have} of ${images}`;
  const values =
    levels === null
      ? 'fewer than five different values'
      : levels === 0
        ? 'values are restricted and not shown'
        : shown.length > 0
          ? `values: ${listText(shown)}`
          : countText(levels, 'different value');
  return `${name}: ${held} images have it; ${values}.`;
}

export const SETTING = [
  'site',
  'device',
  'operator',
  'session',
  'stage',
  'view',
  'illumination',
  'weather',
] as const;
export const setting: Teller = fieldsTold(...SETTING);
export const instruments: Teller = fieldsTold(
  ...['device', 'protocol', 'magnification', 'pixelSize', 'distance', 'angle', 'illumination'],
);

/** Declared factors and their values. */
export const factors: Teller = (facts) => fieldsTold(...facts.factors.map(({ name }) => name))(facts);

export const splits: Teller = (facts) =>
  facts.splits.flatMap((split) => {
    const parts = split.counts.map(({ part, images }) => `${part} ${images ?? '(not told)'}`).join(', ');
    const whole = split.groupBy === null ? '' : `, images of one ${split.groupBy} kept in one part`;
    const strata = split.stratifyBy === null ? '' : `, in proportion of ${split.stratifyBy}`;
    const leak = split.leaks
      ? ` It leaks, and was frozen all the same for this reason: “${split.waiver ?? ''}”`
      : ' No leak was found when it was frozen.';
    return told(
      'S',
      `split ${split.name}, ${split.digest}`,
      `${split.name} (${split.strategy.toLowerCase().replaceAll('_', ' ')}${whole}${strata}): ${parts}.${leak}`,
    );
  });
