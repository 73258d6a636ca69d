import { ArgsType, Field, Int } from 'type-graphql';
import { BiasReportKindEnum } from './bias.schema.ts';
import type { ReportKind } from './bias-counts.ts';

@ArgsType()
export class ReportArgs {
  @Field(() => Int, { nullable: true, description: 'Of this revision; the current one unless said.' })
  asOf?: number | null;
  @Field(() => String, {
    nullable: true,
    description: 'Name of a split of the dataset: the report is of the split’s revision.',
  })
  split?: string | null;
  @Field(() => String, { nullable: true, description: 'Only the images of this part of the split.' })
  part?: string | null;
}

@ArgsType()
export class ComparedReportArgs extends ReportArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Slug of a dataset, as it stands, to hold numbers against: a sample of the deployment.',
  })
  reference?: string | null;
}

@ArgsType()
export class SelectionReportArgs extends ComparedReportArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Name of a target population; the only one declared unless said.',
  })
  target?: string | null;
}

@ArgsType()
export class SplitReportArgs {
  @Field(() => String, { description: 'Name of the split.' }) split: string;
  @Field(() => String, {
    nullable: true,
    description: 'The field whose groups may not stand in two parts; the unit unless said.',
  })
  group?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'The test part is of another world on purpose: its balance is told, not judged.',
  })
  external?: boolean | null;
}

@ArgsType()
export class PartReportArgs {
  @Field(() => BiasReportKindEnum, { description: 'What it asks.' }) kind: ReportKind;
  @Field(() => String, { nullable: true, description: 'Only the images of this part of the split.' })
  part?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'SELECTION: name of a target population; the only one declared unless said.',
  })
  target?: string | null;
  @Field(() => String, { nullable: true, description: 'Slug of a dataset to hold numbers against.' })
  reference?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'SPLIT: the field whose groups may not stand in two parts; the unit unless said.',
  })
  group?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'SPLIT: the test part is of another world on purpose: its balance is told, not judged.',
  })
  external?: boolean | null;
}

@ArgsType()
export class AnyReportArgs extends PartReportArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Name of a split that it carries; of the only one for a split report unless said.',
  })
  split?: string | null;
}
