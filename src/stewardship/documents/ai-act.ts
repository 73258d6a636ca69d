import { type DocumentForm, REPORT_WAY, sectionOf } from './document-item.ts';
import * as data from './tell-data.ts';
import * as governance from './tell-governance.ts';
import * as labels from './tell-labels.ts';

const slug = 'ai-act';
const article = sectionOf(slug, 'Article 10, data and data governance');
const annex = sectionOf(slug, 'Annex IV, technical documentation');

/** Regulation (EU) 2024/1689: what Article 10 asks of data, 1 to 12 in its order, and Annex IV 2(d) and 2(g). */
export const AI_ACT: DocumentForm = {
  kind: 'AI_ACT',
  slug,
  title: 'EU AI Act: data governance',
  source:
    'Regulation (EU) 2024/1689, Article 10 and Annex IV 2(d) and 2(g); in short, no legal advice, and a dataset alone is no high-risk system',
  items: [
    article('1', '10(2)(a): design choices', ['H', 'S'], {
      ...{ asks: 'designChoices', tell: [data.splits, data.unit], needsPeople: true },
    }),
    article('2', '10(2)(b): collection and origin; of personal data the first purpose', ['M', 'P', 'W'], {
      ...{ asks: 'sources', needsPeople: true },
      tell: [data.captured, data.setting, governance.origins, governance.people, governance.consents],
    }),
    article('3', '10(2)(c): annotation, labelling, cleaning, updating, enrichment, aggregation', ['A', 'P'], {
      tell: [
        ...[labels.raters, labels.statementKinds, labels.instructions, labels.rounds, labels.consensus],
        ...[governance.exclusions, governance.provenance],
      ],
    }),
    article('4', '10(2)(d): assumptions on what the data measure and stand for', ['H'], {
      ...{ asks: 'assumptions', tell: [labels.classes, data.variables], needsPeople: true },
    }),
    article('5', '10(2)(e): availability, quantity and suitability', ['N', 'B'], {
      ...{ tell: [data.instances, labels.labels, labels.findings('SELECTION')], way: REPORT_WAY },
    }),
    article('6', '10(2)(f): examination for biases, and for feedback', ['B', 'A'], {
      ...{
        asks: 'biases',
        tell: [labels.findings('SELECTION', 'MEASUREMENT', 'ASSOCIATION', 'ATTRITION'), labels.models],
      },
      ...{ way: REPORT_WAY, needsPeople: true },
    }),
    article('7', '10(2)(g): measures against them', ['B', 'S'], {
      ...{ asks: 'mitigation', tell: [data.splits], needsPeople: true },
    }),
    article('8', '10(2)(h): gaps and shortcomings, and how they are met', ['B', 'M'], {
      ...{ asks: 'gaps', tell: [data.missing, labels.problems], needsPeople: true },
    }),
    article(
      '9',
      '10(3): relevant, representative, free of errors and complete; statistical properties',
      ['B', 'A'],
      {
        ...{
          tell: [labels.findings('SELECTION'), labels.agreement, data.duplicates, data.missing],
          way: REPORT_WAY,
        },
      },
    ),
    article('10', '10(4): geographical, contextual, behavioural and functional setting', ['M'], {
      ...{ asks: 'setting', tell: [data.setting, data.captured], needsPeople: true },
    }),
    article('11', '10(5): special categories of personal data, and their conditions (a) to (f)', ['W', 'U'], {
      ...{ asks: 'specialCategories', tell: [governance.notOfPeople] },
    }),
    article('12', '10(6): systems without training: of testing sets alone', ['H'], { needsPeople: true }),
    annex('2(d) general description', 'What the data sets are', ['D', 'N'], {
      tell: [data.title, data.instances, labels.classes],
    }),
    annex('2(d) provenance', 'Where they come from', ['P'], {
      ...{ asks: 'sources', tell: [governance.provenance, governance.origins], needsPeople: true },
    }),
    annex('2(d) scope and main characteristics', 'How far they reach, and what they are like', ['B', 'N'], {
      tell: [data.setting, data.captured, data.imageTypes, labels.labels],
    }),
    annex('2(d) how obtained and selected', 'How they were had, and chosen', ['M', 'S'], {
      ...{
        asks: 'sampling',
        tell: [data.instruments, governance.exclusions, data.splits],
        needsPeople: true,
      },
    }),
    annex('2(d) labelling procedures', 'How they were labelled', ['A'], {
      ...{
        asks: 'annotationMethod',
        tell: [labels.raters, labels.instructions, labels.rounds, labels.agreement],
      },
    }),
    annex('2(d) cleaning', 'How they were cleaned', ['P', 'B'], {
      ...{ asks: 'preprocessing', tell: [governance.exclusions, data.duplicates], needsPeople: true },
    }),
    annex('2(g)', 'Data for validation and testing, and their main characteristics', ['S', 'N'], {
      ...{ tell: [data.splits, labels.findings('SPLIT')] },
      way: 'Freeze a split: `holotype split … --freeze` (docs/splits.md).',
    }),
  ],
};
