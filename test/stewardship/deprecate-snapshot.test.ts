import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { addImages, newDataset, noiseImage, publish } from '../support/specimens.ts';

const DEPRECATE = `mutation ($input: DeprecateSnapshotInput!) { deprecateSnapshot(input: $input) {
  __typename ... on Snapshot { state deprecation { reason successor } } ... on Problem { code } } }`;

describe('a deprecated snapshot', () => {
  let house: House;
  let first: string;
  let second: string;
  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'leaves');
    await addImages(house, 'leaves', { 'a.png': await noiseImage(1) });
    first = await publish(house, 'leaves');
    await addImages(house, 'leaves', { 'b.png': await noiseImage(2) });
    second = await publish(house, 'leaves', { parent: first });
  });
  afterAll(() => house?.stop());

  it('names a successor of its own dataset, or none', async () => {
    const input = { snapshot: first, reason: 'mislabelled', successor: `sha256:${'0'.repeat(64)}` };
    expect((await house.ask(DEPRECATE, { input })).deprecateSnapshot).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('says why and what to use instead, and is served as before', async () => {
    const before = await (await house.fetch(`/snapshots/${first}`)).text();
    const { deprecateSnapshot } = await house.ask(DEPRECATE, {
      input: { snapshot: first, reason: 'mislabelled', successor: second },
    });
    expect(deprecateSnapshot).toEqual({
      __typename: 'Snapshot',
      state: 'DEPRECATED',
      deprecation: { reason: 'mislabelled', successor: second },
    });
    expect(await (await house.fetch(`/snapshots/${first}`)).text()).toBe(before);
  });

  it('is deprecated once', async () => {
    const { deprecateSnapshot } = await house.ask(DEPRECATE, {
      input: { snapshot: first, reason: 'again', successor: null },
    });
    expect(deprecateSnapshot).toMatchObject({ __typename: 'ConflictProblem', code: 'CONFLICT' });
  });

  it('may not be declared by a reader', async () => {
    const reader = await house.tokenOf('READER', 'leaves');
    const { body } = await house.send(
      DEPRECATE,
      { input: { snapshot: second, reason: 'no', successor: null } },
      reader,
    );
    expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
