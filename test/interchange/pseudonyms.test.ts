import { describe, expect, it } from 'vitest';
import { isPersonalIdentity, pseudonymize } from '../../src/interchange/pseudonyms.ts';

describe('a name of an annotator', () => {
  it.each(['a.b@example.org', 'Given Family', 'Given Van der Family', 'Family, Given', 'É. Family'])(
    'that tells who somebody is: %s',
    (name) => expect(isPersonalIdentity(name)).toBe(true),
  );
  it.each(['17', 'expert', 'Expert', 'Person1_Amira', 'mturk_annotation1-7', 'Rater 3', 'text-mining'])(
    'that does not: %s',
    (name) => expect(isPersonalIdentity(name)).toBe(false),
  );
});

describe('pseudonyms', () => {
  it('number personal identities as they come, and leave others as they are', () => {
    const { of, added } = pseudonymize(['x@y.z', 'expert', 'Given Family', 'x@y.z'], []);
    expect(['x@y.z', 'expert', 'Given Family'].map(of)).toEqual(['rater-1', 'expert', 'rater-2']);
    expect(added).toEqual([
      { identity: 'x@y.z', pseudonym: 'rater-1' },
      { identity: 'Given Family', pseudonym: 'rater-2' },
    ]);
  });

  it('stay as they were given, and never name two people alike', () => {
    const known = [{ identity: 'Given Family', pseudonym: 'rater-4' }];
    const { of, added } = pseudonymize(['given  family ', 'x@y.z'], known, ['rater-7', 'expert']);
    expect([of('GIVEN FAMILY'), of('x@y.z')]).toEqual(['rater-4', 'rater-8']);
    expect(added).toHaveLength(1);
  });

  it('may be given by hand to whoever is not personal by the look of it', () => {
    expect(pseudonymize(['jd'], [{ identity: 'jd', pseudonym: 'rater-1' }]).of('jd')).toBe('rater-1');
  });
});
