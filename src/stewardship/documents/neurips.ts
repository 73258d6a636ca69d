import { type DocumentForm, REPORT_WAY, sectionOf } from './document-item.ts';
import * as data from './tell-data.ts';
import * as governance from './tell-governance.ts';
import * as labels from './tell-labels.ts';

const slug = 'neurips';
const checklist = sectionOf(slug, 'Paper checklist, items on data');
const minimal = sectionOf(slug, 'Minimal responsible-AI set');

/** What the paper checklist asks of data, by its numbers, and the eight fields of the minimal set of responsible AI. */
export const NEURIPS: DocumentForm = {
  kind: 'NEURIPS',
  slug,
  title: 'NeurIPS checklist items on data',
  source:
    'NeurIPS paper checklist 2024/25, its items on data, and the minimal responsible-AI set of Croissant RAI 1.0 that the datasets track asks for; questions in short',
  items: [
    checklist('2', 'Limitations', ['B'], {
      ...{ asks: 'limitations', tell: [labels.problems], way: REPORT_WAY, needsPeople: true },
    }),
    checklist('4', 'Reproducible results: which data exactly', ['N'], {
      ...{ tell: [data.versions], way: 'Publish a snapshot: `holotype publish`.' },
    }),
    checklist('5', 'Open access to data, with the exact commands', ['N'], {
      ...{ tell: [data.access], way: 'Publish a snapshot: `holotype publish`.' },
    }),
    checklist('6', 'Settings, with the splits', ['S'], {
      ...{
        tell: [data.splits],
        way: 'Freeze a split: `holotype split … --freeze` (docs/splits.md).',
      },
    }),
    checklist('10', 'Broader impacts', ['H'], { asks: 'socialImpact', needsPeople: true }),
    checklist('11', 'Safeguards against misuse', ['D'], {
      tell: [governance.accessPolicy, data.dataUseTerms],
    }),
    checklist('12', 'Licences of existing assets: creator, licence, version, address, terms', ['D', 'P'], {
      ...{ asks: 'sources', tell: [data.licence, data.dataUseTerms, governance.origins], needsPeople: true },
    }),
    checklist('13', 'New assets documented: consent, limits, address', ['N'], {
      ...{
        tell: [data.versions, data.access, governance.people, governance.consents],
        way: 'Publish a snapshot: `holotype publish`.',
      },
    }),
    checklist('14', 'Crowdsourcing and work with people: instructions, pay', ['A', 'H'], {
      ...{ asks: 'collectors', tell: [labels.instructions, labels.raters], needsPeople: true },
    }),
    checklist('15', 'Ethical review of studies with people', ['H', 'W'], {
      ...{ asks: 'ethics', tell: [governance.notOfPeople] },
    }),
    checklist('16', 'Use of language models declared', ['A', 'H'], {
      ...{ tell: [labels.models], needsPeople: true },
    }),
    minimal('rai:dataLimitations', 'What it cannot show', ['B', 'H'], {
      ...{ asks: 'limitations', tell: [data.missing, labels.problems], needsPeople: true },
    }),
    minimal('rai:dataBiases', 'Known biases', ['B'], {
      ...{
        asks: 'biases',
        tell: [labels.findings('SELECTION', 'ASSOCIATION', 'MEASUREMENT')],
        way: REPORT_WAY,
      },
    }),
    minimal('rai:personalSensitiveInformation', 'Personal and sensitive information', ['W', 'M'], {
      ...{ asks: 'sensitive', tell: [governance.people, governance.restricted] },
    }),
    minimal('rai:dataUseCases', 'What it is fit for, and what not', ['H'], {
      ...{ asks: 'useCases', tell: [data.dataUseTerms], needsPeople: true },
    }),
    minimal('rai:dataSocialImpact', 'Social impact', ['H'], { asks: 'socialImpact', needsPeople: true }),
    minimal('rai:hasSyntheticData', 'Whether anything in it is synthetic', ['A', 'H'], {
      ...{ asks: 'synthetic', tell: [labels.models], needsPeople: true },
    }),
    minimal('prov:wasDerivedFrom', 'What it was derived from', ['P', 'H'], {
      ...{ asks: 'sources', tell: [governance.origins], needsPeople: true },
    }),
    minimal('prov:wasGeneratedBy', 'By which collection, preparation and annotation', ['M', 'P', 'A'], {
      ...{ asks: 'collection', needsPeople: true },
      tell: [data.captured, data.instruments, governance.exclusions, labels.raters, labels.instructions],
    }),
  ],
};
