import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Float, ID, InputType, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import {
  PRINCIPAL_KINDS,
  PRIVILEGES,
  type PrincipalKind,
  type Privilege,
  ROLES,
  type Role,
  TOKEN_SCOPES,
  type TokenScope,
} from '../kernel/actor.ts';
import { enumOf } from '../kernel/enum-of.ts';
import { connectionOf } from './connection.schema.ts';
import { resultOf } from './problem.schema.ts';
import { Guard } from './rule.schema.ts';

export const RoleEnum = enumOf([...ROLES, ...PRIVILEGES]);
registerEnumType(RoleEnum, {
  name: 'Role',
  description:
    'What a principal is on a dataset, or on the whole instance: a role, or one privilege by itself.',
  valuesConfig: {
    VIEWER: { description: 'Reads datasets and fetches snapshots, without pixels.' },
    READER: { description: 'Reads datasets and pixels, fetches snapshots.' },
    ANNOTATOR: { description: 'Reads, and records annotations.' },
    REVIEWER: { description: 'Reads, restricted metadata too, and reviews what others propose to publish.' },
    CURATOR: { description: 'Imports, excludes, splits and publishes; reads restricted metadata.' },
    STEWARD: { description: 'Declares terms and rules of publication, withdraws, sees who fetched what.' },
    AUDITOR: { description: 'Reads datasets without pixels, and the audit log.' },
    ADMINISTRATOR: { description: 'Everything, with access and audit.' },
    READ: { description: 'Privilege: datasets and snapshots, without pixels; runs are reported back.' },
    READ_PIXELS: { description: 'Privilege: the bytes of images.' },
    READ_RESTRICTED: { description: 'Privilege: restricted metadata.' },
    ANNOTATE: { description: 'Privilege: recording annotations.' },
    CURATE: { description: 'Privilege: importing, describing, excluding, splitting.' },
    PUBLISH: { description: 'Privilege: proposing, publishing and deprecating snapshots.' },
    REVIEW: { description: 'Privilege: reviewing what others propose to publish.' },
    GOVERN: { description: 'Privilege: terms, rules of publication, withdrawal, and who fetched what.' },
    READ_AUDIT: { description: 'Privilege: the audit log.' },
    ADMINISTER: { description: 'Privilege: principals, tokens and grants.' },
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
export const PrincipalKindEnum = enumOf(PRINCIPAL_KINDS);
registerEnumType(PrincipalKindEnum, {
  name: 'PrincipalKind',
  description: 'Whether a principal is a person, a machine, or a group of them.',
  valuesConfig: {
    HUMAN: { description: 'A person.' },
    MACHINE: { description: 'A training script, an importer, a dashboard.' },
    GROUP: { description: 'Principals who hold its grants together; it asks nothing itself.' },
  },
});
export const AuditPhaseEnum = enumOf(['ATTEMPT', 'SUCCEEDED', 'FAILED'] as const);
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

@ObjectType('Principal', { description: 'Somebody, or some machine, that asks; or a group of them.' })
@Guard('authenticated')
export class PrincipalObject {
  @Field(() => String, { description: 'Unique on the instance.' }) name: string;
  @Field(() => PrincipalKindEnum, { description: 'Person, machine or group.' }) kind: PrincipalKind;
  @Field(() => GraphQLDateTimeISO, { description: 'Since when it is known here.' }) createdAt: Date;
  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Since when it is refused, whatever token or sign-in it comes with; null: it is not.',
  })
  disabledAt: Date | null;
}
export const PrincipalConnection = connectionOf<PrincipalObject>('Principal', () => PrincipalObject);

@ObjectType('GrantedRole', { description: 'A role that a principal or a group holds.' })
@Guard('inherit')
export class GrantedRoleObject {
  @Field(() => String, { description: 'Who holds it.' }) principal: string;
  @Field(() => RoleEnum, { description: 'The role, or the privilege.' }) role: Role | Privilege;
  @Field(() => String, { nullable: true, description: 'Slug of the dataset; null is the whole instance.' })
  dataset: string | null;
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it ends by itself; null: never.' })
  expiresAt: Date | null;
}

@ObjectType('RevokedRole', { description: 'A role that a principal or a group does not hold.' })
@Guard('inherit')
export class RevokedRoleObject {
  @Field(() => String, { description: 'Who held it.' }) principal: string;
  @Field(() => RoleEnum, { description: 'The role, or the privilege.' }) role: Role | Privilege;
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
  @Field(() => ID, { description: 'For rotating and revoking it.' }) id: string;
  @Field(() => String, { description: 'What it is for.' }) label: string;
  @Field(() => [TokenScopeEnum], { description: 'What it allows at most.' }) scopes: readonly TokenScope[];
  @Field(() => GraphQLDateTimeISO, { description: 'When it was issued.' }) createdAt: Date;
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it ends by itself; null: never.' })
  expiresAt: Date | null;
  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it last came with a request, to the hour; null: never.',
  })
  lastUsedAt: Date | null;
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
  @Field(() => String, { nullable: true, description: 'Its name now; no part of what is hashed.' })
  principal: string | null;
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
  @Field(() => PrincipalKindEnum, { description: 'Person or machine; `createGroup` makes groups.' })
  kind: PrincipalKind;
}

@InputType({ description: 'A new token.' })
export class IssueTokenInput {
  @Field(() => String, {
    nullable: true,
    defaultValue: null,
    description:
      'Name of the principal it speaks for; null: whoever asks, never broader than what it asks with.',
  })
  principal: string | null;
  @Field(() => String, { description: 'What it is for.' }) label: string;
  @Field(() => [TokenScopeEnum], { description: 'What it allows at most.' }) scopes: TokenScope[];
  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description:
      'When it ends by itself; null: never, and for a machine after 90 days. A machine’s lasts a year at most, one’s own as long as what one asks with.',
  })
  expiresAt: Date | null;
  @Field(() => [String], {
    nullable: true,
    defaultValue: null,
    description:
      'Slugs of the datasets that it is narrowed to: it knows of no other, and nothing of the instance. Null: all that its principal may know.',
  })
  datasets: string[] | null;
}

@InputType({ description: 'A token for another secret.' })
export class RotateTokenInput {
  @Field(() => ID, { description: 'Its id.' }) id: string;
  @Field(() => Int, {
    defaultValue: 0,
    description: 'How many minutes the secret it had is still good, 0 to 1440; it administers nothing then.',
  })
  graceMinutes: number;
}

@InputType({ description: 'A principal to be refused.' })
export class DisablePrincipalInput {
  @Field(() => String, { description: 'Its name.' }) name: string;
}

@InputType({ description: 'A principal to be taken again.' })
export class EnablePrincipalInput {
  @Field(() => String, { description: 'Its name.' }) name: string;
}

@InputType({ description: 'A token to end.' })
export class RevokeTokenInput {
  @Field(() => ID, { description: 'Its id.' }) id: string;
}

export const CreatePrincipalResult = resultOf('CreatePrincipal', PrincipalObject);
export const IssueTokenResult = resultOf('IssueToken', IssuedTokenObject);
export const RevokeTokenResult = resultOf('RevokeToken', RevokedTokenObject);
export const RotateTokenResult = resultOf('RotateToken', IssuedTokenObject);
export const DisablePrincipalResult = resultOf('DisablePrincipal', PrincipalObject);
export const EnablePrincipalResult = resultOf('EnablePrincipal', PrincipalObject);
