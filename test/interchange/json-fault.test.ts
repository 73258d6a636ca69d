import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonFault } from '../../src/interchange/json-fault.ts';

describe('jsonFault', () => {
  it.each([
    ['{"a": NaN}', 1, 7, '"NaN"'],
    ['[1,\n -Infinity]', 2, 2, '"-Infinity"'],
    ['[1,]', 1, 4, '"]"'],
    ['{"a" 1}', 1, 6, '"1"'],
    ['{"a":1,}', 1, 8, '"}"'],
    ['[01]', 1, 3, '"1"'],
    ['["a\nb"]', 1, 4, '"\n"'],
    ['["\\x"]', 1, 3, '"\\"'],
    ['[1', 1, 3, 'the end of the text'],
    ['"a', 1, 3, 'the end of the text'],
    ['[1] 2', 1, 5, '"2"'],
    ['[1}', 1, 3, '"}"'],
  ])('finds the fault of %j', (text, line, column, found) => {
    expect(jsonFault(text)).toEqual({ line, column, found });
  });

  const isJson = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };

  it('finds one exactly where JSON.parse does', () => {
    const token = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '1',
      '-',
      '0',
      '.5',
      'e3',
      'null',
      'tru',
      ' ',
      '\\',
      '"',
    );
    const text = fc.oneof(
      fc.json(),
      fc.array(token, { maxLength: 12 }).map((tokens) => tokens.join('')),
    );
    fc.assert(
      fc.property(text, (json) => (jsonFault(json) === null) === isJson(json)),
      { numRuns: 3000 },
    );
  });

  it('finds one wherever a document is cut off', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, length) => {
        const cut = json.slice(0, length % json.length);
        return (jsonFault(cut) === null) === isJson(cut);
      }),
    );
  });
});
