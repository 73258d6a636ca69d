import { describe, expect, test } from 'vitest';
import type { SplitRequest } from '../../src/splits/split-strategy.ts';
import { aRequest, refusal, subjects, THREE_PARTS } from './subjects.ts';

describe('what cannot be made', () => {
  test('a part that no image would go to is refused by name', () => {
    const error = refusal(aRequest('RANDOM', 'train=0.98,test=0.02'), subjects(5));
    expect(error.code).toBe('EMPTY_SPLIT');
    expect(error.message).toContain('"test"');
  });

  test('more folds than images are refused', () => {
    expect(refusal(aRequest('K_FOLD', 6), subjects(5)).code).toBe('EMPTY_SPLIT');
  });

  test('no images at all are refused', () => {
    expect(refusal(aRequest('RANDOM', THREE_PARTS), []).code).toBe('EMPTY_SPLIT');
  });

  test('all faults of a request are named at once', () => {
    const request: SplitRequest = {
      strategy: 'GROUPED',
      seed: 'a\0b',
      parts: [
        { name: 'train', share: '0.70' },
        { name: 'train', share: '1.2' },
        { name: 'to test', share: '0.1' },
      ],
      folds: 5,
    };
    const error = refusal(request, [...subjects(1), ...subjects(1), { ...subjects(1)[0]!, image: 'IMG_1' }]);
    expect(error.code).toBe('BAD_INPUT');
    expect(error.reasons.map(({ path }) => path.slice(0, 3).join('.'))).toEqual([
      'seed',
      'parts.0.share',
      'parts.1.name',
      'parts.1.share',
      'parts.2.name',
      'folds',
      `subjects.${subjects(1)[0]!.image}`,
      'subjects.IMG_1',
    ]);
  });

  test('shares that do not sum to one are refused with their sum', () => {
    const error = refusal(aRequest('RANDOM', 'train=0.7,test=0.2'), subjects(10));
    expect(error).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('sum to 0.9') });
  });

  test.each([null, 1, 2.5, 1001])('%s folds are refused', (folds) => {
    expect(refusal({ ...aRequest('K_FOLD', 2), folds }, subjects(10)).code).toBe('BAD_INPUT');
  });

  test('more than a thousand labels are an identifier and are not balanced', () => {
    const of = subjects(1001, (n) => ({ labels: [`label ${n}`] }));
    expect(refusal(aRequest('STRATIFIED', THREE_PARTS), of).reasons[0]?.path).toEqual(['stratifyBy']);
  });
});
