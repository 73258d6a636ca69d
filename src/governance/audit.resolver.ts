import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { type Context, perRequest } from '../platform/context.ts';
import { outcomeLoader } from './audit.loaders.ts';
import type { AuditEvent } from './audit-chain.ts';
import { AuditEventObject } from './governance.schema.ts';

@Resolver(() => AuditEventObject)
export class AuditEventResolver {
  @FieldResolver(() => AuditEventObject, {
    nullable: true,
    description: 'Of an attempt, how it ended; null: it has not, or the server died in between.',
  })
  outcome(@Root() event: AuditEvent, @Ctx() context: Context) {
    return event.phase === 'ATTEMPT' ? perRequest(context, outcomeLoader).load(event.sequence) : null;
  }
}
