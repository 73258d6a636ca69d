import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { isShared, shared } from '../support/shared.ts';
import { numbersIn, reportOn, subjectsOf } from './subjects-fixture.ts';

type Row = Readonly<Record<string, string>>;

const CHEST = ['data', 'nih_cxr14_metadata', 'Data_Entry_2017_v2020.csv.gz'];
const COVID = ['data', 'covid_cxr_metadata', 'metadata.csv'];

function rowsOf(path: readonly string[]): Row[] {
  const bytes = readFileSync(shared(...path));
  const text = path.at(-1)!.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  return parse(text, { columns: true, relax_column_count: true });
}

describe.skipIf(!isShared(...CHEST))('The association report of the chest radiographs', () => {
  const report = () =>
    reportOn(
      'ASSOCIATION',
      subjectsOf(
        rowsOf(CHEST).map((row) => ({
          unit: row['Patient ID']!,
          labels: row['Finding Labels']!.split('|'),
          values: {
            view: row['View Position']!,
            sex: row['Patient Gender']!,
            age: Number(row['Patient Age']),
            'follow-up': Number(row['Follow-up #']),
            width: Number(row['OriginalImage[Width']),
          },
        })),
        { factors: ['view', 'sex', 'age', 'follow-up', 'width'], wholeImageClasses: false },
      ),
    );
  it('names the view that gives edema away among its first pairs, with its share on either side', () => {
    const made = report();
    expect([made.imageCount, made.unitCount, made.pairs.length]).toEqual([112_120, 30_805, 50]);
    const place = made.pairs.findIndex(({ factor, label }) => factor === 'view' && label === 'Edema');
    expect(place).toBeLessThan(5);
    const [first, second] = made.pairs.filter(({ factor, label }) => factor === 'view' && label === 'Edema');
    expect([first!.level, second!.level]).toEqual(['PA', 'AP']);
    expect(first!.shareHere.value).toBeCloseTo(0.0041, 4);
    expect(first!.shareElsewhere.value).toBeCloseTo(0.0452, 4);
    expect(second!.shareHere).toEqual(first!.shareElsewhere);
    expect(made.cards[0]!.sentence).toContain('"Edema" 0.41 % at view "PA" against 4.52 % elsewhere');
    const edema = made.probe.classes.find(({ label }) => label === 'Edema')!;
    expect(edema.verdict.colour).toBe('RED');
    const clear = made.associations.find(({ factor, label }) => factor === 'view' && label === 'No Finding')!;
    expect(clear.plain.value).toBeCloseTo(0.112, 3);
    expect(numbersIn(made).every(Number.isFinite)).toBe(true);
  });
});

describe.skipIf(!isShared(...COVID))('The association report of the COVID-19 radiographs', () => {
  it('finds that the web site gives the diagnosis away, and whole sources are of one', () => {
    const rows = rowsOf(COVID);
    const made = reportOn(
      'ASSOCIATION',
      subjectsOf(
        rows.map((row) => ({
          unit: row.patientid!,
          labels: [row.finding === 'COVID-19' ? 'COVID-19' : 'other'],
          values: {
            source: /^https?:\/\/(?:www\.)?([^/]+)/.exec(row[' url']!.trim())?.[1] ?? null,
            view: row.view || null,
          },
        })),
        { factors: ['source', 'view'] },
      ),
    );
    expect([made.imageCount, made.unitCount]).toEqual([279, 158]);
    const source = made.associations.find(({ factor }) => factor === 'source')!;
    // .528 of all 16 sources; here those of fewer than five patients are one.
    expect(source.corrected.value).toBeCloseTo(0.528, 1);
    expect(source.corrected.interval!.lower).toBeLessThan(0.528);
    expect(source.corrected.interval!.upper).toBeGreaterThan(0.528);
    const view = made.associations.find(({ factor }) => factor === 'view')!;
    expect(view.corrected.value).toBeCloseTo(0.326, 3);
    const sirm = made.pairs.find(({ level, label }) => level === 'sirm.org' && label === 'COVID-19')!;
    expect(sirm.shareHere.value).toBeCloseTo(61 / 63, 12);
    expect(made.colour).toBe('RED');
  });
});
