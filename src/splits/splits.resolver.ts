import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { DatasetObject } from '../catalogue/catalogue.schema.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { PageArgs, toConnection } from '../governance/connection.schema.ts';
import { orProblem } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { toGlobalId } from '../kernel/global-id.ts';
import type { Context } from '../platform/context.ts';
import { certificateView } from './certificate-view.ts';
import { createSplit } from './create-split.usecase.ts';
import { freezeSplit } from './freeze-split.usecase.ts';
import { listSplits, readAssignments, readSplit } from './read-splits.usecase.ts';
import type { Split } from './split.ts';
import {
  CreateSplitInput,
  CreateSplitResult,
  FreezeSplitInput,
  FreezeSplitResult,
  SplitAssignmentConnection,
  SplitCertificateObject,
  SplitConnection,
  SplitObject,
} from './splits.schema.ts';

@ArgsType()
class AssignmentsArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only this part.' }) part?: string | null;
}

@Resolver(() => DatasetObject)
export class DatasetSplitsResolver {
  @FieldResolver(() => SplitConnection, { description: 'Its splits, by name.' })
  async splits(@Ctx() context: Context, @Root() dataset: Dataset, @Args(() => PageArgs) page: PageArgs) {
    return toConnection(await listSplits(context, dataset, page));
  }

  @FieldResolver(() => SplitObject, { nullable: true, description: 'The split of this name.' })
  split(
    @Ctx() context: Context,
    @Root() dataset: Dataset,
    @Arg('name', () => String, { description: 'Its name.' }) name: string,
  ) {
    return readSplit(context, dataset, name);
  }

  @Mutation(() => CreateSplitResult as never, {
    description: 'Divides the kept images; a draft may be made again.',
  })
  @Guard('split.write')
  createSplit(
    @Ctx() context: Context,
    @Arg('input', () => CreateSplitInput, { description: 'How.' }) input: CreateSplitInput,
  ) {
    return orProblem(createSplit(context, input));
  }

  @Mutation(() => FreezeSplitResult as never, {
    description: 'Freezes a draft for good; one that leaks needs a written waiver.',
  })
  @Guard('split.write')
  freezeSplit(
    @Ctx() context: Context,
    @Arg('input', () => FreezeSplitInput, { description: 'Which.' }) input: FreezeSplitInput,
  ) {
    return orProblem(freezeSplit(context, input));
  }
}

@Resolver(() => SplitObject)
export class SplitResolver {
  @FieldResolver(() => ID, { description: 'Opaque and stable.' })
  id(@Root() split: Split) {
    return toGlobalId('Split', split.id);
  }

  @FieldResolver(() => SplitCertificateObject, { description: 'The proof.' })
  certificate(@Root() split: Split) {
    return { ...certificateView(split.certificate), split };
  }

  @FieldResolver(() => String, { description: 'Canonical JSON: what the digest is of.' })
  document(@Root() split: Split) {
    return canonicalJson(split.document);
  }

  @FieldResolver(() => SplitAssignmentConnection, { description: 'Who goes where, in manifest order.' })
  async assignments(
    @Ctx() context: Context,
    @Root() split: Split,
    @Args(() => AssignmentsArgs) args: AssignmentsArgs,
  ) {
    return toConnection(await readAssignments(context, split, args));
  }
}
