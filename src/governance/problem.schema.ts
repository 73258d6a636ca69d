import {
  type ClassType,
  createUnionType,
  Field,
  InterfaceType,
  ObjectType,
  registerEnumType,
} from 'type-graphql';
import {
  type DomainError,
  ERROR_CODES,
  type ErrorCode,
  isDomainError,
  type Reason,
} from '../kernel/errors.ts';
import { Guard } from './rule.schema.ts';

const ErrorCodeEnum = Object.fromEntries(Object.keys(ERROR_CODES).map((code) => [code, code])) as {
  [K in ErrorCode]: K;
};
registerEnumType(ErrorCodeEnum, {
  name: 'ErrorCode',
  description: 'The closed set of refusals; docs/errors.md explains each.',
  valuesConfig: Object.fromEntries(
    Object.entries(ERROR_CODES).map(([code, { meaning }]) => [code, { description: meaning }]),
  ),
});

export { ErrorCodeEnum };

@ObjectType('Reason', { description: 'One fault of a request.' })
@Guard('inherit')
export class ReasonObject {
  @Field(() => [String], { description: 'The row and field at fault, from the outside in.' })
  path: readonly string[];
  @Field(() => ErrorCodeEnum, { description: 'Which rule is broken.' }) code: ErrorCode;
  @Field(() => String, { description: 'What is wrong and the way out.' }) message: string;
}

@InterfaceType('Problem', {
  description:
    'An expected refusal. Select `... on Problem { code message }` and `__typename`: members may be added.',
  resolveType: (problem: { code: ErrorCode }) =>
    ERROR_CODES[problem.code].status === 409 ? 'ConflictProblem' : 'ValidationProblem',
})
@Guard('inherit')
export abstract class Problem {
  @Field(() => ErrorCodeEnum, { description: 'Which rule was broken.' }) code: ErrorCode;
  @Field(() => String, { description: 'What was at fault, the rule, and the way out.' }) message: string;
  @Field(() => [ReasonObject], { description: 'Every fault found, row by row and field by field.' })
  reasons: readonly ReasonObject[];
}

@ObjectType('ValidationProblem', {
  implements: Problem,
  description: 'The request breaks a rule; nothing was written.',
})
@Guard('inherit')
export class ValidationProblemObject extends Problem {}

@ObjectType('ConflictProblem', {
  implements: Problem,
  description: 'The request is well formed, but the state does not allow it; nothing was written.',
})
@Guard('inherit')
export class ConflictProblemObject extends Problem {}

/** Statuses that mean "you cannot, as things are"; the rest (401, 403, 5xx) are errors of the request, not results. */
const EXPECTED = new Set([400, 404, 409, 413, 422]);

type Refused = ValidationProblemObject | ConflictProblemObject;

/** Runs a use case; an expected refusal becomes a typed result, anything else stays an error. */
export async function orProblem<T>(work: Promise<T>): Promise<T | Refused> {
  try {
    return await work;
  } catch (error) {
    if (!isDomainError(error) || !EXPECTED.has(ERROR_CODES[error.code].status)) throw error;
    return toProblem(error);
  }
}

function toProblem(error: DomainError): Refused {
  const status = ERROR_CODES[error.code].status;
  const problem = status === 409 ? new ConflictProblemObject() : new ValidationProblemObject();
  return Object.assign(problem, {
    code: error.code,
    message: error.message,
    reasons: error.reasons as readonly Reason[],
  });
}

/** `union NameResult = Success | ValidationProblem | ConflictProblem`. */
export function resultOf<T extends object>(name: string, success: ClassType<T>): T | Refused {
  const types = [success, ValidationProblemObject, ConflictProblemObject] as const;
  return createUnionType({
    name: `${name}Result`,
    description: `What ${name[0]!.toLowerCase()}${name.slice(1)} gives, or why it was refused.`,
    types: () => types as unknown as readonly ClassType<object>[],
    resolveType: (value: object) =>
      value instanceof ValidationProblemObject
        ? ValidationProblemObject
        : value instanceof ConflictProblemObject
          ? ConflictProblemObject
          : success,
  }) as unknown as T | Refused;
}
