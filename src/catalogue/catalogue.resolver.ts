import { GraphQLDateTimeISO } from 'graphql-scalars';
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { PageArgs, toConnection } from '../governance/connection.schema.ts';
import { orProblem } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import { toGlobalId } from '../kernel/global-id.ts';
import { type Context, perRequest } from '../platform/context.ts';
import { AsOf, AsOfPageArgs } from './as-of.schema.ts';
import { imageCountsLoader, labelSchemaLoader } from './catalogue.loaders.ts';
import {
  CreateDatasetInput,
  CreateDatasetResult,
  DatasetConnection,
  DatasetObject,
  DefineLabelSchemaInput,
  DefineLabelSchemaResult,
  DescribeDatasetInput,
  DescribeDatasetResult,
  ExcludeImagesInput,
  ExcludeImagesResult,
  ExclusionEntryConnection,
  GovernedChangeConnectionObject,
  GrantRoleResult,
  ImageCountsObject,
  ImageObject,
  LabelClassObject,
  ReadmitImagesInput,
  ReadmitImagesResult,
  RevisionConnection,
  RevisionDiffObject,
  RevokeRoleResult,
  RoleInput,
} from './catalogue.schema.ts';
import { createDataset } from './create-dataset.usecase.ts';
import { type Dataset, revisionAsked } from './dataset.ts';
import { defineLabelSchema } from './define-label-schema.usecase.ts';
import { describeDataset } from './describe-dataset.usecase.ts';
import { excludeImages, readmitImages } from './exclude-images.usecase.ts';
import { grantRole, revokeRole } from './grant-role.usecase.ts';
import { listExclusions } from './list-exclusions.usecase.ts';
import {
  diffRevisions,
  listChanges,
  listDatasets,
  listRevisions,
  type RevisionDiff,
  readDataset,
} from './read-catalogue.usecase.ts';
import { mayReadNames } from './visible-name.ts';

@ArgsType()
class ExclusionsArgs extends AsOfPageArgs {
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'With those that were taken back, or replaced, by then.',
  })
  history: boolean;
}

@Resolver(() => DatasetObject)
export class DatasetResolver {
  @Query(() => DatasetObject, { description: 'The dataset of this slug.' })
  @Guard('dataset.read')
  dataset(@Ctx() context: Context, @Arg('slug', () => String, { description: 'Its slug.' }) slug: string) {
    return readDataset(context, slug);
  }

  @Query(() => DatasetConnection, { description: 'The datasets this token may read, by slug.' })
  @Guard('dataset.read')
  async datasets(@Ctx() context: Context, @Args(() => PageArgs) page: PageArgs) {
    return toConnection(await listDatasets(context, page));
  }

  @FieldResolver(() => ID, { description: 'Opaque and stable.' })
  id(@Root() dataset: Dataset) {
    return toGlobalId('Dataset', dataset.datasetId);
  }

  @FieldResolver(() => ImageCountsObject, { description: 'How many images, kept and excluded.' })
  imageCounts(@Ctx() context: Context, @Root() dataset: Dataset, @AsOf() asOf?: number | null) {
    return perRequest(context, imageCountsLoader).load({
      datasetId: dataset.id,
      asOf: revisionAsked(dataset, asOf),
    });
  }

  @FieldResolver(() => [LabelClassObject], { description: 'The label schema, in order.' })
  labelClasses(@Ctx() context: Context, @Root() dataset: Dataset, @AsOf() asOf?: number | null) {
    return perRequest(context, labelSchemaLoader).load({
      datasetId: dataset.id,
      asOf: revisionAsked(dataset, asOf),
    });
  }

  @FieldResolver(() => ExclusionEntryConnection, {
    description: 'The exclusion ledger: what was kept out, when, why and by whom.',
  })
  async exclusions(
    @Ctx() context: Context,
    @Root() dataset: Dataset,
    @Args(() => ExclusionsArgs) args: ExclusionsArgs,
  ) {
    return toConnection(await listExclusions(context, dataset, args));
  }

  @FieldResolver(() => RevisionConnection, { description: 'Its history, newest first.' })
  async revisions(@Ctx() context: Context, @Root() dataset: Dataset, @Args(() => PageArgs) page: PageArgs) {
    return toConnection(await listRevisions(context, dataset, page));
  }

  @FieldResolver(() => RevisionDiffObject, { description: 'What differs between two revisions.' })
  diff(
    @Root() dataset: Dataset,
    @Arg('from', () => Int, { description: 'The earlier revision.' }) from: number,
    @Arg('to', () => Int, { description: 'The later revision.' }) to: number,
  ) {
    return diffRevisions(dataset, from, to);
  }

  @Mutation(() => CreateDatasetResult as never, {
    description: 'Makes a dataset; whoever makes it administers it.',
  })
  @Guard('dataset.create')
  createDataset(
    @Ctx() context: Context,
    @Arg('input', () => CreateDatasetInput, { description: 'What.' }) input: CreateDatasetInput,
  ) {
    return orProblem(createDataset(context, input));
  }

  @Mutation(() => DescribeDatasetResult as never, { description: 'Replaces the description.' })
  @Guard('dataset.curate')
  describeDataset(
    @Ctx() context: Context,
    @Arg('input', () => DescribeDatasetInput, { description: 'What.' }) input: DescribeDatasetInput,
  ) {
    return orProblem(describeDataset(context, input));
  }

  @Mutation(() => DefineLabelSchemaResult as never, { description: 'Sets or extends the classes.' })
  @Guard('dataset.curate')
  defineLabelSchema(
    @Ctx() context: Context,
    @Arg('input', () => DefineLabelSchemaInput, { description: 'What.' }) input: DefineLabelSchemaInput,
  ) {
    return orProblem(defineLabelSchema(context, input));
  }

  @Mutation(() => ExcludeImagesResult as never, {
    description: 'Keeps images out, each with a stage and a reason.',
  })
  @Guard('dataset.curate')
  excludeImages(
    @Ctx() context: Context,
    @Arg('input', () => ExcludeImagesInput, { description: 'Which and why.' }) input: ExcludeImagesInput,
  ) {
    return orProblem(excludeImages(context, input));
  }

  @Mutation(() => ReadmitImagesResult as never, { description: 'Keeps excluded images again.' })
  @Guard('dataset.curate')
  readmitImages(
    @Ctx() context: Context,
    @Arg('input', () => ReadmitImagesInput, { description: 'Which.' }) input: ReadmitImagesInput,
  ) {
    return orProblem(readmitImages(context, input));
  }

  @Mutation(() => GrantRoleResult as never, { description: 'Gives a principal or a group a role.' })
  @Guard('access.administer')
  grantRole(
    @Ctx() context: Context,
    @Arg('input', () => RoleInput, { description: 'Who, what, where.' }) input: RoleInput,
    @Arg('expiresAt', () => GraphQLDateTimeISO, {
      nullable: true,
      description: 'When the grant ends by itself; null: never. Replaces the term of a grant held already.',
    })
    expiresAt?: Date | null,
  ) {
    return orProblem(grantRole(context, { ...input, expiresAt: expiresAt ?? null }));
  }

  @Mutation(() => RevokeRoleResult as never, { description: 'Takes a role back.' })
  @Guard('access.administer')
  revokeRole(
    @Ctx() context: Context,
    @Arg('input', () => RoleInput, { description: 'Who, what, where.' }) input: RoleInput,
  ) {
    return orProblem(revokeRole(context, input));
  }
}

@Resolver(() => ImageObject)
export class ImageResolver {
  @FieldResolver(() => ID, { description: 'Opaque and stable.' })
  id(@Root() image: ImageObject) {
    return toGlobalId('Image', `${image.datasetId}/${image.id}`);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'As imported; unique in the dataset. Null in a personal dataset for who may not read restricted metadata.',
  })
  name(@Ctx() context: Context, @Root() image: ImageObject) {
    return mayReadNames(context.actor, image) ? image.name : null;
  }

  @FieldResolver(() => String, {
    description: '32 hexadecimal digits, made of name and digest: the id in manifests.',
  })
  imageId(@Root() image: ImageObject) {
    return image.id;
  }
}

@Resolver(() => RevisionDiffObject)
export class RevisionDiffResolver {
  @FieldResolver(() => GovernedChangeConnectionObject, { description: 'Images registered.' })
  images(@Ctx() context: Context, @Root() diff: RevisionDiff, @Args(() => PageArgs) page: PageArgs) {
    return changes(context, diff, 'image', page);
  }

  @FieldResolver(() => GovernedChangeConnectionObject, { description: 'Images excluded or readmitted.' })
  exclusions(@Ctx() context: Context, @Root() diff: RevisionDiff, @Args(() => PageArgs) page: PageArgs) {
    return changes(context, diff, 'exclusion', page);
  }

  @FieldResolver(() => GovernedChangeConnectionObject, { description: 'Acquisition metadata.' })
  acquisition(@Ctx() context: Context, @Root() diff: RevisionDiff, @Args(() => PageArgs) page: PageArgs) {
    return changes(context, diff, 'acquisition', page);
  }

  @FieldResolver(() => GovernedChangeConnectionObject, { description: 'Annotations.' })
  annotations(@Ctx() context: Context, @Root() diff: RevisionDiff, @Args(() => PageArgs) page: PageArgs) {
    return changes(context, diff, 'annotation', page);
  }
}

async function changes(
  context: Context,
  diff: RevisionDiff,
  table: 'image' | 'exclusion' | 'acquisition' | 'annotation',
  page: PageArgs,
) {
  const found = await listChanges(context, diff, table, page);
  return { ...toConnection(found), opened: found.opened, closed: found.closed };
}
