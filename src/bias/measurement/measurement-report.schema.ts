import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Guard } from '../../governance/rule.schema.ts';
import { BiasReportObject } from '../bias.schema.ts';
import { EstimateObject, VerdictObject } from '../cards/estimate.schema.ts';
import { ImageSelectionObject } from '../images/image-selection.schema.ts';
import { REPORTED_MEASURES, type ReportedMeasure } from './moments.ts';

const QualityMeasureEnum = Object.fromEntries(REPORTED_MEASURES.map((name) => [name, name])) as {
  [K in ReportedMeasure]: K;
};
registerEnumType(QualityMeasureEnum, {
  name: 'QualityMeasure',
  description: 'A measure of an image’s quality; docs/statistics.md has each.',
  valuesConfig: {
    mean: { description: 'Mean luminance, 0 to 255.' },
    contrast: { description: 'Standard deviation of luminance.' },
    robustContrast: { description: '95th less 5th percentile of luminance.' },
    sharpness: { description: 'ln(1 + variance of the Laplacian).' },
    noise: { description: 'Noise (Immerkær 1996).' },
    clippedHigh: { description: 'Share of pixels at the bright end.' },
    clippedLow: { description: 'Share of pixels at the dark end.' },
    saturation: { description: 'Mean saturation.' },
    redGreenCast: { description: 'log2 of red over green.' },
    blueGreenCast: { description: 'log2 of blue over green.' },
    resolution: { description: 'Width times height, pixels.' },
  },
});
const CentreSideEnum = { LOCATION: 'LOCATION', SCALE: 'SCALE' } as const;
registerEnumType(CentreSideEnum, {
  name: 'CentreSide',
  description: 'In what a centre stands apart.',
  valuesConfig: {
    LOCATION: { description: 'Its mean.' },
    SCALE: { description: 'Its scatter.' },
  },
});
const DriftDirectionEnum = { UP: 'UP', DOWN: 'DOWN' } as const;
registerEnumType(DriftDirectionEnum, {
  name: 'DriftDirection',
  description: 'Where a measure went.',
  valuesConfig: { UP: { description: 'It rose.' }, DOWN: { description: 'It fell.' } },
});
const DriftPeriodEnum = { DAY: 'DAY', WEEK: 'WEEK' } as const;
registerEnumType(DriftPeriodEnum, {
  name: 'DriftPeriod',
  description: 'What means are taken of.',
  valuesConfig: {
    DAY: { description: 'A day.' },
    WEEK: { description: 'A week from Monday, where there are more than 2000 days.' },
  },
});

const THE_MEASURE = { description: 'The measure.' };
const THE_IMAGES = { nullable: true, description: 'Its images; null where they cannot be asked for.' };

@ObjectType('ExtremeLevel', { description: 'The level at which a measure is lowest, or highest.' })
@Guard('inherit')
export class ExtremeLevelObject {
  @Field(() => String, { description: 'The level.' }) level: string;
  @Field(() => EstimateObject, { description: 'Mean of the means of its units.' }) mean: EstimateObject;
  @Field(() => ImageSelectionObject, THE_IMAGES) selection: ImageSelectionObject | null;
}

@ObjectType('FactorEffect', {
  description:
    'How much of a quality measure’s variance a factor explains; of means of units, not of images.',
})
@Guard('inherit')
export class FactorEffectObject {
  @Field(() => QualityMeasureEnum, THE_MEASURE) measure: ReportedMeasure;
  @Field(() => String, { description: 'The factor.' }) factor: string;
  @Field(() => Int, { description: 'Levels compared.' }) levels: number;
  @Field(() => EstimateObject, { description: 'The headline: explained share, less its bias.' })
  omegaSquared: EstimateObject;
  @Field(() => EstimateObject, { description: 'Explained share.' }) etaSquared: EstimateObject;
  @Field(() => EstimateObject, { description: 'Explained share, less its bias (Kelley).' })
  epsilonSquared: EstimateObject;
  @Field(() => EstimateObject, { description: 'The test statistic; p where each unit gives one value.' })
  fStatistic: EstimateObject;
  @Field(() => EstimateObject, {
    description:
      'The same of ranks, blind to outliers (Kruskal–Wallis ε²). Of more than 20 000 rows those of a random sample of the units are ranked.',
  })
  rankEpsilonSquared: EstimateObject;
  @Field(() => EstimateObject, { description: 'The same, less its bias (Kruskal–Wallis η²).' })
  rankEtaSquared: EstimateObject;
  @Field(() => EstimateObject, { description: 'The test statistic of ranks.' }) hStatistic: EstimateObject;
  @Field(() => EstimateObject, {
    description: 'How much of the distance from the level’s median the factor explains (Brown–Forsythe).',
  })
  scaleOmegaSquared: EstimateObject;
  @Field(() => EstimateObject, { description: 'The test statistic of scatter.' })
  scaleFStatistic: EstimateObject;
  @Field(() => Boolean, { description: 'ω² and the rank ε² lie more than .05 apart: a few images decide.' })
  outliers: boolean;
  @Field(() => [ExtremeLevelObject], {
    description: 'Of a RED or AMBER effect: the level of the lowest mean, then that of the highest.',
  })
  extremes: readonly ExtremeLevelObject[];
  @Field(() => VerdictObject, { description: 'Of ω².' }) verdict: VerdictObject;
}

@ObjectType('FactorScatter', {
  description: 'How far the levels of a factor scatter, seen as a sample of all such levels.',
})
@Guard('inherit')
export class FactorScatterObject {
  @Field(() => QualityMeasureEnum, THE_MEASURE) measure: ReportedMeasure;
  @Field(() => String, { description: 'Site, device, session or operator.' }) factor: string;
  @Field(() => Int, { description: 'Its levels; fewer than 5 are GREY.' }) levels: number;
  @Field(() => EstimateObject, { description: 'Variance of the true means of the levels.' })
  factorVariance: EstimateObject;
  @Field(() => EstimateObject, { description: 'Variance inside a level.' }) residualVariance: EstimateObject;
  @Field(() => EstimateObject, { description: 'Share of the variance that lies between levels.' })
  intraclassCorrelation: EstimateObject;
  @Field(() => EstimateObject, { description: 'How many times that widens the variance of a mean.' })
  designEffect: EstimateObject;
  @Field(() => String, { description: 'The design effect in words.' }) sentence: string;
  @Field(() => VerdictObject, { description: 'Of the intraclass correlation.' }) verdict: VerdictObject;
}

@ObjectType('CrossedScatter', {
  description: 'Whose scatter it is, of two crossed factors; CONFOUNDED where that cannot be told.',
})
@Guard('inherit')
export class CrossedScatterObject {
  @Field(() => QualityMeasureEnum, THE_MEASURE) measure: ReportedMeasure;
  @Field(() => String, { description: 'The one factor.' }) first: string;
  @Field(() => String, { description: 'The other.' }) second: string;
  @Field(() => EstimateObject, { description: 'Variance of the first’s levels.' })
  firstVariance: EstimateObject;
  @Field(() => EstimateObject, { description: 'Variance of the second’s levels.' })
  secondVariance: EstimateObject;
  @Field(() => EstimateObject, { description: 'What is left.' }) residualVariance: EstimateObject;
  @Field(() => EstimateObject, { description: 'The first’s share of the three.' }) firstShare: EstimateObject;
  @Field(() => EstimateObject, { description: 'The second’s share of the three.' })
  secondShare: EstimateObject;
}

@ObjectType('CentreEffect', {
  description: 'How far a measure stands apart at one site or device, of means of units.',
})
@Guard('inherit')
export class CentreEffectObject {
  @Field(() => QualityMeasureEnum, THE_MEASURE) measure: ReportedMeasure;
  @Field(() => String, { description: '`site` or `device`.' }) factor: string;
  @Field(() => String, { description: 'Which one.' }) centre: string;
  @Field(() => EstimateObject, {
    description: 'γ: its mean less that of all, in pooled standard deviations.',
  })
  location: EstimateObject;
  @Field(() => EstimateObject, { description: 'The size of γ.' }) distance: EstimateObject;
  @Field(() => EstimateObject, { description: 'δ: its variance over the pooled one; 1 is par.' })
  scale: EstimateObject;
  @Field(() => EstimateObject, {
    description: 'γ drawn towards what the centre does to the other measures, of which five are needed.',
  })
  shrunkenLocation: EstimateObject;
  @Field(() => EstimateObject, { description: 'δ drawn alike.' }) shrunkenScale: EstimateObject;
  @Field(() => CentreSideEnum, { description: 'What the verdict is of.' }) worse: 'LOCATION' | 'SCALE';
  @Field(() => VerdictObject, { description: 'The worse of location and scale.' }) verdict: VerdictObject;
  @Field(() => ImageSelectionObject, THE_IMAGES) selection: ImageSelectionObject | null;
}

@ObjectType('DriftStep', { description: 'A jump of a measure (CUSUM): where to look, never a colour.' })
@Guard('inherit')
export class DriftStepObject {
  @Field(() => String, { description: 'The day since when, YYYY-MM-DD.' }) since: string;
  @Field(() => String, { description: 'The day on which it was noticed.' }) alarm: string;
  @Field(() => DriftDirectionEnum, { description: 'Where to.' }) direction: 'UP' | 'DOWN';
}

@ObjectType('DriftGap', { description: 'Days without image.' })
@Guard('inherit')
export class DriftGapObject {
  @Field(() => String, { description: 'The first, YYYY-MM-DD.' }) first: string;
  @Field(() => String, { description: 'The last.' }) last: string;
}

@ObjectType('DriftPoint', { description: 'A measure from one day to another.' })
@Guard('inherit')
export class DriftPointObject {
  @Field(() => String, { description: 'The first day, YYYY-MM-DD.' }) firstDay: string;
  @Field(() => String, { description: 'The last day.' }) lastDay: string;
  @Field(() => Float, {
    description: 'Mean of the means of its periods less the mean of all images, in units of the measure.',
  })
  mean: number;
}

@ObjectType('MeasureDrift', { description: 'A measure over time, at one site with one device.' })
@Guard('inherit')
export class MeasureDriftObject {
  @Field(() => QualityMeasureEnum, THE_MEASURE) measure: ReportedMeasure;
  @Field(() => String, { nullable: true, description: 'The site; null: not recorded.' }) site: string | null;
  @Field(() => String, { nullable: true, description: 'The device; null: not recorded.' })
  device: string | null;
  @Field(() => DriftPeriodEnum, { description: 'What means are taken of.' }) period: 'DAY' | 'WEEK';
  @Field(() => Int, { description: 'Periods with images; ten are needed.' }) periods: number;
  @Field(() => String, { description: 'The first day, YYYY-MM-DD.' }) firstDay: string;
  @Field(() => String, { description: 'The last day.' }) lastDay: string;
  @Field(() => EstimateObject, {
    description: 'How far the measure wandered, in standard deviations inside a period.',
  })
  totalDrift: EstimateObject;
  @Field(() => EstimateObject, { description: 'Sen’s slope, in units of the measure a period.' })
  slope: EstimateObject;
  @Field(() => EstimateObject, { description: 'Kendall’s τ-b with time; its test is Mann–Kendall’s.' })
  kendallTau: EstimateObject;
  @Field(() => Float, {
    nullable: true,
    description: 'How much likeness from day to day inflated the variance of the test; null: no test.',
  })
  inflation: number | null;
  @Field(() => [DriftStepObject], { description: 'Jumps, the first 20.' }) steps: readonly DriftStepObject[];
  @Field(() => Int, { description: 'How many jumps there are.' }) stepCount: number;
  @Field(() => [DriftGapObject], { description: 'Gaps between periods, the first 20.' })
  gaps: readonly DriftGapObject[];
  @Field(() => Int, { description: 'How many gaps there are.' }) gapCount: number;
  @Field(() => [DriftPointObject], {
    nullable: true,
    description:
      'The measure over time, at most 200 points; null: of a personal dataset, or of a report by an engine before holotype-bias/4.',
  })
  series: readonly DriftPointObject[] | null;
  @Field(() => VerdictObject, { description: 'Of the total drift.' }) verdict: VerdictObject;
  @Field(() => ImageSelectionObject, { description: 'The images of the site and device.' })
  selection: ImageSelectionObject;
}

@ObjectType('MeasureComparison', {
  description:
    'A measure of the dataset against a reference sample; differences are the dataset’s less the reference’s.',
})
@Guard('inherit')
export class MeasureComparisonObject {
  @Field(() => QualityMeasureEnum, THE_MEASURE) measure: ReportedMeasure;
  @Field(() => EstimateObject, { description: 'Difference of the means in standard deviations.' })
  standardizedDifference: EstimateObject;
  @Field(() => EstimateObject, { description: 'Variance over that of the reference; 1 is par.' })
  varianceRatio: EstimateObject;
  @Field(() => EstimateObject, { description: 'Largest distance of the two distribution functions.' })
  kolmogorovSmirnov: EstimateObject;
  @Field(() => EstimateObject, { description: 'Wasserstein-1 distance in standard deviations.' })
  wasserstein: EstimateObject;
  @Field(() => VerdictObject, { description: 'Of the size of the standardized difference.' })
  verdict: VerdictObject;
}

@ObjectType('DeploymentComparison', {
  description: 'Whether images look like those of a sample of where the model will work.',
})
@Guard('inherit')
export class DeploymentComparisonObject {
  @Field(() => String, { description: 'Slug of the reference.' }) reference: string;
  @Field(() => EstimateObject, {
    description:
      'How well the measures, in 20 quantile bins, tell which of the two an image is of: area under the curve of a naive Bayes probe, folds by unit.',
  })
  area: EstimateObject;
  @Field(() => VerdictObject, { description: 'Of the area.' }) verdict: VerdictObject;
  @Field(() => [MeasureComparisonObject], { description: 'Worst first.' })
  measures: readonly MeasureComparisonObject[];
}

@ObjectType('ConfoundedPair', {
  description: 'Two factors that go together: what one is blamed for, the other may have done.',
})
@Guard('inherit')
export class ConfoundedPairObject {
  @Field(() => String, { description: 'The one factor.' }) first: string;
  @Field(() => String, { description: 'The other.' }) second: string;
  @Field(() => EstimateObject, { description: 'Cramér’s V, bias-corrected (Bergsma).' })
  association: EstimateObject;
  @Field(() => String, { description: 'The first’s level of the combination most above chance.' })
  firstLevel: string;
  @Field(() => String, { description: 'The second’s level of it.' }) secondLevel: string;
  @Field(() => ImageSelectionObject, THE_IMAGES) selection: ImageSelectionObject | null;
}

@ObjectType('MeasurementReport', {
  implements: BiasReportObject,
  description:
    'Do images differ because of who, what or when took them, rather than because of their subject?',
})
@Guard('dataset.read')
export class MeasurementReportObject extends BiasReportObject {
  @Field(() => [FactorEffectObject], { description: 'Worst first, at most 200.' })
  effects: readonly FactorEffectObject[];
  @Field(() => Int, { description: 'How many there are.' }) effectCount: number;
  @Field(() => [FactorScatterObject], {
    description: 'Site, device, session and operator, each by every measure; worst first.',
  })
  scatters: readonly FactorScatterObject[];
  @Field(() => [CrossedScatterObject], { description: 'Site, device and operator two by two, by measure.' })
  crossedScatters: readonly CrossedScatterObject[];
  @Field(() => [CentreEffectObject], { description: 'Worst first, at most 200.' })
  centres: readonly CentreEffectObject[];
  @Field(() => Int, { description: 'How many there are.' }) centreCount: number;
  @Field(() => [MeasureDriftObject], {
    description: 'Worst first, at most 50. Of a personal dataset without groups of fewer than five units.',
  })
  drifts: readonly MeasureDriftObject[];
  @Field(() => Int, { description: 'How many there are.' }) driftCount: number;
  @Field(() => Int, {
    description: 'Sites with their devices beyond the 50 with most images: not looked at.',
  })
  driftGroupsLeftOut: number;
  @Field(() => DeploymentComparisonObject, {
    nullable: true,
    description: 'Null where no reference was asked for.',
  })
  deployment: DeploymentComparisonObject | null;
  @Field(() => [ConfoundedPairObject], {
    description: 'Pairs whose V is .1 at least beyond doubt, strongest first, at most 20.',
  })
  confoundedPairs: readonly ConfoundedPairObject[];
  @Field(() => Int, { description: 'How many there are.' }) confoundedPairCount: number;
  @Field(() => [String], { description: 'Fields of more than 1000 levels, which are identifiers.' })
  refusedFactors: readonly string[];
}
