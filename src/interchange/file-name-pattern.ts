import { DomainError } from '../kernel/errors.ts';
import type { AcquisitionDraft } from './import-plan.ts';

/** Literals and placeholders in turn: literals[0] placeholders[0] literals[1] … literals[n]. */
interface FileNamePattern {
  readonly literals: readonly string[];
  readonly placeholders: readonly string[];
}

export interface FileNameReading {
  readonly acquisition: AcquisitionDraft[];
  /** Names that do not match the pattern; nothing is known from them. */
  readonly unmatched: string[];
}

/**
 * Reads columns out of file names by a pattern such as `{site}/{subject}_{session}_{*}.jpg`.
 *
 * A placeholder stands for at least one character other than `/`, and for as few as let the rest match; `{*}` stands
 * for what is not wanted. Everything else stands for itself, with `ignoreCase` in capitals or not, and the whole name must match. Time is linear in the
 * length of a name. Throws BAD_INPUT for a pattern that is broken or ambiguous.
 */
export function fileNamePattern(
  pattern: string,
  names: readonly string[],
  ignoreCase = false,
): FileNameReading {
  const parsed = parse(pattern);
  const reading: FileNameReading = { acquisition: [], unmatched: [] };
  for (const [index, image] of names.entries()) {
    const columns = match(parsed, image, ignoreCase);
    if (columns === null) reading.unmatched.push(image);
    else reading.acquisition.push({ image, row: index + 1, columns });
  }
  return reading;
}

function parse(pattern: string): FileNamePattern {
  const pieces = pattern.split(/\{([^{}]*)\}/);
  const literals = pieces.filter((_, index) => index % 2 === 0);
  const placeholders = pieces.filter((_, index) => index % 2 === 1);
  const named = placeholders.filter((name) => name !== '*');
  const twice = named.find((name, index) => named.indexOf(name) !== index);
  if (literals.some((literal) => /[{}]/.test(literal)))
    refuse(pattern, 'a brace is not closed or not opened');
  if (named.length === 0) refuse(pattern, 'it names no column; write one as {subject}');
  if (named.some((name) => name.trim() === ''))
    refuse(pattern, 'a placeholder has no name; write {*} for any text');
  if (twice !== undefined) refuse(pattern, `{${twice}} stands in it twice`);
  if (literals.slice(1, -1).includes('')) refuse(pattern, 'nothing divides two placeholders');
  return { literals, placeholders };
}

/**
 * Each literal is sought at its first place after one character. An earlier end of one placeholder leaves more room
 * for the next, so a name that matches in any way matches in this one.
 */
function match(
  pattern: FileNamePattern,
  written: string,
  ignoreCase: boolean,
): { name: string; value: string }[] | null {
  const { placeholders } = pattern;
  const literals = ignoreCase ? pattern.literals.map(lowerCase) : pattern.literals;
  const name = ignoreCase ? lowerCase(written) : written;
  if (!name.startsWith(literals[0]!)) return null;
  const columns: { name: string; value: string }[] = [];
  let at = literals[0]!.length;
  for (const [index, placeholder] of placeholders.entries()) {
    const literal = literals[index + 1]!;
    const isLast = index === placeholders.length - 1;
    const end = isLast ? endOfLast(name, literal) : name.indexOf(literal, at + 1);
    if (end <= at) return null;
    const value = written.slice(at, end);
    if (value.includes('/')) return null;
    if (placeholder !== '*') columns.push({ name: placeholder, value });
    at = end + literal.length;
  }
  return columns;
}

/** Letter for letter, so that places stay: some capitals have longer small forms. */
function lowerCase(text: string): string {
  return text.replace(/./gsu, (letter) => {
    const small = letter.toLowerCase();
    return small.length === letter.length ? small : letter;
  });
}

function endOfLast(name: string, literal: string): number {
  return name.endsWith(literal) ? name.length - literal.length : -1;
}

function refuse(pattern: string, rule: string): never {
  throw new DomainError('BAD_INPUT', `The file name pattern "${pattern}" is not usable: ${rule}.`);
}
