import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { DatasetObject } from '../catalogue/catalogue.schema.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { toConnection } from '../governance/connection.schema.ts';
import { orProblem } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import type { Context } from '../platform/context.ts';
import { AnnotationRoundObject } from './annotation.schema.ts';
import { assignRepeats, assignRound } from './assign-round.usecase.ts';
import { readRatingQueue } from './rating-queue.usecase.ts';
import { readAssignments, readOwnPseudonym, readProgress } from './read-rounds.usecase.ts';
import {
  AssignRepeatsInput,
  AssignRepeatsResult,
  AssignRoundInput,
  AssignRoundResult,
  QueuedImageObject,
  RoundAssignmentConnection,
  RoundAssignmentsArgs,
  RoundProgressObject,
  TieAnnotatorAccountInput,
  TieAnnotatorAccountResult,
} from './rounds.schema.ts';
import { tieAnnotatorAccount } from './tie-account.usecase.ts';

@Resolver(() => AnnotationRoundObject)
export class AnnotationRoundResolver {
  @FieldResolver(() => RoundAssignmentConnection, {
    description: 'Who labels what, in the order dealt. Who does not curate sees the own assignments alone.',
  })
  async assignments(
    @Ctx() context: Context,
    @Root() round: AnnotationRoundObject,
    @Args(() => RoundAssignmentsArgs) args: RoundAssignmentsArgs,
  ) {
    return toConnection(await readAssignments(context, round, args));
  }

  @FieldResolver(() => RoundProgressObject, { description: 'How far it is.' })
  progress(@Ctx() context: Context, @Root() round: AnnotationRoundObject) {
    return readProgress(context, round);
  }
}

@Resolver(() => DatasetObject)
export class DatasetRoundResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The pseudonym under which the asking account labels here; null: none.',
  })
  ownPseudonym(@Ctx() context: Context, @Root() dataset: Dataset) {
    return readOwnPseudonym(context, dataset);
  }

  @FieldResolver(() => [QueuedImageObject], {
    description: 'The kept images that most need another rating of their class, for who curates.',
  })
  ratingQueue(
    @Ctx() context: Context,
    @Root() dataset: Dataset,
    @Arg('first', () => Int, { nullable: true, description: 'How many at most, 0 to 500; 50 unless said.' })
    first?: number | null,
  ) {
    return readRatingQueue(context, dataset, first ?? null);
  }

  @Mutation(() => AssignRoundResult as never, {
    description: 'Deals images to annotators of a round, evenly and so that everybody meets everybody.',
  })
  @Guard('dataset.curate')
  assignRound(
    @Ctx() context: Context,
    @Arg('input', () => AssignRoundInput, { description: 'Which images, to whom.' }) input: AssignRoundInput,
  ) {
    return orProblem(assignRound(context, input));
  }

  @Mutation(() => AssignRepeatsResult as never, {
    description: 'Queues a share of what each annotator labelled a day or more ago for them to label again.',
  })
  @Guard('dataset.curate')
  assignRepeats(
    @Ctx() context: Context,
    @Arg('input', () => AssignRepeatsInput, { description: 'How much.' }) input: AssignRepeatsInput,
  ) {
    return orProblem(assignRepeats(context, input));
  }

  @Mutation(() => TieAnnotatorAccountResult as never, {
    description: 'Says which account labels under a pseudonym; it is no part of the dataset’s record.',
  })
  @Guard('dataset.curate')
  tieAnnotatorAccount(
    @Ctx() context: Context,
    @Arg('input', () => TieAnnotatorAccountInput, { description: 'Who.' }) input: TieAnnotatorAccountInput,
  ) {
    return orProblem(tieAnnotatorAccount(context, input));
  }
}
