import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/kernel/canonical-json.ts';
import { assignParts } from '../../src/splits/assign-parts.ts';
import { findLeakage } from '../../src/splits/find-leakage.ts';
import { type SplitCertificateInput, splitCertificate } from '../../src/splits/split-certificate.ts';
import { splitDocument } from '../../src/splits/split-document.ts';
import type { SplitRequest, SplitSubject } from '../../src/splits/split-strategy.ts';
import { aRequest, subjects } from './subjects.ts';

const PLANTS = subjects(40, (n) => ({
  group: n < 36 ? `plant ${Math.floor(n / 4)}` : null,
  labels: [n % 2 === 0 ? 'sick' : 'healthy'],
}));

function certify(
  request: SplitRequest,
  of: readonly SplitSubject[],
  said: Partial<SplitCertificateInput> = {},
) {
  const keys = said.keys ?? { groupBy: 'subject', stratifyBy: 'label' };
  const assignment = assignParts(request, of);
  const groups = new Map(of.flatMap(({ image, group }) => (group === null ? [] : [[image, group] as const])));
  const leakage = findLeakage({
    assignment,
    groupsByKey: keys.groupBy === null ? [] : [{ key: keys.groupBy, of: groups }],
    digests: new Map(),
    nearPairs: null,
  });
  const { digest } = splitDocument(request, keys, assignment);
  return splitCertificate({
    request,
    keys,
    subjects: of,
    assignment,
    digest,
    leakage,
    waiver: null,
    ...said,
  });
}

describe('splitCertificate', () => {
  const grouped = aRequest('GROUPED_STRATIFIED', 'train=0.8,test=0.2');

  test('states how it was made, so that it can be made again', () => {
    expect(certify(grouped, PLANTS)).toMatchObject({
      algorithm: 'holotype-split/1',
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      strategy: 'GROUPED_STRATIFIED',
      seed: '7',
      parts: [
        { name: 'train', share: '0.8' },
        { name: 'test', share: '0.2' },
      ],
      folds: null,
      groupBy: 'subject',
      stratifyBy: 'label',
      size: 40,
      waiver: null,
    });
  });

  test('counts images and groups of each part beside the share asked for', () => {
    const { counts } = certify(grouped, PLANTS);
    expect(counts.map(({ part, asked, share, images }) => ({ part, asked, share, images }))).toEqual([
      { part: 'train', asked: '0.8', share: '0.8', images: 32 },
      { part: 'test', asked: '0.2', share: '0.2', images: 8 },
    ]);
    expect(counts.reduce((sum, { groups }) => sum + groups!, 0)).toBe(9);
    expect(counts.reduce((sum, { imagesWithoutGroup }) => sum + imagesWithoutGroup!, 0)).toBe(4);
  });

  test('states the share of missing group keys and how they were treated', () => {
    expect(certify(grouped, PLANTS).missingGroupKeys).toEqual({
      status: 'OK',
      count: 4,
      of: 40,
      share: '0.1',
      treatment: 'EACH_IMAGE_ITS_OWN_GROUP',
    });
    const random = certify(aRequest('RANDOM', 'train=0.8,test=0.2'), PLANTS);
    expect(random.missingGroupKeys).toMatchObject({ treatment: 'NOT_USED' });
  });

  test('without a group key says so, and calls nothing leak-free that was not looked at', () => {
    const keys = { groupBy: null, stratifyBy: 'label' };
    const certificate = certify(aRequest('STRATIFIED', 'train=0.8,test=0.2'), PLANTS, { keys });
    expect(certificate.missingGroupKeys).toEqual({ status: 'NOT_APPLICABLE', reason: 'NO_GROUP_KEY' });
    expect(certificate.counts.every(({ groups }) => groups === null)).toBe(true);
    expect(certificate.leakage).toEqual({
      leaks: false,
      sharedGroups: { status: 'NOT_EXAMINED', reason: 'NO_GROUP_KEY' },
      groupKeys: [],
      exactDuplicates: { status: 'NOT_EXAMINED', reason: 'NO_DIGESTS' },
      nearDuplicates: { status: 'NOT_EXAMINED', reason: 'NO_SEARCH' },
    });
  });

  test('lists what leaks and the waiver that let it pass', () => {
    const random = aRequest('RANDOM', 'train=0.5,test=0.5');
    const certificate = certify(random, PLANTS, { waiver: 'Site pilot: plants are known to the growers.' });
    expect(certificate.leakage.leaks).toBe(true);
    expect(certificate.leakage.sharedGroups).toMatchObject({ status: 'EXAMINED', of: 1 });
    expect(certificate.waiver).toBe('Site pilot: plants are known to the growers.');
  });

  test('shows that no group stands in two parts of a grouped split', () => {
    const { leakage } = certify(grouped, PLANTS);
    expect(leakage.sharedGroups).toEqual({ status: 'EXAMINED', of: 1, count: 0, listed: [] });
    expect(leakage.groupKeys).toEqual([{ key: 'subject', known: 36 }]);
  });

  test('is canonical JSON also with near duplicates and further factors', () => {
    const [one, other] = PLANTS;
    const request = aRequest('K_FOLD', 40);
    const leakage = findLeakage({
      assignment: assignParts(request, PLANTS),
      groupsByKey: [],
      digests: new Map(PLANTS.map(({ image }) => [image, image])),
      nearPairs: [{ first: one!.image, second: other!.image, distance: 3, correlation: 0.98125 }],
    });
    const factors = [{ name: 'device', of: new Map([[one!.image, 'camera 1']]) }];
    const certificate = certify(request, PLANTS, { leakage, factors });
    expect(canonicalJson(certificate)).toContain('"correlation":"0.98125"');
    expect(certificate.balance.map(({ factor }) => factor)).toEqual(['label', 'device']);
    expect(certificate.counts[0]?.asked).toBe('1/40');
  });
});
