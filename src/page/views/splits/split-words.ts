import { dictionary } from '../../language.tsx';

export const STRATEGIES = [
  'GROUPED_STRATIFIED',
  'GROUPED',
  'STRATIFIED',
  'RANDOM',
  'BY_TIME',
  'GROUPED_STRATIFIED_K_FOLD',
  'GROUPED_K_FOLD',
  'STRATIFIED_K_FOLD',
  'K_FOLD',
  'LEAVE_ONE_GROUP_OUT',
] as const;
export type Strategy = (typeof STRATEGIES)[number];

export const isGrouped = (strategy: Strategy) => strategy.includes('GROUP');
export const isStratified = (strategy: Strategy) => strategy.includes('STRATIFIED');
export const hasFolds = (strategy: Strategy) => strategy.includes('FOLD');
export const hasShares = (strategy: Strategy) => !hasFolds(strategy) && strategy !== 'LEAVE_ONE_GROUP_OUT';

/** What every view of splits says. */
export const SPLIT_WORDS = dictionary(
  {
    RANDOM: 'Random, by shares',
    STRATIFIED: 'By shares, strata in proportion',
    GROUPED: 'By shares, groups whole',
    GROUPED_STRATIFIED: 'By shares, groups whole, strata in proportion',
    K_FOLD: 'Folds of equal size',
    GROUPED_K_FOLD: 'Folds, groups whole',
    STRATIFIED_K_FOLD: 'Folds, strata in proportion',
    GROUPED_STRATIFIED_K_FOLD: 'Folds, groups whole, strata in proportion',
    LEAVE_ONE_GROUP_OUT: 'A part for each group',
    BY_TIME: 'By shares, the earliest first',
    IMPORTED: 'From a list',
    DRAFT: 'Draft',
    FROZEN: 'Frozen',
    split: 'Split',
    state: 'State',
    strategy: 'Strategy',
    parts: 'Parts',
    part: 'Part',
    images: 'Images',
    groups: 'Groups',
    groupBy: 'Kept together by',
    stratifyBy: 'In proportion by',
    seed: 'Seed',
    folds: 'Folds',
    leaks: 'Leaks',
    tight: 'No leak found',
    none: 'none',
  },
  {
    RANDOM: 'Au hasard, par proportions',
    STRATIFIED: 'Par proportions, strates respectées',
    GROUPED: 'Par proportions, groupes entiers',
    GROUPED_STRATIFIED: 'Par proportions, groupes entiers, strates respectées',
    K_FOLD: 'Plis de même taille',
    GROUPED_K_FOLD: 'Plis, groupes entiers',
    STRATIFIED_K_FOLD: 'Plis, strates respectées',
    GROUPED_STRATIFIED_K_FOLD: 'Plis, groupes entiers, strates respectées',
    LEAVE_ONE_GROUP_OUT: 'Une partie par groupe',
    BY_TIME: 'Par proportions, les plus anciennes d’abord',
    IMPORTED: 'D’après une liste',
    DRAFT: 'Brouillon',
    FROZEN: 'Gelée',
    split: 'Partition',
    state: 'État',
    strategy: 'Stratégie',
    parts: 'Parties',
    part: 'Partie',
    images: 'Images',
    groups: 'Groupes',
    groupBy: 'Gardées ensemble par',
    stratifyBy: 'Stratifiée par',
    seed: 'Graine',
    folds: 'Plis',
    leaks: 'Fuit',
    tight: 'Aucune fuite trouvée',
    none: 'aucun',
  },
);
