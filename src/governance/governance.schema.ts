import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Float, ID, InputType, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import { ROLES, type Role, TOKEN_SCOPES, type TokenScope } from '../kernel/actor.ts';
import { connectionOf } from './connection.schema.ts';
import { resultOf } from './problem.schema.ts';
import { Guard } from './rule.schema.ts';

const enumOf = <T extends string>(values: readonly T[]) =>
  Object.fromEntries(values.map((value) => [value, value])) as { [K in T]: K };

export const RoleEnum = enumOf(ROLES);
registerEnumType(RoleEnum, {
  name: 'Role',
  description: 'What a principal is on a dataset, or on the whole instance.',
  valuesConfig: {
    READER: { description: 'Reads datasets and pixels, fetches snapshots.' },
    ANNOTATOR: { description: 'Reads, and records annotations.' },
    CURATOR: { description: 'Imports, excludes, splits and publishes; reads restricted metadata.' },
    ADMINISTRATOR: { description: 'Everything, with access and audit.' },
  },
});
export const TokenScopeEnum = enumOf(TOKEN_SCOPES);
registerEnumType(TokenScopeEnum, {
  name: 'TokenScope',
  description: 'What a token allows at most, whatever its principal may do.',
  valuesConfig: {
    READ: { description: 'Reading and fetching.' },
    WRITE: { description: 'Changing datasets and publishing.' },
    ADMINISTER: { description: 'Access and audit.' },
  },
});
const PrincipalKindEnum = enumOf(['HUMAN', 'MACHINE'] as const);
registerEnumType(PrincipalKindEnum, {
  name: 'PrincipalKind',
  description: 'Whether a principal is a person or a machine.',
  valuesConfig: {
    HUMAN: { description: 'A person.' },
    MACHINE: { description: 'A training script, an importer, a dashboard.' },
  },
});
const AuditPhaseEnum = enumOf(['ATTEMPT', 'SUCCEEDED', 'FAILED'] as const);
registerEnumType(AuditPhaseEnum, {
  name: 'AuditPhase',
  description: 'An attempt is on the record before it is made; its outcome follows.',
  valuesConfig: {
    ATTEMPT: { description: 'About to be tried.' },
    SUCCEEDED: { description: 'Done, in the same transaction as this event.' },
    FAILED: { description: 'Refused or failed; `detail` holds the code.' },
  },
});

@InterfaceType('Node', {
  description: 'Anything that can be fetched again by its id (Relay).',
  resolveType: (value: { nodeType: string }) => value.nodeType,
})
@Guard('inherit')
export abstract class NodeObject {
  @Field(() => ID, { description: 'Opaque and stable.' }) id: string;
}

@ObjectType('Principal', { description: 'Somebody, or some machine, that asks.' })
@Guard('authenticated')
export class PrincipalObject {
  @Field(() => String, { description: 'Unique on the instance.' }) name: string;
  @Field(() => PrincipalKindEnum, { description: 'Person or machine.' }) kind: 'HUMAN' | 'MACHINE';
}

@ObjectType('GrantedRole', { description: 'A role a principal holds.' })
@Guard('inherit')
export class GrantedRoleObject {
  @Field(() => String, { description: 'Who holds it.' }) principal: string;
  @Field(() => RoleEnum, { description: 'The role.' }) role: Role;
  @Field(() => String, { nullable: true, description: 'Slug of the dataset; null is the whole instance.' })
  dataset: string | null;
}

@ObjectType('Viewer', { description: 'Who this request comes from.' })
@Guard('authenticated')
export class ViewerObject {
  @Field(() => String, { description: 'Name of the principal.' }) name: string;
  @Field(() => [TokenScopeEnum], { description: 'What the token allows at most.' })
  tokenScopes: readonly TokenScope[];
}

@ObjectType('AccessToken', { description: 'A token, without its secret.' })
@Guard('inherit')
export class AccessTokenObject {
  @Field(() => ID, { description: 'For revoking it.' }) id: string;
  @Field(() => String, { description: 'What it is for.' }) label: string;
  @Field(() => [TokenScopeEnum], { description: 'What it allows at most.' }) scopes: readonly TokenScope[];
  @Field(() => GraphQLDateTimeISO, { description: 'When it was issued.' }) createdAt: Date;
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it ends by itself; null: never.' })
  expiresAt: Date | null;
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was revoked.' })
  revokedAt: Date | null;
}

@ObjectType('IssuedToken', {
  description: 'A new token with its secret, which is shown this once and kept nowhere.',
})
@Guard('inherit')
export class IssuedTokenObject {
  @Field(() => String, { description: 'The secret.' }) token: string;
  @Field(() => AccessTokenObject, { description: 'What the server remembers of it.' })
  accessToken: AccessTokenObject;
}

@ObjectType('RevokedToken', { description: 'A token that ended just now.' })
@Guard('inherit')
export class RevokedTokenObject {
  @Field(() => ID, { description: 'Its id.' }) id: string;
}

@ObjectType('AuditEvent', { description: 'One line of the hash-chained audit log.' })
@Guard('inherit')
export class AuditEventObject {
  @Field(() => Float, { description: 'Position in the chain, from 1, without a gap.' }) sequence: number;
  @Field(() => String, { description: 'When, RFC 3339, UTC.' }) at: string;
  @Field(() => String, { nullable: true, description: 'Id of the principal; null: the instance itself.' })
  principalId: string | null;
  @Field(() => String, { description: 'What was done, such as `split.freeze`.' }) action: string;
  @Field(() => String, { description: 'To what, such as `dataset:<id>`.' }) subject: string;
  @Field(() => AuditPhaseEnum, { description: 'Attempt or outcome.' }) phase:
    | 'ATTEMPT'
    | 'SUCCEEDED'
    | 'FAILED';
  @Field(() => String, { description: 'The request it belongs to.' }) requestId: string;
  @Field(() => String, { description: 'Canonical JSON text, as it was hashed.' }) detail: string;
  @Field(() => String, { description: 'Hash of the event before.' }) previousHash: string;
  @Field(() => String, { description: 'SHA-256 over the previous hash and this event.' }) hash: string;
}
export const AuditEventConnection = connectionOf<AuditEventObject>('AuditEvent', () => AuditEventObject);

@ObjectType('ChainProblem', { description: 'Where the audit chain breaks.' })
@Guard('inherit')
export class ChainProblemObject {
  @Field(() => Float, { description: 'The first event at fault.' }) sequence: number;
  @Field(() => String, { description: 'What is wrong with it.' }) message: string;
}

@ObjectType('ChainVerification', { description: 'The result of recomputing every hash of the audit log.' })
@Guard('inherit')
export class ChainVerificationObject {
  @Field(() => Boolean, { description: 'Whether nothing was altered, removed or reordered.' })
  intact: boolean;
  @Field(() => Float, { description: 'Events in the log.' }) eventCount: number;
  @Field(() => String, { description: 'Hash of the last event: keep it elsewhere to see truncation.' })
  headHash: string;
  @Field(() => ChainProblemObject, { nullable: true, description: 'The first break.' })
  problem: ChainProblemObject | null;
}

@InputType({ description: 'A new principal.' })
export class CreatePrincipalInput {
  @Field(() => String, { description: 'a–z, 0–9, ".", "_", "-".' }) name: string;
  @Field(() => PrincipalKindEnum, { description: 'Person or machine.' }) kind: 'HUMAN' | 'MACHINE';
}

@InputType({ description: 'A new token.' })
export class IssueTokenInput {
  @Field(() => String, { description: 'Name of the principal it speaks for.' }) principal: string;
  @Field(() => String, { description: 'What it is for.' }) label: string;
  @Field(() => [TokenScopeEnum], { description: 'What it allows at most.' }) scopes: TokenScope[];
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it ends by itself.' })
  expiresAt: Date | null;
}

@InputType({ description: 'A token to end.' })
export class RevokeTokenInput {
  @Field(() => ID, { description: 'Its id.' }) id: string;
}

export const CreatePrincipalResult = resultOf('CreatePrincipal', PrincipalObject);
export const IssueTokenResult = resultOf('IssueToken', IssuedTokenObject);
export const RevokeTokenResult = resultOf('RevokeToken', RevokedTokenObject);
