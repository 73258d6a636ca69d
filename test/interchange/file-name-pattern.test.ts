import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileNamePattern } from '../../src/interchange/file-name-pattern.ts';

const columns = (pattern: string, name: string) =>
  fileNamePattern(pattern, [name]).acquisition[0]?.columns.map(({ name: field, value }) => [field, value]);

describe('fileNamePattern', () => {
  it('reads the columns that a pattern names', () => {
    expect(columns('{site}/{subject}_{session}_{*}.jpg', 'north/p7_2_left_eye.jpg')).toEqual([
      ['site', 'north'],
      ['subject', 'p7'],
      ['session', '2'],
    ]);
    expect(columns('{date}-{time}-{device}.jpg', '20160928-140314-0.jpg')).toEqual([
      ['date', '20160928'],
      ['time', '140314'],
      ['device', '0'],
    ]);
  });

  it('gives a placeholder as few characters as let the rest match, and the last one all that is left', () => {
    expect(columns('{a}_{b}.jpg', 'x_y_z.jpg.jpg')).toEqual([
      ['a', 'x'],
      ['b', 'y_z.jpg'],
    ]);
    expect(columns('{a}--{b}', '---x')).toEqual([
      ['a', '-'],
      ['b', 'x'],
    ]);
  });

  it.each([
    ['north/p7.jpg', '{subject}.jpg'],
    ['_2.jpg', '{subject}_{session}.jpg'],
    ['p7_.jpg', '{subject}_{session}.jpg'],
    ['p7_2.png', '{subject}_{session}.jpg'],
    ['xp7.jpg', 'p{subject}.jpg'],
    ['', '{subject}'],
  ])('reports %s, which does not match %s', (name, pattern) => {
    expect(fileNamePattern(pattern, [name])).toEqual({ acquisition: [], unmatched: [name] });
  });

  it.each(['{a}{b}.jpg', '{a}_{a}.jpg', '{a', 'a}', '{}', 'plain.jpg', '{*}.jpg', '{{a}}'])(
    'refuses the pattern %s',
    (pattern) => {
      expect(() => fileNamePattern(pattern, [])).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
    },
  );

  it('reads back every name it could have been made from, where the values hold no literal', () => {
    const value = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    fc.assert(
      fc.property(value, value, value, (site, subject, session) => {
        expect(columns('{site}/{subject}_{session}.jpg', `${site}/${subject}_${session}.jpg`)).toEqual([
          ['site', site],
          ['subject', subject],
          ['session', session],
        ]);
      }),
    );
  });

  it('matches exactly the names that its regular expression matches', () => {
    const name = fc
      .array(fc.constantFrom('a', '_', '/', '-'), { maxLength: 9 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(name, (text) => {
        const isMatch = fileNamePattern('{x}_{*}--{y}/{z}', [text]).unmatched.length === 0;
        return isMatch === /^[^/]+_[^/]+--[^/]+\/[^/]+$/.test(text);
      }),
      { numRuns: 5000 },
    );
  });
});
