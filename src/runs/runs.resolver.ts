import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { DatasetObject } from '../catalogue/catalogue.schema.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { PageArgs, toConnection } from '../governance/connection.schema.ts';
import { orProblem } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import type { Context } from '../platform/context.ts';
import { SnapshotObject } from '../snapshots/snapshots.schema.ts';
import { listRunOutcomes, listRuns, readTrainingRun } from './read-runs.usecase.ts';
import { reportTrainingRun } from './report-training-run.usecase.ts';
import {
  ReportTrainingRunInput,
  ReportTrainingRunResult,
  RunFilterArgs,
  TrainingRunConnection,
  TrainingRunObject,
  TrainingRunOutcomeConnection,
  WithdrawTrainingRunInput,
  WithdrawTrainingRunResult,
} from './runs.schema.ts';
import { withdrawTrainingRun } from './withdraw-training-run.usecase.ts';

@Resolver(() => SnapshotObject)
export class SnapshotRunsResolver {
  @FieldResolver(() => TrainingRunConnection, { description: 'Runs reported on it, oldest first.' })
  async trainingRuns(
    @Ctx() context: Context,
    @Root() { datasetId, digest }: SnapshotObject,
    @Args(() => RunFilterArgs) { model = null, split = null, withdrawn, ...page }: RunFilterArgs,
  ) {
    return toConnection(
      await listRuns(context, { datasetId, snapshot: digest, model, split, withdrawn }, page),
    );
  }
}

@Resolver(() => DatasetObject)
export class DatasetRunsResolver {
  @FieldResolver(() => TrainingRunConnection, {
    description: 'Runs reported on its snapshots, oldest first.',
  })
  async trainingRuns(
    @Ctx() context: Context,
    @Root() dataset: Dataset,
    @Args(() => RunFilterArgs) { model = null, split = null, withdrawn, ...page }: RunFilterArgs,
  ) {
    return toConnection(
      await listRuns(context, { datasetId: dataset.id, snapshot: null, model, split, withdrawn }, page),
    );
  }
}

@Resolver(() => TrainingRunObject)
export class TrainingRunResolver {
  @Query(() => TrainingRunObject, { description: 'The training run of this id.' })
  @Guard('dataset.read')
  trainingRun(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Its id.' }) id: string) {
    return readTrainingRun(context, id);
  }

  @FieldResolver(() => TrainingRunOutcomeConnection, { description: 'How each image came out, by id.' })
  async outcomes(
    @Ctx() context: Context,
    @Root() run: TrainingRunObject,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    return toConnection(await listRunOutcomes(context, run.id, page));
  }

  @Mutation(() => ReportTrainingRunResult as never, {
    description: 'Reports a training run on a pinned snapshot.',
  })
  @Guard('run.report')
  reportTrainingRun(
    @Ctx() context: Context,
    @Arg('input', () => ReportTrainingRunInput, { description: 'What was trained.' })
    input: ReportTrainingRunInput,
  ) {
    return orProblem(reportTrainingRun(context, input).then(({ run }) => run));
  }

  @Mutation(() => WithdrawTrainingRunResult as never, {
    description: 'Says that a run was reported by mistake; it stays, and counts no more.',
  })
  @Guard('run.report')
  withdrawTrainingRun(
    @Ctx() context: Context,
    @Arg('input', () => WithdrawTrainingRunInput, { description: 'Which run, and why.' })
    input: WithdrawTrainingRunInput,
  ) {
    return orProblem(withdrawTrainingRun(context, input));
  }
}
