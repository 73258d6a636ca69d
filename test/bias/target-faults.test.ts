import { describe, expect, it } from 'vitest';
import { canonicalTarget } from '../../src/bias/target/target-declaration.ts';
import { targetFaults } from '../../src/bias/target/target-faults.ts';
import { marginsOf, type TargetStratum } from '../../src/bias/target/target-population.ts';
import { poolLevels } from '../../src/bias/variables/pool-levels.ts';
import { quantileBins } from '../../src/bias/variables/quantile-bins.ts';

const factors = new Set(['label', 'site', 'stage']);
const target = (shares: [string, string, string][], rest = {}) => ({
  name: 'field',
  source: 'census',
  dated: null,
  shares: shares.map(([factor, level, share]) => ({ factor, level, share })),
  strata: [],
  ...rest,
});
const messages = (wanted: Parameters<typeof targetFaults>[0]) =>
  targetFaults(wanted, factors).map(({ message }) => message);

describe('A target population', () => {
  it('is taken when the shares of each factor sum to 1 within a millionth', () => {
    expect(
      messages(
        target([
          ['site', 'a', '0.3333333'],
          ['site', 'b', '0.6666666'],
          ['label', 'x', '1'],
        ]),
      ),
    ).toEqual([]);
    expect(
      messages(
        target([
          ['site', 'a', '0.1'],
          ['site', 'b', '0.2'],
          ['site', 'c', '0.7'],
        ]),
      ),
    ).toEqual([]);
  });

  it('is refused when they do not, with the sum', () => {
    expect(
      messages(
        target([
          ['site', 'a', '0.5'],
          ['site', 'b', '0.499'],
        ]),
      ),
    ).toEqual(['shares: those of site sum to 0.999; they must sum to 1.']);
  });

  it('is refused with every fault it has', () => {
    const found = messages(
      target(
        [
          ['site', 'a', '1'],
          ['site', 'a', '0.5'],
          ['colour', '', '1.5'],
          ['stage', 'x', 'half'],
        ],
        {
          name: '',
          source: ' ',
          dated: 'lately',
        },
      ),
    );
    expect(found).toHaveLength(10);
    for (const part of [
      'target:',
      'source:',
      'dated:',
      '"a" stands twice',
      '"colour" is no factor',
      'level of colour is empty',
      '"1.5" is no share',
      '"half" is no share',
      'site sum to 1.5',
      'colour sum to 1.5',
    ])
      expect(
        found.some((message) => message.includes(part)),
        part,
      ).toBe(true);
  });

  it('needs a share', () => {
    expect(messages(target([]))).toEqual([
      'shares: a target needs the shares of one factor at least, or strata of several.',
    ]);
  });

  it('names each row at fault', () => {
    const faults = targetFaults(
      target([
        ['site', 'a', '1'],
        ['site', '', '-0.1'],
      ]),
      factors,
    );
    expect(faults.map(({ path }) => path)).toEqual([
      ['shares', '1', 'level'],
      ['shares', '1', 'share'],
      ['shares'],
    ]);
  });
});

/** A stratum of `factor=level …`, its share, and whether it cannot occur. */
const stratum = (levels: string, share: string, structuralZero = false): TargetStratum => ({
  levels: levels
    .split(' ')
    .filter(Boolean)
    .map((pair) => ({ factor: pair.split('=')[0]!, level: pair.split('=')[1]! })),
  share,
  structuralZero,
});
const joint = (...strata: TargetStratum[]) => canonicalTarget({ ...target([]), strata });

describe('A target population declared jointly', () => {
  it('is taken when its strata sum to 1, whatever the order in which they name their levels', () => {
    const wanted = joint(
      stratum('site=a stage=1', '0.25'),
      stratum('stage=2 site=a', '0.75'),
      stratum('site=b stage=1', '0', true),
    );
    expect(messages(wanted)).toEqual([]);
  });

  it('gives margins that are exact sums', () => {
    const { strata } = joint(
      stratum('site=a stage=1', '0.1'),
      stratum('site=a stage=2', '0.2'),
      stratum('site=b stage=2', '.70'),
    );
    expect(marginsOf(strata)).toEqual([
      { factor: 'site', level: 'a', share: '0.3' },
      { factor: 'stage', level: '1', share: '0.1' },
      { factor: 'stage', level: '2', share: '0.9' },
      { factor: 'site', level: 'b', share: '0.7' },
    ]);
  });

  it('is refused beside margins', () => {
    const both = { ...joint(stratum('site=a', '1')), shares: target([['site', 'a', '1']]).shares };
    expect(messages(both)).toEqual([
      'strata: give shares or strata; the shares of each factor follow from the strata.',
    ]);
  });

  it('is refused with every row at fault', () => {
    const wanted = joint(
      stratum('site=a stage=1', '0.5'),
      stratum('site=a stage=1', 'half'),
      stratum('site=a', '0.25'),
      stratum('site= stage=2', '0.5'),
      stratum('site=b stage=2', '0.1', true),
    );
    expect(targetFaults(wanted, factors).map(({ path, message }) => [path.join(' '), message])).toEqual([
      ['strata 1 levels', '(site a, stage 1) stands twice.'],
      ['strata 1 share', '"half" is no share; write a decimal within 0 and 1.'],
      ['strata 2 levels', 'of site; the first stratum is of site, stage.'],
      ['strata 3 site', 'the level of site is empty.'],
      ['strata 4 share', 'what cannot occur has share 0, not 0.1; correct the share or structuralZero.'],
    ]);
  });

  it('is refused with its sum when that is not 1', () => {
    const wanted = joint(stratum('site=a stage=1', '0.5'), stratum('site=b stage=1', '0.6'));
    expect(messages(wanted)).toEqual(['strata: they sum to 1.1; they must sum to 1.']);
  });

  it('is refused over no factor, an unknown one, one twice, and more than four', () => {
    const of = (levels: string) => messages(joint(stratum(levels, '1')));
    expect(of('')).toEqual(['strata: a stratum needs the level of one factor at least.']);
    expect(of('moon=a site=b')).toEqual([
      'strata: "moon" is no factor of the dataset; one of label, site, stage.',
    ]);
    expect(of('site=a site=b')).toEqual(['strata: a factor stands twice: site, site.']);
    expect(targetFaults(joint(stratum('a=1 b=1 c=1 d=1 e=1', '1')), new Set('abcde'))).toMatchObject([
      { message: 'strata: 5 factors are more than 4; sum over the others.' },
    ]);
  });
});

describe('The levels of a factor', () => {
  it('are pooled below five units, and stand by falling images', () => {
    const { levels, indexOf } = poolLevels([
      { level: 'a', images: 10, units: 5 },
      { level: 'b', images: 90, units: 4 },
      { level: 'c', images: 20, units: 20 },
      { level: 'd', images: 1, units: 1 },
    ]);
    expect(levels.map(({ level, units }) => [level, units])).toEqual([
      ['c', 20],
      ['a', 5],
      ['(other)', null],
    ]);
    expect(['a', 'b', 'c', 'd'].map(indexOf)).toEqual([1, 2, 0, 2]);
  });

  it('of numbers are bins between quantiles that differ', () => {
    expect(quantileBins([1, 1, 2, 5])).toEqual({
      cuts: [1, 2, 5],
      names: ['< 1', '1 to < 2', '2 to < 5', '≥ 5'],
    });
    expect(quantileBins([])).toBeNull();
  });
});
