import { describe, expect, test } from 'vitest';
import { assignParts } from '../../src/splits/assign-parts.ts';
import { aRequest, partsByImage, refusal, subjects } from './subjects.ts';

describe('leaving one group out', () => {
  test('makes one part a group, named by it', () => {
    const of = subjects(9, (n) => ({ group: `site ${n % 3}` }));
    const part = partsByImage(assignParts(aRequest('LEAVE_ONE_GROUP_OUT', null), of));
    for (const { image, group } of of) expect(part.get(image)).toBe(group);
  });

  test('refuses images without a group, naming a hundred and counting all', () => {
    const of = subjects(250, (n) => ({ group: n < 100 ? 'site' : null }));
    expect(refusal(aRequest('LEAVE_ONE_GROUP_OUT', null), of)).toMatchObject({
      code: 'MISSING_GROUP_KEY',
      message: expect.stringContaining('150 of 250 images have no group'),
      reasons: { length: 100 },
    });
  });

  test('refuses a single group: the rest would be empty', () => {
    const of = subjects(5, () => ({ group: 'only site' }));
    expect(refusal(aRequest('LEAVE_ONE_GROUP_OUT', null), of).code).toBe('EMPTY_SPLIT');
  });
});

describe('an imported split', () => {
  test('takes each image to the part it came with', () => {
    const of = subjects(4, (n) => ({ part: n === 0 ? 'test' : 'train' }));
    const assignment = assignParts(aRequest('IMPORTED', null), of);
    expect(partsByImage(assignment)).toEqual(
      new Map(assignment.map(({ image }) => [image, image === of[0]!.image ? 'test' : 'train'])),
    );
  });

  test('refuses images without a part', () => {
    const of = subjects(4, (n) => (n === 0 ? {} : { part: 'train' }));
    expect(refusal(aRequest('IMPORTED', null), of).code).toBe('MISSING_GROUP_KEY');
  });
});
