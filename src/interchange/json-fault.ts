export interface JsonFault {
  /** 1-based; a column counts UTF-16 units. */
  readonly line: number;
  readonly column: number;
  /** What stands there. */
  readonly found: string;
}

type State = 'VALUE' | 'VALUE_OR_END' | 'NAME' | 'NAME_OR_END' | 'COLON' | 'NEXT';

const SPACE = /[ \t\n\r]*/y;
const SCALAR = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Where a text that `JSON.parse` refuses first departs from RFC 8259; null where it does not. The engine's own
 * message names no position on long texts.
 */
export function jsonFault(text: string): JsonFault | null {
  const open: ('{' | '[')[] = [];
  let state: State = 'VALUE';
  let at = skip(SPACE, text, 0);
  while (at < text.length) {
    const step = advance(text, at, state, open);
    if (step === null || step.at < 0) return describe(text, step === null ? at : -step.at);
    state = step.state;
    at = skip(SPACE, text, step.at);
  }
  return state === 'NEXT' && open.length === 0 ? null : describe(text, text.length);
}

/** The state after the token at `at`; null where none may stand there; a negative offset for a fault within it. */
function advance(
  text: string,
  at: number,
  state: State,
  open: ('{' | '[')[],
): { at: number; state: State } | null {
  const character = text.charAt(at);
  if (state === 'COLON') return character === ':' ? { at: at + 1, state: 'VALUE' } : null;
  if (state === 'NEXT' && character === ',' && open.length > 0) {
    return { at: at + 1, state: open.at(-1) === '{' ? 'NAME' : 'VALUE' };
  }
  const mayEnd = state === 'NEXT' || state === 'VALUE_OR_END' || state === 'NAME_OR_END';
  const closes = character === '}' ? '{' : character === ']' ? '[' : null;
  if (closes !== null && mayEnd && open.at(-1) === closes) {
    open.pop();
    return { at: at + 1, state: 'NEXT' };
  }
  if (state === 'NEXT') return null;
  if (character === '"') {
    const end = endOfString(text, at);
    return { at: end, state: state === 'NAME' || state === 'NAME_OR_END' ? 'COLON' : 'NEXT' };
  }
  if (state === 'NAME' || state === 'NAME_OR_END') return null;
  if (character === '{' || character === '[') {
    open.push(character);
    return { at: at + 1, state: character === '{' ? 'NAME_OR_END' : 'VALUE_OR_END' };
  }
  const end = skip(SCALAR, text, at);
  return end === at ? null : { at: end, state: 'NEXT' };
}

/** The offset after the closing quote; negative where the string breaks. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return -at;
    const next = code === 0x5c ? skip(ESCAPE, text, at) : at + 1;
    if (next === at) return -at;
    at = next;
  }
  return -at;
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function describe(text: string, offset: number): JsonFault {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  const word = /^[\w+.-]{1,20}/.exec(text.slice(offset, offset + 20))?.[0];
  return {
    line: before.split('\n').length,
    column: offset - lineStart + 1,
    found: offset >= text.length ? 'the end of the text' : `"${word ?? text.charAt(offset)}"`,
  };
}
