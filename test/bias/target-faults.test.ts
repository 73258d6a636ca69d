import { describe, expect, it } from 'vitest';
import { poolLevels } from '../../src/bias/pool-levels.ts';
import { quantileBins } from '../../src/bias/quantile-bins.ts';
import { targetFaults } from '../../src/bias/target-faults.ts';

const factors = new Set(['label', 'site', 'stage']);
const target = (shares: [string, string, string][], rest = {}) => ({
  name: 'field',
  source: 'census',
  dated: null,
  shares: shares.map(([factor, level, share]) => ({ factor, level, share })),
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
    expect(messages(target([]))).toEqual(['shares: a target needs the shares of one factor at least.']);
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
