import { ArgsType, Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { AsOfPageArgs } from '../../catalogue/as-of.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import { enumOf } from '../../kernel/enum-of.ts';
import type { FactorCondition, ImageFilter, QualityCondition } from './image-filter.ts';
import { TALLIED_BY, type Tally, type TallyRequest, type TallyRow } from './tally.ts';

@InputType({ description: 'What is asked of a factor: either a value, or whether there is one.' })
export class FactorFilterInput implements FactorCondition {
  @Field(() => String, {
    description:
      'An acquisition column, `unit`, a declared factor, `captureMonth` (2026-03); restricted fields for who may read them.',
  })
  name: string;
  @Field(() => String, { nullable: true, description: 'It is this.' }) value?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'true: it is not known; false: it is.' })
  missing?: boolean | null;
}

@InputType({ description: 'Bounds of a quality measure. An image that was not measured lies within none.' })
export class QualityFilterInput implements QualityCondition {
  @Field(() => String, { description: 'Its name, as in the facts of an image: sharpness, noise, …' })
  measure: string;
  @Field(() => Float, { nullable: true, description: 'The least.' }) min?: number | null;
  @Field(() => Float, { nullable: true, description: 'The most.' }) max?: number | null;
}

@InputType({ description: 'Which images: every condition that is given holds.' })
export class ImageFilterInput implements ImageFilter {
  @Field(() => Boolean, {
    nullable: true,
    description: 'true: kept images alone; false: excluded ones alone.',
  })
  kept?: boolean | null;
  @Field(() => String, {
    nullable: true,
    description: 'Names that contain this; refused where names are restricted.',
  })
  nameContains?: string | null;
  @Field(() => [String], { nullable: true, description: 'These, by `imageId`; at most 500.' })
  imageIds?: string[] | null;
  @Field(() => [FactorFilterInput], { nullable: true, description: 'How they were made; all hold.' })
  factors?: FactorFilterInput[] | null;
  @Field(() => [String], {
    nullable: true,
    description:
      'Any label of one of these classes, of the image or a shape, by anybody whose labels you may read.',
  })
  classes?: string[] | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      'true: two raters differ on one target (the class of the image, the classes of its shapes, an attribute), of what you may read; false: none do.',
  })
  disagreement?: boolean | null;
  @Field(() => [QualityFilterInput], { nullable: true, description: 'What was measured; all hold.' })
  quality?: QualityFilterInput[] | null;
}

@ArgsType()
export class ImagesArgs extends AsOfPageArgs {
  @Field(() => ImageFilterInput, { nullable: true, description: 'Which; all unless said.' })
  filter?: ImageFilterInput | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'true: kept images alone; false: excluded ones alone.',
  })
  kept?: boolean | null;
  @Field(() => String, { nullable: true, description: 'Only names that contain this.' }) nameContains?:
    | string
    | null;
}

export const TallyByEnum = enumOf(TALLIED_BY);
registerEnumType(TallyByEnum, {
  name: 'TallyBy',
  description: 'What images are counted by.',
  valuesConfig: {
    FACTOR: { description: 'The field that `factor` names.' },
    CLASS: {
      description: 'The class of any label of theirs, as the filter’s `classes`; an image counts under each.',
    },
    CAPTURE_MONTH: { description: 'The month in which they were captured, as recorded: 2026-03.' },
  },
});

@ArgsType()
export class TallyArgs {
  @Field(() => TallyByEnum, { description: 'By what.' }) by: TallyRequest['by'];
  @Field(() => String, { nullable: true, description: 'FACTOR: its name, as in a filter.' })
  factor?: string | null;
  @Field(() => ImageFilterInput, { nullable: true, description: 'Of which images; all unless said.' })
  filter?: ImageFilterInput | null;
  @Field(() => Int, { nullable: true, description: 'How many values at most, 0 to 500; 50 unless said.' })
  first?: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'The revision to read as of; the current one unless said.',
  })
  asOf?: number | null;
}

@ObjectType('TallyCounts', { description: 'How many images, and of how many units.' })
@Guard('inherit')
export class TallyCountsObject {
  @Field(() => Int, { nullable: true, description: 'Images; null: some, but fewer than the step.' })
  images: number | null;
  @Field(() => Int, {
    nullable: true,
    description:
      'Units, what statistics count as one independent thing; null: some, but fewer than the step.',
  })
  units: number | null;
}

@ObjectType('TallyRow', { description: 'How many images of a value.' })
@Guard('inherit')
export class TallyRowObject extends TallyCountsObject implements TallyRow {
  @Field(() => String, { description: 'The value; a filter of it gives these images.' }) value: string;
}

@ObjectType('Tally', { description: 'Images counted by value.' })
@Guard('inherit')
export class TallyObject implements Tally {
  @Field(() => [TallyRowObject], { description: 'Largest first.' }) rows: readonly TallyRowObject[];
  @Field(() => TallyCountsObject, { description: 'Those without a value.' }) missing: TallyCountsObject;
  @Field(() => Int, { description: 'How many values there are, listed or not.' }) valueCount: number;
  @Field(() => Int, {
    description: 'Counts are told in steps of so many, rounded down: 1, and 5 in a personal dataset.',
  })
  step: number;
}
