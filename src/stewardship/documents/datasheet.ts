import { type DocumentForm, REPORT_WAY, sectionOf } from './document-item.ts';
import * as data from './tell-data.ts';
import * as governance from './tell-governance.ts';
import * as labels from './tell-labels.ts';

const slug = 'datasheet';
const motivation = sectionOf(slug, 'Motivation');
const composition = sectionOf(slug, 'Composition');
const collection = sectionOf(slug, 'Collection');
const preprocessing = sectionOf(slug, 'Preprocessing');
const uses = sectionOf(slug, 'Uses');
const distribution = sectionOf(slug, 'Distribution');
const maintenance = sectionOf(slug, 'Maintenance');

const people = { tell: [governance.notOfPeople] };

/** Gebru et al., Datasheets for Datasets, the questions of its seventh version in their order. */
export const DATASHEET: DocumentForm = {
  kind: 'DATASHEET',
  slug,
  title: 'Datasheet',
  source: 'Gebru et al., Datasheets for Datasets (arXiv:1803.09010v7); questions in short',
  items: [
    motivation('1', 'Why it was made: task and gap', ['H'], { asks: 'purpose', needsPeople: true }),
    motivation('2', 'Who made it, on whose behalf', ['D'], {
      ...{ asks: 'creators', tell: [data.custodian], needsPeople: true },
    }),
    motivation('3', 'Who paid for it', ['D'], { asks: 'funding' }),
    motivation('4', 'Anything else on why', ['H']),
    composition('5', 'What an instance stands for, and of which types', ['D'], {
      tell: [data.title, data.imageTypes, labels.statementKinds],
    }),
    composition('6', 'How many instances there are', ['N'], { tell: [data.instances, data.unit] }),
    composition('7', 'All possible instances or a sample; how far it stands for the whole', ['B'], {
      ...{ asks: 'sampling', tell: [labels.findings('SELECTION')], way: REPORT_WAY, needsPeople: true },
    }),
    composition('8', 'What each instance consists of', ['N'], { tell: [data.schema] }),
    composition('9', 'Labels and targets', ['A'], {
      ...{ tell: [labels.classes, labels.labels], way: 'Declare the classes: `defineLabelSchema`.' },
    }),
    composition('10', 'What is missing of instances, and why', ['M', 'W'], {
      tell: [data.missing, governance.withdrawals],
    }),
    composition('11', 'Whether relations between instances are explicit', ['M'], {
      tell: [data.unit, data.duplicates],
    }),
    composition('12', 'Recommended splits, and why so', ['S'], {
      ...{
        tell: [data.splits],
        way: 'Freeze a split: `holotype split … --freeze` (docs/splits.md).',
      },
    }),
    composition('13', 'Errors, noise and redundancy', ['B'], {
      ...{ tell: [labels.agreement, labels.findings('AGREEMENT', 'SHAPES', 'RATERS'), data.duplicates] },
      way: REPORT_WAY,
    }),
    composition('14', 'Self-contained, or resting on others', ['N'], { tell: [data.selfContained] }),
    composition('15', 'Anything confidential', ['W'], {
      asks: 'confidential',
      tell: [governance.restricted],
      needsPeople: true,
    }),
    composition('16', 'Anything offensive or distressing', ['H'], { asks: 'offensive', needsPeople: true }),
    composition('17', 'Whether it relates to people', ['W'], { tell: [governance.people] }),
    composition('18', 'Which subpopulations it tells apart, and how they are spread', ['B'], {
      ...{ tell: [data.setting, data.factors, labels.findings('SELECTION')], way: REPORT_WAY },
    }),
    composition('19', 'Whether people can be told from it', ['W'], { ...people, asks: 'confidential' }),
    composition('20', 'Anything sensitive of people', ['W'], { ...people, asks: 'sensitive' }),
    composition('21', 'Anything else on what it is made of', ['H']),
    collection('22', 'How instances were acquired, and how that was checked', ['M', 'P'], {
      ...{ asks: 'collection', tell: [data.instruments, governance.origins], needsPeople: true },
    }),
    collection('23', 'By which devices and software', ['M'], {
      ...{ asks: 'collection', tell: [data.fieldsTold('device', 'protocol')] },
      way: 'Record `device` and `protocol` of the images (docs/imports.md).',
    }),
    collection('24', 'By which strategy of sampling', ['H'], { asks: 'sampling', needsPeople: true }),
    collection('25', 'Who collected it, and how they were paid', ['A', 'H'], {
      ...{ asks: 'collectors', tell: [data.fieldsTold('operator'), labels.raters], needsPeople: true },
    }),
    collection('26', 'Over which time', ['M'], {
      ...{ tell: [data.captured], way: 'Record `capturedAt` of the images (docs/imports.md).' },
    }),
    collection('27', 'Which ethical review took place', ['W'], { asks: 'ethics', needsPeople: true }),
    collection('28', 'Whether it relates to people', ['W'], { tell: [governance.people] }),
    collection('29', 'From the people themselves, or through others', ['P'], { ...people, asks: 'notice' }),
    collection('30', 'Whether the people were told', ['W'], { ...people, asks: 'notice' }),
    collection('31', 'Whether the people agreed', ['W'], {
      tell: [governance.notOfPeople, governance.consents],
      asks: 'consent',
    }),
    collection('32', 'How agreement can be taken back', ['W'], { tell: [governance.revocation] }),
    collection('33', 'Whether the consequences for people were studied', ['H'], {
      ...people,
      asks: 'impact',
    }),
    collection('34', 'Anything else on how it was collected', ['H']),
    preprocessing('35', 'What was done to it before', ['P'], {
      ...{ asks: 'preprocessing', tell: [governance.provenance, governance.exclusions], needsPeople: true },
    }),
    preprocessing('36', 'Whether the raw data are kept', ['I'], { tell: [governance.rawSaved] }),
    preprocessing('37', 'Whether the software for it can be had', ['P'], { asks: 'preprocessing' }),
    preprocessing('38', 'Anything else on what was done to it', ['H']),
    uses('39', 'What it was used for already', ['U'], {
      ...{
        asks: 'uses',
        tell: [governance.runs],
        way: 'Report training runs on its snapshots (docs/runs.md).',
      },
    }),
    uses('40', 'Where its uses are listed', ['U'], { asks: 'uses', tell: [governance.runs] }),
    uses('41', 'What else it may be used for', ['H'], { asks: 'useCases', needsPeople: true }),
    uses('42', 'What in its making bears on later uses', ['B'], {
      ...{ asks: 'biases', tell: [labels.problems], way: REPORT_WAY },
    }),
    uses('43', 'What it should not be used for', ['H'], {
      ...{ asks: 'unfitUses', tell: [data.dataUseTerms], needsPeople: true },
    }),
    uses('44', 'Anything else on its uses', ['H']),
    distribution('45', 'Whether others are given it', ['D'], { tell: [governance.accessPolicy] }),
    distribution('46', 'How it is given out, and under which identifier', ['D'], {
      tell: [data.access, governance.distribution],
    }),
    distribution('47', 'Since when', ['N'], { tell: [data.versions] }),
    distribution('48', 'Under which licence and terms', ['D'], {
      ...{
        tell: [data.licence, data.dataUseTerms, governance.termsText],
        way: 'Declare a licence: `describeDataset`.',
      },
    }),
    distribution('49', 'Rights of others on it', ['P'], {
      asks: 'thirdParties',
      tell: [governance.origins],
      needsPeople: true,
    }),
    distribution('50', 'Rules of export', ['H'], { asks: 'thirdParties', needsPeople: true }),
    distribution('51', 'Anything else on giving it out', ['H']),
    maintenance('52', 'Who hosts and maintains it', ['D'], { asks: 'maintenance', tell: [data.custodian] }),
    maintenance('53', 'Whom to write to', ['D'], { asks: 'contact' }),
    maintenance('54', 'Whether there is an erratum', ['W', 'P'], {
      tell: [governance.withdrawals, governance.provenance],
    }),
    maintenance('55', 'Whether it is updated, how often, by whom, and how users hear of it', ['N'], {
      ...{ asks: 'maintenance', tell: [data.versions], needsPeople: true },
    }),
    maintenance('56', 'Limits on keeping what relates to people', ['W'], { ...people, asks: 'consent' }),
    maintenance('57', 'Whether older versions are kept', ['N'], {
      ...{ tell: [governance.retention], way: 'Publish a snapshot: `holotype publish`.' },
    }),
    maintenance('58', 'How others may add to it', ['H'], { asks: 'contribution', needsPeople: true }),
    maintenance('59', 'Anything else on its upkeep', ['H']),
  ],
};
