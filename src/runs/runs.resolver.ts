import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { PageArgs, toConnection } from '../governance/connection.schema.ts';
import { orProblem } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import type { Context } from '../platform/context.ts';
import { SnapshotObject } from '../snapshots/snapshots.schema.ts';
import { listRunsOf, reportTrainingRun } from './report-training-run.usecase.ts';
import { ReportTrainingRunInput, ReportTrainingRunResult, TrainingRunConnection } from './runs.schema.ts';

@Resolver(() => SnapshotObject)
export class SnapshotRunsResolver {
  @FieldResolver(() => TrainingRunConnection, { description: 'Runs reported on it, oldest first.' })
  async trainingRuns(
    @Ctx() context: Context,
    @Root() snapshot: SnapshotObject,
    @Args(() => PageArgs) page: PageArgs,
  ) {
    return toConnection(await listRunsOf(context, snapshot.digest, page));
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
    return orProblem(reportTrainingRun(context, input));
  }
}
