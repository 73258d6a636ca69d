import type { Colour } from '../../statistics/colour.ts';
import type { CertifiedFigure } from './certified-figure.ts';

export type Cell = string | CertifiedFigure | { readonly colour: Colour; readonly text: string };

export interface PageTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** How many rows the JSON holds beside these. */
  readonly left: number;
}

export interface PageSection {
  readonly title: string;
  readonly notes: readonly string[];
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly tables: readonly PageTable[];
}

const LISTED = 50;

export function section(title: string, of: Partial<Omit<PageSection, 'title'>>): PageSection {
  const tables = (of.tables ?? []).filter(({ rows }) => rows.length > 0);
  return { title, notes: of.notes ?? [], facts: of.facts ?? [], tables };
}

export function table(
  caption: string,
  columns: readonly string[],
  { rows, most = LISTED, all }: { rows: readonly (readonly Cell[])[]; most?: number; all?: number },
): PageTable {
  const shown = rows.slice(0, most);
  return { caption, columns, rows: shown, left: (all ?? rows.length) - shown.length };
}

export function verdictCell(verdict: { colour: Colour; certainty: string } | null): Cell {
  return verdict === null
    ? 'told, not judged'
    : { colour: verdict.colour, text: verdict.certainty.toLowerCase() };
}

export function placesText(places: readonly { part: string; images: CertifiedFigure }[]): string {
  return places.map(({ part, images }) => `${part} ${images.value ?? 'some'}`).join(', ');
}

export function limitsText(
  limits: readonly { worse: 'ABOVE' | 'BELOW'; amber: string; red: string }[],
): string {
  if (limits.every(({ amber, red }) => amber === '0' && red === '0')) return 'any is too many';
  return limits
    .map(({ worse, amber, red }) => `${worse === 'ABOVE' ? 'from' : 'below'} ${amber} amber, ${red} red`)
    .join('; ');
}

export const words = (code: string) => code.toLowerCase().replaceAll('_', ' ');
