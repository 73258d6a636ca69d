import { ArgsType, Field, Int } from 'type-graphql';

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
