import type { DataFacts, FieldFacts } from './data-facts.ts';
import {
  type DocumentForm,
  type DocumentKind,
  type Item,
  REPORT_WAY,
  type SourceCode,
  type Told,
} from './document-item.ts';
import { promptOf } from './human-questions.ts';

export const DOCUMENT_FORMAT = 'urn:holotype:governance-document:1';

/** What stands behind an answer. UNANSWERED: neither the record nor anybody said a word. */
export type AnswerKind = 'FACTS' | 'HUMAN' | 'FACTS_AND_HUMAN' | 'UNANSWERED';

/** What somebody wrote, and the revision since which it holds. */
export interface HumanAnswer {
  readonly question: string;
  readonly text: string;
  readonly since: number;
}

export interface AnsweredItem {
  readonly number: string;
  readonly section: string;
  readonly question: string;
  readonly codes: readonly SourceCode[];
  readonly demand: Item['demand'];
  readonly kind: AnswerKind;
  /** What the record tells, sentence by sentence. */
  readonly facts: readonly Told[];
  readonly human: { readonly text: string; readonly since: number } | null;
  /** What is still to be done, and by which command; null: the item is answered whole. */
  readonly asked: string | null;
  /** Of a field that each image has: how many have it. */
  readonly images: Pick<FieldFacts, 'name' | 'have' | 'missing'> | null;
}

/** How far a document is answered. `partly` are those that have an answer and still ask for something. */
export interface Completeness {
  readonly answered: number;
  readonly partly: number;
  readonly of: number;
  readonly requiredAnswered: number;
  readonly requiredOf: number;
}

/**
 * A document filled from facts: a pure function of the facts and of what people wrote, so that the same record gives the same
 * bytes. No clock and no address of a server is in it.
 */
export interface GovernanceDocument {
  readonly format: typeof DOCUMENT_FORMAT;
  readonly kind: DocumentKind;
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly subject: {
    readonly dataset: string;
    readonly title: string;
    readonly revision: number;
    readonly snapshot: string | null;
    readonly personal: boolean;
    /** The revision as of which people's answers are read. */
    readonly answersAsOf: number;
  };
  readonly completeness: Completeness;
  readonly items: readonly AnsweredItem[];
}

export function governanceDocument(
  form: DocumentForm,
  facts: DataFacts,
  answers: readonly HumanAnswer[],
  answersAsOf: number,
): GovernanceDocument {
  const { subject } = facts;
  const answerOf = new Map(answers.map((answer) => [answer.question, answer]));
  const items = form.items.map((item) => answered(form, item, facts, answerOf.get(item.asks) ?? null));
  return {
    format: DOCUMENT_FORMAT,
    kind: form.kind,
    name: form.slug,
    title: `${form.title} of ${subject.title}`,
    source: form.source,
    subject: {
      ...{ dataset: subject.dataset, title: subject.title, revision: subject.revision },
      ...{ snapshot: subject.snapshot, personal: subject.isPersonal, answersAsOf },
    },
    completeness: completenessOf(items),
    items,
  };
}

function answered(
  { slug }: DocumentForm,
  item: Item,
  data: DataFacts,
  answer: HumanAnswer | null,
): AnsweredItem {
  const { number, section, question, codes, demand } = item;
  const facts = item.tell.flatMap((tell) => tell(data));
  const field = item.field?.(data) ?? null;
  const kind = facts.length > 0 ? (answer ? 'FACTS_AND_HUMAN' : 'FACTS') : answer ? 'HUMAN' : 'UNANSWERED';
  return {
    ...{ number, section, question, codes, demand, kind, facts },
    human: answer && { text: answer.text, since: answer.since },
    asked: askedOf(slug, item, facts, answer, field, data),
    images: field && { name: field.name, have: field.have, missing: field.missing },
  };
}

/** What would make an item whole: words of people, a report that nobody made yet, or values of images that lack them. */
function askedOf(
  slug: string,
  item: Item,
  facts: readonly Told[],
  answer: HumanAnswer | null,
  field: FieldFacts | null,
  { subject, images }: DataFacts,
): string | null {
  if (answer !== null) return null;
  const prompt = promptOf(item.asks);
  const command = `holotype document answer ${subject.dataset} ${quoted(`${slug}.${item.number}`)} "…"`;
  const write = prompt === null ? `Write it: ${command}` : `${prompt} Write it: ${command}`;
  const orWrite = prompt === null ? command : lowerFirst(write);
  const named = subject.snapshot === null ? subject.dataset : `${subject.dataset}@${subject.snapshot}`;
  const way = (text: string) => text.replace('`holotype report`', `\`holotype report ${named}\``);
  if (facts.length === 0)
    return item.way === null ? write : `${way(item.way)} Or write an answer: ${orWrite}`;
  const asked: string[] = [];
  if (item.codes.includes('B') && !facts.some(({ code }) => code === 'B'))
    asked.push(`No report on it was made. ${way(REPORT_WAY)}`);
  if (field !== null && field.missing !== 0)
    asked.push(
      `${field.missing ?? 'Some'} of ${images.all} images lack it. ${item.way ?? ''} The list: imagesWithout(field: "${field.name}").`,
    );
  if (item.needsPeople) asked.push(`People are to add: ${lowerFirst(write)}`);
  return asked.length === 0 ? null : asked.join(' ');
}

const quoted = (reference: string) => (/^[\w.:-]+$/.test(reference) ? reference : `"${reference}"`);
const lowerFirst = (text: string) => `${text[0]!.toLowerCase()}${text.slice(1)}`;

function completenessOf(items: readonly AnsweredItem[]): Completeness {
  const isWhole = ({ asked }: AnsweredItem) => asked === null;
  const required = items.filter(({ demand }) => demand === 'REQUIRED');
  return {
    answered: items.filter(isWhole).length,
    partly: items.filter(({ asked, kind }) => asked !== null && kind !== 'UNANSWERED').length,
    of: items.length,
    requiredAnswered: required.filter(isWhole).length,
    requiredOf: required.length,
  };
}
