import { InvalidArgumentError } from 'commander';
import { canonicalDecimal } from '../../kernel/decimal.ts';
import type { SplitPart, SplitStrategy } from '../../splits/split-strategy.ts';

const STRATEGIES = [
  'RANDOM',
  'STRATIFIED',
  'GROUPED',
  'GROUPED_STRATIFIED',
  'K_FOLD',
  'GROUPED_K_FOLD',
  'STRATIFIED_K_FOLD',
  'GROUPED_STRATIFIED_K_FOLD',
  'LEAVE_ONE_GROUP_OUT',
  'BY_TIME',
  'IMPORTED',
] as const satisfies readonly SplitStrategy[];

/** With a field to keep in proportion, or to keep together, the plain strategy means the one that does. */
const WITH_STRATA: Partial<Record<SplitStrategy, SplitStrategy>> = {
  RANDOM: 'STRATIFIED',
  GROUPED: 'GROUPED_STRATIFIED',
  K_FOLD: 'STRATIFIED_K_FOLD',
  GROUPED_K_FOLD: 'GROUPED_STRATIFIED_K_FOLD',
};
const WITH_GROUPS: Partial<Record<SplitStrategy, SplitStrategy>> = {
  RANDOM: 'GROUPED',
  STRATIFIED: 'GROUPED_STRATIFIED',
  K_FOLD: 'GROUPED_K_FOLD',
  STRATIFIED_K_FOLD: 'GROUPED_STRATIFIED_K_FOLD',
};

/** The strategy meant by its lower-case name and the options beside it. */
export function strategyOf(options: {
  readonly strategy?: string;
  readonly from?: string;
  readonly partField?: string;
  readonly groupBy?: string;
  readonly stratifyBy?: string;
}): SplitStrategy {
  const sources = [options.from, options.partField].filter((source) => source !== undefined).length;
  const word = options.strategy ?? (sources === 0 ? undefined : 'imported');
  const named = STRATEGIES.find((strategy) => strategy.toLowerCase().replaceAll('_', '-') === word);
  if (named === undefined) {
    const known = STRATEGIES.map((strategy) => strategy.toLowerCase().replaceAll('_', '-')).join(', ');
    throw new InvalidArgumentError(
      `--strategy: ${word === undefined ? 'it is missing' : `"${word}" is none`}; give one of ${known}.`,
    );
  }
  if (sources !== (named === 'IMPORTED' ? 1 : 0))
    throw new InvalidArgumentError(
      '--from or --part-field goes with --strategy imported, and imported needs one of them.',
    );
  const grouped = options.groupBy === undefined ? named : (WITH_GROUPS[named] ?? named);
  return options.stratifyBy === undefined ? grouped : (WITH_STRATA[grouped] ?? grouped);
}

/** Reads `train=0.7,test=0.3`. */
export function partsOf(text: string): SplitPart[] {
  return text
    .split(',')
    .filter((pair) => pair.trim() !== '')
    .map((pair) => {
      const [, name, share] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
      if (name === undefined || share === undefined)
        throw new InvalidArgumentError(`--parts: "${pair}" is no part; write NAME=SHARE, e.g. train=0.7.`);
      if (!/^[0-9]*\.?[0-9]+$/.test(share.trim()))
        throw new InvalidArgumentError(`--parts: "${share}" is no share; write a decimal such as 0.7.`);
      return { name: name.trim(), share: canonicalDecimal(share.trim()) };
    });
}
