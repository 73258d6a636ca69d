import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnTemplate } from '../../src/interchange/column-template.ts';
import { setField } from '../../src/interchange/set-field.ts';

const HEADER = ['File', ' url', 'A~B', ''];
const made = (template: string, ...row: string[]) => columnTemplate(template, HEADER)(row);

describe('a column template', () => {
  it('puts cells among its text', () => {
    expect(made('test/{File}.png', ' 17 ')).toBe('test/17.png');
    expect(made('{File}-{url}', 'a', 'b')).toBe('a-b');
  });

  it('without a column is the same text in every row', () => {
    expect(made('train')).toBe('train');
  });

  it('takes out of a cell what an expression finds: its first group, or all it matched', () => {
    expect(made('{url~^https?://(?:www\\.)?([^/]+)}', '', 'https://www.example.org/a/b')).toBe('example.org');
    expect(made('{File~^.{8}}', '20160928-140314-0.jpg')).toBe('20160928');
    expect(made('{File~^(....)}-{File~^....(..)}', '20160928-140314-0.jpg')).toBe('2016-09');
  });

  it('says nothing of a row that lacks one of its parts', () => {
    expect(made('{File}/{url}', 'a', ' ')).toBe('');
    expect(made('{File~^x(.*)}', 'abc')).toBe('');
    expect(made('{File}')).toBe('');
  });

  it('takes a tilde for part of the name where a column is named so', () => {
    expect(made('{A~B}', '', '', 'here')).toBe('here');
  });

  it.each(['{File', 'File}', '{File~[}', '}{'])('is refused where it is broken: %s', (template) => {
    expect(() => made(template)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });

  it('is refused for a column that is not there, with the nearest name', () => {
    expect(() => made('{Fil}')).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_COLUMN', message: expect.stringContaining('is it "File"?') }),
    );
    expect(() => made('{}')).toThrow(expect.objectContaining({ code: 'UNKNOWN_COLUMN' }));
  });

  it('gives text without braces back as it is, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/[{}]/.test(text));
        expect(made(text, 'a', 'b')).toBe(text);
      }),
    );
  });
});

describe('setting fields', () => {
  it('adds one to those before, and keeps further signs for the template', () => {
    expect([...setField('image={a=b}', setField('part=train'))]).toEqual([
      ['part', 'train'],
      ['image', '{a=b}'],
    ]);
  });

  it.each(['part', '=x', 'part='])('refuses %s', (text) => {
    expect(() => setField(text)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });

  it('refuses a field set twice', () => {
    expect(() => setField('part=b', setField('part=a'))).toThrow(/set twice/);
  });
});
