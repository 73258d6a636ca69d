import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';
import { attemptsOf, recordRefusal } from '../governance/audit.store.ts';
import { type Action, may, maySomewhere } from '../governance/policy.ts';
import type { Rule } from '../governance/rule.schema.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError, type ErrorCode, isDomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { refuseUnstorableText } from './refuse-unstorable-text.ts';

type Resolver = GraphQLFieldResolver<unknown, Context>;

/**
 * Law 7, the one point where GraphQL meets the policy: every field of every type is wrapped by its rule, and a field
 * without one is refused always.
 */
export function enforceRules(schema: GraphQLSchema): GraphQLSchema {
  const roots = new Set([schema.getQueryType()?.name, schema.getMutationType()?.name]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const rule = ruleOf(type, field);
      if (rule === 'inherit' && !roots.has(type.name)) continue;
      const resolve = onText((field.resolve ?? defaultFieldResolver) as Resolver, field.args.length > 0);
      field.resolve = roots.has(type.name)
        ? guardRoot(rule, resolve, field.name)
        : guardObject(rule, resolve, `${type.name}.${field.name}`);
      if (type === schema.getMutationType()) field.resolve = onRecord(field.resolve as Resolver, field.name);
    }
  }
  return schema;
}

/** Law 8: a mutation refused before its use case put it on the record is put there here. */
function onRecord(resolve: Resolver, name: string): Resolver {
  return async (source, args, context, info) => {
    const before = attemptsOf(context);
    const refused = async (code: ErrorCode) => {
      if (!context.actor || attemptsOf(context) > before) return;
      await recordRefusal(context, { action: `mutation.${name}`, subject: 'instance' }, code);
    };
    try {
      const result = await resolve(source, args, context, info);
      if (isProblem(result)) await refused(result.code);
      return result;
    } catch (error) {
      await refused(isDomainError(error) ? error.code : 'INTERNAL');
      throw error;
    }
  };
}

function onText(resolve: Resolver, hasArguments: boolean): Resolver {
  if (!hasArguments) return resolve;
  return (source, args, context, info) => {
    refuseUnstorableText(args);
    return resolve(source, args, context, info);
  };
}

/** The field's own rule, or its type's. */
export function ruleOf(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): Rule | undefined {
  return (field.extensions.rule ?? type.extensions.rule) as Rule | undefined;
}

/** A field of Query or Mutation: its use case must have asked the policy for the very action it declares. */
function guardRoot(rule: Rule | undefined, resolve: Resolver, name: string): Resolver {
  return async (source, args, context, info) => {
    if (rule === 'public') return resolve(source, args, context, info);
    requireActor(context, name);
    if (rule === 'authenticated') return resolve(source, args, context, info);
    if (rule === undefined || rule === 'inherit')
      throw new DomainError('FORBIDDEN', `"${name}" has no rule of its own, so nobody may ask it.`);
    if (!maySomewhere(context.actor, rule)) {
      throw new DomainError(
        'FORBIDDEN',
        `${context.actor!.name} may do "${rule}" nowhere; ask an administrator for a role or a token that allows it.`,
      );
    }
    const result = await resolve(source, args, context, info);
    if (!isProblem(result) && !context.decisions.has(rule))
      throw new Error(`"${name}" was answered without the policy being asked for "${rule}"`);
    return result;
  };
}

/** A field of a governed object: judged on the dataset of that object. */
function guardObject(rule: Rule | undefined, resolve: Resolver, name: string): Resolver {
  return (source, args, context, info) => {
    if (rule === 'public') return resolve(source, args, context, info);
    requireActor(context, name);
    if (rule === 'authenticated') return resolve(source, args, context, info);
    if (rule === undefined)
      throw new DomainError('FORBIDDEN', `"${name}" has no rule, so nobody may read it.`);
    const datasetId = (source as { datasetId?: string }).datasetId;
    if (datasetId === undefined) throw new Error(`"${name}" was reached on an object that names no dataset`);
    if (!may(context.actor, rule as Action, datasetScope(datasetId))) {
      throw new DomainError(
        'FORBIDDEN',
        `${context.actor!.name} may not do "${rule}" here; ask an administrator of the dataset for a role.`,
      );
    }
    return resolve(source, args, context, info);
  };
}

function requireActor(context: Context, name: string): void {
  if (!context.actor)
    throw new DomainError('UNAUTHENTICATED', `"${name}" needs a token; none came with the request.`);
}

function isProblem(value: unknown): value is { code: ErrorCode } {
  return typeof value === 'object' && value !== null && 'code' in value && 'reasons' in value;
}
