import type { Purpose } from './purpose.ts';

/** A term of the Data Use Ontology, and what Holotype can judge of it. */
export interface DataUseTerm {
  readonly code: string;
  readonly abbreviation: string;
  readonly sentence: string;
  /** A permission: the purposes it opens. Several permissions open what any of them does. */
  readonly permits?: readonly Purpose[] | 'ANY';
  /** A modifier: the purposes it closes, whatever is permitted. */
  readonly forbids?: readonly Purpose[];
  /** What only words can answer: the acceptance has to say it. */
  readonly states?: string;
}

const RESEARCH: readonly Purpose[] = [
  'RESEARCH',
  'HEALTH_RESEARCH',
  'DISEASE_RESEARCH',
  'POPULATION_RESEARCH',
  'METHODS_DEVELOPMENT',
];

const TERMS: readonly (Omit<DataUseTerm, 'code'> & { number: string })[] = [
  { number: '04', abbreviation: 'NRES', sentence: 'No restriction.', permits: 'ANY' },
  { number: '42', abbreviation: 'GRU', sentence: 'General research use.', permits: RESEARCH },
  {
    number: '06',
    abbreviation: 'HMB',
    sentence: 'Health, medical or biomedical research; not the study of population origins or ancestry.',
    permits: ['HEALTH_RESEARCH', 'DISEASE_RESEARCH', 'METHODS_DEVELOPMENT'],
  },
  {
    number: '07',
    abbreviation: 'DS',
    sentence: 'Research on a specified disease.',
    permits: ['DISEASE_RESEARCH', 'METHODS_DEVELOPMENT'],
    states: 'the disease that is studied',
  },
  {
    number: '11',
    abbreviation: 'POA',
    sentence: 'Research on population origins or ancestry only.',
    permits: ['POPULATION_RESEARCH'],
  },
  { number: '43', abbreviation: 'CC', sentence: 'Clinical care.', permits: ['CLINICAL_CARE'] },
  {
    number: '12',
    abbreviation: 'RS',
    sentence: 'Certain research types only.',
    states: 'the type of research',
  },
  {
    number: '15',
    abbreviation: 'NMDS',
    sentence: 'No general methods research.',
    forbids: ['METHODS_DEVELOPMENT'],
  },
  {
    number: '16',
    abbreviation: 'GSO',
    sentence: 'Genetic studies only.',
    states: 'the genetic study',
  },
  {
    number: '18',
    abbreviation: 'NPUNCU',
    sentence: 'Not-for-profit organisations and non-commercial use only.',
    forbids: ['COMMERCIAL'],
    states: 'the not-for-profit organisation',
  },
  { number: '19', abbreviation: 'PUB', sentence: 'Results have to be published.' },
  {
    number: '20',
    abbreviation: 'COL',
    sentence: 'Collaboration with the primary investigators is required.',
    states: 'the collaboration that was agreed',
  },
  {
    number: '21',
    abbreviation: 'IRB',
    sentence: 'Approval of an ethics committee is required.',
    states: 'the ethics committee and its approval',
  },
  {
    number: '22',
    abbreviation: 'GS',
    sentence: 'Use within a specified region only.',
    states: 'the region of use',
  },
  { number: '24', abbreviation: 'MOR', sentence: 'Results are not published before a given date.' },
  {
    number: '25',
    abbreviation: 'TS',
    sentence: 'Use for a limited time only.',
    states: 'when the use ends',
  },
  { number: '26', abbreviation: 'US', sentence: 'Approved users only.', states: 'the approved user' },
  { number: '27', abbreviation: 'PS', sentence: 'An approved project only.', states: 'the approved project' },
  {
    number: '28',
    abbreviation: 'IS',
    sentence: 'An approved institution only.',
    states: 'the approved institution',
  },
  { number: '29', abbreviation: 'RTN', sentence: 'Derived data are returned to the resource.' },
  {
    number: '44',
    abbreviation: 'NPOA',
    sentence: 'No research on population origins or ancestry.',
    forbids: ['POPULATION_RESEARCH'],
  },
  {
    number: '45',
    abbreviation: 'NPU',
    sentence: 'Not-for-profit organisations only.',
    states: 'the not-for-profit organisation',
  },
  { number: '46', abbreviation: 'NCU', sentence: 'Non-commercial use only.', forbids: ['COMMERCIAL'] },
];

/** The closed list, by code: Lawson et al. 2021, Cell Genomics 1(2):100028; http://purl.obolibrary.org/obo/duo.owl. */
export const DATA_USE_TERMS: ReadonlyMap<string, DataUseTerm> = new Map(
  TERMS.map(({ number, ...term }) => [`DUO:00000${number}`, { code: `DUO:00000${number}`, ...term }]),
);

/** Why these codes cannot be the data-use terms of a dataset; none: they can. */
export function dataUseTermFaults(codes: readonly string[]): string[] {
  const known = [...DATA_USE_TERMS.values()].map(({ code, abbreviation }) => `${code} ${abbreviation}`);
  const unknown = codes.filter((code) => !DATA_USE_TERMS.has(code));
  const twice = codes.filter((code, index) => codes.indexOf(code) !== index);
  return [
    ...unknown.map((code) => `"${code}" is no term of the Data Use Ontology; it has ${known.join(', ')}.`),
    ...twice.map((code) => `"${code}" stands there twice; name it once.`),
  ];
}
