import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { orProblem } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import { type Context, perRequest } from '../platform/context.ts';
import { SnapshotObject } from '../snapshots/snapshots.schema.ts';
import { deprecateSnapshot } from './deprecate-snapshot.usecase.ts';
import { deprecationLoader } from './stewardship.loaders.ts';
import { DeprecateSnapshotInput, DeprecateSnapshotResult, DeprecationObject } from './stewardship.schema.ts';

@Resolver(() => SnapshotObject)
export class SnapshotStewardshipResolver {
  @FieldResolver(() => DeprecationObject, { nullable: true, description: 'Null: it may be used.' })
  deprecation(@Ctx() context: Context, @Root() snapshot: SnapshotObject) {
    return perRequest(context, deprecationLoader).load(snapshot.digest);
  }

  @Mutation(() => DeprecateSnapshotResult as never, {
    description: 'Says that a snapshot should be used no more; it keeps being served.',
  })
  @Guard('snapshot.deprecate')
  deprecateSnapshot(
    @Ctx() context: Context,
    @Arg('input', () => DeprecateSnapshotInput, { description: 'Which and why.' })
    input: DeprecateSnapshotInput,
  ) {
    return orProblem(deprecateSnapshot(context, input));
  }
}
