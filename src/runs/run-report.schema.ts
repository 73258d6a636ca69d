import { ArgsType, Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ColourEnum, EstimateObject, ThresholdOriginEnum } from '../bias/cards/estimate.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import type { Colour } from '../statistics/colour.ts';
import type { Varied } from '../statistics/run-spread.ts';
import type { RunThreshold } from './run-report-card.ts';

const VariedEnum = { NOTHING: 'NOTHING', SEED: 'SEED', FOLD: 'FOLD', BOTH: 'BOTH' } as const;
registerEnumType(VariedEnum, {
  name: 'RunsVaried',
  description: 'What differed between the runs of a model.',
  valuesConfig: {
    NOTHING: { description: 'Nothing that the runs say.' },
    SEED: { description: 'The seed alone: the spread is the algorithm’s.' },
    FOLD: { description: 'Folds or repeats: the spread mixes data and algorithm.' },
    BOTH: { description: 'Seeds and folds.' },
  },
});

@InputType({ description: 'That one model is better than another by so much.' })
export class RunClaimInput {
  @Field(() => String, { description: 'The model said to be better.' }) better: string;
  @Field(() => String, { description: 'The other.' }) worse: string;
  @Field(() => Float, { description: 'By how much of the metric.' }) by: number;
}

@ArgsType()
export class RunReportArgs {
  @Field(() => String, { description: 'Name of the metric, as the runs report it.' }) metric: string;
  @Field(() => String, { defaultValue: 'test', description: 'The part it was measured on.' }) part: string;
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether more is better; unless said, as the metric’s name says, and refused where it does not.',
  })
  isGreaterBetter?: boolean | null;
  @Field(() => [String], { nullable: true, description: 'These models alone.' }) models?: string[] | null;
  @Field(() => [RunClaimInput], { defaultValue: [], description: 'Claims to be held against the runs.' })
  claims: RunClaimInput[];
}

@ObjectType('RunSpread', { description: 'How the scores of a model go apart.' })
@Guard('inherit')
export class RunSpreadObject {
  @Field(() => Int, { description: 'Number of runs.' }) runs: number;
  @Field(() => VariedEnum, { description: 'What differed between them.' }) varied: Varied;
  @Field(() => EstimateObject, { description: 'Their mean; its units are runs.' }) mean: EstimateObject;
  @Field(() => EstimateObject, { description: 'With n − 1; not the error of the mean.' })
  standardDeviation: EstimateObject;
  @Field(() => Float, { description: 'The smallest score.' }) smallest: number;
  @Field(() => Float, { description: 'The largest score.' }) largest: number;
  @Field(() => Boolean, { description: 'Several runs, all scores equal: was the seed used?' })
  isDeterministic: boolean;
}

@ObjectType('SeedFoldComponents', {
  description: 'How much of the spread is the seed, and how much the data split.',
})
@Guard('inherit')
export class SeedFoldComponentsObject {
  @Field(() => Int, { description: 'Seeds.' }) seeds: number;
  @Field(() => Int, { description: 'Folds and repeats.' }) folds: number;
  @Field(() => EstimateObject, { description: 'Variance of the seeds.' }) seedVariance: EstimateObject;
  @Field(() => EstimateObject, { description: 'Variance of the folds.' }) foldVariance: EstimateObject;
  @Field(() => EstimateObject, { description: 'What neither explains.' }) residualVariance: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share of the seeds.' }) seedShare: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share of the folds.' }) foldShare: EstimateObject;
}

@ObjectType('ModelRuns', { description: 'The runs of one model on one snapshot.' })
@Guard('inherit')
export class ModelRunsObject {
  @Field(() => String, { description: 'The model.' }) model: string;
  @Field(() => String, { description: 'Digest of the snapshot.' }) snapshot: string;
  @Field(() => RunSpreadObject, { description: 'Their spread.' }) spread: RunSpreadObject;
  @Field(() => EstimateObject, {
    nullable: true,
    description: 'How far the score would go on other test images; null where nobody knows it.',
  })
  testSampling: EstimateObject | null;
  @Field(() => SeedFoldComponentsObject, { description: 'Seed against fold.' })
  components: SeedFoldComponentsObject;
  @Field(() => String, { description: 'The finding.' }) sentence: string;
}

@ObjectType('RunClaim', { description: 'That one model is better than another by so much.' })
@Guard('inherit')
export class RunClaimObject {
  @Field(() => String, { description: 'The model said to be better.' }) better: string;
  @Field(() => String, { description: 'The other.' }) worse: string;
  @Field(() => Float, { description: 'By how much of the metric.' }) by: number;
}

@ObjectType('ModelPair', { description: 'Two models on one snapshot.' })
@Guard('inherit')
export class ModelPairObject {
  @Field(() => String, { description: 'Digest of the snapshot.' }) snapshot: string;
  @Field(() => String, { description: 'The model of the better mean.' }) better: string;
  @Field(() => String, { description: 'The other.' }) worse: string;
  @Field(() => Boolean, { description: 'Whether runs of the same fold, repeat and seed were compared.' })
  isPaired: boolean;
  @Field(() => Int, {
    description: 'Runs left out of the comparison: of a pair, those without exactly one partner.',
  })
  leftOut: number;
  @Field(() => EstimateObject, {
    description:
      'Above 0 is better, whichever way the metric goes; q over all pairs (Holm, above 50 Benjamini–Hochberg).',
  })
  difference: EstimateObject;
  @Field(() => EstimateObject, { nullable: true, description: 'Share of pairs won, ties counting half.' })
  winShare: EstimateObject | null;
  @Field(() => EstimateObject, {
    nullable: true,
    description: 'The smallest difference that so many runs would find.',
  })
  detectable: EstimateObject | null;
  @Field(() => EstimateObject, { nullable: true, description: 'What no number of repeats would find.' })
  detectableFloor: EstimateObject | null;
  @Field(() => RunClaimObject, { nullable: true, description: 'What was claimed of them.' })
  claim: RunClaimObject | null;
  @Field(() => ColourEnum, { description: 'How the difference, or the claim, stands.' }) colour: Colour;
  @Field(() => String, { description: 'The finding.' }) sentence: string;
}

@ObjectType('ModelRanks', { description: 'Several models over several datasets (Friedman; Demšar 2006).' })
@Guard('inherit')
export class ModelRanksObject {
  @Field(() => [String], { description: 'The models.' }) modelNames: readonly string[];
  @Field(() => [Float], { description: 'Mean rank of each; 1 is best.' }) meanRanks: readonly number[];
  @Field(() => Int, { description: 'Datasets on which some of the models have not run.' }) leftOut: number;
  @Field(() => Int, { description: 'Datasets.' }) datasets: number;
  @Field(() => Int, { description: 'Number of models.' }) models: number;
  @Field(() => Float, { description: 'Friedman’s χ².' }) chiSquare: number;
  @Field(() => Float, { nullable: true, description: 'The same corrected for ties.' }) chiSquareTies:
    | number
    | null;
  @Field(() => Int, { description: 'Degrees of freedom of χ².' }) degreesOfFreedom: number;
  @Field(() => Float, { description: 'Probability by chance of χ², not corrected for ties.' })
  pChiSquare: number;
  @Field(() => Float, {
    nullable: true,
    description: 'Iman and Davenport’s F; null where every dataset ranks alike.',
  })
  f: number | null;
  @Field(() => Float, { nullable: true, description: 'The same corrected for ties.' }) fTies: number | null;
  @Field(() => String, { nullable: true, description: 'Why either is null: SAME_RANKING_EVERYWHERE.' })
  fReason: string | null;
  @Field(() => [Int], { description: 'Degrees of freedom of F.' })
  fDegreesOfFreedom: readonly number[];
  @Field(() => Float, {
    nullable: true,
    description: 'Probability by chance of F, not corrected for ties; read it beside the mean ranks.',
  })
  pF: number | null;
  @Field(() => Float, { nullable: true, description: 'Kendall’s W.' }) concordance: number | null;
  @Field(() => Float, { description: 'Mean ranks nearer than this cannot be told apart (Nemenyi).' })
  criticalDifference: number;
}

@ObjectType('RunThreshold', {
  description: 'What a figure of runs is held against, and where that comes from.',
})
@Guard('inherit')
export class RunThresholdObject {
  @Field(() => String, { description: 'What it says.' }) rule: string;
  @Field(() => Float, { description: 'The threshold.' }) value: number;
  @Field(() => ThresholdOriginEnum, { description: 'How far the source was checked.' })
  origin: RunThreshold['origin'];
  @Field(() => String, { description: 'Where it comes from.' }) source: string;
}

@ObjectType('RunCard', { description: 'What a person reads first of the runs.' })
@Guard('inherit')
export class RunCardObject {
  @Field(() => ColourEnum, { description: 'How they stand.' }) colour: Colour;
  @Field(() => String, { description: 'The finding.' }) sentence: string;
  @Field(() => EstimateObject, {
    description: 'The difference of the pair that decides; with one model, its mean.',
  })
  headline: EstimateObject;
  @Field(() => EstimateObject, {
    nullable: true,
    description: 'The smallest difference that so many runs of that pair would find.',
  })
  detectable: EstimateObject | null;
  @Field(() => Int, { description: 'Runs of all models.' }) runs: number;
  @Field(() => Int, { description: 'Most seeds of a model.' }) seeds: number;
  @Field(() => Int, { description: 'Most folds and repeats of a model.' }) folds: number;
  @Field(() => [RunThresholdObject], { description: 'What was held against.' })
  thresholds: readonly RunThreshold[];
  @Field(() => [String], { description: 'What to know besides.' }) caveats: readonly string[];
  @Field(() => String, { description: 'What would settle it.' }) wouldChange: string;
}

@ObjectType('RunReport', { description: 'Whether the difference between models is larger than luck.' })
@Guard('inherit')
export class RunReportObject {
  @Field(() => String, { description: 'The metric.' }) metric: string;
  @Field(() => String, { description: 'The part it was measured on.' }) part: string;
  @Field(() => Boolean, { description: 'Whether more of it is better.' }) isGreaterBetter: boolean;
  @Field(() => [String], { description: 'Digests of the snapshots.' }) snapshots: readonly string[];
  @Field(() => RunCardObject, { description: 'The finding first.' }) card: RunCardObject;
  @Field(() => [ModelRunsObject], { description: 'Each model.' }) models: readonly ModelRunsObject[];
  @Field(() => [ModelPairObject], { description: 'Each pair.' }) pairs: readonly ModelPairObject[];
  @Field(() => ModelRanksObject, { nullable: true, description: 'Over datasets; null has a reason.' })
  ranks: ModelRanksObject | null;
  @Field(() => String, { nullable: true, description: 'Why there are no ranks.' }) ranksReason: string | null;
}
