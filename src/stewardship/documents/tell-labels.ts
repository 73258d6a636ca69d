import type { ReportKind } from '../../bias/bias-counts.ts';
import { estimateText } from '../../bias/cards/estimate-text.ts';
import type { DataFacts, Spread } from './data-facts.ts';
import { countText, listText, type Teller, told } from './document-item.ts';

const statements = ({ subject }: DataFacts) => `annotations, revision ${subject.revision}`;

const spreadText = ({ least, most, mean }: Spread) =>
  least === most ? String(least) : `${least} to ${most} (mean ${mean})`;

export const classes: Teller = (facts) => {
  const { classes: names } = facts;
  return told(
    'A',
    `label schema, revision ${facts.subject.revision}`,
    names.length > 0 && `${names.length === 1 ? '1 class' : `${names.length} classes`}: ${names.join(', ')}.`,
  );
};

export const labels: Teller = (facts) => {
  const { labels: counts, labelled, all } = facts.statements;
  if (all === 0) return [];
  const images = `${labelled === null ? 'Some' : labelled} of ${facts.images.all} images have a label.`;
  return told('A', statements(facts), `Statements by class: ${listText(counts)}. ${images}`);
};

/** The dataset snapshot table of a data card. */
export const labelTable: Teller = (facts) => {
  const { all, raterKinds, perImage } = facts.statements;
  if (all === 0) return [];
  return told(
    'A',
    statements(facts),
    `${countText(all, 'statement')}, ${spreadText(perImage)} an image; by who said it: ${listText(raterKinds)}.`,
  );
};

export const statementKinds: Teller = (facts) =>
  told(
    'A',
    statements(facts),
    facts.statements.kinds.length > 0 && `Kinds of statements: ${listText(facts.statements.kinds)}.`,
  );

export const raters: Teller = (facts) => {
  const { kinds, expertise, perImage } = facts.raters;
  if (kinds.length === 0) return [];
  const known = expertise.length === 0 ? '' : ` Expertise of people: ${listText(expertise)}.`;
  return told(
    'A',
    statements(facts),
    `Raters, under pseudonyms: ${listText(kinds)}; ${spreadText(perImage)} an image.${known}`,
  );
};

export const models: Teller = (facts) => {
  const { models: names } = facts.raters;
  const { corrections, all } = facts.statements;
  if (all === 0) return [];
  const corrected =
    corrections === 0 ? '' : ` People corrected ${countText(corrections, 'statement')} of theirs.`;
  return told(
    'A',
    statements(facts),
    names.length === 0
      ? 'No statement is a model’s, as its annotators are declared.'
      : `Models that labelled: ${names.join(', ')}.${corrected}`,
  );
};

export const instructions: Teller = (facts) =>
  told(
    'A',
    `guidelines, revision ${facts.subject.revision}`,
    facts.guidelines.length > 0 &&
      `Guidelines given to raters, kept with their text: ${facts.guidelines.join(', ')}.`,
  );

export const rounds: Teller = (facts) => {
  const { all, blind, adjudication } = facts.rounds;
  if (all === 0) return [];
  return told(
    'A',
    `rounds, revision ${facts.subject.revision}`,
    `Labelled in ${countText(all, 'round')}, of which ${blind} blind and ${adjudication} to settle disagreement.`,
  );
};

export const annotationDates: Teller = (facts) => {
  const { first, last, withTime, all } = facts.statements;
  if (first === null) return [];
  return told(
    'A',
    statements(facts),
    `${withTime ?? 'Some'} of ${countText(all, 'statement')} have their time, from ${first} to ${last}.`,
  );
};

export const confidence: Teller = (facts) => {
  const { withConfidence, all } = facts.statements;
  if (withConfidence === 0) return [];
  return told(
    'A',
    statements(facts),
    `${withConfidence ?? 'Some'} of ${countText(all, 'statement')} state how sure the rater was.`,
  );
};

export const consensus: Teller = (facts) => {
  const { consensuses } = facts;
  if (facts.statements.all === 0) return [];
  return told(
    'A',
    facts.subject.snapshot === null ? 'consensuses made' : 'header of the snapshot',
    consensuses.length === 0
      ? 'Every rater’s statements are kept; no consensus stands beside them.'
      : `Every rater’s statements are kept; beside them stand ${consensuses.map(({ name, method }) => `${name} (${method.toLowerCase().replaceAll('_', ' ')})`).join(', ')}.`,
  );
};

export const coverage: Teller = (facts) => {
  const { labelled, unlabelled } = facts.statements;
  if (facts.statements.all === 0) return [];
  return told(
    'A',
    statements(facts),
    `${labelled ?? 'Some'} of ${facts.images.all} images have a label, ${unlabelled ?? 'some'} have none.`,
  );
};

/** How far people agree, as the kept report says, with its interval. */
export const agreement: Teller = (facts) =>
  facts.reports
    .filter(({ kind }) => kind === 'AGREEMENT')
    .flatMap(({ id, revision, alpha }) =>
      told(
        'B',
        `report ${id} of revision ${revision}`,
        alpha &&
          `Krippendorff’s alpha (nominal): ${estimateText(alpha)}, of ${alpha.imageCount} images and ${alpha.unitCount} units.`,
      ),
    );

/** What the cards of kept reports find, with their colours. */
export const findings =
  (...kinds: readonly ReportKind[]): Teller =>
  (facts) =>
    facts.reports
      .filter(({ kind }) => kinds.includes(kind))
      .flatMap(({ id, revision, split, cards }) =>
        cards.flatMap(({ colour, sentence }) =>
          told(
            'B',
            `report ${id} of revision ${revision}${split === null ? '' : `, split ${split}`}`,
            `${colour}: ${sentence}`,
          ),
        ),
      );

/** What is red or amber in any kept report. */
export const problems: Teller = (facts) => {
  const found = facts.reports.flatMap(({ id, revision, kind, split, cards }) =>
    cards
      .filter(({ colour }) => colour === 'RED' || colour === 'AMBER')
      .flatMap(({ colour, sentence }) =>
        told(
          'B',
          `report ${id} of revision ${revision}, ${kind.toLowerCase()}${split === null ? '' : ` of split ${split}`}`,
          `${colour}: ${sentence}`,
        ),
      ),
  );
  if (facts.reports.length === 0 || found.length > 0) return found;
  const kinds = facts.reports.map(({ kind }) => kind.toLowerCase()).join(', ');
  return told('B', `reports kept: ${kinds}`, 'No report that was made finds anything amber or red.');
};
