import { type DocumentForm, REPORT_WAY, sectionOf } from './document-item.ts';
import * as data from './tell-data.ts';
import * as governance from './tell-governance.ts';
import * as labels from './tell-labels.ts';

const slug = 'data-card';
const who = sectionOf(slug, 'Who');
const overview = sectionOf(slug, 'Overview');
const use = sectionOf(slug, 'Use and access');
const making = sectionOf(slug, 'Making');
const labelling = sectionOf(slug, 'Labels, checks and sampling');
const outlook = sectionOf(slug, 'Outlook');

/** The sections of the extended template of the Data Cards Playbook, one item each. */
export const DATA_CARD: DocumentForm = {
  kind: 'DATA_CARD',
  slug,
  title: 'Data card',
  source: 'Pushkarna et al., Data Cards (extended template of the Data Cards Playbook); sections in short',
  items: [
    who('1', 'Summary, address and authors', ['D'], {
      ...{ asks: 'creators', tell: [data.title, data.versions, data.custodian], needsPeople: true },
    }),
    who('2', 'Publishers, owners and funding', ['D'], {
      ...{ asks: 'funding', tell: [data.custodian], needsPeople: true },
    }),
    overview('3', 'Overview: subjects, the table of the dataset, content, statistics', ['N', 'A', 'B'], {
      tell: [
        ...[governance.people, data.instances, data.imageTypes, data.variables, labels.classes],
        ...[labels.labelTable, labels.labels, labels.findings('SELECTION', 'MEASUREMENT')],
      ],
    }),
    overview('4', 'Sensitivity: kinds, fields, handling, risks', ['W', 'H'], {
      ...{ asks: 'sensitive', tell: [governance.people, governance.restricted], needsPeople: true },
    }),
    overview('5', 'Version and upkeep: state, version, plan, next update', ['N', 'H'], {
      ...{ asks: 'maintenance', tell: [data.versions], needsPeople: true },
    }),
    overview('6', 'Examples: typical and untypical instances', ['I', 'B'], {
      tell: [labels.findings('MEASUREMENT'), data.imageTypes],
    }),
    use('7', 'Motive and intended use: fit, unfit, citation', ['H', 'D'], {
      ...{ asks: 'purpose', tell: [data.dataUseTerms], needsPeople: true },
    }),
    use('8', 'Access, keeping, wiping and deletion', ['D', 'W'], {
      tell: [
        ...[governance.accessPolicy, governance.termsText, data.access, governance.revocation],
        governance.retention,
      ],
    }),
    making('9', 'Provenance: methods, sources, what was taken in and left out', ['P', 'S', 'H'], {
      ...{ asks: 'sources', tell: [governance.provenance, governance.origins, governance.exclusions] },
      needsPeople: true,
    }),
    making('10', 'People and sensitive attributes: intent, source, spread, correlations', ['B', 'W'], {
      ...{ asks: 'sensitive', tell: [governance.people, labels.findings('ASSOCIATION')] },
    }),
    making('11', 'Wider use: with other data, sampling, learning, figures of the splits', ['S'], {
      ...{ asks: 'useCases', tell: [data.splits, labels.findings('SPLIT')] },
      way: 'Freeze a split: `holotype split … --freeze` (docs/splits.md).',
    }),
    making('12', 'Transformations: cleaning, anomalies, joins, redaction', ['P'], {
      ...{
        asks: 'preprocessing',
        tell: [governance.rawSaved, governance.exclusions, data.duplicates],
        needsPeople: true,
      },
    }),
    labelling('13', 'Annotation: who, how, on what task, in what shares', ['A'], {
      ...{ asks: 'annotationMethod', needsPeople: true },
      tell: [
        ...[labels.raters, labels.labelTable, labels.statementKinds, labels.instructions],
        ...[labels.rounds, labels.models, labels.annotationDates],
      ],
    }),
    labelling('14', 'Validation: of what kind, by whom', ['A', 'B'], {
      ...{ asks: 'annotationMethod', tell: [labels.agreement, labels.rounds, labels.consensus] },
      way: REPORT_WAY,
    }),
    labelling('15', 'Methods of sampling', ['S', 'H'], {
      asks: 'sampling',
      tell: [data.splits],
      needsPeople: true,
    }),
    outlook('16', 'Known applications and benchmarks', ['U'], {
      ...{
        asks: 'uses',
        tell: [governance.runs],
        way: 'Report training runs on its snapshots (docs/runs.md).',
      },
    }),
    outlook('17', 'Terms of art', ['A'], { asks: 'vocabulary', tell: [labels.classes] }),
    outlook('18', 'Reflections', ['H'], { needsPeople: true }),
  ],
};
