import type { DataFacts } from './data-facts.ts';
import { countText, type DocumentForm, type Item, sectionOf, type Teller, told } from './document-item.ts';
import { imageField } from './image-field.ts';
import * as data from './tell-data.ts';
import * as labels from './tell-labels.ts';

const slug = 'miappe';
const DESCRIBE = 'Describe the dataset: `describeDataset`.';
type Options = Partial<Pick<Item, 'asks' | 'tell' | 'way' | 'codes' | 'field'>>;

/**
 * A field by MIAPPE's codename. `1`, `1+` and `2+` are demanded; of a section that may be absent, only where there is one.
 */
const fieldsOf = (section: string, mayBeAbsent = false) => {
  const item = sectionOf(slug, section);
  return (name: string, cardinality: string, { codes = ['H'], ...options }: Options = {}): Item =>
    item(name, `cardinality ${cardinality}${mayBeAbsent ? ', where there is one' : ''}`, codes, {
      ...options,
      demand: mayBeAbsent || cardinality.startsWith('0') ? 'OPTIONAL' : 'REQUIRED',
    });
};

/** Fields that only people, or a declared factor of the same name, can answer. */
const plain = (field: ReturnType<typeof fieldsOf>, cardinality: string, ...names: readonly string[]) =>
  names.map((name) => field(name, cardinality, imageField(name)));

const record = ({ subject }: DataFacts) => `dataset record, revision ${subject.revision}`;
const own =
  (text: (facts: DataFacts) => string | null): Teller =>
  (facts) =>
    told('D', record(facts), text(facts));

const dayTold =
  (which: 'first' | 'last'): Teller =>
  ({ captured, subject }) =>
    told('M', `acquisition records, revision ${subject.revision}`, captured?.[which] ?? null);

const investigation = fieldsOf('Investigation');
const study = fieldsOf('Study');
const person = fieldsOf('Person');
const file = fieldsOf('Data file', true);
const material = fieldsOf('Biological material');
const environment = fieldsOf('Environment', true);
const factor = fieldsOf('Experimental factor', true);
const event = fieldsOf('Event', true);
const unit = fieldsOf('Observation unit');
const sample = fieldsOf('Sample', true);
const variable = fieldsOf('Observed variable');

const slugTold = own(({ subject }) => subject.dataset);
const titleTold = own(({ subject }) => subject.title);
const descriptionTold = own(({ subject }) => subject.description.trim() || null);
const factorNames = own(({ factors }) => factors.map(({ name }) => name).join(', ') || null);
const factorValues: Teller = (facts) => data.factors(facts);

/** Every field of MIAPPE 1.2 in its order, with how many images lack those that each image has. */
export const MIAPPE: DocumentForm = {
  kind: 'MIAPPE',
  slug,
  title: 'MIAPPE completeness',
  source: 'MIAPPE 1.2, its sections and fields by their codenames (github.com/MIAPPE/MIAPPE)',
  items: [
    investigation('investigationId', '0-1', { codes: ['D'], tell: [slugTold] }),
    investigation('investigationTitle', '1', { codes: ['D'], tell: [titleTold] }),
    investigation('investigationDescription', '0-1', {
      codes: ['D'],
      tell: [descriptionTold],
      way: DESCRIBE,
    }),
    investigation('submissionDate', '0-1', { codes: ['D'], tell: [own(({ subject }) => subject.created)] }),
    investigation('publicReleaseDate', '0-1', {
      ...{ codes: ['N'], tell: [data.versions], way: 'Publish a snapshot: `holotype publish`.' },
    }),
    investigation('license', '0-1', {
      ...{ codes: ['D'], tell: [data.licence], way: 'Declare a licence: `describeDataset`.' },
    }),
    investigation('miappeVersion', '1', { codes: ['D'], tell: [own(() => '1.2')] }),
    investigation('associatedPublication', '0+', { asks: 'publications' }),
    study('studyId', '0-1', { codes: ['D'], tell: [slugTold] }),
    study('studyTitle', '1', { codes: ['D'], tell: [titleTold] }),
    study('studyDescription', '0-1', { codes: ['D'], tell: [descriptionTold], way: DESCRIBE }),
    study('studyStartDate', '1', {
      ...{ codes: ['M'], tell: [dayTold('first')] },
      way: 'Record `capturedAt` of the images (docs/imports.md).',
    }),
    study('studyEndDate', '0-1', { codes: ['M'], tell: [dayTold('last')] }),
    study('contactInst', '1', { codes: ['D'], asks: 'contact', tell: [data.custodian] }),
    study('locationCountry', '1', imageField('locationCountry')),
    study('siteName', '1', imageField('siteName', 'site')),
    study('locationLatitude', '0-1', imageField('locationLatitude', 'latitude')),
    study('locationLongitude', '0-1', imageField('locationLongitude', 'longitude')),
    study('locationAltitude', '0-1', imageField('locationAltitude', 'altitude')),
    study('expeDesignDesc', '1', { asks: 'experimentalDesign' }),
    ...plain(study, '0-1', 'expeDesignType', 'obsUnitLevelHierarchy'),
    study('obsUnitDesc', '1', { codes: ['D'], tell: [data.unit] }),
    study('growthFacilityDesc', '1', { asks: 'growth' }),
    study('growthFacilityType', '0-1', imageField('growthFacilityType')),
    study('culturalPractice', '0-1', { asks: 'growth' }),
    study('expeDesignMap', '0+'),
    person('personName', '1', { asks: 'creators' }),
    person('personEmail', '0-1', { asks: 'contact' }),
    person('personId', '0-1'),
    person('personRole', '1+', { asks: 'creators' }),
    person('personAffiliation', '1+', { asks: 'creators' }),
    file('dataFileLink', '1', {
      ...{ codes: ['N'], tell: [data.access], way: 'Publish a snapshot: `holotype publish`.' },
    }),
    file('dataFileDesc', '1', { codes: ['N'], tell: [data.schema] }),
    file('dataFileVersion', '0-1', { codes: ['N'], tell: [data.versions] }),
    material('biologicalMaterialId', '1', imageField('biologicalMaterialId', 'subject')),
    material('biologicalMaterialExtId', '0+', imageField('biologicalMaterialExtId')),
    material('organism', '1', { ...imageField('organism'), asks: 'species' }),
    ...plain(material, '0-1', 'genus', 'species', 'infraspecificName', 'biologicalMaterialLatitude'),
    ...plain(material, '0-1', 'biologicalMaterialLongitude', 'biologicalMaterialAltitude'),
    ...plain(material, '0-1', 'biologicalMaterialCoordUncertainty'),
    ...plain(material, '0+', 'biologicalMaterialPreprocessing'),
    ...plain(material, '0-1', 'materialSourceId', 'materialSourceDoi', 'materialSourceAccNumber'),
    ...plain(material, '0-1', 'materialSourceAccName', 'materialSourceInstCode', 'materialSourceInstName'),
    ...plain(material, '0-1', 'materialSourceOtherIds', 'materialSourceLatitude', 'materialSourceLongitude'),
    ...plain(
      material,
      '0-1',
      'materialSourceAltitude',
      'materialSourceCoordUncertainty',
      'materialSourceDesc',
    ),
    environment('envParam', '1+', {
      codes: ['M'],
      tell: [data.fieldsTold('illumination', 'weather')],
      way: 'Record `illumination` and `weather` of the images (docs/imports.md).',
    }),
    environment('envParamValue', '1', {
      codes: ['M'],
      tell: [data.fieldsTold('illumination', 'weather')],
      way: 'Record `illumination` and `weather` of the images (docs/imports.md).',
    }),
    factor('expeFactorType', '1', {
      codes: ['D'],
      tell: [factorNames],
      way: 'Declare the factors: `declareFactors`.',
    }),
    factor('expeFactorDesc', '0-1', { asks: 'experimentalDesign' }),
    factor('expeFactorValues', '2+', {
      ...{
        codes: ['M'],
        tell: [factorValues],
        way: 'Record the declared factors of the images (docs/imports.md).',
      },
    }),
    ...plain(event, '1', 'eventType'),
    ...plain(event, '0-1', 'eventAccNumber', 'eventDesc'),
    ...plain(event, '1+', 'eventDate'),
    unit('obsUnitId', '1', {
      codes: ['M'],
      tell: [unitTold],
      way: 'Record the unit of the images (docs/imports.md).',
    }),
    unit('obsUnitType', '1', { codes: ['D'], tell: [own(({ unit: { field } }) => field)] }),
    ...plain(unit, '0+', 'externalId', 'spatialDistribution'),
    unit('obsUnitFactorValue', '0+', { codes: ['M'], tell: [factorValues] }),
    sample('sampleId', '1', imageField('sampleId')),
    sample('developmentStage', '0-1', imageField('developmentStage', 'stage')),
    sample('anatomicalEntity', '1', imageField('anatomicalEntity')),
    sample('sampleDesc', '0-1', imageField('sampleDesc')),
    sample('collectionDate', '1', imageField('collectionDate', 'capturedAt')),
    sample('sample.externalId', '0+', imageField('sampleExternalId')),
    variable('variableId', '1', {
      codes: ['A'],
      tell: [labels.classes],
      way: 'Declare the classes: `defineLabelSchema`.',
    }),
    variable('variableName', '0-1', { codes: ['A'], tell: [labels.classes] }),
    ...['variableAccNumber'].map((name) => variable(name, '0-1')),
    variable('traitName', '1', { codes: ['A'], asks: 'assumptions', tell: [labels.classes] }),
    ...[
      ...['traitEntity', 'traitEntityAccessionNumber', 'traitCharacteristic'],
      ...['traitCharacteristicAccessionNumber', 'traitAccNumber'],
    ].map((name) => variable(name, '0-1')),
    variable('methodName', '1', { codes: ['A'], asks: 'annotationMethod', tell: [labels.instructions] }),
    variable('methodAccNumber', '0-1'),
    variable('methodDesc', '0-1', {
      codes: ['A'],
      asks: 'annotationMethod',
      tell: [labels.instructions, labels.rounds],
    }),
    variable('methodRef', '0-1'),
    variable('scaleName', '1', { codes: ['A'], tell: [labels.statementKinds] }),
    variable('scaleAccNumber', '0-1'),
    variable('timeScale', '0+'),
  ],
};

function unitTold(facts: DataFacts) {
  const { field, units, imagesOfUnknownUnit: unknown } = facts.unit;
  if (units === 0) return [];
  const rest = unknown === 0 ? 'every image has one' : `${countText(unknown, 'image')} have none`;
  const text = `${field}: ${units ?? 'fewer than five'} different ones; ${rest}.`;
  return told('M', `acquisition records, revision ${facts.subject.revision}`, text);
}
