import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { Guard } from '../../governance/rule.schema.ts';
import type { Condition, ImageSelection } from './image-selection.ts';

const ConditionKindEnum = { IN: 'IN', NOT_IN: 'NOT_IN', MISSING: 'MISSING', RANGE: 'RANGE' } as const;
registerEnumType(ConditionKindEnum, {
  name: 'ConditionKind',
  description: 'What a condition asks of a field.',
  valuesConfig: {
    IN: { description: 'It is one of the values.' },
    NOT_IN: { description: 'It is known, and none of the values.' },
    MISSING: { description: 'It is not known.' },
    RANGE: { description: 'It is a number of at least `from` and below `below`.' },
  },
});
const SelectedAmongEnum = { KEPT: 'KEPT', EXCLUDED: 'EXCLUDED', ALL: 'ALL' } as const;
registerEnumType(SelectedAmongEnum, {
  name: 'SelectedAmong',
  description: 'Among which images a selection looks.',
  valuesConfig: {
    KEPT: { description: 'Those that are not excluded.' },
    EXCLUDED: { description: 'Those that are.' },
    ALL: { description: 'Both.' },
  },
});

@ObjectType('ImageCondition', { description: 'What the images of a selection have in common.' })
@Guard('inherit')
export class ImageConditionObject {
  @Field(() => ConditionKindEnum, { description: 'What is asked.' }) kind: Condition['kind'];
  @Field(() => String, {
    description:
      'A factor, or `label`, `unit`, `part`, `digest`, `image` (an id), `reason` or `stage` of the exclusion.',
  })
  field: string;
  @Field(() => [String], { nullable: true, description: 'IN and NOT_IN: the values.' }) values?: string[];
  @Field(() => Float, { nullable: true, description: 'RANGE: the least.' }) from?: number | null;
  @Field(() => Float, { nullable: true, description: 'RANGE: the first that is too large.' }) below?:
    | number
    | null;
}

@ObjectType('ImageSelection', { description: 'The images that a finding speaks of: every condition holds.' })
@Guard('inherit')
export class ImageSelectionObject implements ImageSelection {
  datasetId: string;
  /** The revision it is of. */
  asOf: number;
  /** What `part` refers to. */
  splitId: string | null;
  @Field(() => [ImageConditionObject], { description: 'The conditions.' }) where: Condition[];
  @Field(() => SelectedAmongEnum, { description: 'Among which images.' }) among: ImageSelection['among'];
}
