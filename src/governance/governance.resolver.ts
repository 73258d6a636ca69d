import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../platform/context.ts';
import { PageArgs, toConnection } from './connection.schema.ts';
import { createPrincipal } from './create-principal.usecase.ts';
import {
  AuditEventConnection,
  ChainVerificationObject,
  CreatePrincipalInput,
  CreatePrincipalResult,
  IssueTokenInput,
  IssueTokenResult,
  RevokeTokenInput,
  RevokeTokenResult,
  ViewerObject,
} from './governance.schema.ts';
import { issueToken } from './issue-token.usecase.ts';
import { listAuditEvents } from './list-audit-events.usecase.ts';
import { orProblem } from './problem.schema.ts';
import { revokeToken } from './revoke-token.usecase.ts';
import { Guard } from './rule.schema.ts';
import { verifyAuditChain } from './verify-audit-chain.usecase.ts';

@Resolver()
export class GovernanceResolver {
  @Query(() => ViewerObject, { description: 'Who this request comes from.' })
  @Guard('authenticated')
  viewer(@Ctx() context: Context) {
    return context.actor!;
  }

  @Query(() => AuditEventConnection, { description: 'The audit log, oldest first.' })
  @Guard('audit.read')
  async auditEvents(
    @Ctx() context: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('subject', () => String, {
      nullable: true,
      description: 'Only what happened to this subject, such as `dataset:<id>`.',
    })
    subject?: string | null,
  ) {
    return toConnection(await listAuditEvents(context, { ...page, subject }));
  }

  @Query(() => ChainVerificationObject, { description: 'Recomputes every hash of the audit log.' })
  @Guard('audit.read')
  verifyAuditChain(@Ctx() context: Context) {
    return verifyAuditChain(context);
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

  @Mutation(() => IssueTokenResult as never, {
    description: 'Issues a token; its secret is shown this once.',
  })
  @Guard('access.administer')
  issueToken(
    @Ctx() context: Context,
    @Arg('input', () => IssueTokenInput, { description: 'For whom and what.' }) input: IssueTokenInput,
  ) {
    return orProblem(issueToken(context, input));
  }

  @Mutation(() => RevokeTokenResult as never, { description: 'Ends a token at once.' })
  @Guard('access.administer')
  revokeToken(
    @Ctx() context: Context,
    @Arg('input', () => RevokeTokenInput, { description: 'Which.' }) input: RevokeTokenInput,
  ) {
    return orProblem(revokeToken(context, input));
  }
}
