import { afterAll, beforeAll, expect, it } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { describeInPython, runPython } from '../support/python.ts';
import { snapshotForPython } from './snapshot-for-python.ts';

const EXAMPLES = 12;

describeInPython('every query and mutation, asked at random by Schemathesis', () => {
  let house: House;
  let digest: string;

  beforeAll(async () => {
    house = await openHouse();
    ({ digest } = await snapshotForPython(house, 'leaves'));
  });
  afterAll(() => house?.stop());

  it.each([
    ['the administrator', () => Promise.resolve(house.token)],
    ['a reader', () => house.tokenOf('READER', 'leaves')],
  ])(
    'is answered or refused to %s, without a defect and without a word of how the server is made',
    async (_, tokenOf) => {
      const { generated, passed } = await runPython<{ generated: number; passed: number }>(
        'fuzz_graphql.py',
        [house.url, await tokenOf(), 'leaves', digest, String(EXAMPLES)],
      );
      expect(generated).toBeGreaterThan(500);
      expect(passed).toBe(generated);
      const { dataset } = await house.ask('{ dataset(slug: "leaves") { slug } }');
      expect(dataset.slug).toBe('leaves');
    },
  );
});
