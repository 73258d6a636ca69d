import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimate, notEstimable } from '../../src/statistics/estimate.ts';
import { certificateHtml } from '../../src/stewardship/certificate/certificate-html.ts';
import { certificateMarkdown } from '../../src/stewardship/certificate/certificate-markdown.ts';
import type { CertificatePage } from '../../src/stewardship/certificate/certificate-page.ts';
import {
  certifiedFigure,
  countedFigure,
  figureText,
} from '../../src/stewardship/certificate/certified-figure.ts';

const BASIS = { imageCount: 30, unitCount: 12, method: 'share' };
const interval = { lower: 0.0123, upper: 0.98765, level: 0.95, method: 'jackknife' };

/** A page that says this text wherever people's words may stand. */
const pageOf = (text: string): CertificatePage => ({
  title: text,
  colour: 'GREY',
  heading: text,
  statements: [text],
  sections: [
    {
      title: text,
      notes: [text],
      facts: [[text, text]],
      tables: [{ caption: text, columns: [text], rows: [[text], [{ colour: 'RED', text }]], left: 3 }],
    },
  ],
});
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '<',
        '>',
        '"',
        "'",
        '&',
        '|',
        '`',
        '[',
        ']',
        '(',
        ')',
        '*',
        '\\',
        '\n',
        '\r',
        '#',
        '-',
        'script',
      ),
    )
    .map((parts) => parts.join('')),
);

describe('a certificate in writing', () => {
  it('has as many tags whatever people wrote', () => {
    const tags = (html: string) => html.split(/[<>]/).length;
    const plain = tags(certificateHtml(pageOf('plain')));
    fc.assert(
      fc.property(hostile, (text) => {
        expect(tags(certificateHtml(pageOf(text)))).toBe(plain);
      }),
    );
  });

  it('has as many lines and cells in Markdown whatever people wrote, and no tag', () => {
    const shape = (text: string) =>
      certificateMarkdown(pageOf(text))
        .split('\n')
        .map((line) => line.replace(/\\./g, '').split('|').length);
    const plain = shape('plain');
    fc.assert(
      fc.property(hostile, (text) => {
        expect(shape(text)).toEqual(plain);
        expect(certificateMarkdown(pageOf(text))).not.toContain('<');
      }),
    );
  });

  it('writes a figure with its interval, or with the reason why there is none', () => {
    expect(figureText(certifiedFigure(estimate({ ...BASIS, value: 0.31257, interval })))).toBe(
      '0.313 [0.0123, 0.988]',
    );
    expect(figureText(countedFigure(estimate({ ...BASIS, value: 123456 })))).toBe('123456');
    expect(figureText(certifiedFigure(notEstimable('EMPTY', 'EMPTY_TEST', BASIS)))).toBe(
      'not estimable (empty test)',
    );
    const few = estimate({ ...BASIS, value: 0.5, status: 'INSUFFICIENT', reason: 'FEWER_THAN_10_UNITS' });
    expect(figureText(certifiedFigure(few))).toBe('0.5 (no interval: fewer than 10 units)');
    const small = countedFigure(notEstimable('SUPPRESSED', 'SMALL_COUNT', BASIS));
    expect(figureText(small)).toBe('not shown (small count)');
  });

  it('never leaves a figure without an interval unexplained', () => {
    expect(certifiedFigure(estimate({ ...BASIS, value: 1 })).reason).toBe('NO_INTERVAL');
    expect(countedFigure(estimate({ ...BASIS, value: 1 })).reason).toBe('COUNTED');
    expect(certifiedFigure(estimate({ ...BASIS, value: 1 }), 'DRAWN').reason).toBe('DRAWN');
    expect(certifiedFigure(estimate({ ...BASIS, value: 1, interval })).reason).toBeNull();
  });
});
