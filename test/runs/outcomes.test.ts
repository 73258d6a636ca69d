import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { newDataset, publish } from '../support/specimens.ts';

/** More than two of the batches in which they are written. */
const IMAGES = 11_000;

interface Outcome {
  readonly image: string;
  readonly part: string;
  readonly correct: number;
  readonly predicted?: string;
}

describe('how each image of a run came out', () => {
  let house: House;
  let digest: string;
  let ids: string[];

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'trained');
    const images = Array.from({ length: IMAGES }, (_, index) => ({
      name: `${index}.png`,
      address: `https://images.example/${index}.png`,
    }));
    await succeed(house, 'registerImages', { dataset: 'trained', images });
    digest = await publish(house, 'trained');
    const manifest = await (await house.fetch(`/snapshots/${digest}/manifest-00000.jsonl`)).text();
    ids = manifest
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).id);
  });
  afterAll(() => house?.stop());

  const newRun = async (): Promise<string> => {
    const response = await house.fetch('/runs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ snapshot: digest, model: 'vit' }),
    });
    return ((await response.json()) as Answer).id;
  };
  const put = async (run: string, lines: readonly (object | string)[], end = '\n') => {
    const body = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
    const response = await house.fetch(`/runs/${run}/outcomes`, {
      method: 'PUT',
      headers: { 'content-type': 'application/jsonl' },
      body: body + end,
    });
    return { status: response.status, ...((await response.json()) as Answer) };
  };
  const held = async (run: string): Promise<number> => {
    const [{ n }] = await house.services.db.query(
      'SELECT count(*)::int AS n FROM training_run_outcome WHERE run_id = $1',
      [run],
    );
    return n;
  };
  const right = (image: string): Outcome => ({ image, part: 'test', correct: 1 });
  const faultsOf = ({ reasons }: Answer) =>
    reasons.map(({ path, code }: { path: string[]; code: string }) => [code, ...path]);

  it('is kept whole, and once however often it is sent', async () => {
    const run = await newRun();
    const all = ids.map(right);
    expect(await put(run, all)).toEqual({ status: 200, run, received: IMAGES, kept: IMAGES });
    expect(await put(run, all)).toEqual({ status: 200, run, received: IMAGES, kept: 0 });
    expect(await held(run)).toBe(IMAGES);
  });

  it('is not kept at all where one line in the middle is at fault, whatever its fault', async () => {
    const run = await newRun();
    const wrong = ids[IMAGES - 1]!;
    await put(run, [{ ...right(wrong), correct: 0 }]);
    const middle = 5_499;
    for (const [line, code, status] of [
      ['{', 'MALFORMED_FILE', 422],
      [{ ...right(ids[middle]!), correct: 2 }, 'INVALID_VALUE', 422],
      [right('0'.repeat(32)), 'UNKNOWN_IMAGE', 422],
      [right(ids[3]!), 'DUPLICATE_ROW', 409],
      [right(wrong), 'CONFLICT', 409],
    ] as const) {
      const lines = [...ids.slice(0, middle).map(right), line, ...ids.slice(middle + 1, -1).map(right)];
      const refused = await put(run, lines);
      expect(refused).toMatchObject({
        ...{ status, code },
        detail: expect.stringMatching(/^line 5500: .* Faults: 1; nothing of the request was kept\.$/),
        reasons: [{ code, path: expect.arrayContaining(['line 5500']) }],
      });
      expect(await held(run)).toBe(1);
    }
  });

  it('is refused with every fault, each by its line and its field', async () => {
    const run = await newRun();
    await put(run, [right(ids[0]!)]);
    const refused = await put(run, [
      { ...right(ids[0]!), predicted: 'leaf' },
      right(ids[1]!),
      { image: 'x', part: '', correct: '1', predicted: 7, colour: 'red' },
      [],
      right(ids[1]!),
      right('f'.repeat(32)),
      '',
    ]);
    expect(faultsOf(refused)).toEqual([
      ['CONFLICT', 'line 1', 'image'],
      ['INVALID_VALUE', 'line 3', 'colour'],
      ['INVALID_VALUE', 'line 3', 'image'],
      ['INVALID_VALUE', 'line 3', 'part'],
      ['INVALID_VALUE', 'line 3', 'correct'],
      ['INVALID_VALUE', 'line 3', 'predicted'],
      ['INVALID_VALUE', 'line 4'],
      ['DUPLICATE_ROW', 'line 5', 'image'],
      ['UNKNOWN_IMAGE', 'line 6', 'image'],
      ['MALFORMED_FILE', 'line 7'],
    ]);
    expect(refused.detail).toContain('Faults: 10;');
    expect(refused.reasons[7].message).toBe(`line 5: the image ${ids[1]} is told on line 2 already.`);
    expect(await held(run)).toBe(1);
  });

  it('is refused with the first thousand faults where there are more, and says that there are', async () => {
    for (const lines of [
      Array(1_500).fill('{}'),
      Array(4_000_000).fill(''),
      ids.map(() => right('0'.repeat(32))),
    ]) {
      const refused = await put(await newRun(), lines);
      expect(refused.reasons).toHaveLength(1_000);
      expect(refused.detail).toContain('Faults: 1000 and more;');
    }
  });

  it('is refused where it was cut off, or is more than the server holds in memory', async () => {
    const run = await newRun();
    expect(await put(run, [right(ids[0]!)], '')).toMatchObject({ status: 422, code: 'MALFORMED_FILE' });
    const long = Array(200).fill({ ...right(ids[0]!), predicted: 'x'.repeat(200_000) });
    expect(await put(run, long)).toMatchObject({
      ...{ status: 400, code: 'LIMIT_EXCEEDED' },
      detail: expect.stringContaining('send them in several requests'),
    });
    const endless = [{ ...right(ids[0]!), predicted: 'x'.repeat(300_000) }];
    expect(await put(run, endless)).toMatchObject({ status: 422, code: 'MALFORMED_FILE' });
    expect(await held(run)).toBe(0);
  });

  it('is kept once where two requests tell the same at one time, and of two that disagree one is kept', async () => {
    const [same, other] = [await newRun(), await newRun()];
    const all = ids.map(right);
    const answers = await Promise.all([put(same, all), put(same, all.toReversed())]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[0].kept + answers[1].kept).toBe(IMAGES);
    const disagreeing = await Promise.all([
      put(other, all),
      put(other, all.map((one) => ({ ...one, correct: 0 })).toReversed()),
    ]);
    expect(disagreeing.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await held(other)).toBe(IMAGES);
  });

  it('is on the record, kept or refused', async () => {
    const run = await newRun();
    await put(run, [right(ids[0]!)]);
    await put(run, ['{']);
    const events = await house.services.db.query(
      `SELECT phase, detail FROM audit_event WHERE action = 'run.outcomes' ORDER BY sequence DESC LIMIT 4`,
    );
    expect(events.map(({ phase, detail }: Answer) => [phase, JSON.parse(detail)])).toEqual([
      ['FAILED', { code: 'MALFORMED_FILE' }],
      ['ATTEMPT', { run, images: 0 }],
      ['SUCCEEDED', {}],
      ['ATTEMPT', { run, images: 1 }],
    ]);
  });
});
