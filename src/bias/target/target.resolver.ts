import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { orProblem } from '../../governance/problem.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import type { Context } from '../../platform/context.ts';
import { declareTarget } from './declare-target.usecase.ts';
import {
  DeclareTargetInput,
  DeclareTargetResult,
  WithdrawTargetInput,
  WithdrawTargetResult,
} from './target.schema.ts';
import { withdrawTarget } from './withdraw-target.usecase.ts';

@Resolver()
export class TargetResolver {
  @Mutation(() => DeclareTargetResult as never, {
    description: 'Declares the population the model will meet, with its source.',
  })
  @Guard('dataset.curate')
  declareTarget(
    @Ctx() context: Context,
    @Arg('input', () => DeclareTargetInput, { description: 'Which.' }) input: DeclareTargetInput,
  ) {
    return orProblem(declareTarget(context, input));
  }

  @Mutation(() => WithdrawTargetResult as never, {
    description: 'Withdraws a target population; earlier revisions keep it.',
  })
  @Guard('dataset.curate')
  withdrawTarget(
    @Ctx() context: Context,
    @Arg('input', () => WithdrawTargetInput, { description: 'Which.' }) input: WithdrawTargetInput,
  ) {
    return orProblem(withdrawTarget(context, input));
  }
}
