import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../platform/context.ts';
import { AuditCheckpointObject, AuditFilterInput } from './audit.schema.ts';
import { orderCheckpoint } from './checkpoint-audit.usecase.ts';
import { PageArgs, toConnection } from './connection.schema.ts';
import { createPrincipal } from './create-principal.usecase.ts';
import { disablePrincipal, enablePrincipal } from './disable-principal.usecase.ts';
import {
  AuditEventConnection,
  ChainVerificationObject,
  CreatePrincipalInput,
  CreatePrincipalResult,
  DisablePrincipalInput,
  DisablePrincipalResult,
  EnablePrincipalInput,
  EnablePrincipalResult,
  RevokeTokenInput,
  RevokeTokenResult,
  RotateTokenInput,
  RotateTokenResult,
  ViewerObject,
} from './governance.schema.ts';
import { listAuditEvents } from './list-audit-events.usecase.ts';
import { orProblem } from './problem.schema.ts';
import { revokeToken } from './revoke-token.usecase.ts';
import { rotateToken } from './rotate-token.usecase.ts';
import { Guard } from './rule.schema.ts';
import { verifyAuditChain } from './verify-audit-chain.usecase.ts';

@Resolver()
export class GovernanceResolver {
  @Query(() => ViewerObject, { description: 'Who this request comes from.' })
  @Guard('authenticated')
  viewer(@Ctx() context: Context) {
    return context.actor!;
  }

  @Query(() => AuditEventConnection, { description: 'The audit log, oldest first unless asked otherwise.' })
  @Guard('audit.read')
  async auditEvents(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('subject', () => String, {
      nullable: true,
      description: 'Only what happened to this subject, such as `dataset:<id>`.',
    })
    subject?: string | null,
    @Arg('filter', () => AuditFilterInput, { nullable: true, description: 'Only events of this kind.' })
    filter?: AuditFilterInput | null,
    @Arg('newestFirst', () => Boolean, {
      defaultValue: false,
      description: 'Against the order of the chain.',
    })
    newestFirst = false,
  ) {
    return toConnection(
      await listAuditEvents(context, { ...page, filter: { ...filter, subject }, newestFirst }),
    );
  }

  @Query(() => ChainVerificationObject, { description: 'Recomputes every hash of the audit log.' })
  @Guard('audit.read')
  verifyAuditChain(@Ctx() context: Context) {
    return verifyAuditChain(context);
  }

  @Mutation(() => AuditCheckpointObject, {
    description: 'Signs how the audit chain stands, as the server does by itself from time to time.',
  })
  @Guard('audit.read')
  async checkpointAudit(@Ctx() context: Context) {
    return { sequence: await orderCheckpoint(context) };
  }

  @Mutation(() => CreatePrincipalResult as never, {
    description: 'Makes a principal, who may do nothing yet.',
  })
  @Guard('access.administer')
  createPrincipal(
    @Ctx() context: Context,
    @Arg('input', () => CreatePrincipalInput, { description: 'Who.' }) input: CreatePrincipalInput,
  ) {
    return orProblem(createPrincipal(context, input));
  }

  @Mutation(() => DisablePrincipalResult as never, {
    description: 'Refuses every token and sign-in of a principal, at once; what it was given is kept.',
  })
  @Guard('access.administer')
  disablePrincipal(
    @Ctx() context: Context,
    @Arg('input', () => DisablePrincipalInput, { description: 'Whom.' }) input: DisablePrincipalInput,
  ) {
    return orProblem(disablePrincipal(context, input));
  }

  @Mutation(() => EnablePrincipalResult as never, { description: 'Takes a disabled principal again.' })
  @Guard('access.administer')
  enablePrincipal(
    @Ctx() context: Context,
    @Arg('input', () => EnablePrincipalInput, { description: 'Whom.' }) input: EnablePrincipalInput,
  ) {
    return orProblem(enablePrincipal(context, input));
  }

  @Mutation(() => RotateTokenResult as never, {
    description: 'Gives a token another secret, which is shown this once; what it allows and its end stay.',
  })
  @Guard('authenticated')
  rotateToken(
    @Ctx() context: Context,
    @Arg('input', () => RotateTokenInput, { description: 'Which, and how long both are good.' })
    input: RotateTokenInput,
  ) {
    return orProblem(rotateToken(context, input));
  }

  @Mutation(() => RevokeTokenResult as never, { description: 'Ends a token at once.' })
  @Guard('authenticated')
  revokeToken(
    @Ctx() context: Context,
    @Arg('input', () => RevokeTokenInput, { description: 'Which.' }) input: RevokeTokenInput,
  ) {
    return orProblem(revokeToken(context, input));
  }
}
