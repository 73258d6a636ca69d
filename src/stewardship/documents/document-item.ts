import type { DataFacts, FieldFacts } from './data-facts.ts';

/**
 * Where an answer comes from: Dataset record, Images, Annotations and annotators, acquisition Metadata, Split, Bias report,
 * sNapshot (counts, digests), consent and Withdrawals, Provenance, Usage, Human text.
 */
export const SOURCE_CODES = ['D', 'I', 'A', 'M', 'S', 'B', 'N', 'W', 'P', 'U', 'H'] as const;
export type SourceCode = (typeof SOURCE_CODES)[number];

/** One sentence that the record answers with, and what it rests on. */
export interface Told {
  readonly text: string;
  readonly code: SourceCode;
  readonly basis: string;
}

/** Says what the record knows; nothing where it knows nothing. */
export type Teller = (facts: DataFacts) => readonly Told[];

/** One question of a document, numbered as its source numbers it. */
export interface Item {
  readonly number: string;
  readonly section: string;
  /** In our own short words; the source has the full text. */
  readonly question: string;
  /** Where the answer comes from, by the source's nature. */
  readonly codes: readonly SourceCode[];
  /** What people are asked for this item; the same question may stand behind items of several documents. */
  readonly asks: string;
  readonly tell: readonly Teller[];
  /** What the record tells is not enough: it is answered when people have written too. */
  readonly needsPeople: boolean;
  /** How what is missing comes on the record. */
  readonly way: string | null;
  /** Of lists of fields: whether the source demands it. */
  readonly demand: 'REQUIRED' | 'OPTIONAL' | null;
  /** The field of each image that the item is of, where it is one. */
  readonly field: ((facts: DataFacts) => FieldFacts | null) | null;
}

export type DocumentKind = 'DATASHEET' | 'DATA_CARD' | 'NEURIPS' | 'AI_ACT' | 'MIAPPE' | 'REMBI_MIFA';

/** A list of questions as a standard asks them. */
export interface DocumentForm {
  readonly kind: DocumentKind;
  /** In addresses and commands. */
  readonly slug: string;
  readonly title: string;
  /** What it follows, and where that is found. */
  readonly source: string;
  readonly items: readonly Item[];
}

/** How findings come on the record. */
export const REPORT_WAY = 'Make the reports: `holotype report` (docs/reports.md).';

type Optional = Partial<Omit<Item, 'number' | 'section' | 'question' | 'codes'>>;

/** The items of one section. `asks` is the item's own question unless a shared one is named. */
export function sectionOf(slug: string, section: string) {
  return (
    number: string,
    question: string,
    codes: readonly SourceCode[],
    { asks, tell = [], needsPeople = false, way = null, demand = null, field = null }: Optional = {},
  ): Item => ({
    ...{ number, section, question, codes, tell, needsPeople, way, demand, field },
    asks: asks ?? `${slug}.${number}`,
  });
}

/** `1 image`, `12 images`; what is hidden is said to be. */
export function countText(count: number | null, noun: string): string {
  if (count === null) return `a number of ${noun}s that is not told`;
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `a (12), b (3)`. */
export function listText(
  counts: readonly { readonly value: string; readonly count: number | null }[],
): string {
  return counts.map(({ value, count }) => `${value} (${count ?? 'not told'})`).join(', ');
}

/** `on 2026-01-05`, or `from 2026-01-05 to 2026-02-01`. */
export const daysText = ({ first, last }: { readonly first: string; readonly last: string }) =>
  first === last ? `on ${first}` : `from ${first} to ${last}`;

export const told = (code: SourceCode, basis: string, text: string | null | false): Told[] =>
  text === null || text === false ? [] : [{ code, basis, text }];
