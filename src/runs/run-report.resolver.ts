import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { Guard } from '../governance/rule.schema.ts';
import type { Context } from '../platform/context.ts';
import { readRunReport } from './read-run-report.usecase.ts';
import { RunReportArgs, RunReportObject } from './run-report.schema.ts';

@Resolver(() => RunReportObject)
export class RunReportResolver {
  @Query(() => RunReportObject, {
    description: 'What can be said of the runs reported on some snapshots, by one metric on one part.',
  })
  @Guard('snapshot.fetch')
  runReport(
    @Ctx() context: Context,
    @Arg('snapshots', () => [String], { description: 'Digests, sha256:….' }) snapshots: string[],
    @Args(() => RunReportArgs) args: RunReportArgs,
  ) {
    const { metric, part, isGreaterBetter = null, models = null, claims } = args;
    return readRunReport(context, { snapshots, metric, part, isGreaterBetter, models, claims });
  }
}
