import { describe, expect, it } from 'vitest';
import { DATA_USE_TERMS, dataUseTermFaults } from '../../src/catalogue/terms/data-use-ontology.ts';
import { judgePurposes } from '../../src/catalogue/terms/judge-purposes.ts';
import { licenceFault } from '../../src/catalogue/terms/licence.codec.ts';
import type { Purpose } from '../../src/catalogue/terms/purpose.ts';
import { refusalOf, worksOn } from '../../src/catalogue/terms/terms.ts';
import type { Role } from '../../src/kernel/actor.ts';

const GRU = 'DUO:0000042';
const HMB = 'DUO:0000006';
const DS = 'DUO:0000007';
const CC = 'DUO:0000043';
const NCU = 'DUO:0000046';
const NPUNCU = 'DUO:0000018';
const NMDS = 'DUO:0000015';
const IRB = 'DUO:0000021';
const NRES = 'DUO:0000004';
const judged = (terms: string[], purposes: Purpose[], statement: string | null = null) => {
  try {
    judgePurposes(terms, { purposes, statement });
    return 'allowed';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('data-use terms', () => {
  it('are the closed list of the Data Use Ontology', () => {
    expect(DATA_USE_TERMS.size).toBe(23);
    expect(dataUseTermFaults([GRU, NCU])).toEqual([]);
    expect(dataUseTermFaults(['GRU'])[0]).toMatch(/"GRU" is no term .*DUO:0000042 GRU/);
    expect(dataUseTermFaults([GRU, GRU])).toEqual([`"${GRU}" stands there twice; name it once.`]);
  });

  it.each<[string, string[], Purpose[], string | RegExp]>([
    ['no term forbids nothing', [], ['COMMERCIAL', 'TEACHING'], 'allowed'],
    ['no restriction opens everything', [NRES], ['CLINICAL_CARE', 'COMMERCIAL'], 'allowed'],
    ['general research opens methods', [GRU], ['METHODS_DEVELOPMENT'], 'allowed'],
    ['general research is open to companies', [GRU], ['RESEARCH', 'COMMERCIAL'], 'allowed'],
    [
      'general research opens no care',
      [GRU],
      ['CLINICAL_CARE'],
      /DUO:0000042 \(GRU\) does not open CLINICAL_CARE/,
    ],
    ['clinical care beside research opens both', [GRU, CC], ['CLINICAL_CARE', 'RESEARCH'], 'allowed'],
    [
      'health research is not any research',
      [HMB],
      ['RESEARCH'],
      /DUO:0000006 \(HMB\) does not open RESEARCH/,
    ],
    ['health research opens no ancestry', [HMB], ['POPULATION_RESEARCH'], /\(HMB\) does not open/],
    ['non-commercial use', [GRU, NCU], ['RESEARCH', 'COMMERCIAL'], /DUO:0000046 \(NCU\) forbids COMMERCIAL/],
    ['not for profit', [NPUNCU], ['COMMERCIAL'], /DUO:0000018 \(NPUNCU\) forbids COMMERCIAL/],
    ['no methods research', [GRU, NMDS], ['METHODS_DEVELOPMENT'], /\(NMDS\) forbids METHODS_DEVELOPMENT/],
    ['an ethics committee', [IRB], ['RESEARCH'], /DUO:0000021 \(IRB\) wants it said in writing/],
    ['a disease', [DS], ['DISEASE_RESEARCH'], /DUO:0000007 \(DS\) wants it said in writing: the disease/],
  ])('judge a declared use: %s', (_, terms, purposes, expected) => {
    expect(judged(terms, purposes)).toMatch(expected);
  });

  it('are content with a written statement where they want one', () => {
    expect(judged([DS, IRB], ['DISEASE_RESEARCH'], 'Tuberculosis; committee of Bonn, 12/2026')).toBe(
      'allowed',
    );
    expect(judged([IRB], ['RESEARCH'], ' yes ')).toMatch(/IRB/);
  });

  it('name every term that forbids, not the first alone', () => {
    const message = judged([HMB, NCU, IRB], ['RESEARCH', 'COMMERCIAL']);
    for (const term of ['HMB', 'NCU', 'IRB']) expect(message).toContain(`(${term})`);
  });
});

describe('a licence', () => {
  it('is an SPDX identifier, one that SPDX deprecated, or one’s own by LicenseRef', () => {
    for (const licence of ['CC-BY-4.0', 'CC0-1.0', 'GPL-2.0', 'LicenseRef-greenhouse', null])
      expect(licenceFault(licence)).toBeNull();
  });

  it('that is none is refused with those that are nearest', () => {
    expect(licenceFault('CC BY 4.0')).toMatch(/"CC BY 4.0" is no SPDX identifier; nearest are CC-BY-4\.0,/);
    expect(licenceFault('apache 2')).toContain('Apache-2.0');
    for (const odd of ['??', '', 'x'.repeat(100_000)])
      expect(licenceFault(odd)).toMatch(/no SPDX identifier/);
  });
});

describe('terms bind', () => {
  const terms = {
    slug: 'maize',
    version: 2,
    embargoUntil: null,
    acceptance: 'NONE',
    accepted: false,
  } as const;
  const end = new Date('2027-01-01T00:00:00Z');

  it('a consumer, and nobody who works on the dataset, whatever the token allows', () => {
    const works = (role: Role, scope = 'dataset:1') =>
      worksOn(
        {
          principalId: 'p',
          name: 'p',
          tokenScopes: ['READ'],
          grants: [{ scope, role }],
          datasets: null,
          tokenId: null,
        },
        'dataset:1',
      );
    for (const role of ['CURATOR', 'ANNOTATOR', 'REVIEWER', 'STEWARD', 'ADMINISTRATOR'] as const)
      expect(works(role)).toBe(true);
    for (const role of ['VIEWER', 'READER', 'AUDITOR'] as const) expect(works(role)).toBe(false);
    expect(works('CURATOR', 'dataset:2')).toBe(false);
    expect(works('CURATOR', 'instance')).toBe(true);
  });

  it('by embargo up to its very end, and not from then on', () => {
    const embargoed = { ...terms, embargoUntil: end };
    expect(refusalOf(embargoed, new Date(end.getTime() - 1))?.code).toBe('TERMS_FORBID');
    expect(refusalOf(embargoed, end)).toBeNull();
  });

  it('by acceptance of the very version in force', () => {
    const required = { ...terms, acceptance: 'REQUIRED' } as const;
    const refusal = refusalOf(required, end)!;
    expect(refusal.code).toBe('TERMS_NOT_ACCEPTED');
    expect(refusal.message).toContain('version 2');
    expect(refusal.message).toContain('holotype terms accept maize');
    expect(refusalOf({ ...required, accepted: true }, end)).toBeNull();
  });
});
